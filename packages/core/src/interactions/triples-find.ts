import {
  ANGLE_ROW,
  angularCoefficients,
  LEG_STRIDE,
  legJet,
  type ThreeBodyTerm,
  tripleLeg,
} from "../models/index.ts";
import type { PairArrays } from "./pairarrays.ts";
import type { Couplings } from "./terms.ts";
import { JET, ORDERS, type TripleArrays } from "./triples-arrays.ts";

/**
 * All pairs of legs shorter than their cutoffs around each particle whose species have a term, with the derivatives of
 * F. `species`: N, index into the model's, read. O(triples).
 */
export function findTriples(pairs: PairArrays, term: ThreeBodyTerm, species: Int32Array): TripleArrays {
  const { dimension: d, i, j, du } = pairs;
  const kind = (p: number) => species[p];
  const { within, legs } = legJets(pairs, term, species);
  const ends = legsAround(pairs, within);
  const angleOf = (p: number, m1: number, m2: number) => {
    const [e1, e2] = [m1, m2].map((m) => kind((i[m] === p ? j[m] : i[m]) as number)) as [number, number];
    return (kind(p) * term.speciesCount + e1) * term.speciesCount + e2;
  };
  const interacts = (angle: number) => term.angles[angle * ANGLE_ROW] !== 0;
  let count = 0;
  ends.forEach((around, p) => {
    for (let x = 0; x < around.length; x++)
      for (let y = x + 1; y < around.length; y++) if (interacts(angleOf(p, around[x], around[y]))) count++;
  });
  const triples: TripleArrays = {
    dimension: d,
    centre: new Int32Array(count),
    j: new Int32Array(count),
    k: new Int32Array(count),
    vectors: new Float64Array(count * 2 * d),
    jets: new Float64Array(count * JET),
  };
  const { vectors } = triples;
  const coefficients = angularCoefficients(term);
  let t = 0;
  const place = (p: number, m: number, which: 0 | 1) => {
    const outward = i[m] === p;
    (which === 0 ? triples.j : triples.k)[t] = (outward ? j[m] : i[m]) as number;
    for (let a = 0; a < d; a++) vectors[(2 * t + which) * d + a] = (outward ? 1 : -1) * du[m * d + a];
  };
  ends.forEach((around, p) => {
    for (let x = 0; x < around.length; x++) {
      for (let y = x + 1; y < around.length; y++) {
        const [m1, m2] = [around[x], around[y]];
        const angle = angleOf(p, m1, m2);
        if (!interacts(angle)) continue;
        triples.centre[t] = p;
        place(p, m1, 0);
        place(p, m2, 1);
        let s = 0;
        for (let a = 0; a < d; a++) s += vectors[2 * t * d + a] * vectors[(2 * t + 1) * d + a];
        const jet = triples.jets.subarray(t * JET, (t + 1) * JET);
        const own = coefficients.subarray(3 * angle, 3 * angle + 3);
        const jetOf = (m: number) => legs.subarray((2 * m + (i[m] === p ? 0 : 1)) * LEG_STRIDE);
        fillJet(own, [jetOf(m1), jetOf(m2)], s, jet);
        t++;
      }
    }
  });
  return triples;
}

/** The pairs that are legs, and their jets: 2m with the centre at i, 2m + 1 with that at j. */
function legJets(
  { i, j, r }: PairArrays,
  term: ThreeBodyTerm,
  species: Int32Array,
): { within: number[]; legs: Float64Array } {
  const legs = new Float64Array(2 * r.length * LEG_STRIDE);
  const within = Array.from(r.keys()).filter((m) => {
    const [first, second] = [species[i[m]], species[j[m]]];
    const length = r[m];
    if (!(length < tripleLeg(term, first, second).cutoff)) return false;
    const at = (side: number) => legs.subarray((2 * m + side) * LEG_STRIDE, (2 * m + side + 1) * LEG_STRIDE);
    legJet(tripleLeg(term, first, second), length, at(0));
    legJet(tripleLeg(term, second, first), length, at(1));
    return true;
  });
  return { within, legs };
}

