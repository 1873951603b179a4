import { version } from "@softfield/node";
import { type Command, Option } from "commander";
import {
  type FieldWithSpots,
  type IndicatorMap,
  indicatorMaps,
  indicators,
  minimumOf,
  SoftfieldError,
  type SoftSpot,
} from "softfield";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type RefineOptions, refineOptions } from "../shell/compute.ts";
import { inFileBox } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { mapStyle, type PictureOptions, pictureOptions } from "../shell/pictures.ts";
import { fieldFigure } from "../softness/figures.ts";
import {
  type FieldCliOptions,
  fieldOptions,
  indicatorsText,
  requireModes,
  softnessOptions,
} from "../softness/options.ts";
import { spotsTable } from "../softness/tables.ts";

interface SpotsOptions extends FrameOptions, PictureOptions, FieldCliOptions, RefineOptions {
  readonly indicator: string;
}

const spots: FrameCommand<SpotsOptions, IndicatorMap, SpotsSummary> = {
  name: "spots",
  summary: "softness field and soft spots of a glass",
  description:
    "Coarse-grains the local thermal energies of a configuration at an energy minimum to a softness field, and " +
    "ranks its maxima, the soft spots (Zylberg et al. 2017, SI D). --indicator: of another measure of softness.",
  get help() {
    return `${indicatorsText()}\nExample:\n  softfield spots glass.extxyz --model 2dipl -o spots.tsv --figure field.svg\n`;
  },
  options: (command) =>
    refineOptions(
      pictureOptions(
        fieldOptions(
          command.addOption(
            new Option("--indicator <name>", "what the field is made of")
              .choices(indicators.names)
              .default("lte"),
          ),
        ),
      ),
    ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write the spots: .tsv .csv .parquet .h5 .json",
      results: ({ configuration, options, found, summary }) => {
        const metadata = metadataOf(configuration, options);
        return {
          table: spotsTable(spotsOf(found, configuration), configuration.system.box.dimension, metadata),
          summary,
        };
      },
    },
    {
      flags: "--figure <file>",
      description: "draw the field with its spots: .svg .png .pdf",
      picture: ({ found, options, configuration: { model } }) => fieldFigure(found, mapStyle(options, model)),
    },
  ],
  run: ({ configuration }, options) => find(configuration, options),
  summarise: ({ configuration, options, found, outputs }) =>
    summarise(found.field, spotsOf(found, configuration), { ...metadataOf(configuration, options), outputs }),
  text: summaryText,
};

/** `softfield spots FILE`: where a glass is soft. */
export function registerSpots(program: Command): void {
  registerFrame(program, spots);
}

function metadataOf({ file, model }: Configuration, { indicator }: SpotsOptions) {
  return { source: file, model: model.name, indicator, softfield: version };
}

function find(configuration: Configuration, options: SpotsOptions): IndicatorMap {
  const { system, model, file } = configuration;
  const { indicator } = options;
  const reading = softnessOptions(options);
  if (indicator === "modes") requireModes(reading.modes);
  const found = compute(configuration, options, (progress) => {
    const minimum = minimumOf(system, model, minimumOptions(options), progress);
    return indicatorMaps(minimum, { ...reading, indicators: [indicator] }, progress)[0];
  });
  if (found.spots.status === "ok") return found;
  throw new SoftfieldError("numerics", `${file}: no soft spots: ${found.spots.reason}`, { file });
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

/** The spots, in the box that the file has. */
function spotsOf({ spots }: FieldWithSpots, configuration: Configuration): readonly SoftSpot[] {
  return spots.spots.map((spot) => ({ ...spot, position: inFileBox(configuration, spot.position) }));
}

function summarise(
  field: FieldWithSpots["field"],
  spots: readonly SoftSpot[],
  rest: Pick<SpotsSummary, "source" | "model" | "indicator" | "outputs">,
): SpotsSummary {
  return {
    ...rest,
    bins: field.counts,
    fewest: field.entries.reduce((least, n) => Math.min(least, n), Infinity),
    emptyFraction: field.kept.filter((n) => n === 0).length / field.kept.length,
    spots: spots.map(({ rank, position, score, standardized }) => ({
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
