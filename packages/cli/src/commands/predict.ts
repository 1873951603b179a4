import { version } from "@softfield/node";
import type { Command } from "commander";
import { type EventScore, minimumOf, type Prediction, predict, SoftfieldError } from "softfield";
import { realNumber, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { mapStyle, type PictureOptions, pictureOptions } from "../shell/pictures.ts";
import { figure3 } from "../softness/figures.ts";
import { type FieldCliOptions, fieldOptions, softnessOptions } from "../softness/options.ts";
import { scoresTable } from "../softness/tables.ts";

interface PredictCliOptions extends FrameOptions, PictureOptions, FieldCliOptions, RefineOptions {
  readonly events: string;
  readonly maxStrain: string;
  readonly angle: string;
}

const prediction: FrameCommand<PredictCliOptions, Prediction, PredictionSummary> = {
  name: "predict",
  summary: "shear a glass and score where it yields by its soft spots",
  description:
    "Finds the soft spots of a glass, by local thermal energies and by normal modes, shears it quasistatically to " +
    "its first plastic events, and says how well the first foretold the second (Zylberg et al. 2017, SI E; Fig. 3).",
  help: "Example:\n  softfield predict glass.extxyz --model 2dipl -o score.json --figure fig3.svg\n",
  options: (command) =>
    refineOptions(
      pictureOptions(fieldOptions(command))
        .option("-n, --events <n>", "shear to so many events", "5")
        .option("--max-strain <strain>", "and no further than this", "0.2")
        .option("--angle <degrees>", "direction of shear in the plane", "0"),
    ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write the scores: .tsv .csv .parquet .h5 .json",
      results: ({ found, summary }) => ({ table: scoresTable(found.scores), summary }),
    },
    {
      flags: "--figure <file>",
      description: "draw Fig. 3: .svg .png .pdf",
      picture: ({ found, options }) => figure3(found.softness, found.scores, mapStyle(options)),
    },
  ],
  run: foretell,
  summarise: ({ configuration, found, outputs }) => summarise(configuration, found, outputs),
  text: summaryText,
};

/** `softfield predict FILE`: soft spots, plastic events, and how well the first foretold the second. */
export function registerPredict(program: Command): void {
  registerFrame(program, prediction);
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
