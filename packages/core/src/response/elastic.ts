import {
  dyads,
  followed,
  type LegVectors,
  legsOf,
  onParticles,
  strained,
  stress,
} from "../interactions/index.ts";
import type { Solvable } from "../minimum/index.ts";
import { volume } from "../space/index.ts";
/** How the stress of a glass answers to strain at T = 0, in full: particles follow to the new minimum. */
export interface ElasticConstants {
  /** s×s, row-major, s = d(d+1)/2: dσ_row/de_column in Voigt's order xx, yy, (zz, yz, xz,) xy; ε/λ^d. */
  readonly matrix: Float64Array;
  /** The same with particles that only follow the box (affine, "Born"), ε/λ^d. */
  readonly affine: Float64Array;
  /** K = −V dP/dV, ε/λ^d. */
  readonly bulkModulus: number;
  /** G, the mean over all directions (Voigt's average), ε/λ^d. */
  readonly shearModulus: number;
}

/** Pairs of axes in Voigt's order. */
export function voigtAxes(d: number): readonly (readonly [number, number])[] {
  return d === 2
    ? [
        [0, 0],
        [1, 1],
        [0, 1],
      ]
    : [
        [0, 0],
        [1, 1],
        [2, 2],
        [1, 2],
        [0, 2],
        [0, 1],
      ];
}

/**
 * Elastic constants of a minimum, exactly: c = dσ/de along the strained minimum. A strain E (symmetric; for shear
 * its two entries are ½, so that e is the engineering strain) changes bond vectors by E·u, which pulls the particles by
 * ∂²U/∂x∂e; they follow by w = −M⁻¹ · ∂²U/∂x∂e, and with v = E·u + w_j − w_i
 *
 *   dσ = (1/V) Σ_α [(K_α v) uᵀ + f_α vᵀ] − σ tr E,   K_α = ∂²ε_α/∂u∂u,
 *
 * over the legs u of all terms (Lutsko, J. Appl. Phys. 65, 2991, 1989; Lemaître & Maloney, J. Stat. Phys. 123,
 * 415, 2006). In a stressed glass these are the stress–strain coefficients (Birch's), which a shear test measures.
 * O(m) and d(d+1)/2 solves.
 */
export function elasticConstants(minimum: Solvable): ElasticConstants {
  const { interactions, box } = minimum.backbone;
  const d = interactions.dimension;
  const axes = voigtAxes(d);
  const s = axes.length;
  const sigma = stress(interactions, box);
  const { families } = interactions;
  const legs = legsOf(interactions);
  const u = legs.map(({ vectors }) => vectors);
  const f = families.map((family) => family.legGradients());
  const rates = (v: LegVectors) => families.map((family, k) => family.legRates(v[k]));
  const [matrix, affine] = [new Float64Array(s * s), new Float64Array(s * s)];
  axes.forEach(([p, q], column) => {
    const strain = new Float64Array(d * d);
    strain[p * d + q] += 0.5;
    strain[q * d + p] += 0.5;
    const trace = p === q ? 1 : 0;
    const alone = strained(legs, strain);
    const pull = onParticles(legs, rates(alone), interactions);
    const w = minimum.solve(pull).map((x) => -x);
    const write = (target: Float64Array, v: LegVectors) => {
      const harder = dyads(d, rates(v), u);
      const turned = dyads(d, f, v);
      axes.forEach(([a, b], row) => {
        const [ab, ba] = [a * d + b, b * d + a].map((k) => harder[k] + turned[k]);
        const virial = ((ab as number) + (ba as number)) / 2;
        target[row * s + column] = virial / volume(box) - trace * sigma[a * d + b];
      });
    };
    write(affine, alone);
    write(matrix, followed(legs, alone, w, d));
  });
  return { matrix, affine, ...isotropicModuli(matrix, d) };
}

/** K = (1/d²) Σ c_aabb; G by the mean over directions of the shear of a pair of axes and of their difference. */
function isotropicModuli(c: Float64Array, d: number): { bulkModulus: number; shearModulus: number } {
  const s = (d * (d + 1)) / 2;
  const at = (row: number, column: number) => c[row * s + column];
  let [diagonal, crossed, shear] = [0, 0, 0];
  for (let a = 0; a < d; a++) diagonal += at(a, a);
  for (let a = 0; a < d; a++) for (let b = 0; b < a; b++) crossed += at(a, b) + at(b, a);
  for (let k = d; k < s; k++) shear += at(k, k);
  const bulkModulus = (diagonal + crossed) / (d * d);
  const differences = diagonal - crossed / (d - 1);
  const shearModulus = d === 2 ? differences / 8 + shear / 2 : (differences + 3 * shear) / 15;
  return { bulkModulus, shearModulus };
}
