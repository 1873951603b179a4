import type { Address } from "../../kernels/index.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  type EmbeddingTerm,
  type PairModel,
  type PotentialTable,
} from "../../models/index.ts";
import type { FieldParts, KernelTerm } from "./term.ts";

/** Coefficients of a spline's interval. */
const TERMS = 6;

/** The energy of embedded atoms, Σ φ + Σ F(ρ), of models with such a term: the splines of the model themselves. */
export function embeddingTerm(parts: FieldParts): KernelTerm | undefined {
  const { arena, kernels, dimension, count, list, types, model, x, g, sums } = parts;
  const { embedding } = model;
  if (!embedding) return undefined;
  const { pairs, functions } = splinesOf(model, embedding);
  const places = pairs.map((table) => arena.putF64(table));
  const { spacing } = embedding.densities[0];
  const rows = arena.putF64(
    Float64Array.from(
      types.flatMap(({ s, t, cutoff }) => {
        const k = s * embedding.speciesCount + t;
        return [cutoff * cutoff, 1 / spacing, places[k], pairs[k].length / width(s, t) - 1];
      }),
    ),
  );
  const unlike = arena.putI32(Int32Array.from(types, ({ s, t }) => (s === t ? 0 : 1)));
  const functionRows = arena.putF64(
    Float64Array.from(
      functions.flatMap((table, s) => [
        1 / embedding.functions[s].spacing,
        arena.putF64(table),
        table.length / TERMS,
      ]),
    ),
  );
  const species = arena.allocI32(count);
  const [rho, pulls] = [arena.allocF64(count + 1), arena.allocF64(count + 1)];
  const room = new Workspace(parts);
  return {
    listed() {
      const ids = arena.i32(parts.ids, count);
      arena.i32(species, count).set(ids.map((id) => parts.species[id]));
      room.fit();
    },
    add(full) {
      kernels.embeddedForces(
        dimension,
        full ? 1 : 0,
        count,
        types.length,
        list.segmentStarts,
        list.segments,
        list.neighbours,
        x,
        list.shifts,
        rows,
        unlike,
        species,
        functionRows,
        rho,
        pulls,
        room.distances,
        room.ends,
        room.slopes,
        room.bonds,
        room.counts,
        g,
        sums,
      );
    },
  };
}

/** f64 of an interval of a pair of species: f and φ, or f of either at the other, φ and its slope. */
const width = (s: number, t: number) => (s === t ? 2 : 4) * TERMS;

interface Splines {
  /** S², of pairs s ≤ t, as assembly/dynamics/embedded.ts has them. */
  readonly pairs: readonly Float64Array[];
  /** S */
  readonly functions: readonly Float64Array[];
}

const known = new WeakMap<PairModel, Splines>();

function splinesOf(model: PairModel, term: EmbeddingTerm): Splines {
  const made = known.get(model) ?? {
    pairs: term.densities.map((_, k) => {
      const [s, t] = [Math.floor(k / term.speciesCount), k % term.speciesCount];
      return s <= t ? interleaved(model, term, s, t) : new Float64Array();
    }),
    functions: term.functions.map(({ polynomials }) => polynomials),
  };
  known.set(model, made);
  return made;
}

/** The polynomials of a pair of species beside each other, and an interval of zeros after the last. */
function interleaved({ coefficients, tables }: PairModel, term: EmbeddingTerm, s: number, t: number) {
  const { densities, speciesCount, cutoff } = term;
  const table = tables[coefficients[(s * speciesCount + t) * COEFFICIENT_STRIDE + Coefficient.Parameters]];
  const [here, there] = [densities[s * speciesCount + t], densities[t * speciesCount + s]];
  const { spacing } = here;
  const count = Math.ceil((cutoff / spacing) * (1 - 1e-12));
  const size = width(s, t);
  const result = new Float64Array((count + 1) * size);
  for (let k = 0; k < count; k++) {
    const phi = polynomialFrom(table, k * spacing);
    const at = polynomialFrom(here, k * spacing);
    const back = s === t ? phi : polynomialFrom(there, k * spacing);
    for (let n = 0; n < TERMS; n++) {
      result[k * size + 2 * n] = at[n];
      result[k * size + 2 * n + 1] = back[n];
      if (s === t) continue;
      result[k * size + 2 * TERMS + 2 * n] = phi[n];
      result[k * size + 2 * TERMS + 2 * n + 1] = n + 1 < TERMS ? (n + 1) * phi[n + 1] : 0;
    }
  }
  return result;
}

/** A table's polynomial in (r − start)/spacing on the interval from a row; of before its first row, moved there. */
function polynomialFrom({ polynomials, rMin, spacing }: PotentialTable, start: number): Float64Array {
  const offset = Math.round((start - rMin) / spacing);
  const interval = Math.min(Math.max(offset, 0), polynomials.length / TERMS - 1);
  const c = polynomials.slice(interval * TERMS, (interval + 1) * TERMS);
  const by = offset - interval;
  if (by === 0) return c;
  for (let k = 0; k < TERMS - 1; k++) for (let l = TERMS - 2; l >= k; l--) c[l] += by * c[l + 1];
  return c;
}

/** The kernel's workspace, which grows with the list. */
class Workspace {
  distances: Address = 0;
  ends: Address = 0;
  slopes: Address = 0;
  bonds: Address = 0;
  counts: Address = 0;
  #capacity = 0;
  #segments = 0;
  readonly #parts: FieldParts;

  constructor(parts: FieldParts) {
    this.#parts = parts;
  }

  fit(): void {
    const { arena, list, types } = this.#parts;
    const segments = arena.i32(list.segmentStarts, types.length + 1)[types.length];
    if (segments > this.#segments) {
      this.#segments = Math.ceil(1.2 * segments);
      this.counts = arena.allocI32(this.#segments);
    }
    if (list.places <= this.#capacity) return;
    this.#capacity = Math.ceil(1.2 * list.places);
    this.ends = arena.allocI32(this.#capacity + 2);
    this.distances = arena.allocF64(this.#capacity + 2);
    this.slopes = arena.allocF64(2 * this.#capacity);
    this.bonds = arena.allocF64(this.#capacity);
  }
}
