import {
  attraction,
  BEND_ROW,
  type BondOrderTerm,
  bendBreaks,
  bendReach,
  bondBreaks,
  bondOrder,
  bondReach,
  type Jump,
  variable,
} from "../models/index.ts";
import type { BondOrderArrays } from "./bondorders-arrays.ts";
import { fillBend, fillStretch } from "./bondorders-jets.ts";
import type { PairArrays } from "./pairarrays.ts";
import { bondsOfParticles } from "./rattlers.ts";
import { JET } from "./triples-arrays.ts";

const ORDER = 4;
const FACTORIALS = [1, 1, 2, 6, 24];

/** One term a directed bond within its reach, with all legs beside it within theirs. `species`: N, read. O(triples). */
export function findBondOrders(pairs: PairArrays, term: BondOrderTerm, species: Int32Array): BondOrderArrays {
  const { dimension: d, particleCount: n, i, j, du, r } = pairs;
  const around = bondsOfParticles(pairs);
  const [centre, starts, ends, legs]: number[][] = [[], [0], [], []];
  for (let p = 0; p < n; p++) {
    const bonds = Array.from(around.bonds.subarray(around.starts[p], around.starts[p + 1]));
    const endOf = (m: number) => (i[m] === p ? j[m] : i[m]);
    for (const bond of bonds) {
      const kind = species[endOf(bond)];
      if (r[bond] > bondReach(term, species[p], kind)) continue;
      const beside = bonds.filter(
        (m) => m !== bond && r[m] < bendReach(term, [species[p], kind, species[endOf(m)]]),
      );
      centre.push(p);
      for (const m of [bond, ...beside]) {
        ends.push(endOf(m));
        legs.push(i[m] === p ? m : -1 - m);
      }
      starts.push(ends.length);
    }
  }
  const vectors = new Float64Array(ends.length * d);
  legs.forEach((leg, l) => {
    const [m, sign] = leg >= 0 ? [leg, 1] : [-1 - leg, -1];
    for (let a = 0; a < d; a++) vectors[l * d + a] = sign * du[m * d + a];
  });
  const shape = {
    dimension: d,
    centre: Int32Array.from(centre),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    vectors,
  };
  return { ...shape, ...derivativesOf(shape, term, species) };
}

type Shape = Pick<BondOrderArrays, "dimension" | "centre" | "starts" | "ends" | "vectors">;

/** P, Z and b of all terms with their derivatives. */
function derivativesOf(
  { dimension: d, centre, starts, ends, vectors }: Shape,
  term: BondOrderTerm,
  species: Int32Array,
): Omit<BondOrderArrays, keyof Shape> {
  const count = centre.length;
  const triples = (t: number) => ({
    dimension: d,
    centre: new Int32Array(t),
    j: new Int32Array(t),
    k: new Int32Array(t),
    vectors: new Float64Array(t * 2 * d),
    jets: new Float64Array(t * JET),
  });
  const stretches = triples(count);
  const bends = triples(ends.length - count);
  const zeta = new Float64Array(count);
  const orders = new Float64Array(count * 5);
  const leg = (l: number) => vectors.subarray(l * d, (l + 1) * d);
  const product = (k: number, l: number) => {
    let sum = 0;
    for (let a = 0; a < d; a++) sum += vectors[k * d + a] * vectors[l * d + a];
    return sum;
  };
  const jetOf = ({ jets }: { jets: Float64Array }, t: number) => jets.subarray(t * JET, (t + 1) * JET);
  for (let t = 0; t < count; t++) {
    const own = starts[t];
    const [i, j] = [species[centre[t]], species[ends[own]]];
    const a = product(own, own);
    stretches.centre[t] = centre[t];
    stretches.j[t] = stretches.k[t] = ends[own];
    stretches.vectors.set(leg(own), t * 2 * d);
    fillStretch(attraction(term, i, j, variable(Math.sqrt(a), ORDER)), a, jetOf(stretches, t));
    for (let l = own + 1; l < starts[t + 1]; l++) {
      const x = l - t - 1;
      bends.centre[x] = centre[t];
      bends.j[x] = ends[own];
      bends.k[x] = ends[l];
      bends.vectors.set(leg(own), x * 2 * d);
      bends.vectors.set(leg(l), (2 * x + 1) * d);
      const kinds = [i, j, species[ends[l]]] as const;
      const row = ((kinds[0] * term.speciesCount + kinds[1]) * term.speciesCount + kinds[2]) * BEND_ROW;
      const reach = [term.bends[row], term.bends[row + 1]] as const;
      fillBend(term, kinds, [a, product(l, l), product(own, l)], reach, jetOf(bends, x));
      zeta[t] += bends.jets[x * JET];
    }
    bondOrder(term, [i, j], zeta[t], ORDER).forEach((value, k) => {
      orders[t * 5 + k] = value * FACTORIALS[k];
    });
  }
  return { stretches, bends, zeta, orders };
}

/** ε of bond orders as a function of their legs (L×d, read). `species`: N, read. O(legs). */
export function bondOrderEnergies(
  { dimension: d, centre, starts, ends }: Shape,
  term: BondOrderTerm,
  species: Int32Array,
): (legs: Float64Array) => Float64Array {
  return (vectors) => {
    const { stretches, zeta } = valuesOf({ dimension: d, centre, starts, ends, vectors }, term, species);
    return Float64Array.from(centre, (_, t) => {
      const kinds = [species[centre[t]], species[ends[starts[t]]]] as const;
      return stretches[t] * bondOrder(term, kinds, zeta[t], 0)[0];
    });
  };
}

/** P and ζ of all terms. */
function valuesOf(shape: Shape, term: BondOrderTerm, species: Int32Array) {
  const { stretches, zeta } = derivativesOf(shape, term, species);
  return { stretches: Float64Array.from(zeta, (_, t) => stretches.jets[t * JET]), zeta };
}

/** Where f_C″ of the bond of a term, its first leg, and of the legs beside it jumps. `species`: N, read. */
export function bondOrderJumps(
  { centre, starts, ends }: Shape,
  term: BondOrderTerm,
  species: Int32Array,
): (leg: number) => readonly Jump[] {
  const termOf = new Int32Array(ends.length);
  for (let t = 0; t < centre.length; t++) termOf.fill(t, starts[t], starts[t + 1]);
  const known = new Map<number, readonly Jump[]>();
  return (leg) => {
    const t = termOf[leg];
    const own = starts[t];
    const [i, j, k] = [centre[t], ends[own], ends[leg]].map((p) => species[p]);
    const kind =
      (i * term.speciesCount + j) * (term.speciesCount + 1) + (leg === own ? term.speciesCount : k);
    const jumps = known.get(kind) ?? (leg === own ? bondBreaks(term, i, j) : bendBreaks(term, [i, j, k]));
    known.set(kind, jumps);
    return jumps;
  };
}
