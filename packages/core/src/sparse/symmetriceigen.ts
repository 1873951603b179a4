import { hypotenuse } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { dot } from "../vectors.ts";

/** All eigenpairs of a dense symmetric matrix. */
export interface SymmetricEigen {
  /** n, ascending */
  readonly values: Float64Array;
  /** n×n, row k = unit eigenvector of values[k] */
  readonly vectors: Float64Array;
}

/**
 * Full diagonalisation A = Σ_k λ_k v_k v_kᵀ: Householder's tridiagonal form, then implicit QL.
 *
 * a: n×n, row-major, lower triangle read. Deterministic. Throws "numerics" on entries that are not finite.
 * Cost about 6·n³ operations: the oracle for small systems, not the way for large ones.
 */
export function symmetricEigen(a: Float64Array): SymmetricEigen {
  const n = Math.round(Math.sqrt(a.length));
  if (n * n !== a.length) {
    throw new SoftfieldError("usage", `symmetricEigen: ${a.length} entries are not a square matrix`);
  }
  if (!a.every(Number.isFinite)) {
    throw new SoftfieldError("numerics", "symmetricEigen: the matrix has entries that are not finite");
  }
  const { diagonal, off, vectors } = tridiagonalise(a, n);
  implicitQl(diagonal, off, vectors);
  return sortPairs(diagonal, vectors);
}

/** A = Qᵀ·T·Q with the rows of Q in `vectors`; off[k] couples k and k+1. */
function tridiagonalise(
  a: Float64Array,
  n: number,
): { diagonal: Float64Array; off: Float64Array; vectors: Float64Array } {
  const work = a.slice();
  const off = new Float64Array(n);
  const scale = new Float64Array(n);
  const p = new Float64Array(n);
  // From the last row up: row k holds the reflector on 0…k−1, contiguous.
  for (let k = n - 1; k > 1; k--) {
    const row = work.subarray(k * n, k * n + k);
    let tail = 0;
    for (let j = 0; j < k - 1; j++) tail += row[j] * row[j];
    const last = row[k - 1];
    if (tail === 0) {
      off[k - 1] = last;
      continue;
    }
    const norm = last > 0 ? -Math.sqrt(tail + last * last) : Math.sqrt(tail + last * last);
    off[k - 1] = norm;
    row[k - 1] = last - norm;
    // H = 1 − β·v·vᵀ maps the row to norm·e_{k−1}.
    scale[k] = 1 / (norm * (norm - last));
    reflectBothSides(work, row, scale[k], p, n);
  }
  if (n > 1) off[0] = work[n];
  const diagonal = Float64Array.from({ length: n }, (_, k) => work[k * (n + 1)]);
  return { diagonal, off, vectors: accumulate(work, scale, n) };
}

/** B ← H·B·H on the leading block (lower triangle) of which v is as long: B −= v·wᵀ + w·vᵀ. */
function reflectBothSides(
  work: Float64Array,
  v: Float64Array,
  beta: number,
  p: Float64Array,
  n: number,
): void {
  const k = v.length;
  p.fill(0, 0, k);
  for (let i = 0; i < k; i++) {
    const row = i * n;
    const vi = v[i];
    let sum = 0;
    for (let j = 0; j < i; j++) {
      sum += work[row + j] * v[j];
      p[j] += work[row + j] * vi;
    }
    p[i] += sum + work[row + i] * vi;
  }
  let pv = 0;
  for (let i = 0; i < k; i++) pv += p[i] * v[i];
  for (let i = 0; i < k; i++) p[i] = beta * (p[i] - 0.5 * beta * pv * v[i]);
  for (let i = 0; i < k; i++) {
    const row = i * n;
    const [vi, wi] = [v[i], p[i]];
    for (let j = 0; j <= i; j++) work[row + j] -= vi * p[j] + wi * v[j];
  }
}

/** Rows of Q: the identity's rows times every reflector. */
function accumulate(work: Float64Array, scale: Float64Array, n: number): Float64Array {
  const q = new Float64Array(n * n);
  for (let k = 0; k < n; k++) q[k * (n + 1)] = 1;
  for (let k = 2; k < n; k++) {
    const beta = scale[k];
    if (beta === 0) continue;
    const v = k * n;
    for (let i = 0; i < k; i++) {
      const row = i * n;
      let dot = 0;
      for (let j = 0; j < k; j++) dot += q[row + j] * work[v + j];
      dot *= beta;
      for (let j = 0; j < k; j++) q[row + j] -= dot * work[v + j];
    }
  }
  return q;
}

/** Diagonalises a symmetric tridiagonal matrix in place, rotating the rows of `vectors` along. */
function implicitQl(d: Float64Array, e: Float64Array, vectors: Float64Array): void {
  const n = d.length;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (sweep === 60) {
        throw new SoftfieldError("numerics", `symmetricEigen: eigenvalue ${l} of ${n} does not converge`);
      }
      qlSweep(d, e, vectors, l, m);
    }
  }
}

/** One implicit QL step with Wilkinson's shift on the unreduced block l…m. */
function qlSweep(d: Float64Array, e: Float64Array, vectors: Float64Array, l: number, m: number): void {
  const n = d.length;
  const half = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = hypotenuse(half, 1);
  let g = d[m] - d[l] + e[l] / (half + (half < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * e[i];
    const b = c * e[i];
    const r = hypotenuse(f, g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    const h = d[i + 1] - p;
    const t = (d[i] - h) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = h + p;
    g = c * t - b;
    rotateRows(vectors, n, i, c, s);
  }
  d[l] -= p;
  e[l] = g;
  e[m] = 0;
}

/** A⁻¹·b of a symmetric matrix that has no eigenvalue 0 (n×n and n, read). O(n³). */
export function symmetricSolve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const { values, vectors } = symmetricEigen(a);
  const out = new Float64Array(n);
  for (let e = 0; e < n; e++) {
    const along = dot(vectors.subarray(e * n, (e + 1) * n), b) / values[e];
    for (let k = 0; k < n; k++) out[k] += along * vectors[e * n + k];
  }
  return out;
}

function rotateRows(vectors: Float64Array, n: number, i: number, c: number, s: number): void {
  const upper = i * n;
  const lower = upper + n;
  for (let k = 0; k < n; k++) {
    const x = vectors[upper + k];
    const y = vectors[lower + k];
    vectors[lower + k] = s * x + c * y;
    vectors[upper + k] = c * x - s * y;
  }
}

function sortPairs(values: Float64Array, vectors: Float64Array): SymmetricEigen {
  const n = values.length;
  const order = Int32Array.from(values.keys()).sort((x, y) => values[x] - values[y] || x - y);
  const sorted = new Float64Array(n * n);
  order.forEach((k, row) => {
    sorted.set(vectors.subarray(k * n, (k + 1) * n), row * n);
  });
  return { values: Float64Array.from(order, (k) => values[k]), vectors: sorted };
}
