import type { Command } from "commander";
import { type Indicator, minimumOf } from "softfield";
import { askedIndicators, checkFollow, type Foretold, predictionUnder } from "../predict/prediction.ts";
import {
  type PredictionSummary,
  predictionResults,
  predictionText,
  summarisePrediction,
} from "../predict/results.ts";
import { realNumber, repeatable, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText, underLoad } from "../shell/loads.ts";
import { type PictureOptions, pictureOptions } from "../shell/pictures.ts";
import { figure3 } from "../softness/figures.ts";
import { type FieldCliOptions, fieldOptions, indicatorsText, softnessOptions } from "../softness/options.ts";
import { type OutsideOptions, outsideIndicators } from "../softness/outside.ts";

interface PredictCliOptions
  extends FrameOptions,
    PictureOptions,
    FieldCliOptions,
    RefineOptions,
    LoadCliOptions,
    OutsideOptions {
  readonly events: string;
  readonly maxStrain: string;
  readonly indicators?: string;
  readonly forecast?: boolean;
  readonly follow?: boolean;
  readonly figure: readonly string[];
}

const prediction: FrameCommand<PredictCliOptions, Foretold, PredictionSummary> = {
  name: "predict",
  summary: "shear a glass and score where it yields by its soft spots",
  description:
    "Finds the soft spots of a glass, by local thermal energies and by normal modes, shears it quasistatically to " +
    "its first plastic events, and says how well the first foretold the second (Zylberg et al. 2017, SI E; Fig. 3). " +
    "Beside the strain of each event stands that at which its spot was to yield, by linear response (other way: the " +
    "load stiffens it, its opposite would soften it); --forecast: " +
    "also that of the excitation at it, to cubic order, and that of its surroundings, with their ranks among all.",
  get help() {
    return `${indicatorsText()}\nExample:\n  softfield predict glass.extxyz --model 2dipl -o score.json --figure fig3.svg\n`;
  },
  options: (command) =>
    refineOptions(
      loadOptions(pictureOptions(fieldOptions(command)))
        .option("--indicators <names>", "what to find spots by, separated by commas (default: lte,modes)")
        .option(
          "--score <column>",
          "score a column of the file, or of --table, beside them; -NAME: small is soft (repeatable)",
          repeatable,
          [],
        )
        .option(
          "--table <file>",
          "where these columns are: .parquet .tsv .csv, by id, by particle, or a row a particle",
        )
        .option("-n, --events <n>", "shear to so many events", "5")
        .option("--max-strain <strain>", "and no further than this", "0.2")
        .option("--forecast", "foretell the events from the unsheared glass (some minutes at N = 10,000)")
        .option(
          "--follow",
          "with --forecast: foretell each event also from the minimum that the one before led to, the census followed",
        ),
    ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write the scores: .tsv .csv .parquet .h5 .json",
      results: ({ found, summary }) => predictionResults(found, summary),
    },
    {
      flags: "--figure <file>",
      description: "draw Fig. 3: .svg .png .pdf",
      picture: ({ found, options, configuration }) => figure3(found, found.response!, options, configuration),
    },
  ],
  check: checkFollow,
  run: async ({ configuration }, options) =>
    run(configuration, options, await outsideIndicators(configuration, options)),
  summarise: ({ configuration, options, found, outputs }) =>
    summarisePrediction(underLoad(configuration, loadOf(options)), found, {
      outputs,
      load: loadText(options, configuration.system.box.dimension),
    }),
  text: (summary, { found, configuration: { model } }) => predictionText(summary, found, model),
};

/** `softfield predict FILE`: soft spots, plastic events, and how well the first foretold the second. */
export function registerPredict(program: Command): void {
  registerFrame(program, prediction);
}

function run(
  configuration: Configuration,
  options: PredictCliOptions,
  outside: readonly Indicator[],
): Foretold {
  const shear = {
    events: wholeNumber("events", options.events, 1),
    maxStrain: realNumber("max-strain", options.maxStrain),
  };
  const reading = softnessOptions(options);
  const names = options.indicators?.split(",").map((name) => name.trim());
  const indicators = [...askedIndicators(names, reading.modes), ...outside];
  const { forecast = false, follow = false } = options;
  return compute(configuration, options, (progress) => {
    const minimum = minimumOf(configuration.system, configuration.model, minimumOptions(options), progress);
    const energies = options.figure.length > 0;
    const request = { ...reading, indicators, load: loadOf(options), shear, forecast, follow, energies };
    return predictionUnder(minimum, request, progress);
  });
}
