import { type PairModel, type System, shear, strainDerivatives } from "softfield";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

/** ∂E/∂e: of each family of interactions, of each component of the strain, one an interaction. */
export type Slopes = readonly (readonly Float64Array[])[];

/** How local thermal energies answer to a strain of any direction. */
export function slopesJob(input: StateInput, send: Emit): Slopes {
  const control = progressTo(send);
  return strainDerivatives(minimumFor(input, control), undefined, control).families;
}

export interface FirstsInput {
  readonly system: System;
  readonly model: PairModel;
  /** Degrees. */
  readonly angles: readonly number[];
  readonly farthest: number;
}

/** The first event of a glass sheared in one direction. */
export interface FirstEvent {
  readonly angle: number;
  readonly strain: number;
  readonly particle: number;
}

/** Shears a glass to its first event in one direction after another; tells of each. */
export function firstsJob({ system, model, angles, farthest }: FirstsInput, send: Emit): number {
  let met = 0;
  for (const angle of angles) {
    const { events } = shear(system, model, { angle, events: 1, maxStrain: farthest });
    const [first] = events;
    if (!first) continue;
    met++;
    send({ angle, strain: first.strain, particle: first.particle } satisfies FirstEvent);
  }
  return met;
}
