import { COEFFICIENT_STRIDE, Coefficient } from "../models/index.ts";
import { coefficientRows } from "./pairtypes.ts";
import type { FieldParts } from "./terms/term.ts";

/** f64 a pair in the kernel's output: u (3), r, φ, φ′, φ″, φ‴. */
export const RECORD = 8;

/** Every pair within its cutoff, in the arena until that is released: two places a pair, and its record. */
export interface ListedPairs {
  readonly ends: Int32Array;
  readonly records: Float64Array;
}

/** Lists the pairs of the field as it is now; `derivatives`: of power laws, φ…φ‴ as well. O(N). */
export function listedPairs(parts: FieldParts, derivatives: boolean): ListedPairs {
  const { arena, kernels, model, dimension, count, types, list } = parts;
  const places = list.blocks.reduce((sum, block) => sum + block.places, 0);
  const ends = arena.allocI32(places * 2);
  const records = arena.allocF64(places * RECORD);
  const limits = arena.putF64(limitsOf(parts));
  const rows = derivatives ? Float64Array.from(coefficientRows(model, types).flatMap((row) => [...row])) : 0;
  const coefficients = rows === 0 ? 0 : arena.putF64(rows);
  let found = 0;
  for (const { segmentStarts, segments, neighbours } of list.blocks)
    found += kernels.listPairs(
      dimension,
      count,
      types.length,
      segmentStarts,
      segments,
      neighbours,
      parts.x,
      list.shifts,
      limits,
      coefficients,
      ends + 8 * found,
      records + 8 * RECORD * found,
    );
  return { ends: arena.i32(ends, found * 2), records: arena.f64(records, found * RECORD) };
}

/** λ and x_c of each type: what lies within the cutoff is decided by r/λ ≤ x_c. Where diameters mix, r_c at most. */
function limitsOf({ model, types }: FieldParts): Float64Array {
  const { coefficients, mixing, species } = model;
  const rows = types.flatMap(({ s, t, cutoff }) => {
    const at = (s * species.length + t) * COEFFICIENT_STRIDE;
    return mixing
      ? [1, cutoff]
      : [coefficients[at + Coefficient.Lambda], coefficients[at + Coefficient.Cutoff]];
  });
  return Float64Array.from(rows);
}
