import { embeddingJumps, type PairModel } from "../models/index.ts";
import { rowsOf } from "../vectors.ts";
import { CentredTerms, named, someTerms } from "./centred.ts";
import type { EmbeddingArrays } from "./embeddings-arrays.ts";
import { embeddingEnergies, findEmbeddings } from "./embeddings-find.ts";
import { embeddingEnergyOf, embeddingVirialOf } from "./embeddings-functions.ts";
import { addEmbeddingHessianRate } from "./embeddings-rates.ts";
import { EmbeddingSpread } from "./embeddings-spread.ts";
import { addWithUnknown, densityRates, embeddingGradients, embeddingRates } from "./embeddings-sums.ts";
import { stretched } from "./legs.ts";
import type { PairArrays } from "./pairarrays.ts";
import type {
  AffineMotion,
  Blocks,
  Couplings,
  FamilyKind,
  FamilySource,
  LegFunction,
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
  jumps: (_, { embedding }) => {
    const jumps = embeddingJumps(embedding!);
    return () => jumps;
  },
  reach: ({ i, j }) => ({ p: i, q: j }),
};

/**
 * The family of embedding energies F(ρ), one an atom. In M they couple second neighbours; with one unknown an atom they
 * couple neighbours only.
 */
export class Embeddings extends CentredTerms<EmbeddingArrays> implements TermFamily {
  readonly kind = EMBEDDINGS;
  readonly unknowns: 0 | 1 = 1;

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

  measures(): Readonly<Record<string, Float64Array>> {
    return { rho: this.arrays.rho };
  }

  energies(): Float64Array {
    return this.arrays.F0;
  }

  addAffine(motion: AffineMotion, force: Float64Array): { first: number; second: number } {
    const { gradient, moved, bent, pull } = this.followAffine(motion, force);
    let [first, second] = [0, 0];
    for (let k = 0; k < gradient.length; k++) {
      first += gradient[k] * moved[k];
      second += pull[k] * moved[k] + gradient[k] * bent[k];
    }
    return { first, second };
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

  energyOf(term: number): LegFunction {
    return embeddingEnergyOf(this.arrays, term);
  }

  virialOf(term: number, axes: readonly [number, number]): LegFunction {
    return embeddingVirialOf(this.arrays, term, axes);
  }

  renamed(names: Int32Array): TermFamily {
    return this.some(named(this.arrays, names), names);
  }

  some(terms: Int32Array, names: Int32Array): TermFamily {
    return new Embeddings(someArrays(this.arrays, terms, names));
  }
}

/** Some terms, renamed, and their bonds numbered anew. */
function someArrays(e: EmbeddingArrays, terms: Int32Array, names: Int32Array): EmbeddingArrays {
  const { legs, arrays } = someTerms(e, terms, names);
  const numbers = new Map<number, number>();
  for (const l of legs) if (!numbers.has(e.bond[l])) numbers.set(e.bond[l], numbers.size);
  const ofTerms = (values: Float64Array) => rowsOf(values, terms, 1);
  const ofLegs = (values: Float64Array) => rowsOf(values, legs, 1);
  return {
    ...arrays,
    bond: legs.map((l) => numbers.get(e.bond[l])!),
    bondCount: numbers.size,
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
