import { computed } from "@preact/signals";
import { number } from "../words.ts";
import { cast } from "./glass.ts";
import { map, source } from "./maps.ts";
import { chosenEvent, current, inView, readState } from "./shear.ts";
import { view } from "./view.ts";

/** What the picture shows, for those who do not see it. */
export const pictureInWords = computed<string>(() => {
  const who = cast.value;
  if (!who) return "The stage is empty.";
  const parts = [`${who.species.length} particles in ${who.model.dimension} dimensions`];
  const now = current.value;
  if (!now) return `A liquid: ${parts.join(", ")}.`;
  if (now.strain !== 0) parts.push(`sheared to γ = ${number(now.strain, 4)}`);
  const found = map.value;
  const of = readState.value;
  if (found && of && view.value.field) {
    const name = source.value === "modes" ? "the modes’ map" : "the softness map";
    parts.push(`${name} ${of.strain === 0 ? "of the unsheared glass" : `at γ = ${number(of.strain, 4)}`}`);
  }
  if (found && view.value.spots)
    parts.push(`${Math.min(found.marks.length, view.value.spotCount)} soft spots`);
  const happened = inView.value?.events ?? 0;
  if (happened > 0) parts.push(`${happened} event${happened === 1 ? "" : "s"}`);
  if (chosenEvent.value !== undefined) parts.push(`the displacements of event ${chosenEvent.value}`);
  return `A glass: ${parts.join(", ")}.`;
});
