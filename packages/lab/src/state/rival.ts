import { computed } from "@preact/signals";
import { game } from "./game.ts";
import { foretold, source } from "./maps.ts";
import { events } from "./shear.ts";
import { scene } from "./story.ts";

/** The softest spot by the modes, in the box of the unsheared glass, while a game or the story compares forecasts. */
export const rival = computed<Float64Array | undefined>(() => {
  if (source.value === "modes" || events.value.length === 0) return undefined;
  if (game.value?.phase !== "told" && scene.value === undefined) return undefined;
  return foretold.value.modes?.marks[0]?.position;
});
