import { effect, signal } from "@preact/signals";
import { glass } from "./glass.ts";
import { replay } from "./replay.ts";
import { chosenEvent, ended, events, foretelling, playing, sheared } from "./shear.ts";
import { chooseEvent, pauseShear, shearOn, unshear } from "./shearing.ts";
import { SCENES, scene, tell } from "./story.ts";
import { judged, sentence } from "./verdict.ts";
import { work } from "./work.ts";

/** In a frame of another page: stage, legend and a button to play. */
export const embedded = new URLSearchParams(window.location.hash.slice(1)).get("embed") === "1";
/** The stage fills the screen, marks are large, keys do everything. */
export const presenting = signal(false);
/** Whether the QR code of what is in view stands in the corner. */
export const codeShown = signal(false);
/** Whether the gallery is open. */
export const galleryOpen = signal(false);

export function present(on: boolean): void {
  presenting.value = on;
  const { documentElement: page } = document;
  // Where the browser gives no full screen, the page's own is used.
  if (on && !document.fullscreenElement) void page.requestFullscreen?.().catch(() => undefined);
  if (!on && document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
}

/** Shears on, or waits. */
export function playOrPause(): void {
  if (playing.value) pauseShear();
  else if (glass.value && foretelling.value.reading && !ended.value && !work.value)
    shearOn(Number.POSITIVE_INFINITY);
}

/** The next event, or scene; or the one before. */
function step(by: 1 | -1): void {
  if (scene.value !== undefined) {
    const to = scene.value + by;
    if (to >= 1 && to <= SCENES.length) void tell(to);
    return;
  }
  const list = events.value;
  if (list.length === 0) return;
  const now = list.findIndex(({ ordinal }) => ordinal === chosenEvent.value);
  const next = list[now < 0 ? (by > 0 ? 0 : list.length - 1) : now + by];
  if (next) chooseEvent(next.ordinal);
}

const KEYS: Readonly<Record<string, () => void>> = {
  " ": playOrPause,
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  PageDown: () => step(1),
  PageUp: () => step(-1),
  r: () => {
    if (chosenEvent.value !== undefined) replay();
  },
  u: () => {
    if (sheared.value) unshear();
  },
  q: () => {
    codeShown.value = !codeShown.value;
  },
  f: () => present(false),
  Escape: () => present(false),
};

/** Keys of the stage in full screen, and `f`, which begins it; returns what ends that. */
export function followKeys(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!presenting.value) {
      if (event.key === "f" && glass.value) present(true);
      return;
    }
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) : 0;
    const known = digit > 0 && events.value.some(({ ordinal }) => ordinal === digit);
    const action = known ? () => chooseEvent(digit) : KEYS[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const left = (): void => {
    if (!document.fullscreenElement) presenting.value = false;
  };
  // Before the stage's own keys, which move the picture.
  window.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("fullscreenchange", left);
  const end = embedded ? tellParent() : () => undefined;
  return () => {
    end();
    window.removeEventListener("keydown", pressed, { capture: true });
    document.removeEventListener("fullscreenchange", left);
  };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.closest("input, select, textarea, dialog") !== null || target.isContentEditable)
  );
}

/** The page that holds this one hears of what happens. */
function tellParent(): () => void {
  let told = 0;
  return effect(() => {
    const list = judged.value;
    if (list.length < told) told = 0;
    for (const event of list.slice(told)) {
      const { ordinal, strain, drop, particle } = event;
      const words = sentence(event);
      window.parent.postMessage(
        { source: "softfield", type: "event", ordinal, strain, drop, particle, words },
        "*",
      );
    }
    told = list.length;
  });
}
