import { batch, effect, signal } from "@preact/signals";
import { bet, betting } from "./bet.ts";
import { glass, onForget } from "./glass.ts";
import { make } from "./making.ts";
import { choice, FIRST_RECIPE } from "./recipe.ts";
import { angle, chosenEvent, events, foretelling, playing, sheared } from "./shear.ts";
import { chooseEvent, look, shearOn, unshear } from "./shearing.ts";
import { tab, VIEW_DEFAULTS, type View, view } from "./view.ts";
import { cool, warm } from "./warm.ts";

/** What a scene of the story shows of the glass. */
interface Scene {
  readonly name: "plain" | "warm" | "bonds" | "field" | "bet" | "shear" | "many";
  readonly layers: Partial<View>;
}

const NOTHING = { bonds: false, arrows: false, field: false, spots: false } as const;

export const SCENES: readonly Scene[] = [
  { name: "plain", layers: NOTHING },
  { name: "warm", layers: NOTHING },
  { name: "bonds", layers: { ...NOTHING, bonds: true } },
  { name: "field", layers: { ...NOTHING, field: true, spots: true, bonds: true, smooth: false } },
  { name: "bet", layers: { ...NOTHING, field: true, spots: true } },
  { name: "shear", layers: { ...NOTHING, field: true, spots: true } },
  { name: "many", layers: { ...NOTHING, field: true, spots: true } },
];

/** Which scene is told, from 1; undefined: none, the page is the lab. */
export const scene = signal<number | undefined>(undefined);

let before: View | undefined;

/** Tells a scene of the glass in view; where there is none, of the first glass, which is made for it. */
export async function tell(number: number): Promise<void> {
  const next = Math.min(SCENES.length, Math.max(1, Math.round(number)));
  before ??= view.value;
  if (!glass.value) {
    scene.value = next;
    choice.value = FIRST_RECIPE;
    await make();
    if (!glass.value) {
      leaveStory();
      return;
    }
  }
  if (scene.value !== next || !foretelling.value.reading) scene.value = next;
  show();
}

function show(): void {
  const now = scene.peek();
  if (now === undefined || !foretelling.peek().reading) return;
  const { name, layers } = SCENES[now - 1];
  batch(() => {
    view.value = { ...VIEW_DEFAULTS, particles: true, ...layers };
    betting.value = name === "bet";
    tab.value = name === "shear" ? "break" : "read";
    if (name !== "shear" && name !== "many" && sheared.peek()) unshear();
    // The words speak of this direction.
    if (!sheared.peek()) angle.value = 0;
    if (name !== "shear" && chosenEvent.peek() !== undefined) chooseEvent(undefined);
    // With the pin where it broke.
    if (name === "many") look(undefined);
  });
  if (name === "warm") warm(SHOWN_TEMPERATURE);
  else cool();
  if (name === "shear" && !playing.peek()) {
    if (events.peek().length === 0) shearOn(Number.POSITIVE_INFINITY, 1);
    else if (chosenEvent.peek() === undefined) chooseEvent(1);
  }
}

/** Cold enough to stay in the minimum. */
const SHOWN_TEMPERATURE = 1e-3;

/** From the story to the lab, with the view that was before it. */
export function leaveStory(): void {
  if (scene.value === undefined) return;
  batch(() => {
    scene.value = undefined;
    betting.value = false;
    if (before) view.value = before;
  });
  before = undefined;
  cool();
}

onForget.add(() => {
  if (bet.peek()) bet.value = undefined;
});

// The event that the story waits for is shown as it was, slowly, once it has come.
effect(() => {
  const first = events.value[0];
  if (scene.value !== SHEAR_SCENE || !first || playing.value) return;
  queueMicrotask(() => {
    if (scene.peek() === SHEAR_SCENE && chosenEvent.peek() === undefined && !playing.peek()) chooseEvent(1);
  });
});
const SHEAR_SCENE = SCENES.findIndex(({ name }) => name === "shear") + 1;
