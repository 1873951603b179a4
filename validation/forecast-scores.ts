/**
 * What the forecasts of `forecast.ts` are worth: the share of the first events that each way points at, with bootstrap
 * intervals over glasses; paired differences; C and the shares of events among the softest particles; and by the strain at
 * which the event comes: of the seeds from UNSEEN on (nothing was chosen by them), of the even and the odd of these, and of
 * all. Prints Markdown tables. The figure (-: none), of the seeds from UNSEEN on: thresholds beside the events' strains, hits
 * by rank, hits by strain. OTHER (-: none): forecasts of another way; of the seeds in both, hits of each and their paired
 * difference. Events that are not named first: at a later rank, and after how many of these a fold is foretold that comes more
 * than a tenth too early; in no place, and how many of these have an excitation near, or a list of two folds at most. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/forecast-scores.ts FORECASTS.jsonl [FIGURE.svg] [OTHER.jsonl] [UNSEEN 1]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chart, panels } from "@softfield/figures";
import { SoftfieldError } from "softfield";
import { scriptArguments } from "./script.ts";

const [path, figure, other, from] = scriptArguments(
  "forecast-scores.ts FORECASTS.jsonl [FIGURE.svg | -] [OTHER.jsonl | -] [UNSEEN]",
  1,
);
const unseen = Number(from ?? 1);
/** An event lies at a place within this distance; places whose mode is further off their middle are left out: bond lengths. */
const [HIT, OFFSET, RESAMPLES] = [3, 2, 2000];
/** A strain foretold within this factor is a hit. */
const FACTOR = 1.5;
const LIMITS = [0, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 1];
/** A glass with fewer first events is left out: as much as is compared is there of all. */
const LOADS = 4;

interface Place {
  readonly at: number;
  readonly far: readonly number[];
  readonly mover?: readonly number[];
  readonly offset?: number;
}
interface Row {
  readonly seed: number;
  /** A bond length in the unit of the distances; absent: 1. */
  readonly unit?: number;
  readonly loads: readonly {
    readonly events: readonly { readonly strain: number }[];
    readonly top: Readonly<Record<string, readonly number[]>>;
    readonly scores?: Readonly<Record<string, readonly number[]>>;
    readonly local: readonly Place[];
    readonly cubic: readonly Place[];
  }[];
}
/** A first event, and what was said of it. */
interface Event {
  readonly strain: number;
  /** Rank among the places, 0: none; and its strain. */
  readonly local: { readonly rank: number; readonly at: number };
  readonly cubic: { readonly rank: number; readonly at: number };
  /** The strains of the folds that were foretold. */
  readonly folds: readonly number[];
  readonly top: Readonly<Record<string, boolean>>;
  readonly scores: Readonly<Record<string, number>>;
}

/** The first events of each glass of a file, by seed. */
function eventsIn(file: string): Map<number, Event[]> {
  const rows = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
  return new Map(rows.map(({ seed, unit = 1, loads }) => [seed, loads.flatMap((one) => eventOf(one, unit))]));
}
const glasses = eventsIn(path);
const without = [...glasses].filter(([, events]) => events.length < LOADS).map(([seed]) => seed);
for (const seed of without) glasses.delete(seed);

function eventOf({ events, top, scores = {}, local, cubic }: Row["loads"][number], unit: number): Event[] {
  if (events.length === 0) return [];
  const first = <T>(by: Readonly<Record<string, readonly T[]>>) =>
    Object.fromEntries(Object.entries(by).map(([key, [value]]) => [key, value]));
  const settled = local.filter(({ offset = 0 }) => offset < OFFSET * unit);
  return [
    {
      strain: events[0].strain,
      local: placeIn(settled, HIT * unit),
      folds: settled.map(({ at }) => at),
      cubic: placeIn(cubic, HIT * unit),
      top: Object.fromEntries(Object.entries(first(top)).map(([key, far]) => [key, far <= HIT * unit])),
      scores: first(scores),
    },
  ];
}

function placeIn(places: readonly Place[], reach: number): { rank: number; at: number } {
  const k = places.findIndex(({ far, mover }) => far[0] <= reach || (mover?.[0] ?? Infinity) <= reach);
  return { rank: k + 1, at: places[k]?.at ?? Number.NaN };
}

let state = 12345;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Mean over events with a bootstrap interval over glasses. */
function estimate<E>(sample: readonly (readonly E[])[], value: (event: E) => number, scale = 100) {
  const of = (some: readonly (readonly E[])[]) => scale * mean(some.flat().map(value));
  const draws = Array.from({ length: RESAMPLES }, () =>
    of(sample.map(() => sample[Math.floor(random() * sample.length)])),
  ).sort((a, b) => a - b);
  const digits = scale === 100 ? 0 : 3;
  const [low, high] = [0.025, 0.975].map((q) => draws[Math.floor(q * RESAMPLES)].toFixed(digits));
  return `${of(sample).toFixed(digits)} (${low} … ${high})`;
}

