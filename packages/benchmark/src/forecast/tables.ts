import { type EnsembleData, ESTIMATE, estimateCells, type ReportTable } from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { gapSentence } from "../gaps.ts";
import { overGlasses, share } from "../league.ts";
import { NEAR } from "../score.ts";
import type { ForecastData, ForetoldEvent } from "./data.ts";

type Data = EnsembleData & ForecastData;

/** The way that the others are compared with. */
const FORECAST = "forecast";
/** A strain foretold within these factors is a hit. */
const FACTORS = [1.5, 1.1];
/** First events are put into so many equal parts by their strain. */
const PARTS = 5;

const among =
  (most: number) =>
  ({ rank }: ForetoldEvent) =>
    rank > 0 && rank <= most;
const within =
  (factor: number) =>
  ({ foretold, strain }: ForetoldEvent) =>
    Math.max(foretold / strain, strain / foretold) <= factor;
const ordinals = (events: readonly ForetoldEvent[]) =>
  [...grouped(events, ({ ordinal }) => String(ordinal)).values()].sort(([a], [b]) => a.ordinal - b.ordinal);
const byWay = (events: readonly ForetoldEvent[]) => [...grouped(events, ({ way }) => way)];
const glasses = (events: readonly ForetoldEvent[]) => new Set(events.map(({ seed }) => seed)).size;

/** Which ensembles have forecasts of the census's places alone. */
const gaps = (ensembles: readonly Data[]) =>
  gapSentence(
    ensembles.map(({ name, withoutSlopes: count }) => ({ name, count })),
    "whose forecasts tried the places of the census alone, none by the slopes E ∂E/∂γ",
  );

/** How often each way names the events, and how well it tells their strains. */
export function forecastTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "forecast",
    title:
      "Forecasts of the n-th plastic events of all loads from the unsheared glass: share of the events that lie at the first " +
      `place that a way names (within ${NEAR} bond lengths of the trigger), with its interval (bootstrap over glasses), among its first ` +
      `three and five; of those at the first place the share whose strain was foretold within a factor of 1.5 and 1.1${gaps(ensembles)}`,
    columns: [
      ...["ensemble", "ordinal", "way", "glasses", "events", ...ESTIMATE, "among_3", "among_5", "hits"],
      ...FACTORS.map((factor) => `strain_within_${factor}`),
    ],
    rows: ensembles.flatMap(({ name, foretold }) =>
      ordinals(foretold).flatMap((events) =>
        byWay(events).map(([way, own]) => {
          const hits = own.filter(among(1));
          // an indicator names one place, and no strain
          const lists = own.some(({ rank, foretold: at }) => rank > 1 || !Number.isNaN(at));
          const list = [3, 5].map((most) => (lists ? share(own, among(most)) : Number.NaN));
          const strains = FACTORS.map((factor) =>
            hits.some(({ foretold: at }) => !Number.isNaN(at)) ? share(hits, within(factor)) : Number.NaN,
          );
          return [
            ...[name, events[0].ordinal, way, glasses(own), own.length],
            ...estimateCells(overGlasses(own, (event) => Number(among(1)(event)))),
            ...[...list, hits.length, ...strains],
          ];
        }),
      ),
    ),
  };
}

/** How much more often the forecast names the first events at its first place than each other way does. */
export function forecastDifferenceTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "forecast_differences",
    title:
      "Share of the n-th events at the forecast's first place less that at the first place of each other way, on the same " +
      "events (paired bootstrap over glasses)",
    columns: ["ensemble", "ordinal", "way", "events", ...ESTIMATE],
    rows: ensembles.flatMap(({ name, foretold }) =>
      ordinals(foretold).flatMap((events) => {
        const key = ({ seed, load }: ForetoldEvent) => `${seed} ${load}`;
        const own = new Map(events.filter(({ way }) => way === FORECAST).map((event) => [key(event), event]));
        return byWay(events)
          .filter(([way]) => way !== FORECAST)
          .map(([way, others]) => {
            const less = overGlasses(
              others,
              (event) => Number(among(1)(own.get(key(event))!)) - Number(among(1)(event)),
            );
            return [name, events[0].ordinal, way, others.length, ...estimateCells(less)];
          });
      }),
    ),
  };
}

/** How often each way's first place is the first event, by the strain at which that comes. */
export function forecastStrainTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "forecast_by_strain",
    title: `Share of the first events at the first place that a way names, in ${PARTS} equal parts by their strain`,
    columns: ["ensemble", "way", "strain", "from", "to", "events", ...ESTIMATE],
    rows: ensembles.flatMap(({ name, foretold }) =>
      byWay(foretold.filter(({ ordinal }) => ordinal === 1)).flatMap(([way, own]) => {
        const sorted = own.toSorted((a, b) => a.strain - b.strain);
        const parts = Math.min(PARTS, sorted.length);
        return Array.from({ length: parts }, (_, k) => {
          const some = sorted.slice(
            Math.floor((k * sorted.length) / parts),
            Math.floor(((k + 1) * sorted.length) / parts),
          );
          const [low, middle, high] = [0, some.length >> 1, some.length - 1].map((m) => some[m].strain);
          const estimate = overGlasses(some, (event) => Number(among(1)(event)));
          return [name, way, middle, low, high, some.length, ...estimateCells(estimate)];
        });
      }),
    ),
  };
}

/** The strains of the events that were named, beside those foretold: the points of the figure. */
export function forecastPointsTable(ensembles: readonly Data[]): ReportTable {
  return {
    name: "forecast_strains",
    title: "Strains of the events of all loads, and those at which the place of each was to yield",
    columns: ["ensemble", "seed", "load", "ordinal", "way", "rank", "strain", "foretold"],
    rows: ensembles.flatMap(({ name, foretold }) =>
      foretold
        .filter(({ foretold: at }) => !Number.isNaN(at))
        .map(({ seed, load, ordinal, way, rank, strain, foretold: at }) => {
          return [name, seed, load, ordinal, way, rank, strain, at];
        }),
    ),
  };
}
