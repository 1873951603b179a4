import { type Factored, type StiffnessSolver, solveCentred } from "../deform/index.ts";
import type { ForceField } from "../dynamics/index.ts";

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
  let most = 0;
  for (const value of step) most = Math.max(most, Math.abs(value));
  if (!(most <= WILD)) return false;
  for (let k = 0; k < x.length; k++) x[k] += step[k];
  return true;
}
