import type { Interactions, Sites, TermFamily } from "../interactions/index.ts";
import { type Box, volume } from "../space/index.ts";
import { type Observable, sumOf } from "./observable.ts";
import { termEnergy, termVirial } from "./observable-terms.ts";
import { requireAxes, requireIndex } from "./ranges.ts";

/** Which terms of a family each particle has a share in. */
interface Incidence {
  readonly family: TermFamily;
  /** Particles that share a term alike: 2 of a pair, 3 of a triple. */
  readonly sharers: number;
  readonly starts: Int32Array;
  readonly terms: Int32Array;
}

/** Of each family; handed in where many particles are asked for. O(N + m). */
export function incidenceOf(interactions: Interactions): readonly Incidence[] {
  return interactions.families.map((family) => {
    const { members } = family.sites();
    return { family, sharers: members.length, ...termsOfParticles(members, interactions.particleCount) };
  });
}

/** CSR of the terms in which each particle has a share, ascending; twice where two of its images have. O(N + t). */
function termsOfParticles(
  members: Sites["members"],
  particleCount: number,
): { starts: Int32Array; terms: Int32Array } {
  const starts = new Int32Array(particleCount + 1);
  for (const list of members) for (const p of list) starts[p + 1]++;
  for (let p = 0; p < particleCount; p++) starts[p + 1] += starts[p];
  const next = starts.slice();
  const terms = new Int32Array(starts[particleCount]);
  for (let t = 0; t < members[0].length; t++) for (const list of members) terms[next[list[t]]++] = t;
  return { starts, terms };
}

/**
 * Displacement of a particle from the minimum along an axis: its coefficient is X (Eq. 2, Zylberg 2017); unit λ. Throws
 * "usage" for no such axis. The particle's number is checked by `thermalAverage`, which knows how many there are.
 */
export function displacementOf(dimension: 2 | 3, particle: number, axis: number): Observable {
  requireIndex("particle", particle, Number.POSITIVE_INFINITY);
  requireIndex("axis", axis, dimension);
  const gradient = new Float64Array(dimension);
  gradient[axis] = 1;
  return {
    name: `displacement ${"xyz"[axis]} of particle ${particle}`,
    value: 0,
    particles: Int32Array.of(particle),
    gradient,
  };
}

/** |x_i|² of the displacement from the minimum: its coefficient is 2 tr (M⁺)_ii, the Debye–Waller factor; unit λ². */
export function squaredDisplacement(dimension: 2 | 3, particle: number): Observable {
  requireIndex("particle", particle, Number.POSITIVE_INFINITY);
  const blocks = new Float64Array(dimension * dimension);
  for (let a = 0; a < dimension; a++) blocks[a * (dimension + 1)] = 2;
  return {
    name: `squared displacement of particle ${particle}`,
    value: 0,
    particles: new Int32Array(0),
    gradient: new Float64Array(0),
    hessian: { first: Int32Array.of(particle), second: Int32Array.of(particle), blocks },
  };
}

/**
 * Σ_α ε_α over the terms of a particle, each shared alike by its particles (½ of a pair, ⅓ of a triple); unit ε.
 * Throws "usage" for no such particle.
 */
export function particleEnergy(
  interactions: Interactions,
  particle: number,
  incidence = incidenceOf(interactions),
): Observable {
  requireIndex("particle", particle, interactions.particleCount);
  const parts = incidence.flatMap(({ family, sharers, starts, terms }) =>
    Array.from(terms.subarray(starts[particle], starts[particle + 1]), (t) => ({
      weight: 1 / sharers,
      term: termEnergy(family, t),
    })),
  );
  return sumOf(`energy of particle ${particle}`, parts);
}

/** U = Σ_α ε_α: its coefficient counts the non-zero modes, Nd − d (equipartition). O(m). */
export function potentialEnergy({ families }: { readonly families: readonly TermFamily[] }): Observable {
  const parts = families.flatMap((family) =>
    Array.from({ length: family.count }, (_, t) => ({ weight: 1, term: termEnergy(family, t) })),
  );
  return sumOf("potential energy", parts);
}

/**
 * σ_ab of a particle, (N/V) Σ w_ab over its terms (see `termVirial`), each shared alike by its particles,
 * without the kinetic part −k_BT N/V; the mean over particles is the stress; unit ε/λ^d. Throws "usage" for no such
 * particle or axes.
 */
export function particleStress(
  { interactions, box }: { readonly interactions: Interactions; readonly box: Box },
  particle: number,
  axes: readonly [number, number],
  incidence = incidenceOf(interactions),
): Observable {
  requireIndex("particle", particle, interactions.particleCount);
  requireAxes(axes, interactions.dimension);
  const density = interactions.particleCount / volume(box);
  const parts = incidence.flatMap(({ family, sharers, starts, terms }) =>
    Array.from(terms.subarray(starts[particle], starts[particle + 1]), (t) => ({
      weight: density / sharers,
      term: termVirial(family, t, axes),
    })),
  );
  return sumOf(`stress ${"xyz"[axes[0]]}${"xyz"[axes[1]]} of particle ${particle}`, parts);
}
