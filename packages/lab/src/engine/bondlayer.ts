import { type Box, minimumImage } from "softfield";

/** Bonds as they are drawn; see `bondLayer`. */
export interface BondData {
  readonly count: number;
  readonly starts: Float32Array;
  /** count×4: u and value, |value| ascending. */
  readonly bonds: Float32Array;
  /** Which bond each is, in the order in which they were given. */
  readonly of: Uint32Array;
}

/** Bonds as they come from a reading. */
export interface Bonds {
  readonly i: Int32Array;
  readonly j: Int32Array;
  /** m×d */
  readonly du: Float64Array;
  /** m */
  readonly values: Float64Array;
}

/**
 * What the scene draws of bonds; one that crosses the edge of a 2D box is drawn from both its ends.
 * `positions`: N×d in the box. Where `follow` is set, u is taken from them: bonds of the unsheared glass, sheared.
 */
export function bondLayer(
  box: Box,
  positions: Float32Array,
  { i, j, du, values }: Bonds,
  { order, follow = false }: { order: Uint32Array; follow?: boolean },
): BondData {
  const d = box.dimension;
  // In 2D a bond may be drawn twice.
  const most = order.length * (d === 2 ? 2 : 1);
  const starts = new Float32Array(most);
  const bonds = new Float32Array(4 * most);
  const of = new Uint32Array(most);
  let count = 0;
  const add = (m: number, start: number, sign: 1 | -1): void => {
    starts[count] = start;
    of[count] = m;
    for (let c = 0; c < d; c++) bonds[4 * count + c] = sign * u[c];
    bonds[4 * count + 3] = values[m];
    count++;
  };
  const u = new Float64Array(d);
  const inside = insideTest(box);
  for (const m of order) {
    const [p, q] = [i[m] * d, j[m] * d];
    for (let c = 0; c < d; c++) u[c] = follow ? positions[q + c] - positions[p + c] : du[m * d + c];
    if (follow) {
      minimumImage(box, u);
      if (isTorn(u, du, m * d)) continue;
    }
    add(m, i[m], 1);
    if (d === 2 && !inside(positions[p] + u[0], positions[p + 1] + u[1])) add(m, j[m], -1);
  }
  return {
    count,
    starts: starts.slice(0, count),
    bonds: bonds.slice(0, 4 * count),
    of: of.slice(0, count),
  };
}

/** A bond longer than this, by its length in the state that it was read from, is none any more. */
const TORN = 1.4;

function isTorn(now: Float64Array, before: Float64Array, at: number): boolean {
  let [square, was] = [0, 0];
  for (let c = 0; c < now.length; c++) {
    square += now[c] * now[c];
    was += before[at + c] * before[at + c];
  }
  return square > TORN * TORN * was;
}

function insideTest({ vectors: v }: Box): (x: number, y: number) => boolean {
  const [lx, , xy, ly] = v as unknown as [number, number, number, number];
  return (x, y) => {
    const across = x - (xy * y) / ly;
    return across >= 0 && across <= lx && y >= 0 && y <= ly;
  };
}
