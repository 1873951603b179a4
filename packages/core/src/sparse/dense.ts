import { SoftfieldError } from "../errors.ts";
import { Arena, createLinalg, GemmMode, type Linalg } from "../kernels/index.ts";

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
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) columns[j * ld + i] = a[i * n + j];
  return panel;
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
    for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) into[i * size + j] = columns[j * ld + i];
    return { size, lower: into };
  });
}

/** x of L·Lᵀ·x = b (n, read). 2n² operations. */
export function denseSolve({ size, lower }: DenseFactor, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= lower[row + k] * x[k];
    x[i] = sum / lower[row + i];
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
