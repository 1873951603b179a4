import type { JSX } from "preact";
import { chosenEvent, playing } from "../state/shear.ts";
import { briefly, judged } from "../state/verdict.ts";

/** What came true of the first event, or of the one that is looked at, in a line beneath a small screen's picture. */
export function CameTrue(): JSX.Element | null {
  const list = judged.value;
  const told = list.find(({ ordinal }) => ordinal === chosenEvent.value) ?? list[0];
  if (!told?.lte || playing.value) return null;
  return (
    // The panel says it, too.
    <p class="came-true" aria-hidden="true">
      {told.ordinal === 1 ? "It broke" : `Event ${told.ordinal}:`} at a place {briefly(told.lte)}
    </p>
  );
}
