import { type Interactions, type PairArrays, Pairs, withFamilies } from "../interactions/index.ts";
import { evaluatePairs, pairCutoff } from "../models/index.ts";
import { imageOrder } from "../space/index.ts";
import { listedPairs, RECORD } from "./listing.ts";
import { type FieldParts, pairKernel } from "./terms/index.ts";

/** All interactions within the cutoffs in the caller's numbering, with φ and its derivatives. `diameters`: N, read. */
export function interactionsOf(parts: FieldParts, diameters: Float64Array | undefined): Interactions {
  const { arena, model, dimension, count, species } = parts;
  const mark = arena.used;
  // The derivatives of power laws come from the kernel: their last bits decide where Newton's method ends.
  const known = pairKernel(model) === "power law";
  const { ends, records } = listedPairs(parts, known);
  const pairs = sortedPairs({ dimension, particleCount: count }, arena.i32(parts.ids, count), ends, records);
  arena.release(mark);
  if (known) return withFamilies(new Pairs(pairs), model, species);
  const own = diameters ? withinOwn(pairs, parts, diameters) : pairs;
  const charges = parts.ownCharges;
  const particles = { species, diameters, charges };
  evaluatePairs(model, particles, own, { anyDistance: true });
  return withFamilies(new Pairs(own), model, species);
}

/** Those of the pairs that lie within the cutoff of their own diameters (N, read). */
function withinOwn(pairs: PairArrays, { model, species }: FieldParts, diameters: Float64Array): PairArrays {
  const { dimension: d, i, j, r, du } = pairs;
  const kept = Array.from(r.keys()).filter((m) => {
    const [a, b] = [i[m], j[m]];
    return r[m] <= pairCutoff(model, species[a], species[b], [diameters[a], diameters[b]]);
  });
  const own = emptyInteractions(pairs, kept.length);
  kept.forEach((m, k) => {
    own.i[k] = i[m];
    own.j[k] = j[m];
    own.r[k] = r[m];
    own.du.set(du.subarray(m * d, (m + 1) * d), k * d);
  });
  return own;
}

/**
 * Turns the kernel's pairs (ends: 2 places a pair; values: 8 f64 a pair; ids: particle at each place; all read)
 * into interactions in the caller's numbering, i < j, sorted by i, j, and images of one pair by `imageOrder`. O(m).
 */
function sortedPairs(
  shape: Pick<PairArrays, "dimension" | "particleCount">,
  ids: Int32Array,
  ends: Int32Array,
  values: Float64Array,
): PairArrays {
  const d = shape.dimension;
  const m = ends.length / 2;
  const i = new Int32Array(m);
  const j = new Int32Array(m);
  const sign = new Float64Array(m);
  const vectorOf = (p: number) => Array.from({ length: d }, (_, c) => sign[p] * values[p * RECORD + c]);
  for (let p = 0; p < m; p++) {
    const a = ids[ends[2 * p]];
    const b = ids[ends[2 * p + 1]];
    i[p] = Math.min(a, b);
    j[p] = Math.max(a, b);
    sign[p] = a < b ? 1 : -1;
  }
  // a pair is found from either end: images of one may have different signs
  const order = pairOrder(shape.particleCount, i, j, (p, q) =>
    sign[p] === sign[q]
      ? sign[p] * imageOrder(values, p * RECORD, q * RECORD, d)
      : imageOrder([...vectorOf(p), ...vectorOf(q)], 0, d, d),
  );
  const sorted = emptyInteractions(shape, m);
  const { du, r, phi0, phi1, phi2, phi3 } = sorted;
  // One pass over the records, each of which is read once: several times faster than column by column.
  for (let k = 0; k < m; k++) {
    const p = order[k];
    const record = p * RECORD;
    sorted.i[k] = i[p];
    sorted.j[k] = j[p];
    for (let c = 0; c < d; c++) du[k * d + c] = sign[p] * values[record + c];
    r[k] = values[record + 3];
    phi0[k] = values[record + 4];
    phi1[k] = values[record + 5];
    phi2[k] = values[record + 6];
    phi3[k] = values[record + 7];
  }
  return sorted;
}

function emptyInteractions(shape: Pick<PairArrays, "dimension" | "particleCount">, m: number): PairArrays {
  return {
    ...shape,
    i: new Int32Array(m),
    j: new Int32Array(m),
    du: new Float64Array(m * shape.dimension),
    r: new Float64Array(m),
    phi0: new Float64Array(m),
    phi1: new Float64Array(m),
    phi2: new Float64Array(m),
    phi3: new Float64Array(m),
  };
}

/** Counting sort by i, then insertion sort of the short rows by j and, for images of one pair, by `compare`. */
function pairOrder(
  count: number,
  i: Int32Array,
  j: Int32Array,
  compare: (p: number, q: number) => number,
): Int32Array {
  const starts = new Int32Array(count + 1);
  for (const a of i) starts[a + 1]++;
  for (let a = 0; a < count; a++) starts[a + 1] += starts[a];
  const filled = starts.slice();
  const order = new Int32Array(i.length);
  for (let p = 0; p < i.length; p++) {
    const row = i[p];
    let at = filled[row]++;
    while (at > starts[row]) {
      const before = order[at - 1];
      if (j[before] < j[p] || (j[before] === j[p] && compare(before, p) <= 0)) break;
      order[at--] = before;
    }
    order[at] = p;
  }
  return order;
}
