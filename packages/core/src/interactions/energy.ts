import { square } from "../elementary.ts";
import { type Box, volume } from "../space/index.ts";
import type { Interactions } from "./interactions.ts";
import { addTripleGradient, addTripleVirial, tripleEnergies } from "./triples-sums.ts";

/** Potential energy U = Σ_α ε_α, unit ε, without a particle's interactions with its own images. O(m). */
export function energy(interactions: Interactions): number {
  let sum = 0;
  for (const phi of interactions.phi0) sum += phi;
  if (interactions.triples) sum += tripleEnergies(interactions.triples);
  return sum;
}

/**
 * ∂U/∂x, N×d, unit ε/λ: the sum of the bond gradients f_α, +φ′n on j and −φ′n on i (physics: forces = −gradient).
 * O(m).
 */
export function gradient(interactions: Interactions): Float64Array {
  const { dimension: d, i, j, du, r, phi1 } = interactions;
  const result = new Float64Array(interactions.particleCount * d);
  for (let m = 0; m < i.length; m++) {
    const pull = phi1[m] / r[m];
    const ip = i[m] * d;
    const jp = j[m] * d;
    for (let a = 0; a < d; a++) {
      const f = pull * du[m * d + a];
      result[ip + a] = result[ip + a] - f;
      result[jp + a] = result[jp + a] + f;
    }
  }
  if (interactions.triples) addTripleGradient(interactions.triples, d, result);
  return result;
}

/**
 * Stress tensor σ_ab = (1/V) Σ_α φ′ r n_a n_b, d×d, unit ε/λ^d, positive in tension; pressure = −tr σ/d.
 * Triples add their g u ᵀ. Under simple shear x += γ·y the shear stress is (1/V) dU/dγ = σ_xy. Without the thermal (kinetic) part. O(m).
 */
export function stress(interactions: Interactions, box: Box): Float64Array {
  const { dimension: d, du, r, phi1 } = interactions;
  const sigma = new Float64Array(d * d);
  for (let m = 0; m < r.length; m++) {
    const scale = phi1[m] / r[m];
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        sigma[a * d + b] = sigma[a * d + b] + scale * (du[m * d + a] * du[m * d + b]);
      }
    }
  }
  if (interactions.triples) addTripleVirial(interactions.triples, d, sigma);
  const inverse = 1 / volume(box);
  return sigma.map((entry) => entry * inverse);
}

/** In a crystal with triples every φ′ may be 0: then the force of a bond strained by this much is the typical one. */
const LEAST_STRAIN = 0.01;

/**
 * The typical pair force: root mean square of φ′ over the interactions with φ′ ≠ 0 (unit ε/λ); 0 if none. With
 * triples at least 0.01 of the root mean square of φ″r: in diamond silicon every φ′ is 0. O(m).
 */
export function typicalForce(interactions: Interactions): number {
  const load = loadedForce(interactions);
  if (!interactions.triples) return load;
  const { r, phi2 } = interactions;
  const stiff = phi2.reduce((sum, k, m) => sum + square(k * r[m]), 0);
  return Math.max(load, LEAST_STRAIN * Math.sqrt(stiff / Math.max(1, r.length)));
}

function loadedForce(interactions: Interactions): number {
  let sum = 0;
  let count = 0;
  for (const phi of interactions.phi1) {
    if (phi === 0) continue;
    sum += phi * phi;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}

/** The largest component of a gradient and the particle that feels it. */
export function largestComponent(
  gradient: Float64Array,
  dimension: number,
): { value: number; particle: number } {
  let value = 0;
  let at = 0;
  for (let k = 0; k < gradient.length; k++) {
    const size = Math.abs(gradient[k]);
    if (size > value || Number.isNaN(size)) {
      value = size;
      at = k;
      if (Number.isNaN(size)) break;
    }
  }
  return { value, particle: Math.floor(at / dimension) };
}
