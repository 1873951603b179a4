import { computed } from "@preact/signals";
import { source } from "./maps.ts";
import { view } from "./view.ts";

/** At most four pictures, the one in view among them. */
export const MAX_BESIDE = 3;

/** Indicators whose maps stand beside the one in view. */
export const compared = computed<readonly string[]>(() =>
  view.value.beside
    .split(",")
    .filter((name) => name !== "" && name !== source.value)
    .slice(0, MAX_BESIDE),
);
