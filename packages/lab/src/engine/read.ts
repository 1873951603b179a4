import { type GlassResponse, localThermalEnergy, type PairArrays, pairsOf } from "softfield";
import { type SoftnessField, softnessField } from "softfield/internal";
import { type BondData, bondLayer } from "./bondlayer.ts";
import type { Emit } from "./channel.ts";
import { handOver } from "./handover.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";
import { wrapped } from "./pace.ts";
import { byMagnitude, type ParticleValues, particleValues } from "./particles.ts";

/** What is to be read of a state. */
export interface ReadInput extends StateInput {
  /** |E| that the softness field keeps. */
  readonly kept: number;
  /** d, the corner of the state's box, λ. */
  readonly corner: Float64Array;
}

/** A state read: the library's response, and what the page draws of it, which takes longer than a picture may. */
export interface Reading extends Omit<GlassResponse, "interactions">, ParticleValues {
  /** Plain arrays: what has methods does not pass between threads. */
  readonly pairs: PairArrays;
  /** The pairs by ascending |E|: so they are drawn. */
  readonly order: Uint32Array;
  /** The softness field of E. */
  readonly field: SoftnessField;
  /** N×d, positions for the eye, and the bonds between them. */
  readonly places: Float32Array;
  readonly layer: BondData;
}

/** Local thermal energies as `softfield lte` computes them, with what the page draws. */
export function readJob({ kept, corner, ...input }: ReadInput, send: Emit): Reading {
  const control = progressTo(send);
  const response = localThermalEnergy(minimumFor(input, control), {}, control);
  const { interactions, ...rest } = response;
  const { system, energies, displacement } = response;
  const pairs = { ...pairsOf(interactions) };
  const [{ lte }] = energies;
  const order = byMagnitude(lte);
  const places = wrapped(system.box, system.positions, corner);
  const { i, j, du } = pairs;
  const layer = bondLayer(system.box, places, { i, j, du, values: lte }, { order });
  const field = softnessField(system.box, system.positions, energies, { threshold: kept });
  const own = particleValues(response);
  return handOver({ ...rest, ...own, pairs, order, field, places, layer }, [
    ...energies.flatMap((family) => [family.harmonic, family.anharmonic, family.lte]),
    displacement,
    order,
    places,
    ...[layer.starts, layer.bonds, layer.of],
    ...[own.particleEnergy, own.share, own.largest],
    ...[field.values, field.raw, field.sums, field.entries, field.kept],
  ]);
}
