import {
  debyeWaller,
  type GlassResponse,
  localThermalEnergy,
  minimumOf,
  onAllParticles,
  pseudoInverse,
  type WorkControl,
} from "softfield";
import type { Emit } from "./channel.ts";
import type { ReadInput } from "./messages.ts";
import { type ParticleValues, particleValues } from "./particles.ts";

/** A state read: the library's response, and per-particle numbers to colour by. */
export interface Reading extends GlassResponse, ParticleValues {
  /** N, ⟨|x_i|²⟩/k_BT = tr (M⁺)_ii, λ²/ε; NaN on rattlers. */
  readonly debyeWaller: Float64Array;
}

/** Local thermal energies as `softfield lte` computes them, with what the page colours particles by. */
export function readJob({ system, model, options }: ReadInput, send: Emit): Reading {
  const control: WorkControl = { onProgress: (progress) => send({ type: "progress", progress }) };
  const minimum = minimumOf(system, model, options, control);
  const response = localThermalEnergy(minimum, {}, control);
  const factors = debyeWaller(pseudoInverse(minimum.factor(), minimum.inverse()));
  return {
    ...response,
    ...particleValues(response),
    debyeWaller: onAllParticles(minimum.backbone, factors, 1, Number.NaN),
  };
}
