import { ForceField } from "../dynamics/index.ts";
import type { PairModel } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { trace } from "../squarematrices.ts";
import { dot } from "../vectors.ts";
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
