import { square } from "../elementary.ts";
import { type Box, volume } from "../space/index.ts";
import { type Interactions, pairsOf } from "./interactions.ts";
import type { PairArrays } from "./pairarrays.ts";
import type { AffineMotion } from "./terms.ts";

/** Potential energy U = Σ_α ε_α, unit ε, without a particle's interactions with its own images. O(m). */
export function energy({ families }: Interactions): number {
  let sum = 0;
  for (const family of families) {
    let own = 0;
    for (const term of family.energies()) own += term;
    sum += own;
  }
  return sum;
}

/**
 * ∂U/∂x, N×d, unit ε/λ: the sum of the f_α; of a pair +φ′n on j and −φ′n on i (physics: forces = −gradient). O(m).
 */
export function gradient({ dimension, particleCount, families }: Interactions): Float64Array {
  const result = new Float64Array(particleCount * dimension);
  for (const family of families) family.addGradient(result);
  return result;
}

/**
 * Stress tensor σ_ab = (1/V) Σ_α g_a u_b over all legs u with g = ∂ε_α/∂u (of a pair φ′ r n_a n_b), d×d, unit ε/λ^d,
 * positive in tension. Under simple shear x += γ·y the shear stress is (1/V) dU/dγ = σ_xy. Without the thermal
 * (kinetic) part. O(m).
 */
export function stress({ dimension, families }: Interactions, box: Box): Float64Array {
  const sigma = new Float64Array(dimension * dimension);
  for (const family of families) family.addVirial(sigma);
  const inverse = 1 / volume(box);
  return sigma.map((entry) => entry * inverse);
}

/** −tr σ/d of a stress tensor (d×d, read). */
export function pressureOf(sigma: Float64Array): number {
  const d = Math.sqrt(sigma.length);
  return -sigma.reduce((trace, entry, k) => (k % (d + 1) === 0 ? trace + entry : trace), 0) / d;
}

/**
 * Derivatives of U by an affine deformation in which all legs change by u′ = D·u: U′, U″ and ∂²U/∂x∂γ (N×d). O(m).
 */
export function affineDerivatives(
  { dimension, particleCount, families }: Interactions,
  motion: AffineMotion,
): { readonly first: number; readonly second: number; readonly force: Float64Array } {
  const force = new Float64Array(particleCount * dimension);
  let [first, second] = [0, 0];
  for (const family of families) {
    const own = family.addAffine(motion, force);
    first += own.first;
    second += own.second;
  }
  return { first, second, force };
}

/** Where further families balance the pairs, every φ′ may be 0: then the force of a bond strained by this much is typical. */
const MIN_STRAIN = 0.01;

/**
 * The typical pair force: root mean square of φ′ over the pairs with φ′ ≠ 0 (unit ε/λ); 0 if none. Where there are
 * further families at least 0.01 of the root mean square of φ″r: in diamond silicon every φ′ is 0. O(m).
 */
export function typicalForce(interactions: Interactions): number {
  const pairs = pairsOf(interactions);
  const load = loadedForce(pairs);
  if (interactions.families.length === 1) return load;
  const { r, phi2 } = pairs;
  const stiff = phi2.reduce((sum, k, m) => sum + square(k * r[m]), 0);
  return Math.max(load, MIN_STRAIN * Math.sqrt(stiff / Math.max(1, r.length)));
}

function loadedForce({ phi1 }: PairArrays): number {
  let sum = 0;
  let count = 0;
  for (const phi of phi1) {
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
