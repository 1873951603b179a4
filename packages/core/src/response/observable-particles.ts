import { bondsOfParticles, type Interactions } from "../interactions/index.ts";
import { type Box, volume } from "../space/index.ts";
import { type Observable, sumOf } from "./observable.ts";
import { bondVirial, pairEnergy } from "./observable-bonds.ts";
import { tripleEnergy, triplesOfParticles, tripleVirial } from "./observable-triples.ts";
import { requireAxes, requireIndex } from "./ranges.ts";

/** Which pairs and triples each particle has; handed in where many particles are asked for. */
export interface Incidence {
  readonly bonds: ReturnType<typeof bondsOfParticles>;
  readonly triples?: ReturnType<typeof triplesOfParticles>;
}

/** O(N + m). */
export function incidenceOf(interactions: Interactions): Incidence {
  const { triples, particleCount } = interactions;
  return {
    bonds: bondsOfParticles(interactions),
    ...(triples && { triples: triplesOfParticles(triples, particleCount) }),
  };
}

/**
 * Displacement of a particle from the minimum along an axis: its coefficient is X (Eq. 2, Zylberg 2017); unit λ. Throws
 * "usage" for no such axis; how many particles there are, `thermalAverage` knows.
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

/** ½ Σ_α ε_α over the pairs of a particle, and ⅓ over its triples; unit ε. Throws "usage" for no such particle. */
export function particleEnergy(
  interactions: Interactions,
  particle: number,
  incidence: Incidence = incidenceOf(interactions),
): Observable {
  requireIndex("particle", particle, interactions.particleCount);
  const pairs = bondsOf(incidence, particle).map((bond) => ({
    weight: 1 / 2,
    term: pairEnergy(interactions, bond),
  }));
  const triples = triplesOf(incidence, particle).map((t) => ({
    weight: 1 / 3,
    term: tripleEnergy(interactions, t),
  }));
  return sumOf(`energy of particle ${particle}`, [...pairs, ...triples]);
}

/** U = Σ_α ε_α over pairs and triples: its coefficient counts the non-zero modes, Nd − d (equipartition). O(m). */
export function potentialEnergy(interactions: Interactions): Observable {
  const pairs = Array.from(interactions.r, (_, bond) => pairEnergy(interactions, bond));
  const triples = Array.from(interactions.triples?.centre ?? [], (_, t) => tripleEnergy(interactions, t));
  return sumOf(
    "potential energy",
    [...pairs, ...triples].map((term) => ({ weight: 1, term })),
  );
}

/**
 * σ_ab of a particle, (N/V)·[½ Σ φ′ r n_a n_b over its pairs + ⅓ Σ w_ab over its triples], w_ab as in `tripleVirial`,
 * without the kinetic part −k_BT N/V; the mean over particles is the stress; unit ε/λ^d. Throws "usage" for no such
 * particle or axes.
 */
export function particleStress(
  { interactions, box }: { readonly interactions: Interactions; readonly box: Box },
  particle: number,
  axes: readonly [number, number],
  incidence: Incidence = incidenceOf(interactions),
): Observable {
  requireIndex("particle", particle, interactions.particleCount);
  requireAxes(axes, interactions.dimension);
  const density = interactions.particleCount / volume(box);
  const pairs = bondsOf(incidence, particle).map((bond) => ({
    weight: density / 2,
    term: bondVirial(interactions, bond, axes),
  }));
  const triples = triplesOf(incidence, particle).map((t) => ({
    weight: density / 3,
    term: tripleVirial(interactions, t, axes),
  }));
  return sumOf(`stress ${"xyz"[axes[0]]}${"xyz"[axes[1]]} of particle ${particle}`, [...pairs, ...triples]);
}

function bondsOf({ bonds: { starts, bonds } }: Incidence, particle: number): number[] {
  return Array.from(bonds.subarray(starts[particle], starts[particle + 1]));
}

function triplesOf({ triples }: Incidence, particle: number): number[] {
  if (!triples) return [];
  return Array.from(triples.triples.subarray(triples.starts[particle], triples.starts[particle + 1]));
}
