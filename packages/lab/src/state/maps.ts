import { computed } from "@preact/signals";
import { particleField, type SoftnessField, type SoftSpots, softnessField, softSpots } from "softfield";
import { modes, reading } from "./glass.ts";
import { view } from "./view.ts";

/** The softness field of E, by SI D. */
export const lteField = computed<SoftnessField | undefined>(() => {
  const now = reading.value;
  if (!now) return undefined;
  const { system, interactions } = now;
  return softnessField(system.box, system.positions, interactions, now, { threshold: view.value.kept });
});

/** The baseline: the lowest modes on the same bins. */
export const modesField = computed<SoftnessField | undefined>(() => {
  const [now, grid, from] = [modes.value, lteField.value, reading.value];
  if (!now || !grid || !from) return undefined;
  return particleField(from.system.box, from.system.positions, now.weights, { grid });
});

export const field = computed(() => (view.value.source === "modes" ? modesField.value : lteField.value));
export const lteSpots = computed<SoftSpots | undefined>(() => lteField.value && softSpots(lteField.value));
export const modesSpots = computed<SoftSpots | undefined>(
  () => modesField.value && softSpots(modesField.value),
);
export const spots = computed(() => (view.value.source === "modes" ? modesSpots.value : lteSpots.value));