const hit = (rank: number, most: number) => (rank > 0 && rank <= most ? 1 : 0);
const within = (event: Event, factor: number) =>
  Math.max(event.local.at / event.strain, event.strain / event.local.at) <= factor;

const GROUPS = [
  [`seeds from ${unseen}`, (seed: number) => seed >= unseen],
  ["even ones", (seed: number) => seed >= unseen && seed % 2 === 0],
  ["odd ones", (seed: number) => seed >= unseen && seed % 2 === 1],
  ["all seeds", () => true],
] as const;

/** Of the ways that `forecast.ts` compares. */
const WAYS: Readonly<Record<string, string>> = {
  lte: "largest \\|E\\|",
  "lte-squared": "Σ E²",
  bins: "SI D's bins",
  modes: "thirty modes",
  "debye-waller": "Debye–Waller",
  softening: "Σ E dE/dγ",
  cubic: "excitations over their thresholds",
};
const wayOf = (key: string) => WAYS[key] ?? key;

/** A line a statement, a column a group of seeds. */
class Table {
  readonly #groups: readonly string[];
  readonly #rows = new Map<string, string[]>();

  constructor(groups: readonly string[]) {
    this.#groups = groups;
  }

  say(what: string, value: string): void {
    const row = this.#rows.get(what);
    if (row) row.push(value);
    else this.#rows.set(what, [value]);
  }

