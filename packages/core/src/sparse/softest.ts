import { allPieces, type MakePieces, unkept } from "../pieces.ts";
import type { WorkControl } from "../progress.ts";
import { dot } from "../vectors.ts";
import { solveIteratively } from "./iterative.ts";
import { FOUR, type ScaledMatrix } from "./scaledmatrix.ts";
import { withoutMean } from "./translations.ts";

/** Residual of the directions, over that of nothing: what they are off by is not left to the samples. */
const TOLERANCE = 1e-8;
/** Of the step of inverse iteration before: any vectors would do there. */
const ROUGH = 1e-4;

/** A few soft directions of a matrix, exactly. */
export interface SoftPart {
  /** N×d each: M⁻¹ = Σ_k x_k x_kᵀ + what is left of it */
  readonly directions: readonly Float64Array[];
  /** Takes out of a sample of the fluctuations, N×d, what lies in the soft part: samples of what is left. In place. */
  readonly remove: (u: Float64Array) => void;
}

/**
 * M⁻¹ = X (BᵀX)⁻¹ Xᵀ + R with X = M⁻¹·B: the first part exactly, for whatever B; R is the covariance of fluctuations
 * u − X (BᵀX)⁻¹ Bᵀ u. B here are samples of the fluctuations (`start`, a multiple of four, N×d each, read) after a step of
 * inverse iteration, so that most of the softest modes lies in the first part. Two solves a vector.
 */
export function softPart(
  matrix: ScaledMatrix,
  start: readonly Float64Array[],
  control: WorkControl = {},
  pieces: MakePieces = unkept,
): SoftPart {
  const d = matrix.dimension;
  const solved = (stage: string, of: readonly Float64Array[], tolerance: number) =>
    allPieces(pieces, stage, of.length / FOUR, (k) =>
      solveIteratively(matrix, of.slice(FOUR * k, FOUR * (k + 1)), tolerance, control),
    )
      .flat()
      .map((own) => withoutMean(own, d));
  const b = orthonormal(solved("soft directions", start, ROUGH), d);
  const x = solved("soft part", b, TOLERANCE);
  // BᵀX = C·Cᵀ; directions X·C⁻ᵀ, and B·C⁻ᵀ to project with
  const n = b.length;
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = 0.5 * (dot(b[i], x[j]) + dot(b[j], x[i]));
      for (let k = 0; k < j; k++) rest -= c[i * n + k] * c[j * n + k];
      c[i * n + j] = i === j ? Math.sqrt(rest) : rest / c[j * n + j];
    }
  }
  for (const vectors of [b, x]) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) subtract(vectors[i], c[i * n + j], vectors[j]);
      for (let e = 0; e < vectors[i].length; e++) vectors[i][e] /= c[i * n + i];
    }
  }
  return {
    directions: x,
    remove: (u) => {
      const along = b.map((own) => dot(own, u));
      along.forEach((s, k) => {
        subtract(u, s, x[k]);
      });
    },
  };
}

/** Gram–Schmidt, twice. */
function orthonormal(vectors: readonly Float64Array[], d: number): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    const v = withoutMean(vector, d);
    for (const w of [...found, ...found]) subtract(v, dot(v, w), w);
    const length = Math.sqrt(dot(v, v));
    found.push(v.map((value) => value / length));
  }
  return found;
}

/** y ← y − s·x */
function subtract(y: Float64Array, s: number, x: Float64Array): void {
  for (let k = 0; k < y.length; k++) y[k] -= s * x[k];
}
