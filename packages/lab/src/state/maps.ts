import { computed } from "@preact/signals";
import { particleField, type SoftnessField, softnessField } from "softfield";
import type { Reading } from "../engine/read.ts";
import { type FieldMap, mapOf } from "./fieldmap.ts";
import type { Known } from "./known.ts";
import { foretelling, modes, reading } from "./shear.ts";
import { view } from "./view.ts";

/** The softness field of E, by SI D; every interaction that is kept counts. */
export function fieldOfReading(now: Reading, kept: number): SoftnessField {
  const { system, energies } = now;
  return softnessField(system.box, system.positions, energies, { threshold: kept });
}

/** Maps of what is known of a state: from E, and from the lowest modes on the same bins. */
export interface Maps {
  readonly lte?: FieldMap;
  readonly modes?: FieldMap;
}
export function mapsOf({ reading: now, modes: low }: Known, kept: number): Maps {
  if (!now) return {};
  const lte = fieldOfReading(now, kept);
  const { box, positions } = now.system;
  return {
    lte: mapOf(lte),
    ...(low && { modes: mapOf(particleField(box, positions, low.weights, { grid: lte })) }),
  };
}

const kept = computed(() => view.value.kept);
/** Of the unsheared glass: they foretell. */
export const foretold = computed<Maps>(() => mapsOf(foretelling.value, kept.value));
/** Of the state whose field is in view. */
export const maps = computed<Maps>(() => {
  const [now, low] = [reading.value, modes.value];
  if (now && now === foretelling.value.reading) return foretold.value;
  return mapsOf({ ...(now && { reading: now }), ...(low && { modes: low }) }, kept.value);
});

/** What the field in view is made of: E until the modes that were asked for are known. */
export const source = computed(() => (view.value.source === "modes" && maps.value.modes ? "modes" : "lte"));
export const map = computed<FieldMap | undefined>(() => maps.value[source.value]);
