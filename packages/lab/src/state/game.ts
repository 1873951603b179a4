import { batch, computed, effect, signal } from "@preact/signals";
import type { MadeGlass } from "../engine/messages.ts";
import { cameTrue } from "../words.ts";
import { type Bets, bet, betting, blind, outcome } from "./bet.ts";
import { glass } from "./glass.ts";
import { make, makeAhead, takeMade } from "./making.ts";
import { findIndicator } from "./reading.ts";
import { choice, type RecipeChoice } from "./recipe.ts";
import { angle, foretelling, playing } from "./shear.ts";
import { chooseEvent, shearOn } from "./shearing.ts";
import { leaveStory } from "./story.ts";
import { VIEW_DEFAULTS, type View, view } from "./view.ts";
import { failure } from "./work.ts";

/** Glasses of a game, unless its link asks for fewer. */
export const ROUNDS = 10;
const PARTICLES = 400;

/** What the player has to do: wait for a glass, tap, watch, read what came true; at the end of ten: all is told. */
export type Phase = "making" | "guess" | "shearing" | "told" | "over";

export interface Game {
  /** The same number, the same ten glasses. */
  readonly series: number;
  /** How many glasses. */
  readonly rounds: number;
  /** From 0. */
  readonly round: number;
  readonly phase: Phase;
  readonly results: readonly Bets[];
}

export const game = signal<Game | undefined>(undefined);

/** Days since 2026 began: all who play on a day have the same glasses. */
export function seriesOfToday(): number {
  return Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 86_400_000);
}

function recipeOf({ series, round }: { readonly series: number; readonly round: number }): RecipeChoice {
  const seed = 1000 * series + round + 1;
  return { model: "2dipl", particles: PARTICLES, seed, kind: "anneal", numbers: {} };
}

let before: View | undefined;
let ahead: { readonly seed: number; readonly made: Promise<MadeGlass | undefined> } | undefined;

export async function play(series = seriesOfToday(), rounds = ROUNDS): Promise<void> {
  leaveStory();
  before ??= view.value;
  game.value = { series, rounds, round: 0, phase: "making", results: [] };
  await deal();
}

/** The next glass of the game, or its end. */
export async function next(): Promise<void> {
  const now = game.value;
  if (now?.phase !== "told") return;
  const round = now.round + 1;
  if (round >= now.rounds) {
    game.value = { ...now, phase: "over" };
    return;
  }
  game.value = { ...now, round, phase: "making" };
  await deal();
}

async function deal(): Promise<void> {
  const now = game.value;
  if (!now) return;
  const recipe = recipeOf(now);
  blind.value = true;
  const made = ahead?.seed === recipe.seed ? await ahead.made : undefined;
  if (game.value !== now) return;
  if (made) await takeMade(recipe, made);
  else {
    choice.value = recipe;
    await make();
  }
  if (game.value !== now) return;
  if (!glass.value || !foretelling.value.reading) {
    // Stopped, or failed: it is told of where it failed.
    leaveGame();
    return;
  }
  batch(() => {
    view.value = { ...VIEW_DEFAULTS, bonds: false };
    angle.value = 0;
    blind.value = true;
    betting.value = true;
    game.value = { ...now, phase: "guess" };
  });
  if (now.round + 1 < now.rounds) {
    const following = recipeOf({ ...now, round: now.round + 1 });
    ahead = { seed: following.seed, made: makeAhead(following) };
  }
}

/** The bet stands: the map is shown, and the glass sheared to its first event. */
export function stake(): void {
  const now = game.value;
  if (now?.phase !== "guess" || !bet.value) return;
  batch(() => {
    betting.value = false;
    blind.value = false;
    game.value = { ...now, phase: "shearing" };
  });
  shearOn(Number.POSITIVE_INFINITY, 1);
}

export function leaveGame(): void {
  if (!game.value) return;
  batch(() => {
    game.value = undefined;
    betting.value = false;
    blind.value = false;
    if (before) view.value = before;
  });
  before = undefined;
}

// What came true is told once the event has come and the modes have said where they would have looked.
effect(() => {
  const now = game.value;
  if (now?.phase !== "shearing" || playing.value) return;
  const bets = outcome.value;
  if (!bets) return;
  if (bets.modes === undefined && !failure.value) {
    if (!foretelling.value.values?.modes) {
      const from = glass.peek()?.system;
      queueMicrotask(() => void findIndicator("modes", from));
    }
    if (!foretelling.value.values?.modes) return;
  }
  queueMicrotask(() => {
    if (game.peek() !== now) return;
    game.value = { ...now, phase: "told", results: [...now.results, bets] };
    chooseEvent(1);
  });
});

/** How many each has hit so far. */
export const hits = computed(() => {
  const results = game.value?.results ?? [];
  const count = (pick: (bets: Bets) => number | undefined) =>
    results.filter((bets) => cameTrue(pick(bets))).length;
  return { you: count(({ you }) => you), lte: count(({ lte }) => lte), modes: count(({ modes }) => modes) };
});
