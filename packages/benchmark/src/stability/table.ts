import { type EnsembleData, ESTIMATE, estimateCells, meanOf, type ReportTable } from "@softfield/campaign";
import { grouped } from "@softfield/node";
import type { BenchmarkData } from "../data.ts";

type Data = EnsembleData & Partial<BenchmarkData>;

/** How stable glasses are against the temperature of the liquids that they were quenched from, model by model. */
export function stabilityTable(ensembles: readonly Data[]): ReportTable {
  const known = ensembles.flatMap((data) =>
    data.parentTemperature === undefined ? [] : [{ ...data, temperature: data.parentTemperature }],
  );
  const temperatures = (model: string) =>
    new Set(known.filter((one) => one.model === model).map(({ temperature }) => temperature));
  const compared = known
    .filter(({ model }) => temperatures(model).size > 1)
    .sort((a, b) => a.temperature - b.temperature);
  return {
    name: "stability",
    title:
      "Energy per particle of the inherent structures, and strain of the first plastic event (of a benchmark the mean over a glass's loads), against " +
      "the temperature of the liquid that was quenched",
    columns: ["model", "temperature", "ensemble", "quantity", "glasses", ...ESTIMATE],
    rows: compared.flatMap((data) => {
      const { name, model, temperature, energyPerParticle } = data;
      const quantities = [
        ["energy", energyPerParticle],
        ["strain", firstStrains(data)],
      ] as const;
      return quantities
        .filter(([, values]) => values.length > 0)
        .map(([quantity, values]) => [
          ...[model, temperature, name, quantity, values.length],
          ...estimateCells(meanOf(values)),
        ]);
    }),
  };
}

/** One a glass. */
function firstStrains({ events, benchmark = [] }: Data): number[] {
  const [scored] = benchmark;
  if (scored === undefined) return events.flatMap(({ strains }) => strains.slice(0, 1));
  const first = benchmark.filter(({ ordinal, indicator }) => ordinal === 1 && indicator === scored.indicator);
  return [...grouped(first, ({ seed }) => seed)].map(
    ([, own]) => own.reduce((sum, { strain }) => sum + strain, 0) / own.length,
  );
}
