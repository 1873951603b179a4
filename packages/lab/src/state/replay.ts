import { effect, signal } from "@preact/signals";
import { passing, pictureOf } from "./glass.ts";
import { chosenEvent, current, events } from "./shear.ts";

/** Milliseconds of an event in slow motion. */
export const LONG = 1800;

/** How far the event that is looked at has gone: 0 just before it, 1 just after. */
export const progress = signal(1);
let frame = 0;

/** Shows the event that is looked at at one moment of it. */
export function showMoment(share: number): void {
  stopReplay();
  place(share);
}

function place(share: number): void {
  const event = events.value.find(({ ordinal }) => ordinal === chosenEvent.value);
  const before = current.value;
  if (!event?.displacements || !before) return;
  progress.value = share;
  const { displacements } = event;
  const { system } = before;
  passing.value = pictureOf({
    ...system,
    positions: system.positions.map((x, k) => x + share * displacements[k]),
  });
}

/** Plays the event that is looked at from its beginning. */
export function replay(): void {
  stopReplay();
  const began = performance.now();
  const step = (now: number): void => {
    const t = Math.min(1, Math.max(0, (now - began) / LONG));
    place(eased(t));
    if (t < 1) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
}

export function stopReplay(): void {
  cancelAnimationFrame(frame);
}

/** Slow at the beginning, as an instability is, and at the end. */
export function eased(t: number): number {
  return t * t * (3 - 2 * t);
}

// An event that is chosen is played; once it is left, its last picture goes.
effect(() => {
  const ordinal = chosenEvent.value;
  stopReplay();
  if (ordinal === undefined) {
    if (progress.peek() !== 1) progress.value = 1;
    if (current.peek()) passing.value = undefined;
    return;
  }
  queueMicrotask(() => {
    if (chosenEvent.peek() !== ordinal) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) showMoment(1);
    else replay();
  });
});
