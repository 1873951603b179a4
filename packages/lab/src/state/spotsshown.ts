import { computed } from "@preact/signals";
import { blind } from "./bet.ts";
import { game } from "./game.ts";
import { playing } from "./shear.ts";
import { scene } from "./story.ts";
import { view } from "./view.ts";

/** Whether a story is told or a game played. */
export const guided = computed(() => scene.value !== undefined || game.value !== undefined);

/** Whether spots are marked: not where they would tell the answer, nor in a story or game those that come and go. */
export const spotsShown = computed(
  () => view.value.spots && !blind.value && !(guided.value && playing.value),
);
