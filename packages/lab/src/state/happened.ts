import { computed } from "@preact/signals";
import type { PlasticEvent } from "softfield";
import { chosenEvent, events, inView } from "./shear.ts";

/** Events that the picture in view shows: those before its state, and the one that is looked at. */
export const happened = computed<readonly PlasticEvent[]>(() => {
  const [seen, chosen] = [inView.value?.events ?? 0, chosenEvent.value];
  return events.value.filter(({ ordinal }) => ordinal <= seen || ordinal === chosen);
});
