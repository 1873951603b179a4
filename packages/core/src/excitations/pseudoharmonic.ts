import { type Interactions, pairsOf } from "../interactions/index.ts";
import type { Solve } from "./cubic.ts";
import { normalised } from "./expansion.ts";

/**
 * Pseudo-harmonic modes (Richard, Kapteijns, Giannini, Manning, Lerner 2021): minima of
 * C(z) = (M:zz)²/Σ_⟨ij⟩ (z_ij·z_ij)² by z ← G ζ(z)/‖·‖, ζ_i = Σ_j (z_ij·z_ij) z_ij: one solve a step. One field (N×d,
 * unit length) a seed after `steps` steps; C falls with each.
 */
export function pseudoHarmonicFields(
  interactions: Interactions,
  solve: Solve,
  seeds: readonly Float64Array[],
  steps: number,
): Float64Array[] {
  const d = interactions.dimension;
  let fields = seeds.map((seed) => normalised(seed, d));
  const length = interactions.particleCount * d;
  for (let step = 0; step < steps; step++) {
    const b = new Float64Array(fields.length * length);
    fields.forEach((z, k) => {
      b.set(localisingForce(interactions, z), k * length);
    });
    const x = solve(b, fields.length);
    fields = fields.map((_, k) => normalised(x.subarray(k * length, (k + 1) * length), d));
  }
  return fields;
}

/** ζ(z), N×d; z·ζ(z) = Σ_⟨ij⟩ (z_ij·z_ij)². */
export function localisingForce(interactions: Interactions, z: Float64Array): Float64Array {
  const { dimension: d, i, j } = pairsOf(interactions);
  const force = new Float64Array(z.length);
  for (let m = 0; m < i.length; m++) {
    let length2 = 0;
    for (let a = 0; a < d; a++) {
      const u = z[j[m] * d + a] - z[i[m] * d + a];
      length2 += u * u;
    }
    for (let a = 0; a < d; a++) {
      const pull = length2 * (z[j[m] * d + a] - z[i[m] * d + a]);
      force[j[m] * d + a] += pull;
      force[i[m] * d + a] -= pull;
    }
  }
  return force;
}
