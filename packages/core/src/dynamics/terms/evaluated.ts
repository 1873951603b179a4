import { evaluatePairs } from "../../models/index.ts";
import { type ListedPairs, listedPairs, RECORD } from "../listing.ts";
import type { FieldParts } from "./term.ts";

/** Adds the pairs of a model by its formula instead of a kernel's tables: exact where those are too coarse. O(pairs). */
export function addEvaluated(parts: FieldParts): void {
  const { arena, count, model } = parts;
  const mark = arena.used;
  const listed = listedPairs(parts, false);
  const { ends, records } = listed;
  const m = ends.length / 2;
  const every = (first: number) => Int32Array.from({ length: m }, (_, k) => ends[2 * k + first]);
  const value = () => new Float64Array(m);
  const batch = {
    ...{ i: every(0), j: every(1), r: Float64Array.from({ length: m }, (_, k) => records[k * RECORD + 3]) },
    ...{ phi0: value(), phi1: value(), phi2: value(), phi3: value() },
  };
  const ids = arena.i32(parts.ids, count);
  const { ownCharges } = parts;
  const particles = {
    species: ids.map((id) => parts.species[id]),
    charges: ownCharges && Float64Array.from(ids, (id) => ownCharges[id]),
    diameters: model.mixing ? arena.f64(parts.diameters, count).slice() : undefined,
  };
  evaluatePairs(model, particles, batch, { anyDistance: true });
  const sums = arena.f64(parts.sums, 7);
  for (const phi of batch.phi0) sums[0] += phi;
  addAlongPairs(parts, listed, batch.phi1);
  arena.release(mark);
}

/** Adds slopes dU/dr of listed pairs (m, read) to gradient and virial. O(m). */
function addAlongPairs(
  { arena, count, dimension: d, sums: at, g: gradient }: FieldParts,
  { ends, records }: ListedPairs,
  slopes: Float64Array,
): void {
  const stride = d === 2 ? 2 : 4;
  const sums = arena.f64(at, 7);
  const g = arena.f64(gradient, count * stride);
  for (let m = 0; m < slopes.length; m++) {
    const record = m * RECORD;
    const pull = slopes[m] / records[record + 3];
    if (pull === 0) continue;
    for (let c = 0; c < d; c++) {
      const f = pull * records[record + c];
      g[ends[2 * m] * stride + c] -= f;
      g[ends[2 * m + 1] * stride + c] += f;
    }
    const [x, y, z] = [records[record], records[record + 1], records[record + 2]];
    sums[1] += pull * x * x;
    sums[2] += pull * y * y;
    if (d === 2) {
      sums[3] += pull * x * y;
      continue;
    }
    sums[3] += pull * z * z;
    sums[4] += pull * x * y;
    sums[5] += pull * x * z;
    sums[6] += pull * y * z;
  }
}
