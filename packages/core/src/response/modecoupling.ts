import { square } from "../elementary.ts";
import { type Interactions, stretched } from "../interactions/index.ts";
import { dot, maxNorm } from "../vectors.ts";
import type { NormalModes } from "./modes.ts";

/**
 * U‴ : ΨΨ for a displacement field Ψ (N×d, read), N×d: its product with Ψ_i is c_ijj = U‴ : Ψ_i Ψ_j Ψ_j of Eq. 4,
 * Zylberg 2017, with Ψ = Ψ_j. Unit ε/λ³ for a normalised Ψ. O(m).
 */
export function modeForce(
  { dimension: d, particleCount, families }: Interactions,
  psi: Float64Array,
): Float64Array {
  const force = new Float64Array(particleCount * d);
  for (const family of families) {
    const spread = family.still();
    const moves = stretched(family.legs(), psi, d);
    spread.add(moves, moves, 1);
    spread.addThird(force);
  }
  return force;
}

/** How vibrations couple to each other and to the bonds (Eq. 4, Zylberg 2017); one entry a mode. */
export interface ModeCouplings {
  /** count, |c_iii| = |U‴ : Ψ_iΨ_iΨ_i|, ε/λ³ */
  readonly selfCoupling: Float64Array;
  /** count, root mean square of c_ijj = U‴ : Ψ_iΨ_jΨ_j over the other modes j, ε/λ³; NaN of a single mode */
  readonly crossCoupling: Float64Array;
  /** count, largest |f_α·Ψ_i| of an interaction α, ε/λ */
  readonly projection: Float64Array;
}

/**
 * Measures Eq. 4 on modes (`vectors`: count×N×d, read, numbered as `interactions`): by the paper |c_iii| and f_α·Ψ_i
 * of quasilocalised modes hardly depend on ω, and c_ijj is much smaller. Of these, −(f_α·Ψ) c_iii/ω⁴ is what the mode
 * adds to E_α (Eq. 5). O(count·m + count²·N).
 */
export function modeCouplings(
  interactions: Interactions,
  { squares, vectors }: Pick<NormalModes, "squares" | "vectors">,
): ModeCouplings {
  const count = squares.length;
  const size = vectors.length / count;
  const modes = Array.from({ length: count }, (_, k) => vectors.subarray(k * size, (k + 1) * size));
  const forces = modes.map((psi) => modeForce(interactions, psi));
  const cross = modes.map((psi, i) => {
    const others = forces.filter((_, j) => j !== i);
    return Math.sqrt(others.reduce((sum, force) => sum + square(dot(psi, force)), 0) / others.length);
  });
  return {
    selfCoupling: Float64Array.from(modes, (psi, i) => Math.abs(dot(psi, forces[i] as Float64Array))),
    crossCoupling: Float64Array.from(cross),
    projection: Float64Array.from(modes, (psi) => maxNorm(gradientProjections(interactions, psi))),
  };
}

/** f_α·Ψ of every interaction α for a field Ψ (N×d, read), ε/λ for a unit field: family after family. O(m). */
export function gradientProjections({ families }: Interactions, psi: Float64Array): Float64Array {
  const each = families.map((family) => family.project(psi));
  const all = new Float64Array(each.reduce((count, own) => count + own.length, 0));
  let at = 0;
  for (const own of each) {
    all.set(own, at);
    at += own.length;
  }
  return all;
}

export function meanSquare(values: Float64Array): number {
  return dot(values, values) / values.length;
}
