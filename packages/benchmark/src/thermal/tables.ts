import {
  type EnsembleData,
  ESTIMATE,
  estimateCells,
  meanOf,
  type ReportTable,
  withUnit,
} from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { HITS, meanCorrelation, ordinalsOf, pairedWithReference, ranked, share } from "../league.ts";
import { NEAR, SPOTS } from "../score.ts";
import type { ThermalData } from "./data.ts";

type Data = EnsembleData & ThermalData;

/** Units of temperatures and rates. */
const CONDITIONS = "ε/k_B, 1/τ₀";

interface Conditions {
  readonly temperature: number;
  readonly rate: number;
}

/** By temperature and rate, the athermal ones first. */
function byConditions<Row extends Conditions>(rows: readonly Row[]): readonly (readonly Row[])[] {
  return [...grouped(rows, ({ temperature, rate }) => `${temperature} ${rate}`).values()].sort(
    ([a], [b]) => a.temperature - b.temperature || a.rate - b.rate,
  );
}

/** C of every indicator at every temperature and rate, the best first. */
export function temperatureTable(ensembles: readonly Data[]): ReportTable {
  const table = {
    name: "temperature",
    title:
      "Indicators of the glass at rest against the n-th rearrangements of its shear at a temperature and a rate (both 0: " +
      "athermal and quasistatic): C = 1 - 2 CDF with its interval (bootstrap over glasses), shares of rearrangements in the " +
      `softest 1, 5, 10 % of the particles, share within ${NEAR} bond lengths of one of the ${SPOTS} softest spots`,
    columns: [
      ...["ensemble", "temperature", "rate", "ordinal", "indicator", "glasses", ...ESTIMATE],
      ...[...HITS.map((part) => `hits_${100 * part}`), "near_spots"],
    ],
    rows: ensembles.flatMap(({ name, flows }) =>
      byConditions(flows).flatMap((flow) =>
        ordinalsOf(flow).flatMap((ordinal) =>
          ranked(flow.filter((event) => event.ordinal === ordinal)).map(({ indicator, own, estimate }) => [
            ...[name, flow[0].temperature, flow[0].rate, ordinal, indicator, own.length],
            ...estimateCells(estimate),
            ...HITS.map((part) => share(own, ({ softer }) => softer <= part)),
            share(own, ({ distance }) => distance <= NEAR),
          ]),
        ),
      ),
    ),
  };
  return withUnit(table, ensembles, CONDITIONS);
}

/** How much better than |E| each is at the same temperature and rate, all rearrangements together. */
export function temperatureDifferenceTable(ensembles: readonly Data[]): ReportTable {
  const table = {
    name: "temperature_differences",
    title:
      "C of each indicator less that of local thermal energies, on the same rearrangements (paired bootstrap over glasses)",
    columns: ["ensemble", "temperature", "rate", "indicator", "events", ...ESTIMATE],
    rows: ensembles.flatMap(({ name, flows }) =>
      byConditions(flows).flatMap((flow) =>
        pairedWithReference(flow).map(({ indicator, events, estimate }) => [
          ...[name, flow[0].temperature, flow[0].rate, indicator, events],
          ...estimateCells(estimate),
        ]),
      ),
    ),
  };
  return withUnit(table, ensembles, CONDITIONS);
}

/** Mean C over the rearrangements, against temperature: the curves of the figure. */
export function temperatureCurveTable(ensembles: readonly Data[]): ReportTable {
  const table = {
    name: "temperature_curves",
    title: "C of each indicator by temperature and rate, all rearrangements together",
    columns: ["ensemble", "indicator", "rate", "temperature", "events", ...ESTIMATE],
    rows: ensembles.flatMap(({ name, flows }) =>
      ranked(flows).flatMap(({ indicator, own }) =>
        byConditions(own).map((flow) => [
          ...[name, indicator, flow[0].rate, flow[0].temperature, flow.length],
          ...estimateCells(meanCorrelation(flow)),
        ]),
      ),
    ),
  };
  return withUnit(table, ensembles, CONDITIONS);
}

/** When rearrangements come, and how many are those of athermal shear. */
export function rearrangementTable(ensembles: readonly Data[]): ReportTable {
  const table = {
    name: "rearrangements",
    title:
      "Strain of the n-th rearrangements at a temperature and a rate, and the share that lies within " +
      `${NEAR} bond lengths of a plastic event of the same glass's athermal shear`,
    columns: ["ensemble", "temperature", "rate", "ordinal", "glasses", ...ESTIMATE, "athermal"],
    rows: ensembles.flatMap(({ name, flowEvents }) =>
      byConditions(flowEvents).flatMap((flow) =>
        [...grouped(flow, ({ ordinal }) => ordinal)].map(([ordinal, own]) => [
          ...[name, own[0].temperature, own[0].rate, ordinal, own.length],
          ...estimateCells(meanOf(own.map(({ strain }) => strain))),
          own.filter(({ athermal }) => athermal > 0).length / own.length,
        ]),
      ),
    ),
  };
  return withUnit(table, ensembles, CONDITIONS);
}

/** Correlation of every feature with the propensities, by time. */
export function propensityTable(ensembles: readonly Data[]): ReportTable {
  const table = {
    name: "propensity",
    title:
      "Correlation of features of the inherent structure with the propensities of the particles: mean over glasses of " +
      "Pearson's r with its interval, and of Spearman's ρ; the strongest first",
    columns: ["ensemble", "time", "species", "feature", "glasses", ...ESTIMATE, "spearman"],
    rows: ensembles.flatMap(({ name, propensities }) =>
      [...grouped(propensities, ({ time, species }) => `${time} ${species}`).values()].flatMap((group) =>
        [...grouped(group, ({ feature }) => feature)]
          .map(([feature, own]) => {
            const known = own.filter(({ pearson }) => !Number.isNaN(pearson));
            const estimate = meanOf(known.map(({ pearson }) => pearson));
            return { feature, known, estimate };
          })
          .filter(({ known }) => known.length > 0)
          .sort((a, b) => Math.abs(b.estimate.value) - Math.abs(a.estimate.value))
          .map(({ feature, known, estimate }) => [
            ...[name, group[0].time, group[0].species, feature, known.length],
            ...estimateCells(estimate),
            known.reduce((sum, { spearman }) => sum + spearman, 0) / known.length,
          ]),
      ),
    ),
  };
  return withUnit(table, ensembles, "τ₀");
}
