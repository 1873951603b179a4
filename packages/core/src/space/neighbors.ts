import { root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { type Box, faceDistances, wrapPositions } from "./box.ts";

/**
 * Pairs of particles closer than a cutoff, each once for every image within it: particle `i` at x_i sees `j` at
 * x_i + du. Sorted by i, then j, images of one pair by `imageOrder`; `i ≤ j`, and i = j only for a particle's own images (box
 * shorter than the cutoff).
 */
export interface NeighborPairs {
  readonly i: Int32Array;
  readonly j: Int32Array;
  /** m×d, unit λ */
  readonly du: Float64Array;
}

/** More candidate pairs than this per particle means that cutoff and box do not belong together. */
const MAX_PAIRS_PER_PARTICLE = 20_000;

/**
 * All pairs within `cutoff` (unit λ) of positions (N×d, read), by cells; exact in tilted boxes and in boxes shorter
 * than the cutoff, where the stencil reaches over several periods. O(N) at fixed density.
 */
export function neighborPairs(box: Box, positions: Float64Array, cutoff: number): NeighborPairs {
  const cells = binParticles(box, positions, cutoff);
  const found = collectPairs(box, cells, cutoff);
  return sortPairs(found, cells.count, box.dimension);
}

interface Cells {
  readonly count: number;
  /** cells along each axis, and how many neighbours to each side the cutoff reaches */
  readonly grid: number[];
  readonly reach: number[];
  /** CSR: particles of cell c are members[starts[c] .. starts[c+1]) */
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** N×d, wrapped Cartesian positions in the order of `members` */
  readonly wrapped: Float64Array;
}

function binParticles(box: Box, positions: Float64Array, cutoff: number): Cells {
  const d = box.dimension;
  const count = positions.length / d;
  const heights = faceDistances(box);
  const mostCells = Math.max(1, Math.floor(root(4 * count, d)));
  const grid = heights.map((height) => Math.max(1, Math.min(mostCells, Math.floor(height / cutoff))));
  const reach = heights.map((height, a) => Math.ceil((cutoff * grid[a]) / height));
  const images = reach.reduce((product, r, a) => product * ((2 * r + 1) / grid[a]), 1);
  if (images * count > MAX_PAIRS_PER_PARTICLE) {
    throw new SoftfieldError(
      "geometry",
      `the cutoff ${cutoff} reaches over some ${Math.round(images * count)} images a particle in a box with faces ` +
        `${heights.map((h) => h.toPrecision(4)).join(" × ")} apart: check the units of box and model`,
    );
  }
  const { cartesian, fractional } = wrapPositions(box, positions);
  const cellOf = new Int32Array(count);
  const starts = new Int32Array(grid.reduce((product, n) => product * n, 1) + 1);
  for (let p = 0; p < count; p++) {
    let cell = 0;
    for (let a = d - 1; a >= 0; a--) {
      const n = grid[a];
      cell = cell * n + Math.min(n - 1, Math.floor(fractional[p * d + a] * n));
    }
    cellOf[p] = cell;
    starts[cell + 1] = starts[cell + 1] + 1;
  }
  for (let c = 1; c < starts.length; c++) starts[c] = starts[c] + starts[c - 1];
  const next = starts.slice();
  const members = new Int32Array(count);
  const wrapped = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    const cell = cellOf[p];
    const at = next[cell];
    next[cell] = at + 1;
    members[at] = p;
    for (let c = 0; c < d; c++) wrapped[at * d + c] = cartesian[p * d + c];
  }
  return { count, grid, reach, starts, members, wrapped };
}

class PairBuffer {
  i = new Int32Array(1024);
  j = new Int32Array(1024);
  du: Float64Array;
  length = 0;
  readonly dimension: number;
  constructor(dimension: number) {
    this.dimension = dimension;
    this.du = new Float64Array(1024 * dimension);
  }
  grow(): void {
    const capacity = this.i.length * 2;
    const i = new Int32Array(capacity);
    const j = new Int32Array(capacity);
    const du = new Float64Array(capacity * this.dimension);
    i.set(this.i);
    j.set(this.j);
    du.set(this.du);
    this.i = i;
    this.j = j;
    this.du = du;
  }
}

