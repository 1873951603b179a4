import { effect } from "@preact/signals";
import type { System } from "softfield";
import { compared } from "./compared.ts";
import { isDirectional } from "./indicatorlist.ts";
import { knownOf } from "./known.ts";
import { findIndicator, readingOf } from "./reading.ts";
import { angle, basis, current, events, foretelling, plane, playing, readState } from "./shear.ts";
import { view } from "./view.ts";
import { work } from "./work.ts";

/** What was begun once of a state: what failed or was stopped is not begun again by itself. */
const begun = new WeakMap<System, Set<string>>();

/** Up to so many particles the modes are found for comparison once there is an event to compare. */
const MODES_PARTICLES = 5000;

/** Begins to find something out of a state, once; false where that was begun before. */
function once(system: System, what: string, find: () => Promise<unknown>): boolean {
  const before = begun.get(system) ?? new Set();
  if (before.has(what)) return false;
  begun.set(system, before.add(what));
  // Not within the effect: what it starts is no part of what it watches.
  queueMicrotask(() => void find());
  return true;
}

/** Finds out what the view shows, one after another, as soon as there is time for it; returns what ends that. */
export function findWhatIsShown(): () => void {
  return effect(() => {
    const [now, read] = [current.value, readState.value];
    const own = foretelling.value;
    if (!now || !read || !own.reading || playing.value || work.value) return;
    if (basis.value === "present" && !knownOf(now.system).reading) {
      const begins = once(now.system, "reading", () =>
        readingOf(now.glass, now.system, "Reading the sheared glass"),
      );
      if (begins) return;
    }
    const few = now.system.species.length <= MODES_PARTICLES;
    const { source, colouring } = view.value;
    const unsheared = now.glass.system;
    const wanted: readonly (readonly [System, string])[] = [
      ...[source, ...compared.value, ...(colouring === "debye-waller" ? [colouring] : [])].map(
        (name) => [read.system, name] as const,
      ),
      // Events are judged by maps of the unsheared glass.
      ...(events.value.length > 0 && few ? [[unsheared, "modes"] as const] : []),
      ...compared.value.map((name) => [unsheared, name] as const),
    ];
    for (const [system, name] of wanted) {
      if (name === "lte" || knownOf(system).values?.[name]) continue;
      const asked = isDirectional(name) ? `${name} ${angle.value} ${plane.value}` : name;
      if (once(system, asked, () => findIndicator(name, system))) return;
    }
  });
}
