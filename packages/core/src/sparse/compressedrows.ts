import { SoftfieldError } from "../errors.ts";
import { maxNorm } from "../vectors.ts";
import { type BlockSize, type BlockSymmetric, componentsOf } from "./blocksymmetric.ts";

/** A square matrix by rows, both triangles, columns ascending within a row: the CSR of SciPy and others. */
export interface CompressedRows {
  readonly size: number;
  /** size+1 */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/**
 * A block-symmetric matrix by rows, each number of it, zeros within blocks included; with hidden unknowns K − B D⁻¹ Bᵀ,
 * which couples what is coupled to one hidden unknown. `names`: rows of the blocks in a matrix of `total` of them, the others
 * empty. O(entries), with hidden unknowns O(their neighbours squared).
 */
export function compressedRows(
  matrix: BlockSymmetric,
  names: Int32Array = Int32Array.from({ length: matrix.size }, (_, k) => k),
  total: number = matrix.size,
): CompressedRows {
  const d = componentsOf(matrix);
  const blocks = blockRows(matrix);
  if (matrix.hidden) eliminate(matrix, blocks);
  const size = total * d;
  const starts = new Int32Array(size + 1);
  const place = new Int32Array(total).fill(-1);
  names.forEach((name, k) => {
    place[name] = k;
  });
  for (let name = 0; name < total; name++) {
    const width = place[name] < 0 ? 0 : d * blocks[place[name]].size;
    for (let a = 0; a < d; a++) starts[name * d + a + 1] = starts[name * d + a] + width;
  }
  const columns = new Int32Array(starts[size]);
  const values = new Float64Array(starts[size]);
  for (let name = 0; name < total; name++) {
    if (place[name] < 0) continue;
    const row = [...blocks[place[name]]].sort(([p], [q]) => names[p] - names[q]);
    row.forEach(([other, block], m) => {
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          const at = starts[name * d + a] + m * d + b;
          columns[at] = names[other] * d + b;
          values[at] = block[a * d + b];
        }
    });
  }
  return { size, starts, columns, values };
}

/** Of every block row its visible d×d blocks by their columns, both triangles. */
function blockRows(matrix: BlockSymmetric): Map<number, Float64Array>[] {
  const { size, dimension: w, columnStarts, rows, lower, diagonal } = matrix;
  const d = componentsOf(matrix);
  const visible = (blocks: Float64Array, p: number, turned = false) =>
    Float64Array.from({ length: d * d }, (_, k) => {
      const [a, b] = [Math.floor(k / d), k % d];
      return blocks[p * w * w + (turned ? b * w + a : a * w + b)];
    });
  const found = Array.from({ length: size }, (_, k) => new Map([[k, visible(diagonal, k)]]));
  for (let k = 0; k < size; k++)
    for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
      found[rows[p]].set(k, visible(lower, p));
      found[k].set(rows[p], visible(lower, p, true));
    }
  return found;
}

/** Takes B D⁻¹ Bᵀ off: of each hidden unknown the dyad of what it couples to. */
function eliminate(matrix: BlockSymmetric, blocks: Map<number, Float64Array>[]): void {
  const { size, dimension: w, columnStarts, rows, lower, diagonal } = matrix;
  const d = componentsOf(matrix);
  for (let h = d; h < w; h++) {
    const couplings: [number, Float64Array][][] = Array.from({ length: size }, (_, k) => [
      [k, Float64Array.from({ length: d }, (_, a) => diagonal[k * w * w + a * w + h])],
    ]);
    for (let k = 0; k < size; k++)
      for (let p = columnStarts[k]; p < columnStarts[k + 1]; p++) {
        const i = rows[p];
        // row i of the block: its coordinates with the unknown of k, and the unknown of i with the coordinates of k
        couplings[k].push([i, Float64Array.from({ length: d }, (_, a) => lower[p * w * w + a * w + h])]);
        couplings[i].push([k, Float64Array.from({ length: d }, (_, b) => lower[p * w * w + h * w + b])]);
      }
    couplings.forEach((coupled, k) => {
      const stiffness = diagonal[k * w * w + h * (w + 1)];
      for (const [i, x] of coupled)
        for (const [j, y] of coupled) {
          const block = blocks[i].get(j) ?? new Float64Array(d * d);
          blocks[i].set(j, block);
          for (let a = 0; a < d; a++)
            for (let b = 0; b < d; b++) block[a * d + b] = block[a * d + b] - (x[a] * y[b]) / stiffness;
        }
    });
  }
}

/** Blocks from a symmetric matrix by rows, and where each of its numbers stands in them. */
export interface BlockedRows {
  readonly matrix: BlockSymmetric;
  /** The numbers of the rows, in their order, from a matrix of these blocks (such as its selected inverse). */
  readonly pick: (blocks: Pick<BlockSymmetric, "lower" | "diagonal">) => Float64Array;
}

