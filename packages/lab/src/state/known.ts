import { batch, signal } from "@preact/signals";
import type { SiteValues, System } from "softfield/internal";
import type { Slopes } from "../engine/direction.ts";
import type { Reading } from "../engine/read.ts";
import { glass, onForget } from "./glass.ts";

/** What has been found out about one state of a glass. */
export interface Known {
  readonly reading?: Reading;
  /** Of indicators, by their names. */
  readonly values?: Readonly<Record<string, readonly SiteValues[]>>;
  /** How E answers to a strain. */
  readonly slopes?: Slopes;
}

/**
 * Everything known, by the state (its `System`, by identity) that it was found from: what is said of a state is looked
 * up by that state, so that no number of one is ever shown as another's.
 */
const table = signal<ReadonlyMap<System, Known>>(new Map());
const NOTHING: Known = {};

/** So many sheared states are remembered, the latest. */
const REMEMBERED = 3;

export function knownOf(state: System | undefined): Known {
  return (state && table.value.get(state)) ?? NOTHING;
}

const numbers = new WeakMap<System, number>();
let count = 0;

/** A number for each state, by which workers know it again. */
export function numberOf(state: System): number {
  const number = numbers.get(state) ?? ++count;
  numbers.set(state, number);
  return number;
}

/** Keeps what was found from a state. */
export function learn(state: System, found: Known): void {
  const next = new Map(table.peek());
  const before = next.get(state);
  next.delete(state);
  const values = { ...before?.values, ...found.values };
  next.set(state, { ...before, ...found, values });
  const unsheared = glass.peek()?.system;
  const others = [...next.keys()].filter((key) => key !== unsheared);
  for (const old of others.slice(0, Math.max(0, others.length - REMEMBERED))) next.delete(old);
  table.value = next;
}

/** Forgets values of indicators by their names, of every state. */
export function unlearn(which: (name: string) => boolean): void {
  const next = new Map(table.peek());
  for (const [state, known] of next) {
    const values = Object.entries(known.values ?? {}).filter(([name]) => !which(name));
    next.set(state, { ...known, values: Object.fromEntries(values) });
  }
  table.value = next;
}

onForget.add(() => {
  batch(() => {
    table.value = new Map();
  });
});
