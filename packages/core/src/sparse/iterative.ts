import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import type { ScaledMatrix } from "./scaledmatrix.ts";

/** Sums of four vectors of products, component by component. */
export function dots(x: Float64Array, y: Float64Array): [number, number, number, number] {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < x.length; k += 4) {
    a += x[k] * y[k];
    b += x[k + 1] * y[k + 1];
    c += x[k + 2] * y[k + 2];
    d += x[k + 3] * y[k + 3];
  }
  return [a, b, c, d];
}

/** y ← y + s·x, each of four vectors with its own s. */
export function addMultiple(y: Float64Array, s: readonly number[], x: Float64Array): void {
  const [a, b, c, d] = s;
  for (let k = 0; k < x.length; k += 4) {
    y[k] += a * x[k];
    y[k + 1] += b * x[k + 1];
    y[k + 2] += c * x[k + 2];
    y[k + 3] += d * x[k + 3];
  }
}

/** x ← s·x + y, each of four vectors with its own s. */
function multiplyAdd(x: Float64Array, s: readonly number[], y: Float64Array): void {
  const [a, b, c, d] = s;
  for (let k = 0; k < x.length; k += 4) {
    x[k] = a * x[k] + y[k];
    x[k + 1] = b * x[k + 1] + y[k + 1];
    x[k + 2] = c * x[k + 2] + y[k + 2];
    x[k + 3] = d * x[k + 3] + y[k + 3];
  }
}

/**
 * x of M·x = b for up to four right-hand sides (N×d each, without a mean; read) by conjugate gradients with the diagonal
 * blocks as preconditioner; x up to a common translation. `tolerance`: of the residual over that of x = 0. Throws
 * "numerics" where that takes more than 20,000 products, "not-a-minimum" where M turns out not to be positive definite.
 */
export function solveIteratively(
  matrix: ScaledMatrix,
  b: readonly Float64Array[],
  tolerance: number,
  control: WorkControl = {},
): Float64Array[] {
  const { arena } = matrix;
  const mark = arena.used;
  const [pAt, qAt] = [arena.allocF64(matrix.length), arena.allocF64(matrix.length)];
  const [p, q] = [arena.f64(pAt, matrix.length), arena.f64(qAt, matrix.length)];
  const r = matrix.gather(b);
  matrix.unscale(r, false);
  matrix.withoutNull(r);
  const x = new Float64Array(matrix.length);
  p.set(r);
  let rr = dots(r, r);
  const goal = rr.map((square) => tolerance * tolerance * square);
  for (let step = 0; rr.some((square, k) => square > goal[k]); step++) {
    if (step > MAX_STEPS) {
      throw new SoftfieldError("numerics", `conjugate gradients do not converge in ${MAX_STEPS} products`);
    }
    if (step % 50 === 0) {
      if (control.signal?.aborted) throw new SoftfieldError("aborted", "solve: stopped on request");
      matrix.withoutNull(p);
    }
    matrix.times(pAt, qAt);
    const pq = dots(p, q);
    if (pq.some((curvature, k) => rr[k] > goal[k] && !(curvature > 0)))
      throw new SoftfieldError(
        "not-a-minimum",
        "the configuration is a saddle, not a minimum: conjugate gradients met a direction of negative curvature of its " +
          "energy. Bring it to a minimum with 'softfield minimize'",
      );
    const alpha = rr.map((square, k) => (pq[k] > 0 ? square / pq[k] : 0));
    addMultiple(x, alpha, p);
    addMultiple(
      r,
      alpha.map((s) => -s),
      q,
    );
    const next = dots(r, r);
    multiplyAdd(
      p,
      next.map((square, k) => (rr[k] > 0 ? square / rr[k] : 0)),
      r,
    );
    rr = next;
  }
  matrix.unscale(x, true);
  arena.release(mark);
  return matrix.scatter(x, b.length);
}

const MAX_STEPS = 20_000;
