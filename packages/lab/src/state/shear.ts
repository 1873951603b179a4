import { computed, signal } from "@preact/signals";
import type { PathPoint, PlasticEvent, ShearPlane, ShearStatus, System } from "softfield";
import { glass, type LabGlass, onForget, type Picture, passing, pictureOf } from "./glass.ts";
import { knownOf } from "./known.ts";

/** A state of the glass in view: as it was made or opened, or a minimum that its shear passed. */
export interface GlassState {
  readonly glass: LabGlass;
  readonly strain: number;
  /** Events before it. */
  readonly events: number;
  readonly system: System;
}

/** A minimum on the way. */
export interface Passed extends PathPoint {
  readonly system: System;
}

/** Degrees in the plane; 0 is x += γ·y. */
export const angle = signal(0);
export const eventsWanted = signal(5);
/** Of shear in 3D. */
export const plane = signal<ShearPlane>("xy");
export const passed = signal<readonly Passed[]>([]);
export const events = signal<readonly PlasticEvent[]>([]);
/** Which of `passed` is in view; undefined: the last. */
export const at = signal<number | undefined>(undefined);
/** Ordinal of the event that is looked at. */
export const chosenEvent = signal<number | undefined>(undefined);
export const playing = signal(false);
/** Why the run is over. */
export const ended = signal<{ readonly status: ShearStatus; readonly message: string } | undefined>(
  undefined,
);

export const sheared = computed(() => passed.value.length > 0);
export const index = computed(() => at.value ?? passed.value.length - 1);
export const inView = computed<Passed | undefined>(() => passed.value[index.value]);

/** The glass as it was before any shear. */
export const unsheared = computed<GlassState | undefined>(() => {
  const now = glass.value;
  return now && { glass: now, strain: 0, events: 0, system: now.system };
});

/** The state in view: pictures, tables, downloads, link and commands are of it, or say of which other. */
export const current = computed<GlassState | undefined>(() => {
  const [from, now] = [unsheared.value, inView.value];
  return from && now ? { ...from, ...now } : from;
});

/** What is drawn: the state in view, or a picture that passes. */
export const shown = computed<Picture | undefined>(
  () => passing.value ?? (current.value && pictureOf(current.value.system)),
);

/** Whose field, bonds and spots are shown: those of the unsheared glass, which foretell, or of the state in view. */
export type Basis = "unsheared" | "present";
export const basis = signal<Basis>("unsheared");
/** Whether a running shear shows the field of each state that it reaches. */
export const live = signal(true);

/** The state that the field in view is read from: the one asked for as soon as it is read, the unsheared one until then. */
export const readState = computed<GlassState | undefined>(() => {
  const [now, from] = [current.value, unsheared.value];
  if (!now || !from) return from;
  if (playing.value && live.value) {
    // Not every state of a large glass is read on the way.
    const last = passed.value.findLast(({ system }) => knownOf(system).reading);
    return last ? { ...from, ...last } : from;
  }
  return basis.value === "present" && knownOf(now.system).reading ? now : from;
});
export const reading = computed(() => knownOf(readState.value?.system).reading);
/** Values of indicators, by their names. */
export const values = computed(() => knownOf(readState.value?.system).values ?? {});
/** N, ⟨|x_i|²⟩/k_BT, λ²/ε. */
export const debyeWaller = computed(() => values.value["debye-waller"]?.[0].values);
/** The reading that events are judged by. */
export const foretelling = computed(() => knownOf(glass.value?.system));

onForget.add(() => {
  passed.value = [];
  events.value = [];
  at.value = undefined;
  chosenEvent.value = undefined;
  playing.value = false;
  ended.value = undefined;
  basis.value = "unsheared";
});
