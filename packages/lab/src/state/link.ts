import { effect } from "@preact/signals";
import type { ShearPlane } from "softfield";
import { bet } from "./bet.ts";
import { EXAMPLES, type Example, exampleName, openExample } from "./files.ts";
import { type Game, game, play, ROUNDS } from "./game.ts";
import { glass, type LabGlass } from "./glass.ts";
import { look, wantedLook } from "./look.ts";
import { make } from "./making.ts";
import { isPreset } from "./ownmodels.ts";
import { addToPool, classOpen } from "./pool.ts";
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
import { chooseEvent, MAX_STRAIN, shearOn } from "./shearing.ts";
import { scene, tell } from "./story.ts";
import {
  linkedTheme,
  setLinkedTheme,
  type Tab,
  tab,
  view,
  viewFromParameters,
  viewToParameters,
} from "./view.ts";

import { temperature, warm, warming } from "./warm.ts";
import { failure } from "./work.ts";

const PLANES: readonly ShearPlane[] = ["xy", "xz", "yz"];

/** Parameters that name the glass in view and how it is seen; a file can't be named by a link. */
function parameters(): URLSearchParams | undefined {
  if (game.value) return gameParameters(game.value);
  const now = glass.value;
  const recipe = now && nameOf(now);
  if (!recipe) return undefined;
  if (scene.value !== undefined) return new URLSearchParams([...recipe, ["scene", String(scene.value)]]);
  // While it moves, the link stays where it began.
  const strain = playing.value ? 0 : (current.value?.strain ?? 0);
  const shear: [string, string][] = [
    ["angle", angle.value === 0 ? "" : String(angle.value)],
    ["events", eventsWanted.value === 5 ? "" : String(eventsWanted.value)],
    ["plane", now.system.box.dimension === 2 || plane.value === "xy" ? "" : plane.value],
    ["strain", strain === 0 ? "" : String(strain)],
    ["event", chosenEvent.value === undefined ? "" : String(chosenEvent.value)],
    ["basis", sheared.value && basis.value === "present" ? "present" : ""],
    ["bet", bet.value ? Array.from(bet.value, (x) => x.toFixed(2)).join(",") : ""],
    ["tab", tab.value === "read" || tab.value === "make" ? "" : tab.value],
    ["look", look.value],
    ["theme", linkedTheme.value ?? ""],
    ["warm", warming.value ? String(temperature.value) : ""],
  ];
  return new URLSearchParams([
    ...recipe,
    ...viewToParameters(view.value),
    ...shear.filter(([, value]) => value !== ""),
  ]);
}

/** What a link calls a glass by: its recipe, or an example's name. */
function nameOf({ origin }: LabGlass): [string, string][] | undefined {
  if (origin.kind === "made")
    // The model of one's own file is on no other device.
    return isPreset(origin.recipe.model) ? recipeToParameters(origin.recipe) : undefined;
  if (exampleName.value === origin.name && !origin.minimized) return [["example", origin.name]];
  return origin.recipe && !origin.minimized ? recipeToParameters(origin.recipe) : undefined;
}

export function gameParameters({ series, rounds }: Pick<Game, "series" | "rounds">): URLSearchParams {
  return new URLSearchParams({ game: String(series), ...(rounds !== ROUNDS && { rounds: String(rounds) }) });
}

/** The link to what is in view; `more`: parameters besides. */
export function link(more: Readonly<Record<string, string>> = {}): string | undefined {
  const now = parameters();
  if (!now) return undefined;
  for (const [name, value] of Object.entries(more)) now.set(name, value);
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
  readonly scene: number | undefined;
  readonly look: string | undefined;
  readonly bet: Float64Array | undefined;
  /** ε/k_B; 0: at rest. */
  readonly warm: number;
  /** A glass that comes with the page, instead of one that is made. */
  readonly example: Example | undefined;
}
const TABS: readonly Tab[] = ["break", "take"];
/** What is wrong with the link that was taken up. */
let doubt: Error | undefined;

/** Goes to what the address names: a glass, a scene, a game, a result of one. Tells whether a glass is to come of it. */
export function followAddress(): "glass" | "page" | "nothing" {
  const given = new URLSearchParams(window.location.hash.slice(1));
  const result = given.get("result");
  if (result !== null) {
    addToPool(result);
    classOpen.value = true;
    return "page";
  }
  if (given.has("class")) {
    classOpen.value = true;
    return "page";
  }
  const series = Number(given.get("game") ?? Number.NaN);
  if (Number.isInteger(series) && series >= 0 && series < 1 << 24) {
    const rounds = Number(given.get("rounds") ?? ROUNDS);
    void play(series, Number.isInteger(rounds) && rounds >= 1 && rounds <= 30 ? rounds : ROUNDS);
    return "glass";
  }
  const moment = takeUp(given);
  if (moment) {
    void follow(moment);
    return "glass";
  }
  const alone = Number(given.get("scene") ?? Number.NaN);
  if (Number.isFinite(alone)) {
    void tell(alone);
    return "glass";
  }
  return "nothing";
}

/** Makes the glass of the link that was taken up, and goes on to where its shear was. */
async function follow(wanted: Moment): Promise<void> {
  wantedLook.value = wanted.look;
  if (wanted.scene !== undefined) scene.value = undefined;
  if (wanted.example) await openExample(wanted.example);
  else await make();
  failure.value ??= doubt;
  const from = glass.value;
  if (!from || !foretelling.value.reading) return;
  if (wanted.scene !== undefined) {
    await tell(wanted.scene);
    return;
  }
  if (wanted.tab) tab.value = wanted.tab;
  if (wanted.warm > 0) warm(wanted.warm);
  if (wanted.bet) bet.value = wanted.bet;
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

/** Takes up the recipe and settings of an address; undefined where it names no glass. */
function takeUp(given: URLSearchParams): Moment | undefined {
  const example = EXAMPLES.find(({ name }) => name === given.get("example"));
  const recipe = recipeFromParameters(given);
  if (!recipe && !example) return undefined;
  if (recipe) choice.value = recipe;
  const wrong = ["n", "seed"].filter((name) => given.has(name) && !/^\d+$/.test(given.get(name) ?? ""));
  const said = wrong.map((name) => `${name}=${given.get(name)}`).join(" and ");
  doubt =
    wrong.length === 0
      ? undefined
      : new Error(`The link says ${said}, which is no whole number: the usual one is taken.`);
  view.value = viewFromParameters(given);
  setLinkedTheme(given.get("theme"));
  const numberOf = (name: string, fallback: number) => {
    const value = Number(given.get(name) ?? fallback);
    return Number.isFinite(value) ? value : fallback;
  };
  angle.value = numberOf("angle", 0);
  eventsWanted.value = numberOf("events", 5);
  plane.value = PLANES.find((name) => name === given.get("plane")) ?? "xy";
  const place = given.get("bet")?.split(",").map(Number);
  return {
    strain: Math.min(MAX_STRAIN, Math.max(0, numberOf("strain", 0))),
    event: given.has("event") ? numberOf("event", 0) : undefined,
    present: given.get("basis") === "present",
    tab: TABS.find((name) => name === given.get("tab")),
    scene: given.has("scene") ? numberOf("scene", 1) : undefined,
    look: given.get("look") ?? undefined,
    warm: Math.min(0.5, Math.max(0, numberOf("warm", 0))),
    example,
    bet: place?.length === 2 && place.every(Number.isFinite) ? Float64Array.from(place) : undefined,
  };
}
