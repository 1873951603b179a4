import { batch, signal } from "@preact/signals";
import type { Box, ShearOptions } from "softfield";
import type { Running } from "../engine/client.ts";
import type { ShearEnd, ShearEvent, ShearPace } from "../engine/shear.ts";
import { glass, onForget, passing } from "./glass.ts";
import { glimpse } from "./glimpses.ts";
import { knownOf, learn } from "./known.ts";
import {
  angle,
  at,
  basis,
  chosenEvent,
  ended,
  events,
  eventsWanted,
  live,
  type Passed,
  passed,
  plane,
  playing,
} from "./shear.ts";
import { judged, sentence } from "./verdict.ts";
import { view } from "./view.ts";
import { announcement, failure, simulator } from "./work.ts";

let run: Running<ShearEnd> | undefined;

/** Milliseconds a point, when played for the eye. */
const REST = 45;

/** No run goes further. */
export const MAX_STRAIN = 0.5;
/** So many that the page's own count decides. */
const MAX_EVENTS = 1_000_000;

function shearOptions(box: Box): ShearOptions {
  return {
    angle: angle.value,
    events: MAX_EVENTS,
    maxStrain: MAX_STRAIN,
    ...(box.dimension === 3 && { plane: plane.value }),
  };
}

function stopRun(): void {
  run?.cancel();
  run = undefined;
  stopAt = 0;
}
onForget.add(stopRun);

/** Back to the unsheared glass. */
export function unshear(): void {
  stopRun();
  batch(() => {
    passed.value = [];
    events.value = [];
    at.value = undefined;
    chosenEvent.value = undefined;
    playing.value = false;
    ended.value = undefined;
    basis.value = "unsheared";
  });
}

/** The event at which the present stretch stops. */
let stopAt = 0;

/** Shears on: to an event (as many further ones as are wanted), by one point, or to a strain. */
export function shearOn(until: number | "step", ordinal?: number): void {
  const from = glass.value;
  if (!from || ended.value) return;
  const met = events.value.length;
  if (ordinal !== undefined) stopAt = ordinal;
  else if (met >= stopAt) stopAt = met + Math.max(1, Math.round(eventsWanted.value));
  const pace: ShearPace = {
    until,
    events: until === Infinity ? stopAt : Infinity,
    rest: until === Infinity ? REST : 0,
    reading: live.value ? view.value.kept : undefined,
  };
  look(undefined);
  chosenEvent.value = undefined;
  tempo.value = undefined;
  lastPoint = 0;
  playing.value = until !== "step";
  if (run) {
    run.steer(pace);
    return;
  }
  failure.value = undefined;
  const { system, model, corner } = from;
  const input = { system, model, corner, options: shearOptions(system.box), pace };
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
      announcement.value = `The shear ended: ${endWords({ status, message })}`;
    },
    (error: Error) => {
      if (run !== mine) return;
      run = undefined;
      playing.value = false;
      if ((error as { code?: string }).code !== "aborted") failure.value = error;
    },
  );
}

/** Why a run is over, in the page's own words where the library speaks of the page's limits. */
export function endWords({ status, message }: ShearEnd): string {
  if (status !== "max-strain") return message;
  const met = events.value.length;
  return `at the strain ${MAX_STRAIN} this page stops: ${met} event${met === 1 ? "" : "s"}.`;
}

export function pauseShear(): void {
  run?.steer({ until: "pause", events: 0, rest: 0, reading: undefined } satisfies ShearPace);
  playing.value = false;
}

/** Milliseconds that the last state took, for people who wait. */
export const tempo = signal<number | undefined>(undefined);
let lastPoint = 0;

function receive(event: ShearEvent): void {
  const from = glass.value;
  if (!from) return;
  const now = performance.now();
  if (lastPoint > 0) tempo.value = now - lastPoint;
  lastPoint = now;
  if (event.type === "waiting") {
    playing.value = false;
    return;
  }
  const { point, events: fresh, reading: read } = event;
  // The first minimum on the way is the glass itself.
  const system = point.strain === 0 ? from.system : { ...from.system, ...event.system };
  const state: Passed = { ...point, system };
  batch(() => {
    passed.value = [...passed.value, state];
    if (read && !knownOf(system).reading) learn(system, { reading: read });
    if (read) glimpse(state, read);
    if (fresh.length > 0) events.value = [...events.value, ...fresh];
  });
  const last = judged.value.at(-1);
  if (fresh.length > 0 && last) announcement.value = sentence(last);
}

/** Goes to a strain: back to a state that was passed, or on to there. */
export function goTo(strain: number): void {
  const reached = passed.value.at(-1)?.strain ?? 0;
  if (strain > reached) {
    shearOn(strain);
    return;
  }
  if (playing.value) pauseShear();
  chosenEvent.value = undefined;
  const after = passed.value.findIndex((point) => point.strain >= strain);
  look(Math.max(0, after));
}

/** Shows an earlier state; undefined: the last. */
export function look(k: number | undefined): void {
  passing.value = undefined;
  at.value = k === undefined || k >= passed.value.length - 1 ? undefined : Math.max(0, k);
}

/** The index of the last state before an event; −1 where none was passed. */
export function lastBefore(ordinal: number): number {
  const event = events.value.find((e) => e.ordinal === ordinal);
  if (!event) return -1;
  return passed.value.findLastIndex(
    (point) => point.events < event.ordinal && point.strain <= event.strain + 1e-12,
  );
}

/** Looks at an event: the state just before it, with its displacement field; or leaves it. */
export function chooseEvent(ordinal: number | undefined): void {
  batch(() => {
    chosenEvent.value = chosenEvent.value === ordinal ? undefined : ordinal;
    if (chosenEvent.value === undefined) return;
    if (playing.value) pauseShear();
    const last = lastBefore(chosenEvent.value);
    if (last >= 0) look(last);
  });
}
