import { exponential } from "../../elementary.ts";
import type { Address } from "../../kernels/index.ts";
import { type TripleLeg, tripleLeg } from "../../models/index.ts";
import { placeTable, type RadialFunction, radialTable } from "./radialtable.ts";
import type { FieldParts, KernelTerm } from "./term.ts";

/** f64 a leg in the kernel's workspace: a pair written out. */
const PAIR = 8;
/** Rows of f64 a leg of one particle. */
const OWN_ROWS = 12;

/** The energy of triples, Σ K (cos θ − c₀)² h(r_ij) h(r_ik), of models with a three-body term. */
export function threeBodyTerm(parts: FieldParts): KernelTerm | undefined {
  const { arena, kernels, dimension, count, list, types, model, x, g, sums } = parts;
  const term = model.threeBody;
  if (!term) return undefined;
  const places = new Map<string, number[]>();
  const place = (leg: TripleLeg, reach: number): number[] => {
    const key = `${leg.range} ${leg.cutoff} ${reach}`;
    const known = places.get(key);
    if (known) return known;
    const table = radialTable(reach, decay(leg));
    const row = [placeTable(arena, table).origin, table.lowBits, table.toEnergy, table.leastU];
    places.set(key, row);
    return row;
  };
  const legRows = types.flatMap(({ s, t }) => {
    const legs = [tripleLeg(term, s, t), tripleLeg(term, t, s)];
    const reach = Math.max(...legs.map(({ cutoff }) => cutoff));
    if (reach === 0) return [1e300, ...place(NO_LEG, 1), ...place(NO_LEG, 1)];
    return [1 / (reach * reach), ...legs.flatMap((leg) => place(leg, reach))];
  });
  const rows = arena.putF64(Float64Array.from(legRows));
  const angles = arena.putF64(term.angles);
  const species = arena.allocI32(count);
  const starts = arena.allocI32(count + 1);
  const room = new Workspace(parts);
  return {
    listed() {
      const ids = arena.i32(parts.ids, count);
      arena.i32(species, count).set(ids.map((id) => parts.species[id]));
      room.fit();
    },
    add() {
      kernels.threeBodyForces(
        dimension,
        count,
        types.length,
        list.segmentStarts,
        list.segments,
        list.neighbours,
        x,
        list.shifts,
        rows,
        species,
        term.speciesCount,
        angles,
        room.ends,
        room.pairs,
        starts,
        room.slots,
        room.own,
        room.most,
        g,
        sums,
      );
    },
  };
}

const NO_LEG: TripleLeg = { range: 0, cutoff: 0 };

/** h(r) = exp(range/(r − cutoff)) and its slope. */
function decay({ range, cutoff }: TripleLeg): RadialFunction {
  return (r, value, slope) => {
    for (let k = 0; k < r.length; k++) {
      const w = 1 / (r[k] - cutoff);
      value[k] = r[k] < cutoff ? exponential(range * w) : 0;
      slope[k] = r[k] < cutoff ? -range * w * w * value[k] : 0;
    }
  };
}

/** The kernel's workspace, which grows with the list. */
class Workspace {
  ends: Address = 0;
  slots: Address = 0;
  pairs: Address = 0;
  own: Address = 0;
  most = 0;
  #capacity = 0;
  readonly #parts: FieldParts;

  constructor(parts: FieldParts) {
    this.#parts = parts;
  }

  /** Makes room for all pairs of the list, and for those of the particle with most. */
  fit(): void {
    const { arena, list } = this.#parts;
    if (list.places > this.#capacity) {
      this.#capacity = Math.ceil(1.2 * list.places);
      this.ends = arena.allocI32(2 * this.#capacity);
      this.slots = arena.allocI32(2 * this.#capacity);
      this.pairs = arena.allocF64(PAIR * this.#capacity);
    }
    const most = this.#mostNeighbours();
    if (most + 2 <= this.most) return;
    // Even, so that rows begin at whole vectors.
    this.most = 2 * Math.ceil(0.6 * (most + 2)) + 2;
    this.own = arena.allocF64(OWN_ROWS * this.most);
  }

  /** Over both halves of the list. */
  #mostNeighbours(): number {
    const { arena, count, list, types } = this.#parts;
    const segmentCount = arena.i32(list.segmentStarts, types.length + 1)[types.length];
    const segments = arena.i32(list.segments, 4 * segmentCount);
    const neighbours = arena.i32(list.neighbours, list.places);
    const numbers = new Int32Array(count + 1);
    for (let k = 0; k < segments.length; k += 4) {
      numbers[segments[k]] += segments[k + 3] - segments[k + 2];
      for (let p = segments[k + 2]; p < segments[k + 3]; p++) numbers[neighbours[p]]++;
    }
    return numbers.subarray(0, count).reduce((most, number) => Math.max(most, number), 0);
  }
}
