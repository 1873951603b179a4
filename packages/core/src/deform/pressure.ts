import { ForceField } from "../dynamics/index.ts";
import type { PairModel } from "../models/index.ts";
import { type System, volume } from "../space/index.ts";
import { symmetricSolve } from "../sparse/index.ts";
import { trace } from "../squarematrices.ts";
import { dot, maxNorm } from "../vectors.ts";
import { boxDerivatives } from "./border.ts";
import { Deformation, type DeformationOptions, type HeldDeformation } from "./deformation.ts";

/**
 * A load with what its free stretches are held at: the pressure asked for; of a load that frees the box by itself what the
 * glass has, so that it begins without a change of the box: P, the mean of −σ:D over the stretches, and of several
 * stretches what the stress along each exceeds −P by, s_k = σ:D_k + P tr D_k. As given where nothing is free.
 */
export function heldAsItStands(
  system: System,
  model: PairModel,
  options: DeformationOptions,
): HeldDeformation {
  const { stretches, dimension: d } = Deformation.of(system.box, options);
  if (options.pressure !== undefined || stretches.length === 0) return options;
  const sigma = ForceField.create(system, model).stress();
  const pressure = pressureAcross(sigma, stretches);
  if (stretches.length === 1) return { ...options, pressure };
  const tractions = stretches.map((own) => dot(sigma, own) + pressure * trace(own, d));
  return { ...options, pressure, tractions };
}

/** −σ:D of the directions of stretches, each over its trace; the mean. */
export function pressureAcross(sigma: Float64Array, stretches: readonly Float64Array[]): number {
  const d = Math.round(Math.sqrt(sigma.length));
  const held = stretches.map((own) => -dot(sigma, own) / trace(own, d));
  return held.reduce((sum, p) => sum + p, 0) / held.length;
}

/**
 * How far the free stretches of a load go before its strain grows, the largest of them, to first order and with the particles
 * held: of |C⁻¹·g|, g_k = ∂H/∂t_k = V(σ:D_k + P tr D_k), C = ∂²H/∂t∂t, at a pressure P that is asked for; 0 without one, where
 * a load begins at the glass as it stands. O(interactions).
 */
export function stretchAhead(system: System, model: PairModel, options: DeformationOptions): number {
  const { pressure } = options;
  if (pressure === undefined) return 0;
  const deformation = Deformation.of(system.box, options);
  const field = ForceField.create(system, model);
  const sigma = field.stress();
  const { corner } = boxDerivatives(field.interactions(), deformation.at(0), pressure);
  const d = system.box.dimension;
  const v = volume(system.box);
  const force = deformation.stretches.map((one) => v * (dot(sigma, one) + pressure * trace(one, d)));
  return maxNorm(symmetricSolve(corner, Float64Array.from(force)));
}
