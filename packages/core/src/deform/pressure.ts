import { ForceField } from "../dynamics/index.ts";
import type { PairModel } from "../models/index.ts";
import { type System, volume } from "../space/index.ts";
import { symmetricSolve } from "../sparse/index.ts";
import { trace } from "../squarematrices.ts";
import { dot, maxNorm } from "../vectors.ts";
import { boxDerivatives } from "./border.ts";
import { Deformation, type DeformationOptions } from "./deformation.ts";

/**
 * The pressure at which what is free follows a load: the one asked for; of a load that frees the box by itself the mean
 * of −σ:D over its stretches, as the glass stands; none where nothing is free.
 */
export function heldPressure(
  system: System,
  model: PairModel,
  options: DeformationOptions,
): number | undefined {
  const { stretches } = Deformation.of(system.box, options);
  if (options.pressure !== undefined || stretches.length === 0) return options.pressure;
  const sigma = ForceField.create(system, model).stress();
  return pressureAcross(sigma, stretches);
}

/** −σ:D of the directions of stretches, each over its trace; the mean. */
export function pressureAcross(sigma: Float64Array, stretches: readonly Float64Array[]): number {
  const d = Math.round(Math.sqrt(sigma.length));
  const held = stretches.map((own) => -dot(sigma, own) / trace(own, d));
  return held.reduce((sum, p) => sum + p, 0) / held.length;
}

/**
 * How far the free stretches of a load go before its strain grows, the largest of them, to first order and with the particles
 * held: of |C⁻¹·g|, g_k = ∂H/∂t_k = V(σ:D_k + P tr D_k), C = ∂²H/∂t∂t, P the pressure that is held. A glass whose stress across
 * tension is not the same both ways goes there, too; 0 where nothing is free. O(interactions).
 */
export function stretchAhead(system: System, model: PairModel, options: DeformationOptions): number {
  const deformation = Deformation.of(system.box, options);
  const { stretches } = deformation;
  if (stretches.length === 0) return 0;
  const field = ForceField.create(system, model);
  const sigma = field.stress();
  const pressure = options.pressure ?? pressureAcross(sigma, stretches);
  const { corner } = boxDerivatives(field.interactions(), deformation.at(0), pressure);
  const d = system.box.dimension;
  const v = volume(system.box);
  const force = stretches.map((one) => v * (dot(sigma, one) + pressure * trace(one, d)));
  return maxNorm(symmetricSolve(corner, Float64Array.from(force)));
}
