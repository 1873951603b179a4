import { rowsOf } from "../vectors.ts";
import type { PairArrays } from "./pairarrays.ts";
import { pairEnergyOf, pairVirialOf } from "./pairs-functions.ts";
import { addPairHessianRate } from "./pairs-rates.ts";
import { PairSpread } from "./pairs-spread.ts";
import {
  addPairAffine,
  addPairGradient,
  addPairHessian,
  addPairVirial,
  pairGradients,
  pairProjection,
  pairRates,
} from "./pairs-sums.ts";
import type {
  AffineMotion,
  Blocks,
  Couplings,
  FamilyKind,
  LegFunction,
  Legs,
  Sites,
  TermFamily,
} from "./terms.ts";

export const PAIRS: FamilyKind = {
  name: "bonds",
  noun: "bond",
  roles: [
    { name: "i", description: "first particle, zero-based" },
    { name: "j", description: "second particle, i < j" },
  ],
  measures: [
    { name: "r", unit: "λ", description: "distance" },
    { name: "f", unit: "ε/λ", description: "φ′(r); negative: the particles repel" },
  ],
  energies: {
    lte: "local thermal energy over kT/2, Eq. 3 of Zylberg 2017",
    harmonic: "second derivative of the pair energy : inverse of M",
    anharmonic: "bond gradient · thermal displacement",
  },
};

/** The family of pair terms ε = φ(r): one leg, u = x_j − x_i. */
export class Pairs implements PairArrays, TermFamily {
  readonly kind = PAIRS;
  readonly unknowns = 0;
  readonly surroundings = 0;
  readonly dimension: 2 | 3;
  readonly particleCount: number;
  readonly i: Int32Array;
  readonly j: Int32Array;
  readonly du: Float64Array;
  readonly r: Float64Array;
  readonly phi0: Float64Array;
  readonly phi1: Float64Array;
  readonly phi2: Float64Array;
  readonly phi3: Float64Array;
  readonly phi4: Float64Array | undefined;

  /** The arrays are kept, not copied. */
  constructor(arrays: PairArrays) {
    this.dimension = arrays.dimension;
    this.particleCount = arrays.particleCount;
    this.i = arrays.i;
    this.j = arrays.j;
    this.du = arrays.du;
    this.r = arrays.r;
    this.phi0 = arrays.phi0;
    this.phi1 = arrays.phi1;
    this.phi2 = arrays.phi2;
    this.phi3 = arrays.phi3;
    this.phi4 = arrays.phi4;
  }

  get count(): number {
    return this.i.length;
  }

  get couplings(): Couplings {
    return { p: this.i, q: this.j };
  }

  /** At the middle of the bond. */
  sites(): Sites {
    return { members: [this.i, this.j], offsets: this.du.map((x) => 0.5 * x) };
  }

  legs(): Legs {
    return { from: this.i, to: this.j, vectors: this.du };
  }

  measures(): Readonly<Record<string, Float64Array>> {
    return { r: this.r, f: this.phi1 };
  }

  energies(): Float64Array {
    return this.phi0;
  }

  addGradient(gradient: Float64Array): void {
    addPairGradient(this, gradient);
  }

  addVirial(sigma: Float64Array): void {
    addPairVirial(this, sigma);
  }

  addAffine(motion: AffineMotion, force: Float64Array): { first: number; second: number } {
    return addPairAffine(this, motion, force);
  }

  addHessian(blocks: Blocks): void {
    addPairHessian(this, blocks);
  }

  addHessianRate(rates: Float64Array, blocks: Blocks): void {
    addPairHessianRate(this, rates, blocks);
  }

  legGradients(): Float64Array {
    return pairGradients(this);
  }

  legRates(v: Float64Array): Float64Array {
    return pairRates(this, v);
  }

  /** C_α = G_ii + G_jj − G_ij − G_ji. */
  spread(inverse: Blocks): PairSpread {
    return PairSpread.of(this, inverse);
  }

  still(): PairSpread {
    return new PairSpread(this, new Float64Array(this.count * this.dimension * this.dimension));
  }

  /** φ′ n·(X_j − X_i). */
  project(field: Float64Array): Float64Array {
    return pairProjection(this, field);
  }

  members(term: number): { readonly root: number; readonly ends: Int32Array } {
    return { root: this.i[term], ends: Int32Array.of(this.j[term]) };
  }

  energyOf(term: number): LegFunction {
    return pairEnergyOf(this, term);
  }

  virialOf(term: number, axes: readonly [number, number]): LegFunction {
    return pairVirialOf(this, term, axes);
  }

  renamed(names: Int32Array, particleCount: number): Pairs {
    const named = (values: Int32Array) => values.map((p) => names[p]);
    if (!names.includes(-1)) return new Pairs({ ...this, particleCount, i: named(this.i), j: named(this.j) });
    const { i, j } = this;
    const kept = Int32Array.from(i, (_, m) => m).filter((m) => names[i[m]] !== -1 && names[j[m]] !== -1);
    return this.some(kept, names, particleCount);
  }

  some(terms: Int32Array, names: Int32Array, particleCount: number): Pairs {
    const { dimension: d, i, j } = this;
    const pick = (values: Float64Array) => rowsOf(values, terms, 1);
    return new Pairs({
      dimension: d,
      particleCount,
      i: terms.map((m) => names[i[m]]),
      j: terms.map((m) => names[j[m]]),
      du: rowsOf(this.du, terms, d),
      r: pick(this.r),
      phi0: pick(this.phi0),
      phi1: pick(this.phi1),
      phi2: pick(this.phi2),
      phi3: pick(this.phi3),
      phi4: this.phi4 && pick(this.phi4),
    });
  }
}
