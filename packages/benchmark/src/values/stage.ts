import {
  inUnitsOf,
  type RecordTable,
  readColumns,
  readTexts,
  real,
  recordBytes,
  type SampleStage,
  storedMinimum,
  text,
  whole,
} from "@softfield/campaign";
import { type Indicator, indicators, type Minimum } from "softfield";
import { unitOf } from "softfield/internal";
import { loadsOf } from "../loads.ts";
import { atParticles, particleScorer, peaksOf, type Score, type Scorer } from "../score.ts";
import { scoreColumns, withIndicators } from "../scoring.ts";
import { benchmarkSection } from "../stage.ts";

interface ValueRow extends Score {
  readonly load: string;
  readonly ordinal: number;
  readonly strain: number;
  readonly indicator: string;
}

const valuesTable: RecordTable<ValueRow> = {
  name: "benchmark_values",
  columns: {
    load: text(({ load }) => load, "of the event"),
    ordinal: whole(({ ordinal }) => ordinal, "of the event"),
    strain: real(({ strain }) => strain, "γ_c"),
    indicator: text(({ indicator }) => indicator, "whose values at the particles are ranked"),
    ...scoreColumns<ValueRow>("event"),
  },
};

/**
 * The events of the stage `benchmark` again, scored by what indicators are at the particles themselves instead of by their
 * fields, which average it. Of interactions a particle has the largest of its own.
 */
export const values: SampleStage = {
  name: "values",
  inputs: ["make", "benchmark"],
  version: 1,
  options: (ensemble) => {
    const own = withIndicators(benchmarkSection.of(ensemble));
    return own?.values ? { indicators: own.indicators } : undefined;
  },
  tables: [valuesTable],
  run: async (context) => {
    const { ensemble, read, control } = context;
    const options = withIndicators(benchmarkSection.of(ensemble))!;
    const minimum = storedMinimum(context);
    const units = new Map(
      loadsOf(minimum.system.box.dimension, options).map((load) => [
        load.name,
        unitOf(minimum, load.options),
      ]),
    );
    const bytes = read("benchmark", "benchmark_events.parquet");
    const of = await readTexts(bytes, "load");
    const { ordinal, strain, particle } = await readColumns(bytes, ["ordinal", "strain", "particle"]);
    const rows = options.indicators.flatMap((name) => {
      const indicator = indicators.get(name);
      const scorers = new Map<string, Scorer>();
      return of.map((load, k): ValueRow => {
        const which = indicator.directional ? load : "";
        const score =
          scorers.get(which) ??
          valueScorer(minimum, indicator, indicator.directional ? { load: units.get(load)! } : {}, control);
        scorers.set(which, score);
        return { load, ordinal: ordinal[k], strain: strain[k], indicator: name, ...score(particle[k]) };
      });
    });
    return { "benchmark_values.parquet": await recordBytes(inUnitsOf(ensemble.model, valuesTable), rows) };
  },
};

/** Scores events by an indicator at the particles, and by where it is largest. */
function valueScorer(
  minimum: Minimum,
  indicator: Indicator,
  options: Parameters<Indicator["run"]>[1],
  control: Parameters<Indicator["run"]>[2],
): Scorer {
  const { system } = minimum;
  const found = atParticles(indicator.run(minimum, options, control), system.species.length);
  return particleScorer(found, system, peaksOf(found, system));
}
