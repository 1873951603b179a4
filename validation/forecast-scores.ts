/**
 * What the forecasts of `forecast.ts` are worth: for all seeds, even ones, odd ones the share of the first events that each
 * way points at, with bootstrap intervals over glasses; paired differences; C and the shares of events among the softest
 * particles; and by the strain at which the event comes. The figure (-: none): thresholds beside the events' strains, hits
 * by rank, hits by strain. OTHER: forecasts of another way; of the seeds in both, hits of each and their paired difference.
 * Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/forecast-scores.ts FORECASTS.jsonl [FIGURE.svg] [OTHER.jsonl]
 */
import { readFileSync, writeFileSync } from "node:fs";
import { chart, panels } from "@softfield/figures";
import { SoftfieldError } from "softfield";
import { scriptArguments } from "./script.ts";

const [path, figure, other] = scriptArguments(
  "forecast-scores.ts FORECASTS.jsonl [FIGURE.svg | -] [OTHER.jsonl]",
  1,
);
/** An event lies at a place within this distance; places whose mode is further off their middle are left out: bond lengths. */
const [HIT, OFFSET, RESAMPLES] = [3, 2, 2000];
/** A strain foretold within this factor is a hit. */
const FACTOR = 1.5;
const LIMITS = [0, 0.001, 0.002, 0.004, 0.008, 1];

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

function eventOf({ events, top, scores = {}, local, cubic }: Row["loads"][number], unit: number): Event[] {
  if (events.length === 0) return [];
  const first = <T>(by: Readonly<Record<string, readonly T[]>>) =>
    Object.fromEntries(Object.entries(by).map(([key, [value]]) => [key, value]));
  return [
    {
      strain: events[0].strain,
      local: placeIn(
        local.filter(({ offset = 0 }) => offset < OFFSET * unit),
        HIT * unit,
      ),
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

const HALVES = [
  ["all", () => true],
  ["even", (seed: number) => seed % 2 === 0],
  ["odd", (seed: number) => seed % 2 === 1],
] as const;

for (const [name, chosen] of HALVES) {
  const sample = [...glasses].filter(([seed]) => chosen(seed)).map(([, events]) => events);
  const all = sample.flat();
  if (all.length === 0) continue;
  const say = (what: string, value: (event: Event) => number, scale?: number) =>
    console.log(`${name}\t${what}\t${estimate(sample, value, scale)}`);
  console.log(`${name}\tglasses ${sample.length}\tfirst events ${all.length}`);
  for (const most of [1, 3, 5]) say(`forecast, first ${most}`, ({ local }) => hit(local.rank, most));
  say(`forecast, first, and its strain within ${FACTOR}`, (event) =>
    event.local.rank === 1 && within(event, FACTOR) ? 1 : 0,
  );
  for (const most of [1, 3, 5]) say(`cubic thresholds, first ${most}`, ({ cubic }) => hit(cubic.rank, most));
  const keys = Object.keys(all[0].top);
  for (const key of keys) say(`top of ${key}`, ({ top }) => Number(top[key]));
  for (const key of ["lte", "modes", "softening", "debye-waller"].filter((one) => keys.includes(one)))
    say(`forecast less ${key}`, ({ local, top }) => hit(local.rank, 1) - Number(top[key]));
  for (const key of Object.keys(all[0].scores)) {
    say(`C of ${key}`, ({ scores }) => scores[key], 1);
    for (const share of [0.01, 0.05, 0.1])
      say(`${key}: in the softest ${100 * share} %`, ({ scores }) =>
        (1 - scores[key]) / 2 <= share ? 1 : 0,
      );
  }
  if (keys.includes("lte-around"))
    for (const key of ["bins", "lte", "modes", "debye-waller"])
      say(`C of lte-around less ${key}`, ({ scores }) => scores["lte-around"] - scores[key], 1);
  const hits = all.filter(({ local }) => local.rank === 1);
  const close = [FACTOR, 1.1].map((factor) => hits.filter((event) => within(event, factor)).length);
  console.log(`${name}\tstrain of hits within 1.5, 1.1\t${close.join(", ")} of ${hits.length}`);
  LIMITS.slice(1).forEach((high, k) => {
    const some = all.filter(({ strain }) => strain >= LIMITS[k] && strain < high);
    const count = (test: (event: Event) => boolean) => some.filter(test).length;
    console.log(
      [
        name,
        `strain ${LIMITS[k]} to ${high}`,
        `forecast ${count(({ local }) => local.rank === 1)}, among five ${count(({ local }) => hit(local.rank, 5) === 1)}, cubic ${count(({ cubic }) => cubic.rank === 1)}, |E| ${count(({ top }) => top.lte)}, modes ${count(({ top }) => top.modes)} of ${some.length}`,
      ].join("\t"),
    );
  });
}

if (other) {
  const beside = eventsIn(other);
  for (const [name, chosen] of HALVES) {
    const common = [...glasses].filter(([seed]) => chosen(seed) && beside.has(seed));
    const pairs = common.map(([seed, events]) => {
      const theirs = beside.get(seed) ?? [];
      if (theirs.length !== events.length || theirs.some(({ strain }, k) => strain !== events[k].strain))
        throw new SoftfieldError("usage", `seed ${seed}: ${other} has other events than ${path}`);
      return events.map((one, k) => ({ one, beside: theirs[k] }));
    });
    if (pairs.length === 0) continue;
    const count = pairs.flat().length;
    console.log(`${name}\tbeside ${other}: glasses ${pairs.length}\tfirst events ${count}`);
    for (const most of [1, 3, 5]) {
      const [ours, theirs] = (["one", "beside"] as const).map((key) =>
        estimate(pairs, (pair) => hit(pair[key].local.rank, most)),
      );
      const less = estimate(
        pairs,
        ({ one, beside: second }) => hit(one.local.rank, most) - hit(second.local.rank, most),
      );
      console.log(`${name}\tfirst ${most}: here, there, difference\t${ours}, ${theirs}, ${less}`);
    }
  }
}

if (figure && figure !== "-") {
  const all = [...glasses.values()].flat();
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
  const group = Math.max(4, Math.ceil(sorted.length / 6));
  const groups = Array.from({ length: Math.floor(sorted.length / group) }, (_, k) =>
    sorted.slice(k * group, (k + 1) * group),
  );
  const byStrain = (label: string, value: (event: Event) => number) => ({
    label,
    x: groups.map((some) => some[some.length >> 1].strain),
    y: groups.map((some) => mean(some.map(value))),
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
            byStrain("surroundings", ({ local }) => hit(local.rank, 1)),
            byStrain("cubic", ({ cubic }) => hit(cubic.rank, 1)),
            byStrain("largest |*E*|", ({ top }) => Number(top.lte)),
            byStrain("modes", ({ top }) => Number(top.modes)),
          ],
          x: strainAxis,
          y: share,
        },
      ].map((one) => chart(one)),
      { letters: ["A", "B", "C"] },
    ),
  );
}
