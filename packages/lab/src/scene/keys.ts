import { computed } from "@preact/signals";
import { bet } from "../state/bet.ts";
import { happened } from "../state/happened.ts";
import { wordsOf } from "../state/indicators.ts";
import { map, source } from "../state/maps.ts";
import { rival } from "../state/rival.ts";
import { readState } from "../state/shear.ts";
import { spotsShown } from "../state/spotsshown.ts";
import { view } from "../state/view.ts";

/** A kind of mark in the picture, and what it means. */
export interface MarkKey {
  readonly kind: "spot" | "event" | "bet" | "rival";
  readonly words: string;
}

/** The marks that are in the picture, for its legend and for those of pictures that are taken away. */
export const markKeys = computed<readonly MarkKey[]>(() => {
  const keys: MarkKey[] = [];
  const count = map.value?.marks.length ?? 0;
  if (spotsShown.value && count > 0) {
    const drawn = Math.min(count, view.value.spotCount);
    const many = drawn < count ? `: the ${drawn} softest of ${count}` : "";
    const order =
      (readState.value?.strain ?? 0) === 0
        ? "1 the softest"
        : "the thick one the softest now, names from before the shear, letters for new ones";
    keys.push({ kind: "spot", words: `${wordsOf(source.value).spots.toLowerCase()}, ${order}${many}` });
  }
  const events = happened.value.length;
  if (events > 0)
    keys.push({ kind: "event", words: events === 1 ? "where it broke" : "where it broke, by event" });
  if (bet.value) keys.push({ kind: "bet", words: "your bet" });
  if (rival.value) keys.push({ kind: "rival", words: "softest spot of the modes" });
  return keys;
});
