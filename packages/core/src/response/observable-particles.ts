import { bondsOfParticles, type Interactions } from "../mechanics/index.ts";
import { type Box, volume } from "../space/index.ts";
import { type Observable, sumOf } from "./observable.ts";
import { bondVirial, pairEnergy } from "./observable-bonds.ts";

/** Which interactions each particle has, from `bondsOfParticles`; handed in where many particles are asked for. */
export type Incidence = ReturnType<typeof bondsOfParticles>;

/** Displacement of a particle from the minimum along an axis: its coefficient is X (Eq. 2, Zylberg 2017); unit λ. */
export function displacementOf(dimension: 2 | 3, particle: number, axis: number): Observable {
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

/** ½ Σ_α ε_α over the pairs of a particle; unit ε. */
export function particleEnergy(
  interactions: Interactions,
  particle: number,
  incidence: Incidence = bondsOfParticles(interactions),
): Observable {
  return sumOf(
    `energy of particle ${particle}`,
    bondsOf(incidence, particle).map((bond) => ({ weight: 0.5, term: pairEnergy(interactions, bond) })),
  );
}

/**
 * σ_ab of a particle, (N/V)·½ Σ_α φ′ r n_a n_b over its pairs, without the kinetic part −k_BT N/V; the mean over
 * particles is the stress; unit ε/λ^d.
 */
export function particleStress(
  { interactions, box }: { readonly interactions: Interactions; readonly box: Box },
  particle: number,
  axes: readonly [number, number],
  incidence: Incidence = bondsOfParticles(interactions),
): Observable {
  const weight = (0.5 * interactions.particleCount) / volume(box);
  return sumOf(
    `stress ${"xyz"[axes[0]]}${"xyz"[axes[1]]} of particle ${particle}`,
    bondsOf(incidence, particle).map((bond) => ({ weight, term: bondVirial(interactions, bond, axes) })),
  );
}

function bondsOf({ starts, bonds }: Incidence, particle: number): number[] {
  return Array.from(bonds.subarray(starts[particle], starts[particle + 1]));
}
