import { multiply, solve } from "../../sparse/index.ts";
import type { ForceField } from "../forcefield.ts";
import { factor, type Stiffness, scatter } from "./newton.ts";

/** The steepest way down from a saddle. */
export interface UnstableMode {
  /** ω² < 0, the lowest eigenvalue of M, ε/λ². */
  readonly eigenvalue: number;
  /** N×d, normalised, 0 for rattlers. */
  readonly direction: Float64Array;
}

const ITERATIONS = 200;
const ACCURACY = 1e-6;

/**
 * The lowest mode of an indefinite Hessian, by inverse iteration with M + μ·1, μ just large enough for a factor.
 * Undefined where M turns out to have no negative eigenvalue (a singular pivot by rounding). Cost: a few
 * factorisations.
 */
export function unstableMode(field: ForceField, stiffness: Stiffness): UnstableMode | undefined {
  const { matrix } = stiffness;
  const n = matrix.size * matrix.dimension;
  let scale = 0;
  for (let k = 0; k < n; k++) scale += Math.abs(matrix.diagonal[k * matrix.dimension]) / n;
  for (let shift = 1e-6 * scale; shift < 1e3 * scale; shift *= 10) {
    const result = factor(stiffness, shift);
    if (result.status === "indefinite") continue;
    let vector: Float64Array = startVector(n);
    let eigenvalue = Infinity;
    for (let k = 0; k < ITERATIONS; k++) {
      vector = normalised(solve(result.factor, vector));
      const product = multiply(matrix, vector);
      const before = eigenvalue;
      eigenvalue = 0;
      for (let p = 0; p < n; p++) eigenvalue += vector[p] * product[p];
      if (Math.abs(eigenvalue - before) <= ACCURACY * Math.abs(eigenvalue)) break;
    }
    if (!(eigenvalue < 0)) return undefined;
    return { eigenvalue, direction: scatter(vector, stiffness, field.count) };
  }
  return undefined;
}

/** Moves the field along ± the mode, whichever lies lower, so that its furthest particle goes by `move` (λ). */
export function leaveSaddle(field: ForceField, mode: UnstableMode, move: number): void {
  const [direction] = field.workVectors(1) as [number];
  let most = 0;
  for (const component of mode.direction) most = Math.max(most, Math.abs(component));
  field.toVector(mode.direction, direction);
  const shift = (by: number) => {
    field.kernels.axpy(field.length, by / most, direction, field.x);
    field.moved();
  };
  shift(move);
  const forward = field.energy;
  shift(-2 * move);
  if (forward < field.energy) shift(2 * move);
}

/** Fixed numbers without a pattern (Weyl's sequence of the golden ratio), so that no mode is orthogonal to them. */
function startVector(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => ((k * 0.6180339887498949) % 1) - 0.5);
}

function normalised(vector: Float64Array): Float64Array {
  let square = 0;
  for (const value of vector) square += value * value;
  const inverse = 1 / Math.sqrt(square);
  return vector.map((value) => value * inverse);
}
