import { type GlassResponse, localThermalEnergy } from "softfield";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";
import { type ParticleValues, particleValues } from "./particles.ts";

/** A state read: the library's response, and per-particle numbers to colour by. */
export interface Reading extends GlassResponse, ParticleValues {}

/** Local thermal energies as `softfield lte` computes them, with what the page colours particles by. */
export function readJob(input: StateInput, send: Emit): Reading {
  const control = progressTo(send);
  const response = localThermalEnergy(minimumFor(input, control), {}, control);
  return { ...response, ...particleValues(response) };
}
