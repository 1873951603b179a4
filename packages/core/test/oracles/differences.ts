import { energy, findInteractions, gradient, hessian } from "../../src/interactions/index.ts";
import type { PairModel } from "../../src/models/index.ts";
import type { System } from "../../src/space/index.ts";
import { toDense } from "../../src/sparse/index.ts";

/*
 * Central differences next to the analytic derivatives.
 * The error of each falls fourfold when the step h halves.
 */

/** The system with component `k` of its positions moved by `by` (unit λ). */
function displaced(system: System, k: number, by: number): System {
  const positions = system.positions.slice();
  positions[k] = positions[k] + by;
  return { ...system, positions };
}

/** ∂U/∂x_k by central difference of the energy with step `h` (unit λ), unit ε/λ. */
export function differenceGradient(system: System, model: PairModel, k: number, h: number): number {
  const up = energy(findInteractions(displaced(system, k, h), model));
  const down = energy(findInteractions(displaced(system, k, -h), model));
  return (up - down) / (2 * h);
}

/** Row k of ∂²U/∂x∂x (N·d) by central difference of the gradient with step `h`, unit ε/λ². */
export function differenceHessianRow(system: System, model: PairModel, k: number, h: number): Float64Array {
  const up = gradient(findInteractions(displaced(system, k, h), model));
  const down = gradient(findInteractions(displaced(system, k, -h), model));
  return up.map((g, l) => (g - down[l]) / (2 * h));
}

/**
 * U‴ · v (a matrix, dense, row-major (N·d)², unit ε/λ³ times that of v): the central difference of the Hessian
 * along the direction `v` (N×d, read) with step `h`.
 */
export function differenceThirdDerivative(
  system: System,
  model: PairModel,
  v: Float64Array,
  h: number,
): Float64Array {
  const along = (step: number) => {
    const positions = system.positions.map((x, k) => x + step * v[k]);
    return denseHessian({ ...system, positions }, model);
  };
  const up = along(h);
  const down = along(-h);
  return up.map((entry, k) => (entry - down[k]) / (2 * h));
}

/** The Hessian as a dense row-major (N·d)² matrix. */
export function denseHessian(system: System, model: PairModel): Float64Array {
  return toDense(hessian(findInteractions(system, model)));
}
