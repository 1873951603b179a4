import { SoftfieldError } from "../errors.ts";
import { Arena, createLinalg, GemmMode, type Linalg } from "../kernels/index.ts";
import { dot } from "../vectors.ts";

/** L of L·Lᵀ = A, dense: n×n, row-major, its lower triangle filled. */
export interface DenseFactor {
  readonly size: number;
  readonly lower: Float64Array;
}

/** The kernels' memory: one for all matrices, as large as the largest of them, unless that is larger than this (bytes). */
const KEPT = 2 ** 26;
let known: Workshop | undefined;

interface Workshop {
  readonly arena: Arena;
  readonly kernels: Linalg;
}

/** Does something with `bytes` of the kernels' memory beside what they work in themselves. */
function inMemory<T>(bytes: number, act: (workshop: Workshop, work: number) => T): T {
  const workshop = known ?? workshopOf();
  const { arena, kernels } = workshop;
  known = bytes <= KEPT ? workshop : undefined;
  const mark = arena.used;
  try {
    return act(workshop, arena.allocF64(kernels.panelWork));
  } finally {
    arena.release(mark);
  }
}

function workshopOf(): Workshop {
  const arena = new Arena();
  return { arena, kernels: createLinalg(arena, "simd") };
}

const padded = (n: number) => (n + 3) & ~3;

/** The lower triangle of a (n×n, row-major) as a panel: columns, whose rows are padded to fours with 0. */
function putTriangle(arena: Arena, a: Float64Array, n: number): number {
  const ld = padded(n);
  const panel = arena.allocF64(ld * n);
  const columns = arena.f64(panel, ld * n);
  columns.fill(0);
  forTiles(n, (top, bottom, left, right) => {
    for (let j = left; j < right; j++)
      for (let i = Math.max(top, j); i < bottom; i++) columns[j * ld + i] = a[i * n + j];
  });
  return panel;
}

const TILE = 16;

/** The lower triangle of an n×n matrix, tile by tile: rows and columns of one stay in the cache. */
function forTiles(n: number, act: (top: number, bottom: number, left: number, right: number) => void): void {
  for (let top = 0; top < n; top += TILE)
    for (let left = 0; left <= top; left += TILE)
      act(top, Math.min(top + TILE, n), left, Math.min(left + TILE, n));
}

/**
 * Cholesky factor of a dense symmetric matrix (n×n, row-major, lower triangle read); undefined where it is not positive
 * definite. `into`: where L goes, a itself if it is wanted no more. n³/3 operations.
 */
export function denseFactor(a: Float64Array, into: Float64Array = a.slice()): DenseFactor | undefined {
  const size = Math.round(Math.sqrt(a.length));
  if (size * size !== a.length)
    throw new SoftfieldError("usage", `denseFactor: ${a.length} entries are not a square matrix`);
  const ld = padded(size);
  return inMemory(8 * ld * size, ({ arena, kernels }, work) => {
    const floors = arena.putF64(new Float64Array(size));
    const panel = putTriangle(arena, a, size);
    if (kernels.panelCholesky(ld, size, panel, floors, 0, 0, work) >= 0) return undefined;
    const columns = arena.f64(panel, ld * size);
    forTiles(size, (top, bottom, left, right) => {
      for (let i = top; i < bottom; i++)
        for (let j = left; j < Math.min(right, i + 1); j++) into[i * size + j] = columns[j * ld + i];
    });
    return { size, lower: into };
  });
}

/** y ← y + A·x of a dense square matrix (n×n, row-major). Rows are summed from the front, four at a time. 2n² operations. */
export function addDenseProduct(a: Float64Array, x: Float64Array, y: Float64Array): void {
  const n = x.length;
  const fours = n - (n % 4);
  for (let i = 0; i < fours; i += 4) {
    const row = i * n;
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let k = 0; k < n; k++) {
      const value = x[k];
      s0 += a[row + k] * value;
      s1 += a[row + n + k] * value;
      s2 += a[row + 2 * n + k] * value;
      s3 += a[row + 3 * n + k] * value;
    }
    y[i] += s0;
    y[i + 1] += s1;
    y[i + 2] += s2;
    y[i + 3] += s3;
  }
  for (let i = fours; i < n; i++) y[i] += dot(a.subarray(i * n, (i + 1) * n), x);
}

/** x of L·Lᵀ·x = b (n, read). 2n² operations. */
export function denseSolve({ size, lower }: DenseFactor, b: Float64Array): Float64Array {
  const x = b.slice();
  // four rows at a time, whose sums do not wait for one another
  const fours = size - (size % 4);
  for (let i = 0; i < fours; i += 4) {
    const row = i * size;
    let [s0, s1, s2, s3] = [x[i], x[i + 1], x[i + 2], x[i + 3]];
    for (let k = 0; k < i; k++) {
      const value = x[k];
      s0 -= lower[row + k] * value;
      s1 -= lower[row + size + k] * value;
      s2 -= lower[row + 2 * size + k] * value;
      s3 -= lower[row + 3 * size + k] * value;
    }
    x[i] = s0;
    x[i + 1] = s1;
    x[i + 2] = s2;
    x[i + 3] = s3;
    for (let r = i; r < i + 4; r++) {
      for (let k = i; k < r; k++) x[r] -= lower[r * size + k] * x[k];
      x[r] /= lower[r * size + r];
    }
  }
  for (let i = fours; i < size; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= lower[i * size + k] * x[k];
    x[i] = sum / lower[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    x[i] /= lower[row + i];
    const value = x[i];
    for (let k = 0; k < i; k++) x[k] -= lower[row + k] * value;
  }
  return x;
}

/** A⁻¹ = L⁻ᵀ·L⁻¹, n×n, from its factor. n³ operations. */
export function denseInverse({ size, lower }: DenseFactor): Float64Array {
  const ld = padded(size);
  return inMemory(24 * ld * size, ({ arena, kernels }, work) => {
    const panel = putTriangle(arena, lower, size);
    const [upper, product] = [arena.allocF64(ld * ld), arena.allocF64(ld * ld)];
    kernels.invertTransposed(size, panel, ld, upper, ld, work);
    kernels.gemm(GemmMode.set, 1, size, size, size, upper, ld, upper, ld, product, ld, work);
    const columns = arena.f64(product, ld * size);
    const inverse = new Float64Array(size * size);
    for (let j = 0; j < size; j++)
      for (let i = j; i < size; i++) {
        inverse[i * size + j] = columns[j * ld + i];
        inverse[j * size + i] = columns[j * ld + i];
      }
    return inverse;
  });
}
