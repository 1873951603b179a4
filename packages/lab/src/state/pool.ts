import { computed, signal } from "@preact/signals";
import { cameTrue } from "../words.ts";
import type { Bets } from "./bet.ts";
import { codesIn, type Result, resultOf } from "./result.ts";

const KEPT = "softfield-class";

/** Codes of games that were played by a class, kept on this device alone. */
export const pool = signal<readonly string[]>(keptCodes());
/** Whether the page that adds them up is open. */
export const classOpen = signal(false);

function keptCodes(): readonly string[] {
  try {
    return codesIn(localStorage.getItem(KEPT) ?? "");
  } catch {
    return [];
  }
}

function keep(codes: readonly string[]): void {
  pool.value = codes;
  try {
    localStorage.setItem(KEPT, codes.join("\n"));
  } catch {
    // A page that may keep nothing has them until it is left.
  }
}

/** Adds all codes of a text that are not there yet; how many the text had. */
export function addToPool(text: string): number {
  const found = codesIn(text);
  if (found.length > 0) keep([...new Set([...pool.value, ...found])]);
  return found.length;
}

export function emptyPool(): void {
  keep([]);
}

/** Everything that is known of one game. */
export interface PooledGame {
  readonly series: number;
  readonly players: number;
  readonly means: { readonly you: number; readonly lte: number; readonly modes: number | undefined };
  /** Of each player, of E and the modes: best first. */
  readonly hits: readonly { readonly who: string; readonly count: number; readonly kind: string }[];
  readonly rounds: readonly {
    /** Share of players that hit. */
    readonly hit: number;
    readonly you: number;
    readonly lte: number | undefined;
    readonly modes: number | undefined;
  }[];
}

export const pooled = computed<readonly PooledGame[]>(() => {
  const games = new Map<number, Result[]>();
  for (const code of pool.value) {
    const result = resultOf(code);
    if (result) games.set(result.series, [...(games.get(result.series) ?? []), result]);
  }
  return [...games].sort(([a], [b]) => b - a).map(([series, results]) => pooledGame(series, results));
});

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

export function pooledGame(series: number, results: readonly Result[]): PooledGame {
  const count = Math.max(...results.map(({ rounds }) => rounds.length));
  const all = (pick: (bets: Bets) => number | undefined) => results.flatMap(({ rounds }) => rounds.map(pick));
  const hitsOf = (rounds: readonly Bets[], pick: (bets: Bets) => number | undefined) =>
    rounds.filter((bets) => cameTrue(pick(bets))).length;
  const [first] = results;
  const hits = [
    ...results.map(({ rounds }, k) => ({
      who: `player ${k + 1}`,
      count: hitsOf(rounds, ({ you }) => you),
      kind: "you",
    })),
    { who: "circle 1 (map)", count: hitsOf(first.rounds, ({ lte }) => lte), kind: "lte" },
    { who: "square M (modes)", count: hitsOf(first.rounds, ({ modes }) => modes), kind: "modes" },
  ].sort((a, b) => b.count - a.count);
  return {
    series,
    players: results.length,
    means: {
      you: mean(all(({ you }) => you)) ?? Number.NaN,
      lte: mean(all(({ lte }) => lte)) ?? Number.NaN,
      modes: mean(all(({ modes }) => modes)),
    },
    hits,
    rounds: Array.from({ length: count }, (_, k) => {
      const own = results.flatMap(({ rounds }) => (rounds[k] ? [rounds[k]] : []));
      return {
        hit: own.filter(({ you }) => cameTrue(you)).length / own.length,
        you: mean(own.map(({ you }) => you)) ?? Number.NaN,
        lte: own[0]?.lte,
        modes: own[0]?.modes,
      };
    }),
  };
}
