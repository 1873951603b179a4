import type { BlockSize, BlockSymmetric } from "../sparse/index.ts";
import { coloursOf, type Reach, reachOf } from "./colouring.ts";
import type { Calls } from "./engine.ts";

/** How far forces reach, how small displacements are, and what both were measured to be good for. */
export interface Differences {
  /** Displacement of first differences, and of second ones. */
  readonly step: number;
  readonly secondStep: number;
  /** How far first, and second, differences of one displacement are from those of the next that was tried, relative. */
  readonly noise: number;
  readonly secondNoise: number;
  /** Distance at which the force of one particle on another is taken to end; Infinity: nowhere in the box. */
  readonly range: number;
}

/** M by differences. */
export interface DifferenceHessian {
  readonly matrix: BlockSymmetric;
  readonly reach: Reach;
  /** Groups of particles that were displaced together: 2·d calls each. */
  readonly colours: number;
  /** Of the neighbours in `reach`, d each: ∂(energy of the first)/∂x of the neighbour; absent without energies of atoms. */
  readonly slopes: Float64Array | undefined;
  /** max |M_ij − M_jiᵀ| over max |M|. */
  readonly asymmetry: number;
  /** max |Σ_j M_ij| over max |M|. */
  readonly drift: number;
}

/**
 * M = ∂²U/∂x∂x by central differences of the gradient: all particles of a colour are displaced at once, since none of
 * the others feels two of them. 2·d calls a colour; as many colours as particles within twice the range, however
 * large the glass is. Symmetric and translation-invariant: halves that differ are averaged, diagonal blocks are minus
 * the sums of their rows.
 */
export async function hessianByDifferences(
  calls: Calls,
  x: Float64Array,
  { step, range }: Pick<Differences, "step" | "range">,
): Promise<DifferenceHessian> {
  const { box, count: n } = calls;
  const d = box.dimension;
  const reach = reachOf(box, x, range);
  const colours = coloursOf(box, x, reach);
  const { starts, neighbours } = reach;
  // block (i, j) of neighbour s = j of i
  const blocks = new Float64Array(neighbours.length * d * d);
  let slopes: Float64Array | undefined;
  for (let c = 0; c < colours.length; c++) {
    calls.control.onProgress?.({ stage: "Hessian", done: c, total: colours.length });
    for (let b = 0; b < d; b++) {
      const v = new Float64Array(n * d);
      for (const p of colours[c]) v[p * d + b] = 1;
      const { plus, minus } = await calls.both(x, v, step);
      const owner = new Int32Array(n).fill(-1);
      for (const p of colours[c]) for (let s = starts[p]; s < starts[p + 1]; s++) owner[neighbours[s]] = p;
      if (plus.energies) slopes ??= new Float64Array(neighbours.length * d);
      for (let i = 0; i < n; i++) {
        if (owner[i] < 0) continue;
        const s = placeOf(reach, i, owner[i]);
        for (let a = 0; a < d; a++)
          blocks[(s * d + a) * d + b] = (plus.gradient[i * d + a] - minus.gradient[i * d + a]) / (2 * step);
        if (slopes && plus.energies && minus.energies)
          slopes[s * d + b] = (plus.energies[i] - minus.energies[i]) / (2 * step);
      }
    }
  }
  return { ...symmetric(reach, blocks, d), reach, colours: colours.length, slopes };
}

/** Where neighbour j of i stands. */
function placeOf({ starts, neighbours }: Reach, i: number, j: number): number {
  let [low, high] = [starts[i], starts[i + 1]];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (neighbours[middle] < j) low = middle + 1;
    else high = middle;
  }
  return low;
}

function symmetric(
  reach: Reach,
  blocks: Float64Array,
  d: 2 | 3,
): Pick<DifferenceHessian, "matrix" | "asymmetry" | "drift"> {
  const { starts, neighbours } = reach;
  const n = starts.length - 1;
  const dd = d * d;
  const columnStarts = new Int32Array(n + 1);
  for (let k = 0; k < n; k++)
    columnStarts[k + 1] = columnStarts[k] + (starts[k + 1] - placeOf(reach, k, k) - 1);
  const rows = new Int32Array(columnStarts[n]);
  const lower = new Float64Array(rows.length * dd);
  const diagonal = new Float64Array(n * dd);
  let [largest, asymmetry, drift] = [0, 0, 0];
  for (const value of blocks) largest = Math.max(largest, Math.abs(value));
  for (let k = 0; k < n; k++) {
    const own = placeOf(reach, k, k);
    for (let s = own + 1, p = columnStarts[k]; s < starts[k + 1]; s++, p++) {
      const i = neighbours[s];
      const mirror = placeOf(reach, i, k);
      rows[p] = i;
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const [below, above] = [blocks[mirror * dd + a * d + b], blocks[s * dd + b * d + a]];
          asymmetry = Math.max(asymmetry, Math.abs(below - above));
          const value = 0.5 * (below + above);
          lower[p * dd + a * d + b] = value;
          diagonal[k * dd + a * d + b] -= value;
          diagonal[i * dd + b * d + a] -= value;
        }
      }
    }
    for (let e = 0; e < dd; e++) {
      let sum = 0;
      for (let s = starts[k]; s < starts[k + 1]; s++) sum += blocks[s * dd + e];
      drift = Math.max(drift, Math.abs(sum));
    }
  }
  for (let k = 0; k < n; k++)
    for (let a = 0; a < d; a++)
      for (let b = 0; b < a; b++) {
        const mean = 0.5 * (diagonal[k * dd + a * d + b] + diagonal[k * dd + b * d + a]);
        diagonal[k * dd + a * d + b] = mean;
        diagonal[k * dd + b * d + a] = mean;
      }
  const matrix = { size: n, dimension: d as BlockSize, columnStarts, rows, lower, diagonal };
  return { matrix, asymmetry: asymmetry / largest, drift: drift / largest };
}
