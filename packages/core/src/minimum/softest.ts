import { type BlockSymmetric, type CholeskyResult, componentsOf, multiply, solve } from "../sparse/index.ts";

const ITERATIONS = 200;
const ACCURACY = 1e-6;
/** An eigenvalue that is no further below zero, over the mean diagonal entry of M, is zero to rounding. */
const ZERO = 1e-10;
/** A zero mode is one of the particles that move at least this fraction of the most. */
const MOVED = 0.3;

/** The lowest mode of a Hessian that is not positive definite. */
export interface SoftestMode {
  /** ω², ε/λ². */
  readonly eigenvalue: number;
  /** The eigenvector, normalised; numbered as the block rows of M. */
  readonly vector: Float64Array;
  /** Whether the eigenvalue is negative beyond rounding: a saddle; else a zero mode. */
  readonly unstable: boolean;
}

/**
 * The lowest mode of an indefinite or singular Hessian, by inverse iteration with M + μ·1, μ just large enough for a
 * factor. `factor` factorises M + μ·1 without pins; `project` takes known zero modes, the translations, off a vector.
 * Undefined where no μ gives a factor. Cost: a few factorisations.
 */
export function softestMode(
  matrix: BlockSymmetric,
  factor: (shift: number) => CholeskyResult,
  project: (x: Float64Array) => Float64Array = (x) => x,
): SoftestMode | undefined {
  const { size, dimension: w, diagonal } = matrix;
  const d = componentsOf(matrix);
  const n = size * d;
  let scale = 0;
  for (let k = 0; k < size * w; k++) if (k % w < d) scale += Math.abs(diagonal[k * w]) / n;
  for (let shift = 1e-6 * scale; shift < 1e3 * scale; shift *= 10) {
    const result = factor(shift);
    if (result.status === "indefinite") continue;
    let vector: Float64Array = startVector(n);
    let eigenvalue = Infinity;
    for (let k = 0; k < ITERATIONS; k++) {
      vector = normalised(project(solve(result.factor, vector)));
      const product = multiply(matrix, vector);
      const before = eigenvalue;
      eigenvalue = 0;
      for (let p = 0; p < n; p++) eigenvalue += vector[p] * product[p];
      if (Math.abs(eigenvalue - before) <= ACCURACY * Math.abs(eigenvalue)) break;
    }
    return { eigenvalue, vector, unstable: eigenvalue < -ZERO * scale };
  }
  return undefined;
}

/** The particles (block rows) that a mode moves: those that go at least three tenths as far as the furthest. */
export function movedBy(vector: Float64Array, d: number): number[] {
  const lengths = Array.from({ length: vector.length / d }, (_, p) => {
    let length2 = 0;
    for (let a = 0; a < d; a++) length2 += vector[p * d + a] * vector[p * d + a];
    return Math.sqrt(length2);
  });
  const most = lengths.reduce((far, length) => Math.max(far, length), 0);
  return lengths.flatMap((length, p) => (length >= MOVED * most ? [p] : []));
}

/** Words on a zero mode that moves the given particles (numbered as the configuration's). */
export function zeroModeWords(particles: readonly number[], total: number): string {
  const named = particles.slice(0, 8).join(", ");
  return (
    `a part of the configuration turns or slides freely (zero mode): ${particles.length} of ${total} particles ` +
    `(${named}${particles.length > 8 ? ", …" : ""}) move together at no cost in energy, and no minimiser can hold ` +
    "them. Check the cutoff and the box, or leave the free part out"
  );
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
