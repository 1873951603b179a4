import { checkOutputPath, outputFormat, version, writeFileAtomically, writeResults } from "@softfield/node";
import { type Command, Option } from "commander";
import { type FieldWithSpots, glassSoftness, minimumOf, SoftfieldError } from "softfield";
import { repeatable } from "../shell/arguments.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import {
  type Configuration,
  type ConfigurationOptions,
  configurationOptions,
  loadConfiguration,
} from "../shell/load.ts";
import { inFormat, mapStyle, type PictureOptions, pictureFormat, pictureOptions } from "../shell/pictures.ts";
import { fieldFigure } from "../softness/figures.ts";
import { type FieldCliOptions, fieldOptions, softnessOptions } from "../softness/options.ts";
import { spotsTable } from "../softness/tables.ts";

interface SpotsOptions extends ConfigurationOptions, PictureOptions, FieldCliOptions, RefineOptions {
  readonly out: string[];
  readonly figure?: string;
  readonly indicator: "lte" | "modes";
  readonly json?: boolean;
}

/** `softfield spots FILE`: where a glass is soft. */
export function registerSpots(program: Command): void {
  const command = program
    .command("spots")
    .summary("softness field and soft spots of a glass")
    .description(
      "Coarse-grains the local thermal energies of a configuration at an energy minimum to a softness field, and " +
        "ranks its maxima, the soft spots (Zylberg et al. 2017, SI D). --indicator modes: the normal-modes baseline.",
    )
    .addOption(
      new Option("--indicator <name>", "what the field is made of").choices(["lte", "modes"]).default("lte"),
    );
  const given = pictureOptions(fieldOptions(configurationOptions(command)))
    .option("-o, --out <file>", "write the spots: .tsv .csv .parquet .h5 .json (repeatable)", repeatable, [])
    .option("--figure <file>", "draw the field with its spots: .svg .png .pdf");
  refineOptions(given)
    .option("--json", "print the summary as one JSON object on stdout")
    .addHelpText(
      "after",
      "\nExample:\n  softfield spots glass.extxyz --model 2dipl -o spots.tsv --figure field.svg\n",
    )
    .action(run);
}

async function run(file: string, options: SpotsOptions): Promise<void> {
  const outputs = [...options.out, ...(options.figure === undefined ? [] : [options.figure])];
  for (const path of options.out) outputFormat(path);
  if (options.figure !== undefined) pictureFormat(options.figure);
  for (const path of outputs) await checkOutputPath(path, [file]);
  const configuration = await loadConfiguration(file, options);
  const found = find(configuration, options);
  if (found.spots.status !== "ok") {
    throw new SoftfieldError("numerics", `${file}: no soft spots: ${found.spots.reason}`, { file });
  }
  const dimension = configuration.system.box.dimension;
  const metadata = {
    source: file,
    model: configuration.model.name,
    indicator: options.indicator,
    softfield: version,
  };
  const summary = summarise(found, { ...metadata, outputs });
  const table = spotsTable(found.spots.spots, dimension, metadata);
  for (const path of options.out) await writeResults(path, { table, summary }, [file]);
  if (options.figure !== undefined) {
    const label = options.indicator === "modes" ? { label: "Σ |*Ψ*|^{2}" } : {};
    await writeFileAtomically(
      options.figure,
      inFormat(options.figure, fieldFigure(found, mapStyle(options), label), options),
      [file],
    );
  }
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
}

function find(configuration: Configuration, options: SpotsOptions): FieldWithSpots {
  const { system, model } = configuration;
  const { indicator } = options;
  const reading = softnessOptions(options);
  if (indicator === "modes" && reading.modes === 0) {
    throw new SoftfieldError("usage", "--indicator modes needs --modes of at least 1", { field: "modes" });
  }
  return compute(configuration, options, (progress) => {
    const minimum = minimumOf(system, model, minimumOptions(options), progress);
    if (indicator === "lte") return glassSoftness(minimum, { ...reading, modes: 0 }, progress);
    return glassSoftness(minimum, reading, progress).baseline!;
  });
}

/** What `softfield spots` says of a glass; printed by --json, written to .json. */
interface SpotsSummary {
  readonly source: string;
  readonly model: string;
  readonly indicator: string;
  readonly bins: readonly number[];
  /** Fewest bonds or particles in a bin, and the fraction of bins of which none is kept. */
  readonly fewest: number;
  readonly emptyFraction: number;
  readonly spots: readonly { rank: number; position: number[]; score: number; standardized: number }[];
  readonly outputs: readonly string[];
}

function summarise(
  { field, spots }: FieldWithSpots,
  rest: Pick<SpotsSummary, "source" | "model" | "indicator" | "outputs">,
): SpotsSummary {
  return {
    ...rest,
    bins: field.counts,
    fewest: field.entries.reduce((least, n) => Math.min(least, n), Infinity),
    emptyFraction: field.kept.filter((n) => n === 0).length / field.kept.length,
    spots: spots.spots.map(({ rank, position, score, standardized }) => ({
      rank,
      position: Array.from(position),
      score,
      standardized,
    })),
  };
}

function summaryText({ spots, bins, fewest, emptyFraction, source, outputs }: SpotsSummary): string {
  const close = spots.filter(({ standardized }) => standardized <= 2).length;
  const rows = spots.slice(0, 10).map(({ rank, position, score, standardized }) => {
    const place = position.map((x) => x.toFixed(2).padStart(8)).join("");
    return `${String(rank).padStart(4)}  ${place}  ${score.toPrecision(5).padStart(9)}  ${standardized.toFixed(3)}`;
  });
  return [
    `glass     ${source}`,
    `field     ${bins.join(" × ")} bins, at least ${fewest} entries in each, ${(100 * emptyFraction).toFixed(0)} % without a kept one`,
    `spots     ${spots.length}, ${close} of them with Δε ≤ 2`,
    "rank  position, score, Δε",
    ...rows,
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}