/** Visits every cell with the lexicographically positive half of its stencil, so that each pair is met once. */
function collectPairs(box: Box, cells: Cells, cutoff: number): PairBuffer {
  const d = box.dimension;
  const [nx, ny, nz] = [cells.grid[0], cells.grid[1], d === 3 ? cells.grid[2] : 1];
  const [rx, ry, rz] = [cells.reach[0], cells.reach[1], d === 3 ? cells.reach[2] : 0];
  const pairs = new PairBuffer(d);
  const shift = new Float64Array(3);
  const h = box.vectors;
  for (let cz = 0; cz < nz; cz++) {
    for (let cy = 0; cy < ny; cy++) {
      for (let cx = 0; cx < nx; cx++) {
        const home = (cz * ny + cy) * nx + cx;
        for (let oz = 0; oz <= rz; oz++) {
          for (let oy = oz === 0 ? 0 : -ry; oy <= ry; oy++) {
            for (let ox = oz === 0 && oy === 0 ? 0 : -rx; ox <= rx; ox++) {
              const turnX = Math.floor((cx + ox) / nx);
              const turnY = Math.floor((cy + oy) / ny);
              const turnZ = Math.floor((cz + oz) / nz);
              const other =
                ((cz + oz - turnZ * nz) * ny + (cy + oy - turnY * ny)) * nx + (cx + ox - turnX * nx);
              for (let c = 0; c < d; c++) {
                shift[c] = turnX * h[c] + turnY * h[d + c] + (d === 3 ? turnZ * h[2 * d + c] : 0);
              }
              pairCells(
                cells,
                home,
                other,
                { own: ox === 0 && oy === 0 && oz === 0, shift, cutoff, d },
                pairs,
              );
            }
          }
        }
      }
    }
  }
  return pairs;
}

interface CellPair {
  readonly own: boolean;
  readonly shift: Float64Array;
  readonly cutoff: number;
  readonly d: number;
}

function pairCells(cells: Cells, home: number, other: number, meeting: CellPair, pairs: PairBuffer): void {
  const { starts, members, wrapped } = cells;
  const { d, own, cutoff } = meeting;
  const square = cutoff * cutoff;
  const sx = meeting.shift[0];
  const sy = meeting.shift[1];
  const sz = d === 3 ? meeting.shift[2] : 0;
  const end = starts[other + 1];
  for (let p = starts[home]; p < starts[home + 1]; p++) {
    const i = members[p];
    const x = wrapped[p * d] - sx;
    const y = wrapped[p * d + 1] - sy;
    const z = d === 3 ? wrapped[p * d + 2] - sz : 0;
    for (let q = own ? p + 1 : starts[other]; q < end; q++) {
      const dx = wrapped[q * d] - x;
      const dy = wrapped[q * d + 1] - y;
      const dz = d === 3 ? wrapped[q * d + 2] - z : 0;
      if (dx * dx + dy * dy + dz * dz > square) continue;
      const j = members[q];
      const sign = i <= j ? 1 : -1;
      if (pairs.length === pairs.i.length) pairs.grow();
      const m = pairs.length++;
      pairs.i[m] = Math.min(i, j);
      pairs.j[m] = Math.max(i, j);
      pairs.du[m * d] = sign * dx;
      pairs.du[m * d + 1] = sign * dy;
      if (d === 3) pairs.du[m * d + 2] = sign * dz;
    }
  }
}

/** Counting sort by i, then insertion sort of the short rows by j and, for images of one pair, by `imageOrder`. */
function sortPairs(pairs: PairBuffer, count: number, d: number): NeighborPairs {
  const m = pairs.length;
  const starts = new Int32Array(count + 1);
  for (let p = 0; p < m; p++) {
    const at = pairs.i[p] + 1;
    starts[at] = starts[at] + 1;
  }
  for (let k = 0; k < count; k++) starts[k + 1] = starts[k + 1] + starts[k];
  const order = new Int32Array(m);
  const filled = starts.slice();
  for (let p = 0; p < m; p++) {
    const row = pairs.i[p];
    let at = filled[row];
    filled[row] = at + 1;
    while (at > starts[row] && comesBefore(pairs, p, order[at - 1], d)) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = p;
  }
  const i = new Int32Array(m);
  const j = new Int32Array(m);
  const du = new Float64Array(m * d);
  for (let k = 0; k < m; k++) {
    const p = order[k];
    i[k] = pairs.i[p];
    j[k] = pairs.j[p];
    for (let c = 0; c < d; c++) du[k * d + c] = pairs.du[p * d + c];
  }
  return { i, j, du };
}

function comesBefore(pairs: PairBuffer, p: number, q: number, d: number): boolean {
  const difference = pairs.j[p] - pairs.j[q];
  if (difference !== 0) return difference < 0;
  return imageOrder(pairs.du, p * d, q * d, d) < 0;
}

/** Components of images of one pair that differ by less than this, relative, are the same: images are whole edges apart. */
const SAME = 1e-9;

/**
 * The order of two images of one pair: by x, then y, then z of the vectors from the first particle to the second, d numbers
 * of `du` (read) from p and from q on, of which those that differ by rounding alone count as equal. So it does not depend
 * on how particles are wrapped, which edges a lattice is given by, or in which order pairs were found. Negative: p first.
 */
export function imageOrder(du: ArrayLike<number>, p: number, q: number, d: number): number {
  let size = 0;
  for (let c = 0; c < d; c++) size += Math.abs(du[p + c]) + Math.abs(du[q + c]);
  for (let c = 0; c < d; c++) {
    const along = du[p + c] - du[q + c];
    if (Math.abs(along) > SAME * size) return along;
  }
  return 0;
}
