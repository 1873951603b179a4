import { effect } from "@preact/signals";
import { glass } from "./glass.ts";
import { choice, recipeFromParameters, recipeToParameters } from "./recipe.ts";
import { angle, eventsWanted } from "./shear.ts";
import { view, viewFromParameters, viewToParameters } from "./view.ts";

/** Parameters that name the glass in view and how it is seen; a file can't be named by a link. */
function parameters(): URLSearchParams | undefined {
  const origin = glass.value?.origin;
  if (origin?.kind !== "made") return undefined;
  return new URLSearchParams([
    ...recipeToParameters(origin.recipe),
    ...viewToParameters(view.value),
    ...(angle.value === 0 ? [] : [["angle", String(angle.value)] as [string, string]]),
    ...(eventsWanted.value === 5 ? [] : [["events", String(eventsWanted.value)] as [string, string]]),
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
  return true;
}

/** Keeps the address the link to what is in view. */
export function followWithAddress(): void {
  effect(() => {
    const now = link();
    if (now && now !== window.location.href) window.history.replaceState(null, "", now);
  });
}
