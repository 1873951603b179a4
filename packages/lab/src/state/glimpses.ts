import { effect, signal } from "@preact/signals";
import { fieldAt, indicatorCorrelation, type PlasticEvent, type SoftnessField } from "softfield";
import { allEnergies } from "../engine/particles.ts";
import type { Reading } from "../engine/read.ts";
import { fieldOfReading } from "./fieldmap.ts";
import { type Passed, passed } from "./shear.ts";
import { view } from "./view.ts";

/** What is kept of each state on the way that was read: so little that all can be. */
export interface Glimpse {
  /** Largest |E|. */
  readonly largest: number;
  readonly field: SoftnessField;
}

export const glimpses = signal<ReadonlyMap<Passed, Glimpse>>(new Map());
effect(() => {
  if (passed.value.length === 0) glimpses.value = new Map();
});

export function glimpse(state: Passed, reading: Reading): void {
  const largest = allEnergies(reading.energies).reduce((most, e) => Math.max(most, Math.abs(e)), 0);
  const field = fieldOfReading(reading, view.value.kept);
  glimpses.value = new Map(glimpses.value).set(state, { largest, field });
}

/** A place counts as the softest where no more of the glass is softer. */
export const SOFTEST = 0.02;

/** How early the place that gave way was the softest of the glass, by the field of each state on the way to an event. */
export interface Lead {
  /** Strain before the event from which on it was; 0: it never was. */
  readonly strain: number;
  /** It was already in the first state after the event before, or in the unsheared glass. */
  readonly always: boolean;
}

/** Undefined where no state before the event was read. O(states · N). */
export function leadOf({ ordinal, trigger, strain }: PlasticEvent): Lead | undefined {
  const branch = passed.value.filter(
    (state) => state.events === ordinal - 1 && state.strain <= strain + 1e-12 && glimpses.value.has(state),
  );
  if (branch.length === 0) return undefined;
  const softest = (state: Passed): boolean => {
    const glance = glimpses.value.get(state);
    if (!glance) return false;
    const values = fieldAt(glance.field, state.system.positions);
    return (1 - indicatorCorrelation(values, trigger)) / 2 <= SOFTEST;
  };
  let first = branch.length;
  while (first > 0 && softest(branch[first - 1])) first--;
  if (first === branch.length) return { strain: 0, always: false };
  return { strain: strain - branch[first].strain, always: first === 0 };
}