  print(): void {
    console.log(`\n| | ${this.#groups.join(" | ")} |`);
    console.log(`|---|${this.#groups.map(() => "---|").join("")}`);
    for (const [what, values] of this.#rows) console.log(`| ${what} | ${values.join(" | ")} |`);
  }
}

const groups = GROUPS.map(([name, chosen]) => ({
  name,
  sample: [...glasses].filter(([seed]) => chosen(seed)).map(([, events]) => events),
})).filter(({ sample }) => sample.length > 0);
const names = groups.map(({ name }) => name);

const seeds = [...glasses.keys()].sort((a, b) => a - b);
console.log(
  `${glasses.size} glasses, seeds ${seeds[0]} to ${seeds.at(-1)}; left out, fewer than ${LOADS} first events: ${without.length === 0 ? "none" : without.join(", ")}`,
);
const [hits, misses, scores] = [new Table(names), new Table(names), new Table(names)];
for (const { sample } of groups) {
  const all = sample.flat();
  const say = (what: string, value: (event: Event) => number) => hits.say(what, estimate(sample, value));
  hits.say("glasses; first events", `${sample.length}; ${all.length}`);
  say("the first of the forecast is the first event", ({ local }) => hit(local.rank, 1));
  say(`and its γ_c is within a factor ${FACTOR} of the event's`, (event) =>
    event.local.rank === 1 && within(event, FACTOR) ? 1 : 0,
  );
  for (const most of [3, 5]) say(`among its first ${most}`, ({ local }) => hit(local.rank, most));
  say("by cubic thresholds alone: the first", ({ cubic }) => hit(cubic.rank, 1));
  say("among their first 5", ({ cubic }) => hit(cubic.rank, 5));
  const keys = Object.keys(all[0].top);
  for (const key of keys) say(`where most is of ${wayOf(key)}`, ({ top }) => Number(top[key]));
  for (const key of ["lte", "modes", "softening", "debye-waller"].filter((one) => keys.includes(one)))
    say(
      `the first of the forecast less ${wayOf(key)}`,
      ({ local, top }) => hit(local.rank, 1) - Number(top[key]),
    );
  const found = all.filter(({ local }) => local.rank === 1);
  const close = [FACTOR, 1.1].map((factor) => found.filter((event) => within(event, factor)).length);
  hits.say(`γ_c within a factor ${FACTOR}; 1.1, of the hits`, `${close.join("; ")} of ${found.length}`);
  const [later, nowhere] = [
    all.filter(({ local }) => local.rank > 1),
    all.filter(({ local }) => local.rank === 0),
  ];
  const early = later.filter(({ folds, strain }) => folds[0] < 0.9 * strain);
  misses.say(
    "at a later rank; after a fold that comes a tenth too early",
    `${later.length}; ${early.length}`,
  );
  const near = nowhere.filter(({ cubic }) => cubic.rank > 0).length;
  const short = nowhere.filter(({ folds }) => folds.length <= 2).length;
  misses.say(
    "in no place; with an excitation near; with two folds at most",
    `${nowhere.length}; ${near}; ${short}`,
  );
  for (const key of Object.keys(all[0].scores)) {
    const among = [0.01, 0.05, 0.1].map((share) =>
      (100 * mean(all.map((event) => ((1 - event.scores[key]) / 2 <= share ? 1 : 0)))).toFixed(0),
    );
    const c = estimate(sample, (event) => event.scores[key], 1);
    scores.say(`${wayOf(key)}: C; in the softest 1; 5; 10 %`, `${c}; ${among.join("; ")}`);
  }
  if (keys.includes("lte-around"))
    for (const key of ["bins", "lte", "modes", "debye-waller"])
      scores.say(
        `C by lte-around less ${wayOf(key)}`,
        estimate(sample, (event) => event.scores["lte-around"] - event.scores[key], 1),
      );
}
for (const table of [hits, misses, scores]) table.print();

const byStrain = new Table(["first events", "forecast", "among five", "cubic", "\\|E\\|", "modes"]);
LIMITS.slice(1).forEach((high, k) => {
  const some = groups[0].sample.flat().filter(({ strain }) => strain >= LIMITS[k] && strain < high);
  if (some.length === 0) return;
  const say = (test: (event: Event) => boolean) =>
    byStrain.say(
      `${names[0]}, strain ${LIMITS[k]} … ${high === 1 ? "" : high}`.trim(),
      String(some.filter(test).length),
    );
  say(() => true);
  say(({ local }) => local.rank === 1);
  say(({ local }) => hit(local.rank, 5) === 1);
  say(({ cubic }) => cubic.rank === 1);
  say(({ top }) => top.lte);
  say(({ top }) => top.modes);
});
byStrain.print();

if (other && other !== "-") {
  const beside = eventsIn(other);
  const table = new Table(["glasses; first events", "here", "there", "difference"]);
  for (const [name, chosen] of GROUPS) {
    const common = [...glasses].filter(([seed]) => chosen(seed) && beside.has(seed));
    const pairs = common.map(([seed, events]) => {
      const theirs = beside.get(seed) ?? [];
      if (theirs.length !== events.length || theirs.some(({ strain }, k) => strain !== events[k].strain))
        throw new SoftfieldError("usage", `seed ${seed}: ${other} has other events than ${path}`);
      return events.map((one, k) => ({ one, beside: theirs[k] }));
    });
    if (pairs.length === 0) continue;
    for (const most of [1, 3, 5]) {
      const what = `${name} of both, first ${most}`;
      table.say(what, `${pairs.length}; ${pairs.flat().length}`);
      for (const key of ["one", "beside"] as const)
        table.say(
          what,
          estimate(pairs, (pair) => hit(pair[key].local.rank, most)),
        );
      table.say(
        what,
        estimate(
          pairs,
          ({ one, beside: second }) => hit(one.local.rank, most) - hit(second.local.rank, most),
        ),
      );
    }
  }
  table.print();
}

if (figure && figure !== "-") {
  const all = groups[0].sample.flat();
  const of = (key: "local" | "cubic") => all.filter((event) => event[key].rank > 0);
  const [low, high] = [Math.min(...all.map(({ strain }) => strain)), Math.max(...all.map((e) => e.strain))];
  const points = (key: "local" | "cubic", label: string) =>
    ({
      label,
      x: of(key).map(({ strain }) => strain),
      y: of(key).map((event) => event[key].at),
      markers: key === "local" ? "disc" : "ring",
      line: "none",
    }) as const;
  const ranks = [1, 2, 3, 4, 5];
  const byRank = (key: "local" | "cubic", label: string) => ({
    label,
    x: ranks,
    y: ranks.map((most) => mean(all.map((event) => hit(event[key].rank, most)))),
  });
  const sorted = [...all].sort((a, b) => a.strain - b.strain);
  const size = Math.max(4, Math.ceil(sorted.length / 6));
  const strata = Array.from({ length: Math.floor(sorted.length / size) }, (_, k) =>
    sorted.slice(k * size, (k + 1) * size),
  );
  const sharesBy = (label: string, value: (event: Event) => number) => ({
    label,
    x: strata.map((some) => some[some.length >> 1].strain),
    y: strata.map((some) => mean(some.map(value))),
    markers: "disc" as const,
  });
  const strainAxis = { label: "strain of the event", scale: "log" } as const;
  const share = { label: "share of first events", domain: [0, 1] } as const;
  writeFileSync(
    figure,
    panels(
      [
        {
          series: [
            points("cubic", "cubic"),
            points("local", "surroundings"),
            { label: "equal", x: [low, high], y: [low, high] },
            ...[FACTOR, 1 / FACTOR].map((factor, k) => ({
              ...(k === 0 && { label: "1.5 times, and less" }),
              ...{
                x: [low, high],
                y: [factor * low, factor * high],
                colour: "#767676",
                line: "dotted" as const,
              },
            })),
          ],
          x: strainAxis,
          y: { label: "*γ*_{c} foretold", scale: "log" as const },
        },
        {
          series: [byRank("local", "surroundings"), byRank("cubic", "cubic")],
          x: { label: "among the first so many" },
          y: share,
        },
        {
          series: [
            sharesBy("surroundings", ({ local }) => hit(local.rank, 1)),
            sharesBy("cubic", ({ cubic }) => hit(cubic.rank, 1)),
            sharesBy("largest |*E*|", ({ top }) => Number(top.lte)),
            sharesBy("modes", ({ top }) => Number(top.modes)),
          ],
          x: strainAxis,
          y: share,
        },
      ].map((one) => chart(one)),
      { letters: ["A", "B", "C"] },
    ),
  );
}
