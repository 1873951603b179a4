import { evenDensity } from "softfield/internal";
import type { EnsembleData } from "../collect.ts";
import { ESTIMATE, estimateCells, meanOf, type ReportTable, withUnit } from "../tables.ts";
import { ordinals, scoredFields } from "./scores.ts";

/** Width of the bins of distances, λ. */
const DISTANCE_BIN = 0.5;

/** Distances from events to spots (SI Fig. 3). */
export function distanceTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, events }) =>
    scoredFields({ events }).flatMap((field) => {
      const distances = events.flatMap(({ scores }) =>
        (scores[field] ?? []).flatMap((score) => score?.distance ?? []).filter(Number.isFinite),
      );
      if (distances.length === 0) return [];
      return evenDensity(distances, DISTANCE_BIN).map(({ x, density, error, count }) => {
        return [name, field, x, density, error, count];
      });
    }),
  );
  const table = {
    name: "distances",
    title: "Distance of events to the nearest spot (SI Fig. 3)",
    columns: ["ensemble", "field", "x", "density", "error", "count"],
    rows,
  };
  return withUnit(table, ensembles, "λ");
}

/** Strains of the events. */
export function strainTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, events }) =>
    ordinals(events).map((n) => {
      const strains = events.flatMap((sample) => sample.strains[n - 1] ?? []);
      return [name, n, strains.length, ...estimateCells(meanOf(strains))];
    }),
  );
  return {
    name: "event_strains",
    title: "Mean strain of the n-th plastic event",
    columns: ["ensemble", "ordinal", "events", ...ESTIMATE],
    rows,
  };
}

/** The field at the event's particle, by its rank. */
export function correlationTable(ensembles: readonly EnsembleData[]): ReportTable {
  const rows = ensembles.flatMap(({ name, events }) =>
    scoredFields({ events }).flatMap((field) =>
      ordinals(events).flatMap((n) => {
        const values = events.flatMap(({ scores }) => scores[field]?.[n - 1]?.correlation ?? []);
        return values.length === 0 ? [] : [[name, field, n, values.length, ...estimateCells(meanOf(values))]];
      }),
    ),
  );
  return {
    name: "correlation",
    title: "C = 1 - 2 CDF of the field at the event's particle: 1 if nothing is softer, 0 by chance",
    columns: ["ensemble", "field", "ordinal", "events", ...ESTIMATE],
    rows,
  };
}