/** Entries that should be equal differ at most by this, of the largest. */
const SYMMETRY = 1e-10;

/**
 * A symmetric matrix by rows as one of d×d blocks: rows d·k … d·k + d − 1 make block row k. Where their number is no multiple of
 * d, rows of the identity follow. O(entries·log).
 *
 * Throws "input" where the matrix is not finite, its rows are not ascending, or it is not symmetric.
 */
export function blockedRows(given: CompressedRows, d: BlockSize): BlockedRows {
  checkRows(given);
  const { size, starts, columns, values } = given;
  const blocks = Math.ceil(size / d);
  const below: Set<number>[] = Array.from({ length: blocks }, () => new Set());
  const eachEntry = (visit: (row: number, column: number, at: number) => void) => {
    for (let row = 0; row < size; row++)
      for (let at = starts[row]; at < starts[row + 1]; at++) visit(row, columns[at], at);
  };
  eachEntry((row, column) => {
    const [p, q] = [Math.floor(row / d), Math.floor(column / d)];
    if (p !== q) below[Math.min(p, q)].add(Math.max(p, q));
  });
  const columnStarts = new Int32Array(blocks + 1);
  const sorted = below.map((set, k) => {
    columnStarts[k + 1] = columnStarts[k] + set.size;
    return Int32Array.from(set).sort();
  });
  const rows = new Int32Array(columnStarts[blocks]);
  sorted.forEach((own, k) => {
    rows.set(own, columnStarts[k]);
  });
  const entry = sorted.map((own, k) => new Map(Array.from(own, (row, m) => [row, columnStarts[k] + m])));
  // ≥ 0: in lower; < 0: −1 − its place in diagonal
  const places = new Int32Array(values.length);
  const mirrors = new Int32Array(values.length);
  eachEntry((row, column, at) => {
    const [p, q, a, b] = [Math.floor(row / d), Math.floor(column / d), row % d, column % d];
    if (p === q) {
      places[at] = -1 - ((p * d + a) * d + b);
      mirrors[at] = -1 - ((p * d + b) * d + a);
    } else {
      const block = entry[Math.min(p, q)].get(Math.max(p, q)) as number;
      places[at] = p > q ? (block * d + a) * d + b : (block * d + b) * d + a;
      mirrors[at] = places[at];
    }
  });
  const lower = new Float64Array(rows.length * d * d);
  const diagonal = new Float64Array(blocks * d * d);
  for (let row = size; row < blocks * d; row++) diagonal[row * d + (row % d)] = 1;
  // Each number below the diagonal is the mean of the two that stand for it.
  values.forEach((value, at) => {
    const place = places[at];
    const half = place === mirrors[at] && place < 0 ? value : value / 2;
    if (place >= 0) lower[place] = lower[place] + half;
    else {
      diagonal[-1 - place] = diagonal[-1 - place] + half;
      if (mirrors[at] !== place) diagonal[-1 - mirrors[at]] = diagonal[-1 - mirrors[at]] + half;
    }
  });
  const pick = (from: Pick<BlockSymmetric, "lower" | "diagonal">) =>
    Float64Array.from(places, (place) => (place >= 0 ? from.lower[place] : from.diagonal[-1 - place]));
  const made = pick({ lower, diagonal });
  const largest = maxNorm(values);
  eachEntry((row, column, at) => {
    if (Math.abs(made[at] - values[at]) <= SYMMETRY * largest) return;
    throw matrixFault(`is not symmetric: entry (${row}, ${column}) differs from its mirror image`);
  });
  return { matrix: { size: blocks, dimension: d, columnStarts, rows, lower, diagonal }, pick };
}

function checkRows({ size, starts, columns, values }: CompressedRows): void {
  const sound =
    size >= 1 &&
    starts.length === size + 1 &&
    starts[0] === 0 &&
    starts[size] === values.length &&
    columns.length === values.length;
  if (!sound) throw matrixFault("has arrays that do not fit each other");
  const backwards = starts.findIndex((start, row) => start > starts[row + 1]);
  if (backwards >= 0) throw matrixFault(`row ${backwards} ends before it begins`);
  for (let row = 0; row < size; row++)
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      const inside = columns[at] >= 0 && columns[at] < size;
      if (!inside || (at > starts[row] && columns[at] <= columns[at - 1]))
        throw matrixFault(`row ${row}: its columns are not ascending numbers below ${size}`);
      if (!Number.isFinite(values[at])) throw matrixFault(`entry (${row}, ${columns[at]}) is ${values[at]}`);
    }
}

function matrixFault(message: string): SoftfieldError {
  return new SoftfieldError("input", `the matrix ${message}`, { field: "matrix" });
}
