import { version } from "@softfield/node";
import type { Command } from "commander";
import {
  type Indicator,
  type IndicatorScore,
  indicators,
  minimumOf,
  type PairModel,
  type Prediction,
  predict,
  SoftfieldError,
} from "softfield";
import {
  type FollowedStrain,
  type Forecast,
  type ForetoldStrain,
  followedStrains,
  forecastsOf,
  foretoldStrains,
  softeningOfSpots,
  whereDerivable,
} from "softfield/internal";
import { realNumber, repeatable, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText } from "../shell/loads.ts";
import { type PictureOptions, pictureOptions } from "../shell/pictures.ts";
import { behind } from "../shell/units.ts";
import { figure3 } from "../softness/figures.ts";
import {
  type FieldCliOptions,
  fieldOptions,
  indicatorsText,
  requireModes,
  softnessOptions,
} from "../softness/options.ts";
import { type OutsideOptions, outsideIndicators } from "../softness/outside.ts";
import { scoresTable } from "../softness/tables.ts";

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
}

/** A prediction with the strains at which its events were foretold. */
interface Found extends Prediction {
  readonly foretold: readonly ForetoldStrain[];
  /** Why spots have no yield strains, if so. */
  readonly unstrained?: string | undefined;
  /** Where the glass was foretold to yield, in order, where that was asked for. */
  readonly forecast?: Forecast | undefined;
  /** What the minimum before each event foretold of it, where that was asked for. */
  readonly followed?: readonly FollowedStrain[] | undefined;
}

const prediction: FrameCommand<PredictCliOptions, Found, PredictionSummary> = {
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
      results: ({ found, summary }) => ({
        table: scoresTable(found.scores, namesOf(found), found),
        summary,
      }),
    },
    {
      flags: "--figure <file>",
      description: "draw Fig. 3: .svg .png .pdf",
      picture: ({ found, options, configuration }) => figure3(found, options, configuration),
    },
  ],
  check: ({ follow, forecast }) => {
    if (!follow || forecast) return;
    throw new SoftfieldError("usage", "--follow goes on with the forecast of --forecast: give it, too", {
      field: "follow",
    });
  },
  run: async ({ configuration }, options) =>
    run(configuration, options, await outsideIndicators(configuration, options)),
  summarise: ({ configuration, options, found, outputs }) =>
    summarise(configuration, found, {
      outputs,
      load: loadText(options, configuration.system.box.dimension),
    }),
  text: (summary, { found, configuration: { model } }) => summaryText(summary, found, model),
};

/** `softfield predict FILE`: soft spots, plastic events, and how well the first foretold the second. */
export function registerPredict(program: Command): void {
  registerFrame(program, prediction);
}