type Joined = Pick<PairArrays, "particleCount" | "i" | "j">;

/** The pairs among `within` (ascending indices) that meet at each particle. */
function legsAround({ particleCount, i, j }: Joined, within: readonly number[]): number[][] {
  const around: number[][] = Array.from({ length: particleCount }, () => []);
  for (const m of within) {
    around[i[m]]?.push(m);
    around[j[m]]?.push(m);
  }
  return around;
}

/** Both ends of every two pairs that meet at a particle: what triples join, beside pairs, if all of these are legs. */
export function endsOfTriples(pairs: Joined): Couplings {
  const { i, j } = pairs;
  const first: number[] = [];
  const second: number[] = [];
  legsAround(pairs, Array.from(i.keys())).forEach((around, p) => {
    const ends = around.map((m) => (i[m] === p ? j[m] : i[m]) as number);
    ends.forEach((end, x) => {
      for (const other of ends.slice(x + 1)) {
        first.push(end);
        second.push(other);
      }
    });
  });
  return { p: Int32Array.from(first), q: Int32Array.from(second) };
}

/** ε of triples as a function of their legs (t×2×d, read). `species`: N, read. O(t). */
export function tripleEnergies(
  { dimension: d, centre, j, k }: TripleArrays,
  term: ThreeBodyTerm,
  species: Int32Array,
): (legs: Float64Array) => Float64Array {
  const coefficients = angularCoefficients(term);
  const [first, second] = [new Float64Array(LEG_STRIDE), new Float64Array(LEG_STRIDE)];
  return (legs) =>
    Float64Array.from(centre, (_, t) => {
      const [c, e1, e2] = [species[centre[t]], species[j[t]], species[k[t]]];
      let [a, b, s] = [0, 0, 0];
      for (let axis = 0; axis < d; axis++) {
        const [u, v] = [legs[2 * t * d + axis], legs[(2 * t + 1) * d + axis]];
        a += u * u;
        b += v * v;
        s += u * v;
      }
      legJet(tripleLeg(term, c, e1), Math.sqrt(a), first);
      legJet(tripleLeg(term, c, e2), Math.sqrt(b), second);
      const angle = (c * term.speciesCount + e1) * term.speciesCount + e2;
      const [c0, c1, c2] = coefficients.subarray(3 * angle, 3 * angle + 3);
      const a0 = first[0] * second[0];
      const a1 = first[5] * second[5];
      const a2 = first[10] * second[10];
      return c0 * a0 + s * (c1 * a1 + c2 * s * a2);
    });
}

/** F = Σ_n C_n sⁿ A_n(a) A_n(b) and its derivatives to fourth order; legs as `legJet` gives them. */
function fillJet(
  coefficients: Float64Array,
  [first, second]: readonly [Float64Array, Float64Array],
  s: number,
  jet: Float64Array,
): void {
  const [c0, c1, c2] = coefficients as unknown as [number, number, number];
  // ∂ˡ(C_n sⁿ) by s, n = 0, 1, 2
  const zeroth = [c0, c1 * s, c2 * s * s] as const;
  const slope = [0, c1, 2 * c2 * s] as const;
  const curvature = [0, 0, 2 * c2] as const;
  for (let e = 0; e < JET; e++) {
    const l = ORDERS[3 * e + 2];
    if (l > 2) {
      jet[e] = 0;
      continue;
    }
    const powers = l === 0 ? zeroth : l === 1 ? slope : curvature;
    const a = ORDERS[3 * e];
    const b = ORDERS[3 * e + 1];
    let sum = 0;
    for (let n = l; n < 3; n++) sum += powers[n] * first[5 * n + a] * second[5 * n + b];
    jet[e] = sum;
  }
}
