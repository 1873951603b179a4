import { computed } from "@preact/signals";
import { type FieldMap, type Maps, mapsOf } from "./fieldmap.ts";
import { foretelling, reading, sheared, values } from "./shear.ts";
import { SpotNames } from "./spotnames.ts";
import { view } from "./view.ts";

const kept = computed(() => view.value.kept);
/** Of the unsheared glass: they foretell. */
export const foretold = computed<Maps>(() => mapsOf(foretelling.value, kept.value));
/** Names of spots by indicator, begun anew with each shear. */
const foretellingReading = computed(() => foretelling.value.reading);
const names = computed(() => {
  void [sheared.value, foretellingReading.value, kept.value];
  const begun = new Map<string, SpotNames>();
  return (indicator: string): SpotNames => {
    const unsheared = foretold.value[indicator];
    // The map of the unsheared glass may come later than the first of a sheared one.
    const key = `${indicator}${unsheared ? "" : " alone"}`;
    const known = begun.get(key) ?? new SpotNames(unsheared);
    begun.set(key, known);
    return known;
  };
});
const drawn = computed(() => view.value.spotCount);
/** Of the state whose field is in view: spots have the names of the unsheared glass's. */
export const maps = computed<Maps>(() => {
  const now = reading.value;
  if (now && now === foretelling.value.reading) return foretold.value;
  const found = mapsOf({ ...(now && { reading: now }), values: values.value }, kept.value);
  const named = Object.entries(found).map(([name, own]) => [
    name,
    own && names.value(name).apply(own, drawn.value),
  ]);
  return Object.fromEntries(named);
});

/** What the field in view is made of: E until the values that were asked for are known. */
export const source = computed(() => (maps.value[view.value.source] ? view.value.source : "lte"));
export const map = computed<FieldMap | undefined>(() => maps.value[source.value]);
