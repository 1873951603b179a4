import { type Box, neighborPairs, wrapPositions } from "../space/index.ts";

/** Who is within reach of whom: neighbours of each particle, itself among them, ascending. */
export interface Reach {
  /** N+1 */
  readonly starts: Int32Array;
  readonly neighbours: Int32Array;
}

/** Neighbours within `range` in a periodic box; all particles where it is no shorter than half of the box's diagonal. */
export function reachOf(box: Box, positions: Float64Array, range: number): Reach {
  const n = positions.length / box.dimension;
  const sets = Array.from({ length: n }, (_, p) => [p]);
  if (range < Infinity) {
    const { i, j } = neighborPairs(box, positions, range);
    for (let m = 0; m < i.length; m++) {
      // images of one pair come one after the other
      if (i[m] === j[m] || (m > 0 && i[m] === i[m - 1] && j[m] === j[m - 1])) continue;
      sets[i[m]].push(j[m]);
      sets[j[m]].push(i[m]);
    }
  }
  const starts = new Int32Array(n + 1);
  const lists = sets.map((set, p) => {
    const list = range < Infinity ? Int32Array.from(set).sort() : Int32Array.from({ length: n }, (_, q) => q);
    starts[p + 1] = starts[p] + list.length;
    return list;
  });
  const neighbours = new Int32Array(starts[n]);
  lists.forEach((list, p) => {
    neighbours.set(list, starts[p]);
  });
  return { starts, neighbours };
}

/** Particles in groups of which no two have a neighbour in common: all of one may be displaced at once. */
export function coloursOf(box: Box, positions: Float64Array, reach: Reach): Int32Array[] {
  const n = reach.starts.length - 1;
  let best: Int32Array[] | undefined;
  for (const order of orders(box, positions, n)) {
    const found = greedy(reach, order);
    if (best === undefined || found.length < best.length) best = found;
  }
  return best as Int32Array[];
}

/** Orders to colour in: by rows of cells along each axis, so that groups are packed closely. */
function orders(box: Box, positions: Float64Array, n: number): Int32Array[] {
  const d = box.dimension;
  const { fractional } = wrapPositions(box, positions);
  const cells = Math.max(1, Math.floor(Math.sqrt(Math.sqrt(n))));
  const cell = (p: number, a: number) => Math.floor(fractional[p * d + a] * cells);
  return Array.from({ length: d }, (_, first) => {
    const axes = Array.from({ length: d }, (_, k) => (first + k) % d);
    const [last] = axes.slice(-1);
    return Int32Array.from({ length: n }, (_, p) => p).sort((p, q) => {
      for (const a of axes.slice(0, -1)) {
        const apart = cell(p, a) - cell(q, a);
        if (apart !== 0) return apart;
      }
      return fractional[p * d + last] - fractional[q * d + last] || p - q;
    });
  });
}

/** The first colour that no particle at two steps has. O(N·z²). */
function greedy({ starts, neighbours }: Reach, order: Int32Array): Int32Array[] {
  const n = order.length;
  const colour = new Int32Array(n).fill(-1);
  const seen = new Int32Array(n + 1).fill(-1);
  const groups: number[][] = [];
  for (const p of order) {
    for (let s = starts[p]; s < starts[p + 1]; s++) {
      const i = neighbours[s];
      for (let t = starts[i]; t < starts[i + 1]; t++) {
        const taken = colour[neighbours[t]];
        if (taken >= 0) seen[taken] = p;
      }
    }
    let own = 0;
    while (seen[own] === p) own++;
    colour[p] = own;
    if (own === groups.length) groups.push([]);
    groups[own].push(p);
  }
  return groups.map((group) => Int32Array.from(group));
}
