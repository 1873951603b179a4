import type { PairModel } from "../models/index.ts";
import { rowsOf } from "../vectors.ts";
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
  TermFamily,
} from "./terms.ts";
import { JET, type TripleArrays } from "./triples-arrays.ts";
import { endsOfTriples, findTriples, tripleEnergies } from "./triples-find.ts";
import { tripleEnergyOf, tripleVirialOf } from "./triples-functions.ts";
import { addTripleHessianRate } from "./triples-rates.ts";
import { TripleSpread } from "./triples-spread.ts";
import {
  addTripleAffine,
  addTripleGradient,
  addTripleHessian,
  addTripleVirial,
  tripleGradients,
  tripleProjection,
  tripleRates,
} from "./triples-sums.ts";

export const TRIPLES: FamilyKind = {
  name: "triples",
  noun: "triple",
  roles: [
    { name: "centre", description: "particle between the legs, zero-based" },
    { name: "j", description: "one end" },
    { name: "k", description: "the other end" },
  ],
  measures: [
    { name: "r_j", unit: "λ", description: "length of the leg to j" },
    { name: "r_k", unit: "λ", description: "length of the leg to k" },
  ],
  energies: {
    lte: "local thermal energy of the triple over kT/2 (SI B of Zylberg 2017)",
    harmonic: "second derivative of the triple's energy : inverse of M",
    anharmonic: "gradient of the triple's energy · thermal displacement",
  },
};

/** Where triples come from: the three-body term of a model. */
export const TRIPLE_SOURCE: FamilySource = {
  kind: TRIPLES,
  unknowns: 0,
  lattice: "diamond",
  madeBy: ({ threeBody }: PairModel) => threeBody !== undefined,
  find: (pairs: PairArrays, { threeBody }: PairModel, species: Int32Array) =>
    threeBody && new Triples(findTriples(pairs, threeBody, species)),
  energies: (family, { threeBody }, species) => tripleEnergies(family as Triples, threeBody!, species),
  reach: endsOfTriples,
};

/** The family of three-body terms ε(u₁, u₂) of a centre with two legs. */
export class Triples implements TripleArrays, TermFamily {
  readonly kind = TRIPLES;
  readonly unknowns = 0;
  readonly surroundings = 0;
  readonly dimension: 2 | 3;
  readonly centre: Int32Array;
  readonly j: Int32Array;
  readonly k: Int32Array;
  readonly vectors: Float64Array;
  readonly jets: Float64Array;
  #couplings: Couplings | undefined;

  /** The arrays are kept, not copied. */
  constructor(arrays: TripleArrays) {
    this.dimension = arrays.dimension;
    this.centre = arrays.centre;
    this.j = arrays.j;
    this.k = arrays.k;
    this.vectors = arrays.vectors;
    this.jets = arrays.jets;
  }

  get count(): number {
    return this.centre.length;
  }

  /** Of each triple: j with the centre, k with the centre, j with k. */
  get couplings(): Couplings {
    this.#couplings ??= this.#coupled();
    return this.#couplings;
  }

  #coupled(): Couplings {
    const { centre, j, k } = this;
    const [p, q] = [new Int32Array(3 * j.length), new Int32Array(3 * j.length)];
    for (let t = 0; t < j.length; t++) {
      p[3 * t] = j[t];
      q[3 * t] = centre[t];
      p[3 * t + 1] = k[t];
      q[3 * t + 1] = centre[t];
      p[3 * t + 2] = j[t];
      q[3 * t + 2] = k[t];
    }
    return { p, q };
  }

  /** At the mean of the three particles. */
  sites(): Sites {
    const { dimension: d, centre, j, k, vectors } = this;
    const offsets = new Float64Array(centre.length * d);
    for (let t = 0; t < centre.length; t++) {
      for (let a = 0; a < d; a++) {
        const sum = vectors[2 * t * d + a] + vectors[(2 * t + 1) * d + a];
        offsets[t * d + a] = sum / 3;
      }
    }
    return { members: [centre, j, k], offsets };
  }

  legs(): Legs {
    const { centre, j, k, vectors } = this;
    const count = 2 * centre.length;
    return {
      from: Int32Array.from({ length: count }, (_, l) => centre[l >> 1]),
      to: Int32Array.from({ length: count }, (_, l) => (l % 2 === 0 ? j : k)[l >> 1]),
      vectors,
    };
  }

  measures(): Readonly<Record<string, Float64Array>> {
    return { r_j: this.#lengths(0), r_k: this.#lengths(1) };
  }

  #lengths(leg: 0 | 1): Float64Array {
    const { dimension: d, vectors } = this;
    return Float64Array.from(this.centre, (_, t) => {
      let length2 = 0;
      for (let a = 0; a < d; a++) {
        const u = vectors[(2 * t + leg) * d + a];
        length2 += u * u;
      }
      return Math.sqrt(length2);
    });
  }

  energies(): Float64Array {
    return Float64Array.from(this.centre, (_, t) => this.jets[t * JET]);
  }

  addGradient(gradient: Float64Array): void {
    addTripleGradient(this, gradient);
  }

  addVirial(sigma: Float64Array): void {
    addTripleVirial(this, sigma);
  }

  addAffine(motion: AffineMotion, force: Float64Array): { first: number; second: number } {
    return addTripleAffine(this, motion, force);
  }

  addHessian(blocks: Blocks): void {
    addTripleHessian(this, blocks);
  }

  addHessianRate(rates: Float64Array, blocks: Blocks): void {
    addTripleHessianRate(this, rates, blocks);
  }

  legGradients(): Float64Array {
    return tripleGradients(this);
  }

  legRates(v: Float64Array): Float64Array {
    return tripleRates(this, v);
  }

  /** ⟨u₁u₂⟩ = G_jk − G_ji − G_ik + G_ii and so on. */
  spread(inverse: Blocks): TripleSpread {
    return TripleSpread.of(this, inverse);
  }

  still(): TripleSpread {
    const { count, dimension: d } = this;
    return new TripleSpread(this, new Float64Array(count * 4 * d * d));
  }

  project(field: Float64Array): Float64Array {
    return tripleProjection(this, field);
  }

  members(term: number): { readonly root: number; readonly ends: Int32Array } {
    return { root: this.centre[term], ends: Int32Array.of(this.j[term], this.k[term]) };
  }

  energyOf(term: number): LegFunction {
    return tripleEnergyOf(this, term);
  }

  virialOf(term: number, axes: readonly [number, number]): LegFunction {
    return tripleVirialOf(this, term, axes);
  }

  renamed(names: Int32Array): Triples {
    const { centre, j, k } = this;
    const kept = Int32Array.from(centre, (_, t) => t).filter(
      (t) => names[centre[t]] !== -1 && names[j[t]] !== -1 && names[k[t]] !== -1,
    );
    return this.some(kept, names);
  }

  some(terms: Int32Array, names: Int32Array): Triples {
    const { dimension: d, centre, j, k } = this;
    const named = (values: Int32Array) => terms.map((t) => names[values[t]]);
    return new Triples({
      dimension: d,
      centre: named(centre),
      j: named(j),
      k: named(k),
      vectors: rowsOf(this.vectors, terms, 2 * d),
      jets: rowsOf(this.jets, terms, JET),
    });
  }
}
