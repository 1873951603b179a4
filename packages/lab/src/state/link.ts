import { effect } from "@preact/signals";
import type { ShearPlane } from "softfield";
import { glass } from "./glass.ts";
import { choice, recipeFromParameters, recipeToParameters } from "./recipe.ts";
import { angle, eventsWanted, plane } from "./shear.ts";
import { view, viewFromParameters, viewToParameters } from "./view.ts";

const PLANES: readonly ShearPlane[] = ["xy", "xz", "yz"];

/** Parameters that name the glass in view and how it is seen; a file can't be named by a link. */
function parameters(): URLSearchParams | undefined {
  const now = glass.value;
  if (now?.origin.kind !== "made") return undefined;
  const shear: [string, string][] = [
    ["angle", angle.value === 0 ? "" : String(angle.value)],
    ["events", eventsWanted.value === 5 ? "" : String(eventsWanted.value)],
    ["plane", now.system.box.dimension === 2 || plane.value === "xy" ? "" : plane.value],
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
  return true;
}

/** Keeps the address the link to what is in view. */
export function followWithAddress(): void {
  effect(() => {
    const now = link();
    if (now && now !== window.location.href) window.history.replaceState(null, "", now);
  });
}
