import { computed, signal } from "@preact/signals";
import {
  type NearestSpot,
  nearestSpot,
  type PathPoint,
  type PlasticEvent,
  type ShearPlane,
  type ShearStatus,
  type SoftSpots,
} from "softfield";
import type { Modes } from "../engine/modes.ts";
import type { Reading } from "../engine/read.ts";
import { glass, type Shown } from "./glass.ts";
import { lteSpots, modesSpots } from "./maps.ts";

/** An event with the soft spot that it belongs to, of both maps. */
export interface MatchedEvent extends PlasticEvent {
  readonly nearest: NearestSpot | undefined;
  readonly nearestModes: NearestSpot | undefined;
}

/** A minimum on the way: its numbers and its picture. */
export interface Passed extends PathPoint, Shown {}

/** Degrees in the plane; 0 is x += γ·y. */
export const angle = signal(0);
export const eventsWanted = signal(5);
/** Of shear in 3D. */
export const plane = signal<ShearPlane>("xy");
export const passed = signal<readonly Passed[]>([]);
export const events = signal<readonly PlasticEvent[]>([]);
/** Which of `passed` is in view; undefined: the last. */
export const at = signal<number | undefined>(undefined);
/** Ordinal of the event whose displacement field is shown. */
export const chosenEvent = signal<number | undefined>(undefined);
export const playing = signal(false);
/** Why the run is over. */
export const ended = signal<{ readonly status: ShearStatus; readonly message: string } | undefined>(
  undefined,
);
/** The reading of the unsheared glass, while the field of another state is shown. */
export const unsheared = signal<Unsheared | undefined>(undefined);
interface Unsheared {
  readonly reading: Reading;
  readonly modes: Modes | undefined;
  /** From E, and from the modes. */
  readonly spots: readonly (SoftSpots | undefined)[];
}

export const sheared = computed(() => passed.value.length > 0);
export const index = computed(() => at.value ?? passed.value.length - 1);
export const inView = computed<Passed | undefined>(() => passed.value[index.value]);

/** Events with their nearest spots in the maps of the unsheared glass (SI E). */
export const matched = computed<readonly MatchedEvent[]>(() => {
  const system = glass.value?.system;
  if (!system) return [];
  const [lte, low] = unsheared.value?.spots ?? [lteSpots.value, modesSpots.value];
  const d = system.box.dimension;
  return events.value.map((event) => {
    const place = system.positions.subarray(event.particle * d, (event.particle + 1) * d);
    const near = (spots: SoftSpots | undefined) => spots && nearestSpot(system.box, place, spots.spots);
    return { ...event, nearest: near(lte), nearestModes: near(low) };
  });
});
