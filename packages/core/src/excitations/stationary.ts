import { type Factored, type StiffnessSolver, solveCentred } from "../deform/index.ts";
import type { ForceField } from "../dynamics/index.ts";
import { maxNorm } from "../vectors.ts";

const STEPS = 16;
/** Residual of a stationary point over the typical pair force. */
const AT_REST = 1e-11;
/** No coordinate moves further in one step, λ. */
const WILD = 0.3;

/** Newton's method on x, where the field is; M's signed factor at the stationary point, or undefined where it leaves the neighbourhood. */
export function toStationaryPoint(
  field: ForceField,
  solver: StiffnessSolver,
  x: Float64Array,
  typical: number,
): Factored | undefined {
  for (let k = 0; k <= STEPS; k++) {
    const factored = solver.factorize(solver.assemble());
    if (!factored) return undefined;
    if (field.maxGradient() <= AT_REST * typical) return factored;
    const move = solveCentred(factored, field.gradient());
    if (
      !stepTo(
        x,
        move.map((value) => -value),
      )
    )
      return undefined;
    field.setPositions(x);
  }
  return undefined;
}

/** Adds a step that is not wild; whether it was. */
export function stepTo(x: Float64Array, step: Float64Array): boolean {
  if (!(maxNorm(step) <= WILD)) return false;
  for (let k = 0; k < x.length; k++) x[k] += step[k];
  return true;
}
