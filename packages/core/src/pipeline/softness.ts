import {
  type FieldOptions,
  particleField,
  type SoftnessField,
  type SoftSpots,
  softnessField,
  softSpots,
} from "../fields/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type GlassResponse, localThermalEnergy } from "./lte.ts";
import { type GlassModes, normalModes } from "./modes.ts";

/** How `glassSoftness` makes fields and spots, and of what baseline. */
export interface SoftnessOptions {
  /** How E_α becomes a field (SI D). */
  readonly field?: FieldOptions;
  /** Of the noise in the positions of spots. Default 0. */
  readonly seed?: number;
  /** Lowest modes of the normal-modes baseline (SI E); 0 leaves it out. Default 30. */
  readonly modes?: number;
}

/** A field and its maxima. */
export interface FieldWithSpots {
  readonly field: SoftnessField;
  readonly spots: SoftSpots;
}

/** Where a glass is soft: by its local thermal energies, and by its normal modes for comparison. */
export interface GlassSoftness extends FieldWithSpots {
  readonly response: GlassResponse;
  readonly baseline?: FieldWithSpots & { readonly modes: GlassModes };
}

/**
 * Local thermal energies, softness field and soft spots of a glass, and the same of its lowest normal modes (SI D, E,
 * Zylberg 2017). The baseline is binned as the softness field, every particle kept. Errors as `localThermalEnergy`.
 */
export function glassSoftness(
  minimum: Minimum,
  options: SoftnessOptions = {},
  control: WorkControl = {},
): GlassSoftness {
  const { modes: count = 30, seed = 0, field: reading = {} } = options;
  const response = localThermalEnergy(minimum, {}, control);
  const { box, positions } = response.system;
  const field = softnessField(box, positions, response.energies, reading);
  const found = { response, field, spots: softSpots(field, seed) };
  if (count === 0) return found;
  const modes = normalModes(minimum, { count }, control);
  const map = particleField(box, positions, modes.weights, { ...reading, threshold: 0, grid: field });
  return { ...found, baseline: { modes, field: map, spots: softSpots(map, seed) } };
}
