import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { exponential } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { maxNorm } from "../vectors.ts";
import { addMultiple, dots } from "./iterative.ts";
import { FOUR, type ScaledMatrix } from "./scaledmatrix.ts";

/** The last coefficient of the Krylov expansion of a sample is below this share of the largest. */
const TOLERANCE = 1e-4;
const MAX_STEPS = 20_000;
/** Steps between two looks at the coefficients. */
const LOOK = 50;

/**
 * Four vectors u with ⟨u uᵀ⟩ = M⁻¹ (without translations): u = C⁻ᵀ·A^(−½)·z for random signs z, by Lanczos's method
 * (Krylov expansion of A^(−½)·z; Higham, Functions of Matrices, ch. 13), gone through twice so that no basis is kept.
 * N×d each, unit of M^(−½). `number`: which four of a seed. Some √(ω²_max/ω²_min) products, twice.
 */
export function fluctuations(
  matrix: ScaledMatrix,
  seed: number,
  number: number,
  control: WorkControl = {},
): Float64Array[] {
  const { arena, length } = matrix;
  const mark = arena.used;
  const places = [0, 1, 2].map(() => arena.allocF64(length));
  const z = randomSigns(matrix, seed, number);
  const norms = dots(z, z).map(Math.sqrt);
  const diagonals: number[][] = [[], [], [], []];
  const offdiagonals: number[][] = [[], [], [], []];
  let coefficients: Float64Array[] = [];
  lanczos(matrix, places, z, (step, alpha, beta) => {
    for (let r = 0; r < FOUR; r++) {
      diagonals[r].push(alpha[r]);
      offdiagonals[r].push(beta[r]);
    }
    if ((step + 1) % LOOK > 0) return true;
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "samples: stopped on request");
    coefficients = diagonals.map((d, r) => inverseRootColumn(d, offdiagonals[r]));
    return coefficients.some((c) => !settled(c));
  });
  const u = new Float64Array(length);
  lanczos(matrix, places, z, (step, _, __, v) => {
    addMultiple(
      u,
      coefficients.map((c, r) => c[step] * norms[r]),
      v,
    );
    return step + 1 < coefficients[0].length;
  });
  matrix.withoutNull(u);
  matrix.unscale(u, true);
  arena.release(mark);
  return matrix.scatter(u, FOUR);
}

/** Whether the last coefficients are small beside the largest. */
function settled(c: Float64Array): boolean {
  const most = maxNorm(c);
  return c.subarray(-10).every((x) => Math.abs(x) <= TOLERANCE * most);
}

/** Lanczos's recurrence from z for four vectors; `visit` is told of each basis vector and whether to go on. */
function lanczos(
  matrix: ScaledMatrix,
  places: readonly number[],
  z: Float64Array,
  visit: (step: number, alpha: readonly number[], beta: readonly number[], v: Float64Array) => boolean,
): void {
  const { arena, length } = matrix;
  let [last, now, next] = places;
  arena.f64(last, length).fill(0);
  const start = arena.f64(now, length);
  start.set(z);
  scale(
    start,
    dots(z, z).map((square) => 1 / Math.sqrt(square)),
  );
  let before = [0, 0, 0, 0];
  for (let step = 0; ; step++) {
    if (step > MAX_STEPS) {
      throw new SoftfieldError(
        "numerics",
        `samples of the fluctuations do not converge in ${MAX_STEPS} products`,
      );
    }
    matrix.times(now, next);
    const [u, v, w] = [last, now, next].map((at) => arena.f64(at, length));
    const alpha = dots(v, w);
    addMultiple(
      w,
      alpha.map((s) => -s),
      v,
    );
    addMultiple(
      w,
      before.map((s) => -s),
      u,
    );
    if (step % LOOK === 0) matrix.withoutNull(w);
    const beta = dots(w, w).map(Math.sqrt);
    if (!visit(step, alpha, beta, v)) return;
    scale(
      w,
      beta.map((length) => (length > 0 ? 1 / length : 0)),
    );
    before = beta;
    [last, now, next] = [now, next, last];
  }
}

function scale(x: Float64Array, s: readonly number[]): void {
  for (let k = 0; k < x.length; k += FOUR) for (let r = 0; r < FOUR; r++) x[k + r] *= s[r];
}

/** Steps in ln t of the integral below, and how far it goes beyond the spectrum. */
const STEP = 0.4;
const BEYOND = 14;

/**
 * First column of T^(−½), T tridiagonal and positive definite: (2/π) ∫ (T + t²)⁻¹ dt, t = e^s, by the trapezoidal rule in
 * s, which converges exponentially. O(steps) a node.
 */
function inverseRootColumn(diagonal: readonly number[], off: readonly number[]): Float64Array {
  const n = diagonal.length;
  const sum = new Float64Array(n);
  // A has a unit diagonal: its spectrum lies in (0, some tens)
  const [pivots, y] = [new Float64Array(n), new Float64Array(n)];
  for (let s = -BEYOND - 8; s <= BEYOND; s += STEP) {
    const t = exponential(s);
    const t2 = t * t;
    pivots[0] = diagonal[0] + t2;
    y[0] = 1;
    for (let k = 1; k < n; k++) {
      const factor = off[k - 1] / pivots[k - 1];
      pivots[k] = diagonal[k] + t2 - factor * off[k - 1];
      y[k] = -factor * y[k - 1];
    }
    for (let k = n - 1; k >= 0; k--) {
      if (k < n - 1) y[k] -= off[k] * y[k + 1];
      y[k] /= pivots[k];
    }
    const weight = (2 / Math.PI) * STEP * t;
    for (let k = 0; k < n; k++) sum[k] += weight * y[k];
  }
  return sum;
}

/** Four vectors of random signs, orthogonal to the null space. */
function randomSigns(matrix: ScaledMatrix, seed: number, number: number): Float64Array {
  const generator = xoroshiro128plus((Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) | 0);
  const signs = Array.from({ length: FOUR }, () => new Float64Array(matrix.length / FOUR));
  for (let k = 0; k < matrix.length; k += 16) {
    const bits = generator.next();
    for (let b = 0; b < 16 && k + b < matrix.length; b++)
      signs[b % FOUR][Math.floor((k + b) / FOUR)] = (bits >> (b + 8)) & 1 ? 1 : -1;
  }
  const z = matrix.gather(signs);
  matrix.withoutNull(z);
  return z;
}
