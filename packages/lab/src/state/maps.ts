import { computed } from "@preact/signals";
import { type FieldMap, type Maps, mapsOf } from "./fieldmap.ts";
import { foretelling, reading, values } from "./shear.ts";
import { view } from "./view.ts";

const kept = computed(() => view.value.kept);
/** Of the unsheared glass: they foretell. */
export const foretold = computed<Maps>(() => mapsOf(foretelling.value, kept.value));
/** Of the state whose field is in view. */
export const maps = computed<Maps>(() => {
  const now = reading.value;
  if (now && now === foretelling.value.reading) return foretold.value;
  return mapsOf({ ...(now && { reading: now }), values: values.value }, kept.value);
});

/** What the field in view is made of: E until the values that were asked for are known. */
export const source = computed(() => (maps.value[view.value.source] ? view.value.source : "lte"));
export const map = computed<FieldMap | undefined>(() => maps.value[source.value]);
