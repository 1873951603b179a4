import { type EnsembleData, ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { bootstrap, type Estimate } from "softfield";
import type { BenchmarkData, ScoredEvent } from "./data.ts";
import { gapSentence } from "./gaps.ts";
import { type League, pooled } from "./pooled.ts";
import { NEAR, SPOTS } from "./score.ts";

type Data = EnsembleData & BenchmarkData & LeagueGaps;

/** Of an ensemble. */
export interface LeagueGaps {
  /** Glasses of which E foretells no strains. */
  readonly unstrained?: number;
}

/** The softest parts of a glass that an event is said to be hit by, as fractions of its particles. */
export const HITS = [0.01, 0.05, 0.1];
/** Whose C others are compared with. */
const REFERENCE = "lte";
/** Events are put into so many equal parts by their strain. */
const PARTS = 4;

/** C = 1 − 2·CDF (Richard et al. 2020). */
export const correlation = ({ softer }: ScoredEvent) => 1 - 2 * softer;

/** Every indicator, the best first, by its mean C of the n-th events of all loads. */
export function leagueTable(ensembles: readonly Data[]): ReportTable {
  const { title, columns, rows } = leagueOf(withAll(ensembles), "Indicators", {
    columns: ["strain_hits", "strain_ratio"],
    cells: strainCells,
  });
  return {
    name: "league",
    title:
      `${title}; where an indicator says when a place yields, ` +
      `the share of events whose strain it foretold within a factor of ${FACTOR}, and the median of foretold over true` +
      gapSentence(
        ensembles.map(({ name, unstrained: count }) => ({ name, count })),
        "of which energies foretell no strains and which count as missed",
      ),
    columns,
    rows,
  };
}

interface FurtherCells {
  readonly columns: readonly string[];
  readonly cells: (own: readonly ScoredEvent[]) => readonly number[];
}

/** The league of such scores, of `what`, without its name. */
export function leagueOf(
  leagues: readonly League[],
  what: string,
  further: FurtherCells = { columns: [], cells: () => [] },
): Omit<ReportTable, "name"> {
  return {
    title:
      `${what} against the n-th plastic events of all loads: C = 1 - 2 CDF with its interval (bootstrap over glasses), ` +
      "shares of events in the softest 1, 5, 10 % of the particles, average precision of the particles near the event, " +
      `share of events within ${NEAR} bond lengths of one of the ${SPOTS} softest spots`,
    columns: [
      ...["ensemble", "ordinal", "indicator", "glasses", "events", ...ESTIMATE],
      ...HITS.map((part) => `hits_${100 * part}`),
      ...["precision", "near_spots", ...further.columns],
    ],
    rows: leagues.flatMap(({ name, benchmark }) =>
      ordinalsOf(benchmark).flatMap((ordinal) =>
        ranked(benchmark.filter((event) => event.ordinal === ordinal)).map(({ indicator, own, estimate }) => [
          ...[name, ordinal, indicator, new Set(own.map(glassOf)).size, own.length],
          ...estimateCells(estimate),
          ...HITS.map((part) => share(own, ({ softer }) => softer <= part)),
          mean(own.map(({ precision }) => precision)),
          share(own, ({ distance }) => distance <= NEAR),
          ...further.cells(own),
        ]),
      ),
    ),
  };
}

/** A strain foretold within this factor is a hit. */
const FACTOR = 1.5;

/** Of an indicator that says nothing of strains: none. */
function strainCells(own: readonly ScoredEvent[]): number[] {
  const ratios = own
    .map(({ foretold = Number.NaN, strain }) => foretold / strain)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (ratios.length === 0) return [Number.NaN, Number.NaN];
  const hits = ratios.filter((ratio) => ratio <= FACTOR && ratio >= 1 / FACTOR).length;
  const middle = ratios.length / 2;
  const median = (ratios[Math.ceil(middle) - 1] + ratios[Math.floor(middle)]) / 2;
  return [hits / own.length, median];
}

/** How much better than |E| each is on the same events. */
export function differenceTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "league_differences",
    title:
      "C of each indicator less that of local thermal energies, on the same events (paired bootstrap over glasses)",
    columns: ["ensemble", "ordinal", "indicator", "events", ...ESTIMATE],
    rows: withAll(ensembles).flatMap(({ name, benchmark }) =>
      ordinalsOf(benchmark).flatMap((ordinal) =>
        pairedWithReference(benchmark.filter((event) => event.ordinal === ordinal)).map(
          ({ indicator, events, estimate }) => [name, ordinal, indicator, events, ...estimateCells(estimate)],
        ),
      ),
    ),
  };
}

interface Paired {
  readonly indicator: string;
  /** That both have scored. */
  readonly events: number;
  /** Of the difference. */
  readonly estimate: Estimate;
}

