import type { PairModel } from "../models/index.ts";
import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import { embeddingEnergies, findEmbeddings } from "./embeddings-find.ts";
import { embeddingEnergyOf, embeddingVirialOf } from "./embeddings-functions.ts";
import { addEmbeddingHessianRate } from "./embeddings-rates.ts";
import { EmbeddingSpread } from "./embeddings-spread.ts";
import {
  addEmbeddingAffine,
  addEmbeddingVirial,
  addOnLegs,
  addWithUnknown,
  densityRates,
  embeddingGradients,
  embeddingRates,
} from "./embeddings-sums.ts";
import { stretched } from "./legs.ts";
import type { PairArrays } from "./pairarrays.ts";
import type {
  AffineMotion,
  Blocks,
  Couplings,
  FamilyKind,
  FamilySource,
  LegFunction,
  Legs,
  Sites,
  Spread,
  TermFamily,
} from "./terms.ts";

export const EMBEDDINGS: FamilyKind = {
  name: "embeddings",
  noun: "embedding",
  roles: [{ name: "i", description: "the embedded atom, zero-based" }],
  measures: [{ name: "rho", description: "density at the atom" }],
  energies: {
    lte: "local thermal energy over kT/2 of the embedding energy F(ρ) (Eq. 1 of Zylberg 2017)",
    harmonic: "second derivative of the embedding energy : inverse of M",
    anharmonic: "gradient of the embedding energy · thermal displacement",
  },
};

/** Where embeddings come from: the term of embedded atoms of a model. */
export const EMBEDDING_SOURCE: FamilySource = {
  kind: EMBEDDINGS,
  unknowns: 1,
  madeBy: ({ embedding }: PairModel) => embedding !== undefined,
  find: (pairs: PairArrays, { embedding }: PairModel, species: Int32Array) =>
    embedding && new Embeddings(findEmbeddings(pairs, embedding, species)),
  energies: (family, { embedding }, species) =>
    embeddingEnergies((family as Embeddings).arrays, embedding!, species),
  reach: ({ i, j }) => ({ p: i, q: j }),
};

/**
 * The family of embedding energies F(ρ), one an atom. In M they couple second neighbours; with one unknown an atom they
 * couple neighbours only.
 */
export class Embeddings implements TermFamily {
  readonly kind = EMBEDDINGS;
  readonly unknowns: 0 | 1 = 1;
  readonly arrays: EmbeddingArrays;

  /** The arrays are kept, not copied. */
  constructor(arrays: EmbeddingArrays) {
    this.arrays = arrays;
  }

  get dimension(): 2 | 3 {
    return this.arrays.dimension;
  }

  get count(): number {
    return this.arrays.centre.length;
  }

  /** One a leg. */
  get couplings(): Couplings {
    const { ends } = this.arrays;
    return { p: this.legs().from, q: ends };
  }

  /** At the atom. */
  sites(): Sites {
    const { centre, dimension } = this.arrays;
    return { members: [centre], offsets: new Float64Array(centre.length * dimension) };
  }

  legs(): Legs {
    const { centre, starts, ends, vectors } = this.arrays;
    const from = new Int32Array(ends.length);
    for (let t = 0; t < centre.length; t++) from.fill(centre[t], starts[t], starts[t + 1]);
    return { from, to: ends, vectors, starts };
  }

  measures(): Readonly<Record<string, Float64Array>> {
    return { rho: this.arrays.rho };
  }

  energies(): Float64Array {
    return this.arrays.F0;
  }

  addGradient(gradient: Float64Array): void {
    addOnLegs(this.arrays, embeddingGradients(this.arrays), gradient);
  }

  addVirial(sigma: Float64Array): void {
    addEmbeddingVirial(this.arrays, sigma);
  }

  addAffine(motion: AffineMotion, force: Float64Array): { first: number; second: number } {
    return addEmbeddingAffine(this.arrays, motion, force);
  }

  addHessian(blocks: Blocks): void {
    addWithUnknown(this.arrays, blocks);
  }

  addHessianRate(rates: Float64Array, blocks: Blocks): void {
    addEmbeddingHessianRate(this.arrays, rates, blocks);
  }

  legGradients(): Float64Array {
    return embeddingGradients(this.arrays);
  }

  legRates(v: Float64Array): Float64Array {
    return embeddingRates(this.arrays, v);
  }

  /** Of bonds by particles, of densities by the unknowns: h = G ∂ρ. */
  spread(inverse: Blocks): Spread {
    return EmbeddingSpread.ofUnknowns(this.arrays, inverse);
  }

  still(): Spread {
    const { bondCount, dimension: d, vectors } = this.arrays;
    return new EmbeddingSpread(
      this.arrays,
      new Float64Array(bondCount * d * d),
      new Float64Array(vectors.length),
    );
  }

  /** F′ ∂ρ·X. */
  project(field: Float64Array): Float64Array {
    const { F1 } = this.arrays;
    const moves = stretched(this.legs(), field, this.dimension);
    return densityRates(this.arrays, moves).map((rate, t) => F1[t] * rate);
  }

  members(term: number): { readonly root: number; readonly ends: Int32Array } {
    const { centre, starts, ends } = this.arrays;
    return { root: centre[term], ends: ends.subarray(starts[term], starts[term + 1]) };
  }

  energyOf(term: number): LegFunction {
    return embeddingEnergyOf(this.arrays, term);
  }

  virialOf(term: number, axes: readonly [number, number]): LegFunction {
    return embeddingVirialOf(this.arrays, term, axes);
  }

  renamed(names: Int32Array): TermFamily {
    return new Embeddings(renamedArrays(this.arrays, names));
  }
}

/** Terms all of whose particles have names, renamed. */
export function renamedArrays(e: EmbeddingArrays, names: Int32Array): EmbeddingArrays {
  const { dimension: d, starts } = e;
  const named = (t: number) => {
    if (names[e.centre[t]] === -1) return false;
    for (let l = starts[t]; l < starts[t + 1]; l++) if (names[e.ends[l]] === -1) return false;
    return true;
  };
  const terms = Int32Array.from(e.centre, (_, t) => t).filter(named);
  const legs = Int32Array.from(
    Array.from(terms).flatMap((t) =>
      Array.from({ length: starts[t + 1] - starts[t] }, (_, k) => starts[t] + k),
    ),
  );
  const kept = new Int32Array(terms.length + 1);
  terms.forEach((t, k) => {
    kept[k + 1] = kept[k] + starts[t + 1] - starts[t];
  });
  const ofTerms = (values: Float64Array) => Float64Array.from(terms, (t) => values[t]);
  const ofLegs = (values: Float64Array) => Float64Array.from(legs, (l) => values[l]);
  return {
    ...e,
    centre: terms.map((t) => names[e.centre[t]]),
    starts: kept,
    ends: legs.map((l) => names[e.ends[l]]),
    bond: legs.map((l) => e.bond[l]),
    vectors: Float64Array.from(
      { length: legs.length * d },
      (_, k) => e.vectors[legs[Math.floor(k / d)] * d + (k % d)],
    ),
    r: ofLegs(e.r),
    f1: ofLegs(e.f1),
    f2: ofLegs(e.f2),
    f3: ofLegs(e.f3),
    f4: ofLegs(e.f4),
    rho: ofTerms(e.rho),
    F0: ofTerms(e.F0),
    F1: ofTerms(e.F1),
    F2: ofTerms(e.F2),
    F3: ofTerms(e.F3),
    F4: ofTerms(e.F4),
  };
}
