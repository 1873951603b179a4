import { version } from "@softfield/node";
import type { Command } from "commander";
import {
  type IndicatorScore,
  indicators,
  minimumOf,
  type Prediction,
  predict,
  SoftfieldError,
} from "softfield";
import { realNumber, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { mapStyle, type PictureOptions, pictureOptions } from "../shell/pictures.ts";
import { figure3 } from "../softness/figures.ts";
import {
  type FieldCliOptions,
  fieldOptions,
  indicatorsText,
  requireModes,
  softnessOptions,
} from "../softness/options.ts";
import { scoresTable } from "../softness/tables.ts";

interface PredictCliOptions extends FrameOptions, PictureOptions, FieldCliOptions, RefineOptions {
  readonly events: string;
  readonly maxStrain: string;
  readonly angle: string;
  readonly indicators?: string;
}

const prediction: FrameCommand<PredictCliOptions, Prediction, PredictionSummary> = {
  name: "predict",
  summary: "shear a glass and score where it yields by its soft spots",
  description:
    "Finds the soft spots of a glass, by local thermal energies and by normal modes, shears it quasistatically to " +
    "its first plastic events, and says how well the first foretold the second (Zylberg et al. 2017, SI E; Fig. 3).",
  get help() {
    return `${indicatorsText()}\nExample:\n  softfield predict glass.extxyz --model 2dipl -o score.json --figure fig3.svg\n`;
  },
  options: (command) =>
    refineOptions(
      pictureOptions(fieldOptions(command))
        .option("--indicators <names>", "what to find spots by, separated by commas (default: lte,modes)")
        .option("-n, --events <n>", "shear to so many events", "5")
        .option("--max-strain <strain>", "and no further than this", "0.2")
        .option("--angle <degrees>", "direction of shear in the plane", "0"),
    ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write the scores: .tsv .csv .parquet .h5 .json",
      results: ({ found, summary }) => ({ table: scoresTable(found.scores, namesOf(found)), summary }),
    },
    {
      flags: "--figure <file>",
      description: "draw Fig. 3: .svg .png .pdf",
      picture: ({ found, options, configuration: { model } }) => figure3(found, mapStyle(options, model)),
    },
  ],
  run: ({ configuration }, options) => foretell(configuration, options),
  summarise: ({ configuration, found, outputs }) => summarise(configuration, found, outputs),
  text: (summary, { found }) => summaryText(summary, found),
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
  const asked = askedIndicators(options, reading.modes);
  return compute(configuration, options, (progress) => {
    const { system, model } = configuration;
    const minimum = minimumOf(system, model, minimumOptions(options), progress);
    const prediction = predict(minimum, { ...reading, indicators: asked, shear }, progress);
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
  /** Soft spots by each indicator. */
  readonly spots: Readonly<Record<string, number>>;
  /** With the scores of each by its name. */
  readonly events: readonly object[];
  readonly outputs: readonly string[];
}

function summarise(
  { file, model, system }: Configuration,
  { maps, shear, scores }: Prediction,
  outputs: readonly string[],
): PredictionSummary {
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    status: shear.status,
    bins: maps[0].field.counts,
    spots: Object.fromEntries(maps.map(({ indicator, spots }) => [indicator.name, spots.spots.length])),
    events: scores.map(({ scores: by, ...event }) => ({
      ...event,
      position: Array.from(event.position),
      ...by,
    })),
    outputs,
  };
}

/** The indicators of --indicators; by default the paper's two, or its first where no modes are wanted. */
function askedIndicators({ indicators: given }: PredictCliOptions, modes: number): readonly string[] {
  if (given === undefined) return modes === 0 ? ["lte"] : ["lte", "modes"];
  const names = [...new Set(given.split(",").map((name) => name.trim()))];
  for (const name of names) indicators.get(name);
  if (names.includes("modes")) requireModes(modes);
  return names;
}

function namesOf({ maps }: Pick<Prediction, "maps">): readonly string[] {
  return maps.map(({ indicator }) => indicator.name);
}

/** What an indicator is called in sentences. */
const BY: Readonly<Record<string, string>> = { lte: "E", modes: "normal modes" };
const by = (name: string) => BY[name] ?? indicators.get(name).short;

function summaryText(
  { file, bins, status, outputs }: PredictionSummary,
  { maps, scores }: Prediction,
): string {
  const names = namesOf({ maps });
  const found = ({ nearest, correlation }: IndicatorScore) => {
    if (!nearest) return "no spots".padEnd(34);
    const { rank, standardized, distance } = nearest;
    const words = `rank ${rank}, Δε ${standardized.toFixed(2)}, ${distance.toFixed(1)} away, C ${correlation.toFixed(2)}`;
    return words.padEnd(40);
  };
  const counts = maps.map(({ indicator, spots }, k) => {
    const count = spots.spots.length;
    return `${count}${k === 0 ? " soft spots" : ""} by ${by(indicator.name)}`;
  });
  const heads = names.map((name, k) => `${k === 0 ? "nearest spot " : ""}by ${by(name)}`.padEnd(42));
  return [
    `glass     ${file}`,
    `field     ${bins.join(" × ")} bins, ${counts.join(", ")}`,
    `shear     ${scores.length} plastic events${status === "complete" ? "" : ` up to the largest strain (${status})`}`,
    `event  strain     particle  ${heads.join("")}`.trimEnd(),
    ...scores.map(({ ordinal, strain, particle, scores: of }) => {
      const told = names.map((name) => found(of[name])).join("  ");
      return `${String(ordinal).padStart(5)}  ${strain.toFixed(7)}  ${String(particle).padStart(8)}  ${told}`.trimEnd();
    }),
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}
