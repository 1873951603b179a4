import { effect } from "@preact/signals";
import type { System } from "softfield";
import { knownOf } from "./known.ts";
import { findIndicator, readingOf } from "./reading.ts";
import { basis, current, events, foretelling, playing, readState } from "./shear.ts";
import { view } from "./view.ts";
import { work } from "./work.ts";

/** What was begun once of a state: what failed or was stopped is not begun again by itself. */
const begun = new WeakMap<System, Set<string>>();

/** Up to so many particles the modes are found for comparison once there is an event to compare. */
const MODES_PARTICLES = 5000;

function once(system: System, what: string, find: () => Promise<unknown>): void {
  const before = begun.get(system) ?? new Set();
  if (before.has(what)) return;
  begun.set(system, before.add(what));
  // Not within the effect: what it starts is no part of what it watches.
  queueMicrotask(() => void find());
}

/** Finds out what the view shows as soon as there is time for it; returns what ends that. */
export function findWhatIsShown(): () => void {
  return effect(() => {
    const [now, read] = [current.value, readState.value];
    if (!now || !read || !foretelling.value.reading || playing.value || work.value) return;
    if (basis.value === "present" && !knownOf(now.system).reading)
      once(now.system, "reading", () => readingOf(now.glass, now.system, "Reading the sheared glass"));
    const own = foretelling.value;
    const few = now.system.species.length <= MODES_PARTICLES;
    if (events.value.length > 0 && few && !own.values?.modes)
      once(now.glass.system, "modes", () => findIndicator("modes", now.glass.system));
    const known = knownOf(read.system);
    const { source, colouring } = view.value;
    const shown = [source, ...(colouring === "debye-waller" ? [colouring] : [])];
    for (const name of shown)
      if (name !== "lte" && !known.values?.[name])
        once(read.system, name, () => findIndicator(name, read.system));
  });
}
