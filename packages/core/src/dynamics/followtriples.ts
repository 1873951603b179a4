import { exponential, square } from "../elementary.ts";
import { type Interactions, Triples } from "../interactions/index.ts";
import { ANGLE_ROW, type ThreeBodyTerm, tripleLeg } from "../models/index.ts";
import type { ForceField } from "./forcefield.ts";

/** Triples whose energies are summed along a run. */
export interface FollowedTriples {
  /** t, unit ε */
  readonly sums: Float64Array;
  /** Adds the energy of each triple, as it is now, to `sums`. */
  readonly add: () => void;
}

/** Both legs of a triple as the run begins, and what its energy takes. */
interface Followed {
  readonly ends: readonly [number, number, number];
  readonly cutoffs: readonly [number, number];
  readonly ranges: readonly [number, number];
  readonly strength: number;
  readonly cosine: number;
}

/**
 * Follows the triples of a configuration (read) through a run that begins at it, along continuous paths:
 * strength·(cos θ − cosine)² exp(range/(r₁ − cutoff)) exp(range/(r₂ − cutoff)), 0 where a leg is longer than its cutoff.
 * O(t) an addition.
 */
export function followTriples(field: ForceField, { families, dimension: d }: Interactions): FollowedTriples {
  const triples = families.find((family) => family instanceof Triples);
  const term = field.model.threeBody;
  const { species } = field.system();
  const start = field.positions();
  const followed =
    term && triples
      ? Array.from(triples.centre, (c, t) => parameters(term, species, [c, triples.j[t], triples.k[t]]))
      : [];
  const sums = new Float64Array(followed.length);
  const legs = triples?.vectors ?? new Float64Array(0);
  const add = () => {
    const moved = field.positions().map((x, k) => x - start[k]);
    followed.forEach(({ ends: [c, j, k], ...of }, t) => {
      let [a, b, s] = [0, 0, 0];
      for (let axis = 0; axis < d; axis++) {
        const centre = moved[c * d + axis];
        const u = legs[2 * t * d + axis] + moved[j * d + axis] - centre;
        const v = legs[(2 * t + 1) * d + axis] + moved[k * d + axis] - centre;
        a += u * u;
        b += v * v;
        s += u * v;
      }
      sums[t] += energyOf(of, Math.sqrt(a), Math.sqrt(b), s);
    });
  };
  return { sums, add };
}

function parameters(
  term: ThreeBodyTerm,
  species: Int32Array,
  ends: readonly [number, number, number],
): Followed {
  const [centre, first, second] = ends.map((p) => species[p]) as [number, number, number];
  const angle = ((centre * term.speciesCount + first) * term.speciesCount + second) * ANGLE_ROW;
  const legs = [tripleLeg(term, centre, first), tripleLeg(term, centre, second)] as const;
  return {
    ends,
    cutoffs: [legs[0].cutoff, legs[1].cutoff],
    ranges: [legs[0].range, legs[1].range],
    strength: term.angles[angle],
    cosine: term.angles[angle + 1],
  };
}

function energyOf(
  { cutoffs, ranges, strength, cosine }: Omit<Followed, "ends">,
  r1: number,
  r2: number,
  s: number,
): number {
  if (r1 >= cutoffs[0] || r2 >= cutoffs[1]) return 0;
  const fade = exponential(ranges[0] / (r1 - cutoffs[0]) + ranges[1] / (r2 - cutoffs[1]));
  return strength * square(s / (r1 * r2) - cosine) * fade;
}