/** C of each indicator less that of the reference, event by event. */
export function pairedWithReference(events: readonly ScoredEvent[]): Paired[] {
  const reference = new Map(
    events
      .filter(({ indicator }) => indicator === REFERENCE)
      .map((event) => [keyOf(event), correlation(event)]),
  );
  return indicatorsOf(events)
    .filter((indicator) => indicator !== REFERENCE)
    .flatMap((indicator) => {
      const own = events.filter((event) => event.indicator === indicator && reference.has(keyOf(event)));
      if (own.length === 0) return [];
      const estimate = overGlasses(own, (event) => correlation(event) - reference.get(keyOf(event))!);
      return [{ indicator, events: own.length, estimate }];
    });
}

/** C against the strain at which events come, all ordinals together. */
export function strainTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "league_by_strain",
    title: `C of the events of all loads in ${PARTS} equal parts by their strain`,
    columns: ["ensemble", "indicator", "from", "to", "events", ...ESTIMATE],
    rows: ensembles.flatMap(({ name, benchmark }) => {
      const strains = benchmark.map(({ strain }) => strain).sort((a, b) => a - b);
      if (strains.length === 0) return [];
      const edges = Array.from(
        { length: PARTS + 1 },
        (_, k) => strains[Math.min(strains.length - 1, Math.floor((k * strains.length) / PARTS))],
      );
      return indicatorsOf(benchmark).flatMap((indicator) =>
        Array.from({ length: PARTS }, (_, k) => {
          const own = benchmark.filter(
            (event) =>
              event.indicator === indicator &&
              event.strain >= edges[k] &&
              (event.strain < edges[k + 1] || k === PARTS - 1),
          );
          const cells = own.length === 0 ? [] : estimateCells(meanCorrelation(own));
          return [name, indicator, edges[k], edges[k + 1], own.length, ...cells];
        }).filter((row) => row.length > PARTS + 1),
      );
    }),
  };
}

/** How large a part of the glass must be to hold the event: the curves of the figure. */
export function curveTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "league_curves",
    title: "Share of the first events whose particle is among the softest fraction x of all",
    columns: ["ensemble", "indicator", "x", "value"],
    rows: [...pooled(ensembles), ...ensembles].flatMap(({ name, benchmark }) =>
      ranked(benchmark.filter(({ ordinal }) => ordinal === 1)).flatMap(({ indicator, own }) =>
        CURVE.map((x) => [name, indicator, x, share(own, ({ softer }) => softer <= x)]),
      ),
    ),
  };
}

/** 0.001 to 1, evenly on a logarithmic axis. */
const CURVE = Array.from({ length: 31 }, (_, k) => Number((10 ** (k / 10 - 3)).toPrecision(6)));

interface Ranked<Event> {
  readonly indicator: string;
  readonly own: readonly Event[];
  readonly estimate: Estimate;
}

/** Indicators by their mean C, the largest first. */
export function ranked<Event extends ScoredEvent>(events: readonly Event[]): Ranked<Event>[] {
  return [...grouped(events, ({ indicator }) => indicator)]
    .map(([indicator, own]) => ({ indicator, own, estimate: meanCorrelation(own) }))
    .sort((a, b) => b.estimate.value - a.estimate.value);
}

/** Mean C, with an interval from resampling glasses. */
export function meanCorrelation(events: readonly ScoredEvent[]): Estimate {
  return overGlasses(events, correlation);
}

/** The mean over events, with an interval from resampling glasses: the loads of one glass are not independent. */
export function overGlasses<Event extends Pick<ScoredEvent, "seed" | "glass">>(
  events: readonly Event[],
  value: (event: Event) => number,
): Estimate {
  const glasses = [...grouped(events, glassOf)].map(([, own]) => {
    const values = own.map(value).filter(Number.isFinite);
    return { sum: values.reduce((total, x) => total + x, 0), count: values.length };
  });
  const [estimate] = bootstrap(glasses.length, (weights) => {
    let [sum, count] = [0, 0];
    glasses.forEach((glass, k) => {
      sum += weights[k] * glass.sum;
      count += weights[k] * glass.count;
    });
    return [sum / count];
  });
  return estimate;
}

const glassOf = ({ glass, seed }: Pick<ScoredEvent, "seed" | "glass">) => glass ?? String(seed);
export const keyOf = (event: ScoredEvent) => `${glassOf(event)} ${event.load} ${event.ordinal}`;
const withAll = (ensembles: readonly League[]): League[] => [...ensembles, ...pooled(ensembles)];
const indicatorsOf = (events: readonly ScoredEvent[]) => [
  ...new Set(events.map(({ indicator }) => indicator)),
];
export const ordinalsOf = (events: readonly ScoredEvent[]) =>
  [...new Set(events.map(({ ordinal }) => ordinal))].sort((a, b) => a - b);

function mean(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, x) => sum + x, 0) / known.length;
}

export function share<Event>(events: readonly Event[], holds: (event: Event) => boolean): number {
  return events.filter(holds).length / events.length;
}
