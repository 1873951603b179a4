import { hypotenuse } from "../elementary.ts";
import type { Box } from "../space/index.ts";
import { mapped } from "../squarematrices.ts";
import { inputError } from "./cursor.ts";

/** A lattice in lower-triangular form, with the rotation that took the file's vectors there. */
export interface TriangularLattice {
  readonly box: Box;
  /** d×d, row-major: x = Q·x_file; absent where it is the identity. */
  readonly rotation?: Float64Array;
}

/**
 * Brings edge vectors into the lower-triangular form of `Box`, with positive diagonal.
 *
 * Vectors that are lower triangular already are taken bit by bit, but for the sign: a vector and its negative
 * span the same lattice, so rows with a negative diagonal are negated. Others are turned by the proper
 * rotation Q = Rᵀ-factor of a row-wise Gram–Schmidt (V = T·Q, T lower triangular), which leaves every
 * distance and hence all energies as they are.
 *
 * @param vectors d×d, row-major, row a = edge vector a; read
 * @throws input error where the vectors span no volume or are not finite
 */
export function triangularLattice(
  vectors: ArrayLike<number>,
  dimension: 2 | 3,
  source: string,
  line?: number,
): TriangularLattice {
  const d = dimension;
  const v = Float64Array.from(vectors);
  if (!v.every(Number.isFinite))
    throw inputError(source, "the box vectors are not finite numbers.", { line });
  checkVolume(v, d, source, line);
  const q = isLowerTriangular(v, d) ? undefined : gramSchmidt(v, d);
  const t = q === undefined ? v : lowerTriangle(v, q, d);
  for (let a = 0; a < d; a++) {
    if (t[a * d + a] < 0) for (let c = 0; c <= a; c++) t[a * d + c] = 0 - t[a * d + c];
  }
  const box: Box = { dimension, vectors: t };
  return q === undefined ? { box } : { box, rotation: q };
}

/** x ← Q·x for each of the N d-vectors in `vectors` (overwritten). */
export function rotateVectors(vectors: Float64Array, rotation: Float64Array, dimension: 2 | 3): void {
  vectors.set(mapped(vectors, rotation, dimension));
}

/** The volume (area in 2D) spanned by row vectors. */
export function latticeVolume(v: ArrayLike<number>, dimension: 2 | 3): number {
  if (dimension === 2) return Math.abs(v[0] * v[3] - v[1] * v[2]);
  return Math.abs(
    v[0] * (v[4] * v[8] - v[5] * v[7]) -
      v[1] * (v[3] * v[8] - v[5] * v[6]) +
      v[2] * (v[3] * v[7] - v[4] * v[6]),
  );
}

function checkVolume(v: Float64Array, d: 2 | 3, source: string, line: number | undefined): void {
  let product = 1;
  for (let a = 0; a < d; a++) product *= v.subarray(a * d, a * d + d).reduce(hypotenuse, 0);
  if (!(latticeVolume(v, d) > 1e-12 * product)) {
    throw inputError(source, "the box vectors span no volume: one is zero, or they lie in a plane.", {
      line,
    });
  }
}

function isLowerTriangular(v: Float64Array, d: number): boolean {
  for (let a = 0; a < d; a++) for (let c = a + 1; c < d; c++) if (v[a * d + c] !== 0) return false;
  return true;
}

/** Orthonormal rows q_a from the rows of v by modified Gram–Schmidt, the last one turned so that det Q = 1. */
function gramSchmidt(v: Float64Array, d: 2 | 3): Float64Array {
  const q = Float64Array.from(v);
  for (let a = 0; a < d; a++) {
    // Two passes: the second removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      for (let b = 0; b < a; b++) {
        const overlap = rowDot(q, a, q, b, d);
        for (let c = 0; c < d; c++) q[a * d + c] = q[a * d + c] - overlap * q[b * d + c];
      }
    }
    const length = Math.sqrt(rowDot(q, a, q, a, d));
    for (let c = 0; c < d; c++) q[a * d + c] = q[a * d + c] / length;
  }
  if (determinant(q, d) < 0) for (let c = 0; c < d; c++) q[(d - 1) * d + c] = -q[(d - 1) * d + c];
  return q;
}

/** T = V·Qᵀ with its upper triangle, zero but for rounding, set to zero. */
function lowerTriangle(v: Float64Array, q: Float64Array, d: number): Float64Array {
  const t = new Float64Array(d * d);
  for (let a = 0; a < d; a++) for (let c = 0; c <= a; c++) t[a * d + c] = rowDot(v, a, q, c, d);
  return t;
}

function rowDot(x: Float64Array, a: number, y: Float64Array, b: number, d: number): number {
  let sum = 0;
  for (let c = 0; c < d; c++) sum += x[a * d + c] * y[b * d + c];
  return sum;
}

function determinant(q: Float64Array, d: 2 | 3): number {
  if (d === 2) return q[0] * q[3] - q[1] * q[2];
  return (
    q[0] * (q[4] * q[8] - q[5] * q[7]) -
    q[1] * (q[3] * q[8] - q[5] * q[6]) +
    q[2] * (q[3] * q[7] - q[4] * q[6])
  );
}
