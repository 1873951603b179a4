import { effect } from "@preact/signals";
import type { ShearPlane } from "softfield";
import { glass } from "./glass.ts";
import { make } from "./making.ts";
import { choice, recipeFromParameters, recipeToParameters } from "./recipe.ts";
import {
  angle,
  basis,
  chosenEvent,
  current,
  events,
  eventsWanted,
  foretelling,
  plane,
  playing,
  sheared,
} from "./shear.ts";
import { chooseEvent, FARTHEST, shearOn } from "./shearing.ts";
import { type Tab, tab, view, viewFromParameters, viewToParameters } from "./view.ts";

const PLANES: readonly ShearPlane[] = ["xy", "xz", "yz"];

/** Parameters that name the glass in view and how it is seen; a file can't be named by a link. */
function parameters(): URLSearchParams | undefined {
  const now = glass.value;
  if (now?.origin.kind !== "made") return undefined;
  // While it moves, the link stays where it began.
  const strain = playing.value ? 0 : (current.value?.strain ?? 0);
  const shear: [string, string][] = [
    ["angle", angle.value === 0 ? "" : String(angle.value)],
    ["events", eventsWanted.value === 5 ? "" : String(eventsWanted.value)],
    ["plane", now.system.box.dimension === 2 || plane.value === "xy" ? "" : plane.value],
    ["strain", strain === 0 ? "" : String(strain)],
    ["event", chosenEvent.value === undefined ? "" : String(chosenEvent.value)],
    ["field", sheared.value && basis.value === "present" ? "present" : ""],
    ["tab", tab.value === "read" || tab.value === "make" ? "" : tab.value],
  ];
  return new URLSearchParams([
    ...recipeToParameters(now.origin.recipe),
    ...viewToParameters(view.value),
    ...shear.filter(([, value]) => value !== ""),
  ]);
}

/** The link to the glass in view. */
export function link(): string | undefined {
  const now = parameters();
  if (!now) return undefined;
  const url = new URL(window.location.href);
  url.hash = now.toString();
  return url.href;
}

/** What a link says beside the glass and its settings: where its shear was, and what was looked at. */
interface Moment {
  readonly strain: number;
  readonly event: number | undefined;
  readonly present: boolean;
  readonly tab: Tab | undefined;
}
let moment: Moment | undefined;
const TABS: readonly Tab[] = ["break", "take"];

/** Makes the glass of the link that was taken up, and goes on to where its shear was. */
export async function followLink(): Promise<void> {
  const wanted = moment;
  moment = undefined;
  await make();
  const from = glass.value;
  if (!wanted || !from || !foretelling.value.reading) return;
  if (wanted.tab) tab.value = wanted.tab;
  const { event, strain } = wanted;
  if (event !== undefined || strain > 0) {
    if (event === undefined) shearOn(strain);
    else shearOn(Number.POSITIVE_INFINITY, event);
    await untilStill();
    if (glass.value !== from) return;
  }
  if (wanted.present) basis.value = "present";
  if (events.value.some(({ ordinal }) => ordinal === event)) chooseEvent(event);
}

/** Until no shear runs. */
function untilStill(): Promise<void> {
  return new Promise((resolve) => {
    const end = effect(() => {
      if (!playing.value)
        queueMicrotask(() => {
          end();
          resolve();
        });
    });
  });
}

/** Takes up the recipe and settings of the address; true where it names a glass. */
export function takeUpLink(): boolean {
  const given = new URLSearchParams(window.location.hash.slice(1));
  const recipe = recipeFromParameters(given);
  if (!recipe) return false;
  choice.value = recipe;
  view.value = viewFromParameters(given);
  const numberOf = (name: string, fallback: number) => {
    const value = Number(given.get(name) ?? fallback);
    return Number.isFinite(value) ? value : fallback;
  };
  angle.value = numberOf("angle", 0);
  eventsWanted.value = numberOf("events", 5);
  plane.value = PLANES.find((name) => name === given.get("plane")) ?? "xy";
  moment = {
    strain: Math.min(FARTHEST, Math.max(0, numberOf("strain", 0))),
    event: given.has("event") ? numberOf("event", 0) : undefined,
    present: given.get("field") === "present",
    tab: TABS.find((name) => name === given.get("tab")),
  };
  return true;
}

/** Keeps the address the link to what is in view. */
export function followWithAddress(): void {
  effect(() => {
    const now = link();
    if (now && now !== window.location.href) window.history.replaceState(null, "", now);
  });
}