function run(configuration: Configuration, options: PredictCliOptions, outside: readonly Indicator[]): Found {
  const load = loadOf(options);
  const shear = {
    events: wholeNumber("events", options.events, 1),
    maxStrain: realNumber("max-strain", options.maxStrain),
    ...load,
  };
  const reading = softnessOptions(options);
  const asked = askedIndicators(options, reading.modes);
  return compute(configuration, options, (progress) => {
    const { system, model } = configuration;
    const minimum = minimumOf(system, model, minimumOptions(options), progress);
    const prediction = predict(minimum, { ...reading, indicators: [...asked, ...outside], shear }, progress);
    const { status, message } = prediction.shear;
    if (status !== "complete" && status !== "max-strain")
      throw new SoftfieldError("numerics", `the shear ended early (${status}): ${message}`);
    const [map] = prediction.maps;
    const { found: softening, why } = whereDerivable(() => softeningOfSpots(minimum, map, progress));
    const forecast = options.forecast ? forecastsOf(minimum, [load], {}, progress)[0] : undefined;
    const by = { indicator: map.indicator, softening, forecast };
    const { events } = prediction.shear;
    const followed =
      forecast && options.follow && events.length > 0
        ? followedStrains(
            minimum,
            load,
            { forecast, maxStrain: shear.maxStrain, events: events.length },
            {},
            progress,
          )
        : undefined;
    const foretold = foretoldStrains(minimum, by, load, prediction);
    return { ...prediction, forecast, followed, foretold, unstrained: why };
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
  /** The load, in words. */
  readonly load: string;
  /** Where the glass was foretold to yield, in order; with --forecast. */
  readonly forecast?: readonly { strain: number; particle: number; position: number[] }[];
  readonly outputs: readonly string[];
}

function summarise(
  { file, model, system }: Configuration,
  { maps, shear, scores, foretold, forecast, followed }: Found,
  { outputs, load }: Pick<PredictionSummary, "outputs" | "load">,
): PredictionSummary {
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    status: shear.status,
    bins: maps[0].field.counts,
    spots: Object.fromEntries(maps.map(({ indicator, spots }) => [indicator.name, spots.spots.length])),
    load,
    events: scores.map(({ scores: by, ...event }, k) => ({
      ...event,
      position: Array.from(event.position),
      ...by,
      foretold: foretold[k],
      ...(followed && { followed: followed[k] }),
    })),
    ...(forecast && {
      forecast: forecast.folds.map(({ strain, particle, position }) => ({
        strain,
        particle,
        position: Array.from(position),
      })),
    }),
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
const by = ({ name, short }: Indicator) => BY[name] ?? short;

function summaryText(
  { file, bins, status, load, outputs }: PredictionSummary,
  { maps, scores, foretold, forecast, followed, unstrained }: Found,
  model: PairModel,
): string {
  const names = namesOf({ maps });
  const found = ({ nearest, correlation }: IndicatorScore) => {
    if (!nearest) return "no spots".padEnd(34);
    const { rank, standardized, distance } = nearest;
    const words = `rank ${rank}, Δε ${standardized.toFixed(2)}, ${distance.toFixed(1)}${behind("λ", model)} away, C ${correlation.toFixed(2)}`;
    return words.padEnd(40 + behind("λ", model).length);
  };
  const counts = maps.map(({ indicator, spots }, k) => {
    const count = spots.spots.length;
    return `${count}${k === 0 ? " soft spots" : ""} by ${by(indicator)}`;
  });
  const heads = maps.map(({ indicator }, k) =>
    `${k === 0 ? "nearest spot " : ""}by ${by(indicator)}`.padEnd(42),
  );
  return [
    `glass     ${file}`,
    `field     ${bins.join(" × ")} bins, ${counts.join(", ")}`,
    `shear     ${load}: ${scores.length} plastic events${status === "complete" ? "" : ` up to the largest strain (${status})`}`,
    `event  strain     foretold${forecast ? "    cubic (rank)     local (rank)   " : "   "}${followed ? "  followed (rank)" : ""} particle  ${heads.join("")}`.trimEnd(),
    ...scores.map(({ ordinal, strain, particle, scores: of }, k) => {
      const told = names.map((name) => found(of[name])).join("  ");
      const { linear, cubic = Number.NaN, cubicRank = 0, local = Number.NaN, rank = 0 } = foretold[k];
      const others = [placeText(cubic, cubicRank), placeText(local, rank)];
      if (followed) others.push(placeText(followed[k].strain, followed[k].rank));
      const before =
        (linear < 0 ? OTHER_WAY : strainText(linear)).padEnd(9) +
        (forecast ? `  ${others.map((told) => told.padEnd(15)).join("  ")}` : "");
      return `${String(ordinal).padStart(5)}  ${strain.toFixed(7)}  ${before}  ${String(particle).padStart(8)}  ${told}`.trimEnd();
    }),
    ...(unstrained === undefined ? [] : [`note      spots have no yield strains: ${unstrained}`]),
    ...(foretold.some(({ linear }) => linear < 0)
      ? [`note      ${OTHER_WAY}: the load stiffens the nearest spot, and its opposite softens it`]
      : []),
    ...(forecast?.folds ?? [])
      .slice(0, 5)
      .map(
        (one, k) =>
          `forecast  ${k + 1}. γ = ${one.strain.toPrecision(4)}, particle ${one.particle}, at ${Array.from(one.position, (x) => x.toFixed(1)).join(" ")}`,
      ),
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}

/** Of a spot whose yield strain is negative. */
const OTHER_WAY = "other way";
const strainText = (strain: number) => (Number.isNaN(strain) ? "–" : strain.toFixed(7));
const placeText = (strain: number, rank: number) =>
  rank === 0 ? "nowhere" : `${strainText(strain)} (${rank})`;
