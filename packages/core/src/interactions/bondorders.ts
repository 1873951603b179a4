import type { PairModel } from "../models/index.ts";
import { dot, rowsOf } from "../vectors.ts";
import { type BondOrderArrays, bendsOf } from "./bondorders-arrays.ts";
import { bondOrderHessian, bondOrderThirdAlong, bondOrderValue } from "./bondorders-derivatives.ts";
import { bondOrderEnergies, bondOrderJumps, findBondOrders } from "./bondorders-find.ts";
import { bondOrderEnergyOf, bondOrderVirialOf } from "./bondorders-functions.ts";
import { BondOrderSpread } from "./bondorders-spread.ts";
import {
  addBondOrderBlocks,
  alongLegs,
  bondOrderCouplings,
  bondOrderGradients,
  bondOrderRates,
} from "./bondorders-sums.ts";
import { CentredTerms, named, someTerms } from "./centred.ts";
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
  TermFamily,
} from "./terms.ts";
import type { TripleArrays } from "./triples-arrays.ts";
import { JET } from "./triples-arrays.ts";
import { endsOfTriples } from "./triples-find.ts";

export const BOND_ORDERS: FamilyKind = {
  name: "bondorders",
  noun: "bond order",
  roles: [
    { name: "i", description: "particle whose other neighbours weaken the bond, zero-based" },
    { name: "j", description: "particle at its end" },
  ],
  measures: [
    { name: "r", unit: "λ", description: "length of the bond" },
    { name: "zeta", description: "ζ of the bond at i" },
    { name: "order", description: "bond order b(ζ)" },
  ],
  energies: {
    lte: "local thermal energy over kT/2 of the attraction −½ f_C B exp(−λ₂r) b(ζ) (Eq. 1 of Zylberg 2017)",
    harmonic: "second derivative of the attraction : inverse of M",
    anharmonic: "gradient of the attraction · thermal displacement",
  },
};

/**
 * Where bond orders come from. Without unknowns of their own: ζ couples every two neighbours of an atom by their angle
 * already, which is all that b″ ∂ζ ∂ζᵀ couples, so that an unknown a bond would add rows and take none away.
 */
export const BOND_ORDER_SOURCE: FamilySource = {
  kind: BOND_ORDERS,
  unknowns: 0,
  lattice: "diamond",
  madeBy: ({ bondOrder }: PairModel) => bondOrder !== undefined,
  find: (pairs: PairArrays, { bondOrder }: PairModel, species: Int32Array) =>
    bondOrder && new BondOrders(findBondOrders(pairs, bondOrder, species)),
  energies: (family, { bondOrder }, species) =>
    bondOrderEnergies((family as BondOrders).arrays, bondOrder!, species),
  jumps: (family, { bondOrder }, species) =>
    bondOrderJumps((family as BondOrders).arrays, bondOrder!, species),
  reach: (pairs) => {
    const ends = endsOfTriples(pairs);
    return { p: Int32Array.from([...pairs.i, ...ends.p]), q: Int32Array.from([...pairs.j, ...ends.q]) };
  },
};

/** The family of attractions P(r) b(ζ), one a directed bond. */
export class BondOrders extends CentredTerms<BondOrderArrays> implements TermFamily {
  readonly kind = BOND_ORDERS;
  readonly unknowns = 0;
  #couplings: Couplings | undefined;

  /** Of each term: every end with the centre, then every two ends. */
  get couplings(): Couplings {
    this.#couplings ??= bondOrderCouplings(this.arrays);
    return this.#couplings;
  }

  /** At the middle of the bond. */
  sites(): Sites {
    const { dimension: d, centre, starts, ends, vectors } = this.arrays;
    const offsets = new Float64Array(centre.length * d);
    for (let t = 0; t < centre.length; t++)
      for (let a = 0; a < d; a++) offsets[t * d + a] = 0.5 * vectors[starts[t] * d + a];
    return { members: [centre, centre.map((_, t) => ends[starts[t]])], offsets };
  }

  measures(): Readonly<Record<string, Float64Array>> {
    const { dimension: d, centre, starts, vectors, zeta, orders } = this.arrays;
    const r = Float64Array.from(centre, (_, t) => {
      let square = 0;
      for (let k = starts[t] * d; k < (starts[t] + 1) * d; k++) square += vectors[k] * vectors[k];
      return Math.sqrt(square);
    });
    return { r, zeta, order: Float64Array.from(centre, (_, t) => orders[t * 5]) };
  }

  energies(): Float64Array {
    return Float64Array.from(this.arrays.centre, (_, t) => bondOrderValue(this.arrays, t));
  }

  addAffine(motion: AffineMotion, force: Float64Array): { first: number; second: number } {
    const { gradient, moved, bent, pull } = this.followAffine(motion, force);
    return { first: dot(gradient, moved), second: dot(pull, moved) + dot(gradient, bent) };
  }

  addHessian(blocks: Blocks): void {
    addBondOrderBlocks(this.arrays, blocks, (t) => bondOrderHessian(this.arrays, t));
  }

  addHessianRate(rates: Float64Array, blocks: Blocks): void {
    const { starts, dimension: d } = this.arrays;
    addBondOrderBlocks(this.arrays, blocks, (t) =>
      bondOrderThirdAlong(this.arrays, t, rates.subarray(starts[t] * d, starts[t + 1] * d)),
    );
  }

  legGradients(): Float64Array {
    return bondOrderGradients(this.arrays);
  }

  legRates(v: Float64Array): Float64Array {
    return bondOrderRates(this.arrays, v);
  }

  spread(inverse: Blocks): BondOrderSpread {
    return BondOrderSpread.of(this.arrays, inverse);
  }

  still(): BondOrderSpread {
    return BondOrderSpread.still(this.arrays);
  }

  project(field: Float64Array): Float64Array {
    const moves = stretched(this.legs(), field, this.dimension);
    return alongLegs(this.arrays, bondOrderGradients(this.arrays), moves);
  }

  energyOf(term: number): LegFunction {
    return bondOrderEnergyOf(this.arrays, term);
  }

  virialOf(term: number, axes: readonly [number, number]): LegFunction {
    return bondOrderVirialOf(this.arrays, term, axes);
  }

  renamed(names: Int32Array): BondOrders {
    return this.some(named(this.arrays, names), names);
  }

  some(terms: Int32Array, names: Int32Array): BondOrders {
    return new BondOrders(someArrays(this.arrays, terms, names));
  }
}

/** Some terms, renamed. */
function someArrays(e: BondOrderArrays, terms: Int32Array, names: Int32Array): BondOrderArrays {
  const { dimension: d } = e;
  const { arrays } = someTerms(e, terms, names);
  const triples = (of: TripleArrays, which: Int32Array): TripleArrays => {
    const own = (values: Int32Array) => which.map((t) => names[values[t]]);
    return {
      dimension: d,
      ...{ centre: own(of.centre), j: own(of.j), k: own(of.k) },
      ...{ vectors: rowsOf(of.vectors, which, 2 * d), jets: rowsOf(of.jets, which, JET) },
    };
  };
  const bends = Array.from(terms).flatMap((t) => {
    const [first, count] = bendsOf(e, t);
    return Array.from({ length: count }, (_, k) => first + k);
  });
  return {
    ...arrays,
    stretches: triples(e.stretches, terms),
    bends: triples(e.bends, Int32Array.from(bends)),
    zeta: rowsOf(e.zeta, terms, 1),
    orders: rowsOf(e.orders, terms, 5),
  };
}
