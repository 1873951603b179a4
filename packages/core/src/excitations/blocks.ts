import type { BlockSymmetric } from "../sparse/index.ts";

/**
 * Adds Jᵀ M J of the first `core` particles to a dense matrix (n×n, n their coordinates; J d×d, without: 1). Of hidden
 * unknowns M has what they are eliminated to, a product of their neighbours' coordinates each. O(stored blocks).
 */
export function addCoreBlocks(
  dense: Float64Array,
  matrix: BlockSymmetric,
  core: number,
  map?: Float64Array,
): void {
  const { size, dimension: w, hidden = 0, columnStarts, rows, lower, diagonal } = matrix;
  const d = w - hidden;
  const n = core * d;
  const block = new Float64Array(d * d);
  const half = new Float64Array(d * d);
  const take = (values: Float64Array, from: number) => {
    for (let a = 0; a < d; a++) for (let b = 0; b < d; b++) block[a * d + b] = values[from + a * w + b];
    if (map) conjugate(block, map, d, half);
  };
  for (let k = 0; k < Math.min(core, size); k++) {
    take(diagonal, k * w * w);
    for (let a = 0; a < d; a++)
      for (let b = 0; b < d; b++) dense[(k * d + a) * n + k * d + b] += block[a * d + b];
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      const i = rows[p];
      if (i >= core) continue;
      take(lower, p * w * w);
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          dense[(i * d + a) * n + k * d + b] += block[a * d + b];
          dense[(k * d + b) * n + i * d + a] += block[a * d + b];
        }
    }
  }
  for (let h = d; h < w; h++) addEliminated(dense, matrix, { core, d, h, map });
}

interface HiddenUnknown {
  readonly core: number;
  readonly d: number;
  /** Its place in a particle's block. */
  readonly h: number;
  readonly map: Float64Array | undefined;
}

/** −b bᵀ/D of the unknown h of every particle, b its column of M. */
function addEliminated(
  dense: Float64Array,
  matrix: BlockSymmetric,
  { core, d, h, map }: HiddenUnknown,
): void {
  const { size, dimension: w, columnStarts, rows, lower, diagonal } = matrix;
  const n = core * d;
  const places: number[][] = Array.from({ length: size }, () => []);
  const columns: number[][] = Array.from({ length: size }, () => []);
  // of the unknown of one particle, its coupling to the coordinates of another (entry a at from + a·stride)
  const couple = (owner: number, other: number, values: Float64Array, from: number, stride: number) => {
    if (other >= core) return;
    for (let b = 0; b < d; b++) {
      let sum = map ? 0 : values[from + b * stride];
      if (map) for (let a = 0; a < d; a++) sum += map[a * d + b] * values[from + a * stride];
      places[owner].push(other * d + b);
      columns[owner].push(sum);
    }
  };
  for (let k = 0; k < size; k++) {
    couple(k, k, diagonal, k * w * w + h, w);
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      couple(k, rows[p], lower, p * w * w + h, w);
      couple(rows[p], k, lower, p * w * w + h * w, 1);
    }
  }
  for (let k = 0; k < size; k++) {
    const corner = diagonal[(k * w + h) * w + h];
    const [at, column] = [places[k], columns[k]];
    for (let p = 0; p < at.length; p++) {
      const share = column[p] / corner;
      if (share === 0) continue;
      for (let q = 0; q < at.length; q++) dense[at[p] * n + at[q]] -= share * column[q];
    }
  }
}

/** Jᵀ A J of a d×d matrix, in its place. */
function conjugate(a: Float64Array, map: Float64Array, d: number, half: Float64Array): void {
  for (let r = 0; r < d; r++)
    for (let q = 0; q < d; q++) {
      let sum = 0;
      for (let s = 0; s < d; s++) sum += a[r * d + s] * map[s * d + q];
      half[r * d + q] = sum;
    }
  for (let p = 0; p < d; p++)
    for (let q = 0; q < d; q++) {
      let sum = 0;
      for (let r = 0; r < d; r++) sum += map[r * d + p] * half[r * d + q];
      a[p * d + q] = sum;
    }
}
