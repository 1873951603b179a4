import type { Address, Arena, DynamicsKernels } from "../kernels/index.ts";
import type { PairModel, ThreeBodyTerm } from "../models/index.ts";
import type { NeighborListStore } from "./neighborlist.ts";
import type { PairTable } from "./pairtable.ts";

/** What of a force field the kernels work on. Addresses are of its arena, in the order of its particles there. */
export interface ForceParts {
  readonly arena: Arena;
  readonly kernels: DynamicsKernels;
  readonly model: PairModel;
  readonly dimension: 2 | 3;
  readonly count: number;
  /** N, in the caller's order */
  readonly species: Int32Array;
  readonly table: PairTable;
  readonly list: NeighborListStore;
  readonly x: Address;
  readonly g: Address;
  /** i32 a particle: the caller's number of each */
  readonly ids: Address;
  /** f64 a particle, or 0 */
  readonly diameters: Address;
  /** 7 f64: U and the virial sums */
  readonly sums: Address;
}

/** Overwrites g with ∂U/∂x and, where it says true (always if `full`), sums with energy and virial. */
export function computeForces(parts: ForceParts, full: boolean): boolean {
  const { kernels, model, dimension, count, table, list, x, g, diameters, sums } = parts;
  const { powerLaw, types } = table;
  if (powerLaw !== undefined) {
    kernels.powerLawForces(
      dimension + powerLaw + (full ? 16 : 0),
      count,
      types.length,
      list.segmentStarts,
      list.segments,
      list.neighbours,
      x,
      g,
      list.shifts,
      table.powerRows,
      sums,
    );
  } else {
    kernels.genericForces(
      dimension,
      count,
      table.form,
      types.length,
      list.segmentStarts,
      list.segments,
      list.neighbours,
      x,
      g,
      list.shifts,
      table.genericRows,
      table.tables,
      diameters,
      model.mixing?.nonAdditivity ?? 0,
      sums,
    );
  }
  if (model.threeBody) addTriples(parts, model.threeBody);
  return full || powerLaw === undefined;
}

/** The stress tensor, d×d row-major, from complete sums. */
export function virialStress({ arena, sums, dimension }: ForceParts, volume: number): Float64Array {
  const s = arena.f64(sums, 7).map((sum) => sum / volume);
  return dimension === 2
    ? Float64Array.of(s[1], s[3], s[3], s[2])
    : Float64Array.of(s[1], s[4], s[5], s[4], s[2], s[6], s[5], s[6], s[3]);
}

/** Pairs in the arena as the kernel writes them (see listPairs in assembly/dynamics/generic.ts); to be released. */
export interface ListedPairs {
  readonly found: number;
  readonly ends: Address;
  readonly values: Address;
}

/** Every pair within its cutoff, with φ…φ‴. */
export function listPairs(parts: ForceParts): ListedPairs {
  const { arena, kernels, model, table, list } = parts;
  const ends = arena.allocI32(list.places * 2);
  const values = arena.allocF64(list.places * 8);
  const found = kernels.listPairs(
    parts.dimension,
    parts.count,
    table.form,
    table.types.length,
    list.segmentStarts,
    list.segments,
    list.neighbours,
    parts.x,
    list.shifts,
    table.genericRows,
    table.tables,
    parts.diameters,
    model.mixing?.nonAdditivity ?? 0,
    ends,
    values,
  );
  return { found, ends, values };
}

/** Adds the three-body term to gradient and sums. */
function addTriples(parts: ForceParts, { speciesCount, legs: legRows, angles }: ThreeBodyTerm): void {
  const { arena, count } = parts;
  const mark = arena.used;
  const { found, ends, values } = listPairs(parts);
  const starts = arena.allocI32(count + 1);
  const slots = arena.allocI32(2 * found);
  const legs = arena.allocF64(4 * found);
  const ids = arena.i32(parts.ids, count);
  const species = arena.putI32(ids.map((id) => parts.species[id]));
  parts.kernels.angularForces(
    parts.dimension,
    count,
    found,
    ends,
    values,
    starts,
    slots,
    legs,
    species,
    speciesCount,
    arena.putF64(legRows),
    arena.putF64(angles),
    parts.g,
    parts.sums,
  );
  arena.release(mark);
}
