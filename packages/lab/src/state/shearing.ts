import { batch } from "@preact/signals";
import type { Box, ShearOptions, System } from "softfield";
import type { Running } from "../engine/client.ts";
import type { ShearEnd, ShearEvent, ShearPace } from "../engine/shear.ts";
import { glass, modes, onForget, reading, shown, shownOf } from "./glass.ts";
import { lteSpots, modesSpots } from "./maps.ts";
import { progressOnly } from "./reading.ts";
import {
  angle,
  at,
  chosenEvent,
  ended,
  events,
  eventsWanted,
  inView,
  type Passed,
  passed,
  plane,
  playing,
  unsheared,
} from "./shear.ts";
import { analyser, announcement, failure, simulator, tracked } from "./work.ts";

let run: Running<ShearEnd> | undefined;
/** The last minimum reached, in full precision. */
let present: System | undefined;

/** Milliseconds a point, when played for the eye. */
const REST = 45;

/** No run goes further. */
export const FARTHEST = 0.5;
/** So many that the page's own count decides. */
const MOST_EVENTS = 1_000_000;

function shearOptions(box: Box): ShearOptions {
  return {
    angle: angle.value,
    events: MOST_EVENTS,
    maxStrain: FARTHEST,
    ...(box.dimension === 3 && { plane: plane.value }),
  };
}

function forgetShear(): void {
  run?.cancel();
  run = undefined;
  present = undefined;
  stopAt = 0;
  batch(() => {
    passed.value = [];
    events.value = [];
    at.value = undefined;
    chosenEvent.value = undefined;
    playing.value = false;
    ended.value = undefined;
    unsheared.value = undefined;
  });
}
onForget.add(forgetShear);

/** Back to the unsheared glass. */
export function unshear(): void {
  const from = glass.value;
  showUnsheared();
  forgetShear();
  if (from) shown.value = shownOf(from.system);
}

/** The event at which the present stretch stops. */
let stopAt = 0;

/** Shears on: to the events wanted, by one point, or to a strain. */
export function shearOn(until: number | "step"): void {
  const from = glass.value;
  if (!from || ended.value) return;
  const met = events.value.length;
  if (met >= stopAt) stopAt = met + Math.max(1, Math.round(eventsWanted.value));
  const pace: ShearPace = {
    until,
    events: until === Infinity ? stopAt : Infinity,
    rest: until === Infinity ? REST : 0,
  };
  look(undefined);
  playing.value = until !== "step";
  if (run) {
    run.steer(pace);
    return;
  }
  failure.value = undefined;
  const input = { system: from.system, model: from.model, options: shearOptions(from.system.box), pace };
  const mine = simulator.run("shear", input, (event) => receive(event as ShearEvent));
  run = mine;
  mine.result.then(
    ({ status, message }) => {
      if (run !== mine) return;
      run = undefined;
      batch(() => {
        playing.value = false;
        ended.value = { status, message };
      });
      announcement.value =
        status === "complete" ? `Sheared to ${events.value.length} events.` : `The shear ended: ${message}`;
    },
    (error: Error) => {
      if (run !== mine) return;
      run = undefined;
      playing.value = false;
      if ((error as { code?: string }).code !== "aborted") failure.value = error;
    },
  );
}

export function pauseShear(): void {
  run?.steer({ until: "pause", events: 0, rest: 0 } satisfies ShearPace);
  playing.value = false;
}

function receive(event: ShearEvent): void {
  const from = glass.value;
  if (!from) return;
  if (event.type === "waiting") {
    playing.value = false;
    return;
  }
  const { point, system, positions, events: fresh } = event;
  present = { ...from.system, ...system };
  const picture: Passed = { ...point, box: system.box, positions };
  batch(() => {
    passed.value = [...passed.value, picture];
    if (fresh.length > 0) {
      events.value = [...events.value, ...fresh];
      announcement.value = `Event ${fresh[0].ordinal} at strain ${fresh[0].strain.toPrecision(4)}.`;
    }
    if (at.value === undefined) shown.value = picture;
  });
}

/** Goes to a strain: back to a state that was passed, or on to there. */
export function goTo(strain: number): void {
  const reached = passed.value.at(-1)?.strain ?? 0;
  if (strain > reached) {
    shearOn(strain);
    return;
  }
  if (playing.value) pauseShear();
  const after = passed.value.findIndex((point) => point.strain >= strain);
  look(Math.max(0, after));
}

/** Shows an earlier state; undefined: the last. */
export function look(k: number | undefined): void {
  batch(() => {
    at.value = k === undefined || k >= passed.value.length - 1 ? undefined : Math.max(0, k);
    const now = inView.value;
    if (now) shown.value = now;
  });
}

/** Shows the displacement field of an event, in the state just before it. */
export function chooseEvent(ordinal: number | undefined): void {
  batch(() => {
    chosenEvent.value = chosenEvent.value === ordinal ? undefined : ordinal;
    const event = events.value.find((e) => e.ordinal === chosenEvent.value);
    if (!event) return;
    const last = passed.value.findLastIndex(
      (point) => point.events < event.ordinal && point.strain <= event.strain + 1e-12,
    );
    if (last >= 0) look(last);
  });
}

/** Field and spots of the last state reached instead of those of the unsheared glass. */
export async function recompute(): Promise<void> {
  const from = glass.value;
  const known = reading.value;
  if (!from || !present || !known) return;
  const original = unsheared.value ?? {
    reading: known,
    modes: modes.value,
    spots: [lteSpots.value, modesSpots.value],
  };
  pauseShear();
  look(undefined);
  const input = { system: present, model: from.model, options: {} };
  const result = await tracked("Reading the sheared glass", (onProgress) =>
    analyser.run("read", input, progressOnly(onProgress)),
  );
  if (!result || glass.value !== from) return;
  batch(() => {
    unsheared.value = original;
    reading.value = result;
    modes.value = undefined;
  });
}

/** The field of the unsheared glass again. */
export function showUnsheared(): void {
  const original = unsheared.value;
  if (!original) return;
  batch(() => {
    reading.value = original.reading;
    modes.value = original.modes;
    unsheared.value = undefined;
  });
}
