import { checkOutputPath, outputFormat, version, writeFileAtomically, writeResults } from "@softfield/node";
import type { Command } from "commander";
import { type EventScore, minimumOf, type Prediction, predict, SoftfieldError } from "softfield";
import { realNumber, repeatable, wholeNumber } from "../shell/arguments.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import {
  type Configuration,
  type ConfigurationOptions,
  configurationOptions,
  loadConfiguration,
} from "../shell/load.ts";
import { inFormat, mapStyle, type PictureOptions, pictureFormat, pictureOptions } from "../shell/pictures.ts";
import { figure3 } from "../softness/figures.ts";
import { type FieldCliOptions, fieldOptions, softnessOptions } from "../softness/options.ts";
import { scoresTable } from "../softness/tables.ts";

interface PredictCliOptions extends ConfigurationOptions, PictureOptions, FieldCliOptions, RefineOptions {
  readonly out: string[];
  readonly figure: string[];
  readonly events: string;
  readonly maxStrain: string;
  readonly angle: string;
  readonly json?: boolean;
}

/** `softfield predict FILE`: soft spots, plastic events, and how well the first foretold the second. */
export function registerPredict(program: Command): void {
  const command = program
    .command("predict")
    .summary("shear a glass and score where it yields by its soft spots")
    .description(
      "Finds the soft spots of a glass, by local thermal energies and by normal modes, shears it quasistatically to " +
        "its first plastic events, and says how well the first foretold the second (Zylberg et al. 2017, SI E; Fig. 3).",
    );
  const given = pictureOptions(fieldOptions(configurationOptions(command)))
    .option("-n, --events <n>", "shear to so many events", "5")
    .option("--max-strain <strain>", "and no further than this", "0.2")
    .option("--angle <degrees>", "direction of shear in the plane", "0")
    .option("-o, --out <file>", "write the scores: .tsv .csv .parquet .h5 .json (repeatable)", repeatable, [])
    .option("--figure <file>", "draw Fig. 3: .svg .png .pdf (repeatable)", repeatable, []);
  refineOptions(given)
    .option("--json", "print the summary as one JSON object on stdout")
    .addHelpText(
      "after",
      "\nExample:\n  softfield predict glass.extxyz --model 2dipl -o score.json --figure fig3.svg\n",
    )
    .action(run);
}

async function run(file: string, options: PredictCliOptions): Promise<void> {
  for (const path of options.out) outputFormat(path);
  for (const path of options.figure) pictureFormat(path);
  for (const path of [...options.out, ...options.figure]) await checkOutputPath(path, [file]);
  const configuration = await loadConfiguration(file, options);
  const prediction = foretell(configuration, options);
  const summary = summarise(configuration, prediction, [...options.out, ...options.figure]);
  const table = scoresTable(prediction.scores);
  for (const path of options.out) await writeResults(path, { table, summary }, [file]);
  if (options.figure.length > 0) {
    const svg = figure3(prediction.softness, prediction.scores, mapStyle(options));
    for (const path of options.figure) await writeFileAtomically(path, inFormat(path, svg, options), [file]);
  }
  process.stdout.write(options.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
}

function foretell(configuration: Configuration, options: PredictCliOptions): Prediction {
  const shear = {
    events: wholeNumber("events", options.events, 1),
    maxStrain: realNumber("max-strain", options.maxStrain),
    angle: realNumber("angle", options.angle),
  };
  const reading = softnessOptions(options);
  return compute(configuration, options, (progress) => {
    const { system, model } = configuration;
    const minimum = minimumOf(system, model, minimumOptions(options), progress);
    const prediction = predict(minimum, { ...reading, shear }, progress);
    const { status, message } = prediction.shear;
    if (status === "complete" || status === "max-strain") return prediction;
    throw new SoftfieldError("numerics", `the shear ended early (${status}): ${message}`);
  });
}

/** What `softfield predict` says; printed by --json, written to .json. */
interface PredictionSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly status: string;
  readonly bins: readonly number[];
  readonly spots: { readonly lte: number; readonly modes?: number };
  readonly events: readonly (Omit<EventScore, "position"> & { readonly position: number[] })[];
  readonly outputs: readonly string[];
}

function summarise(
  { file, model, system }: Configuration,
  { softness, shear, scores }: Prediction,
  outputs: readonly string[],
): PredictionSummary {
  const { baseline } = softness;
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    status: shear.status,
    bins: softness.field.counts,
    spots: { lte: softness.spots.spots.length, ...(baseline && { modes: baseline.spots.spots.length }) },
    events: scores.map((score) => ({ ...score, position: Array.from(score.position) })),
    outputs,
  };
}

function summaryText({ file, spots, bins, events, status, outputs }: PredictionSummary): string {
  const found = (score: EventScore["lte"] | undefined) => {
    if (!score?.nearest) return "no spots".padEnd(34);
    const { rank, standardized, distance } = score.nearest;
    const words = `rank ${rank}, Δε ${standardized.toFixed(2)}, ${distance.toFixed(1)} away, C ${score.correlation.toFixed(2)}`;
    return words.padEnd(40);
  };
  return [
    `glass     ${file}`,
    `field     ${bins.join(" × ")} bins, ${spots.lte} soft spots by E${spots.modes === undefined ? "" : `, ${spots.modes} by normal modes`}`,
    `shear     ${events.length} plastic events${status === "complete" ? "" : ` up to the largest strain (${status})`}`,
    "event  strain     particle  nearest spot by E                         by normal modes",
    ...events.map(({ ordinal, strain, particle, lte, modes }) =>
      `${String(ordinal).padStart(5)}  ${strain.toFixed(7)}  ${String(particle).padStart(8)}  ${found(lte)}  ${modes ? found(modes) : ""}`.trimEnd(),
    ),
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}
