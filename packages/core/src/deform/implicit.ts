import { type Descent, type DescentLimits, descentEnd } from "../dynamics/index.ts";
import { solve } from "../sparse/index.ts";
import { peak, type Stage } from "./stage.ts";

/** Of the furthest move allowed, what a step along the flow takes. */
const ACCURACY = 0.25;

/**
 * Gradient flow dx/dt = −∂U/∂x by linearly implicit Euler steps, x ← x − (M + 1/Δt)⁻¹ ∂U/∂x: follows the path of
 * steepest descent through soft directions with long steps, and becomes Newton's method near a minimum.
 * A factorisation a step, 20–60 at a plastic event.
 */
export function implicitDescent(stage: Stage, limits: DescentLimits): Descent {
  const { field, solver } = stage;
  const first = field.evaluations;
  const [work] = field.workVectors(1) as [number];
  let shift = 0;
  for (;;) {
    const over = descentEnd(field, limits, first);
    if (over) return over;
    const stiffness = solver.assemble();
    const { matrix } = stiffness;
    const start = field.energy;
    const least = 1e-6 * Math.abs(matrix.diagonal[0]);
    shift = shift > least ? 0.2 * shift : 0;
    const g = field.gradient();
    for (;;) {
      const factored = solver.factorize(stiffness, shift);
      if (factored) {
        const move = solve(factored.factor, g);
        if (peak(move, field.dimension).length <= ACCURACY * limits.maxMove) {
          field.toVector(move, work);
          field.kernels.axpy(field.length, -1, work, field.x);
          field.moved();
          if (field.energy <= start + 1e-12 * Math.abs(start)) break;
          field.toVector(move, work);
          field.kernels.axpy(field.length, 1, work, field.x);
          field.moved();
        }
      }
      shift = shift === 0 ? least : 3 * shift;
    }
  }
}
