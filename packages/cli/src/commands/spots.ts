import { version } from "@softfield/node";
import { type Command, Option } from "commander";
import {
  type DeformationOptions,
  type IndicatorMap,
  indicatorMaps,
  indicators,
  type MapOptions,
  type Minimum,
  minimumOf,
  SoftfieldError,
  type SpotSoftening,
  softestLoad,
  softestShear,
  type WorkControl,
  windowedThermalEnergy,
  yieldStrain,
} from "softfield";
import type { Hdf5Content } from "softfield/formats";
import {
  type LoadedSpot,
  ownYieldStrain,
  settledYields,
  softeningOfSpots,
  spotsTable,
  unitOf,
  whereDerivable,
} from "softfield/internal";
import { wholeNumber } from "../shell/arguments.ts";
import { cell } from "../shell/cells.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import {
  compute,
  minimumOptions,
  type RefineOptions,
  refineOptions,
  type WindowOptions,
  windowOptions,
  windowsOf,
} from "../shell/compute.ts";
import { inFileBox } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText, underLoad } from "../shell/loads.ts";
import { type PictureOptions, pictureOptions } from "../shell/pictures.ts";
import { inHead } from "../shell/units.ts";
import { fieldFigure, softeningFigure, YIELD_ANGLES } from "../softness/figures.ts";
import {
  type FieldCliOptions,
  fieldOptions,
  indicatorsText,
  requireModes,
  softnessOptions,
} from "../softness/options.ts";

interface SpotsOptions
  extends FrameOptions,
    WindowOptions,
    PictureOptions,
    FieldCliOptions,
    RefineOptions,
    LoadCliOptions {
  readonly indicator: string;
  readonly yield?: string;
  /** --no-softening: false. */
  readonly softening: boolean;
  readonly polar: readonly string[];
}

/** A map with what its spots do under strain. */
interface Found extends IndicatorMap {
  /** Absent where the model does not know how its energies answer to strain; with the reason. */
  readonly softening?: readonly SpotSoftening[] | undefined;
  readonly unstrained?: string | undefined;
  /** γ_c of the first spots by their surroundings, under the load; and, for a polar plot, along each of `YIELD_ANGLES`. */
  readonly local?: readonly number[] | undefined;
  readonly surfaces?: readonly (readonly number[])[] | undefined;
  /** The load's unit. */
  readonly load: Float64Array;
}

const spots: FrameCommand<SpotsOptions, Found, SpotsSummary> = {
  name: "spots",
  summary: "softness field and soft spots of a glass",
  description:
    "Coarse-grains the local thermal energies of a configuration at an energy minimum to a softness field, and " +
    "ranks its maxima, the soft spots (Zylberg et al. 2017, SI D). --indicator: of another measure of softness. Of each " +
    "spot also the strain at which it yields: by linear response ΣE²/ΣE·dE/dγ, under the load and under the softest shear.",
  get help() {
    return `${indicatorsText()}\nExample:\n  softfield spots glass.extxyz --model 2dipl -o spots.tsv --figure field.svg\n`;
  },
  options: (command) =>
    windowOptions(
      refineOptions(
        pictureOptions(
          fieldOptions(
            loadOptions(
              command.addOption(
                new Option("--indicator <name>", "what the field is made of")
                  .choices(indicators.names)
                  .default("lte"),
              ),
            ),
          ),
        ),
      ),
    )
      .option("--yield <n>", "of the first n spots also the strain at which their surroundings yield")
      .option(
        "--no-softening",
        "no strains of yielding by linear response: they take nearly half of the time",
      ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write the spots: .tsv .csv .parquet .json; with the field on its bins .h5 .npz",
      results: ({ configuration, options, found, summary }) => {
        const { dimension } = configuration.system.box;
        const metadata = metadataOf(configuration, options);
        const table = spotsTable(spotsOf(found, configuration), dimension, found.load, metadata);
        return { table, hdf5: { "/": table, ...fieldArrays(found) }, summary };
      },
    },
    {
      flags: "--figure <file>",
      description: "draw the field with its spots: .svg .png .pdf",
      picture: ({ found, options, configuration }) => fieldFigure(found, options, configuration),
    },
    {
      flags: "--polar <file>",
      description:
        "draw 1/γ_c of the first six spots over the direction of shear (in 3D in --plane; dots: of --yield): .svg .png .pdf",
      picture: ({ found, options, configuration }) => softeningFigure(found, options, configuration),
    },
  ],
  run: ({ configuration }, options) => find(configuration, options),
  summarise: ({ configuration, options, found, outputs }) =>
    summarise(found, spotsOf(found, configuration), {
      ...metadataOf(configuration, options),
      load: loadText(options, configuration.system.box.dimension),
      outputs,
      warnings: underLoad(configuration, loadOf(options)).warnings,
    }),
  text: summaryText,
};

/** `softfield spots FILE`: where a glass is soft. */
export function registerSpots(program: Command): void {
  registerFrame(program, spots);
}

function metadataOf({ file, model }: Configuration, { indicator }: SpotsOptions) {
  return { source: file, model: model.name, indicator, softfield: version };
}

function find(configuration: Configuration, options: SpotsOptions): Found {
  const { system, model, file } = configuration;
  const { indicator } = options;
  const reading = softnessOptions(options);
  if (indicator === "modes") requireModes(reading.modes);
  const tried = options.yield === undefined ? 0 : wholeNumber("yield", options.yield, 1);
  const windows = windowsOf(options);
  if (windows) checkWindows(indicator, tried, "--windows finds");
  const found = compute(configuration, options, (progress): Found => {
    const solver = { ...minimumOptions(options), factor: windows === undefined };
    const minimum = minimumOf(system, model, solver, progress);
    return spotsUnder(
      minimum,
      {
        ...reading,
        indicators: [indicator],
        energies: windows && ((glass, control) => windowedThermalEnergy(glass, windows, control)),
        load: loadOf(options),
        tried,
        around: options.polar.length > 0,
        softening: options.softening,
      },
      progress,
    );
  });
  if (found.spots.status === "ok") return found;
  throw new SoftfieldError("numerics", `${file}: no soft spots: ${found.spots.reason}`, { file });
}

/** Windows give energies alone. Throws "usage". */
export function checkWindows(indicator: string, tried: number, which: string): void {
  if (indicator === "lte" && tried === 0) return;
  throw new SoftfieldError("usage", `${which} the field of local thermal energies, and nothing beside it`, {
    field: "windows",
  });
}

/** By what spots are found, under which load they yield, and of how many of the first it is followed. */
interface SpotsRequest extends Omit<MapOptions, "load"> {
  readonly load: DeformationOptions;
  readonly tried: number;
  /** Whether these are followed under simple shear in every direction, too. */
  readonly around?: boolean;
  /** Default true; false leaves out how energies answer to strain, nearly half of the time. */
  readonly softening?: boolean;
}

/** The field of the first indicator with its spots, and what they do under strain. */
export function spotsUnder(
  minimum: Minimum,
  { load, tried, around = false, softening = true, ...reading }: SpotsRequest,
  control: WorkControl,
): Found {
  const unit = unitOf(minimum, load);
  const [map] = indicatorMaps(minimum, { ...reading, load: unit }, control);
  if (map.spots.status !== "ok") return { ...map, load: unit };
  const loads = [load, ...(around ? YIELD_ANGLES.map((angle) => ({ plane: load.plane, angle })) : [])];
  const places = map.spots.spots.slice(0, tried).map(({ position }) => position);
  const strains = settledYields(minimum, places, loads).map((yields) => yields.map(ownYieldStrain));
  const local = strains.map(([first]) => first);
  const surfaces = around ? strains.map(([, ...rest]) => rest) : undefined;
  const answers = reading.energies
    ? { unstrained: "windows give no derivatives by the strain" }
    : softening
      ? softeningOr(whereDerivable(() => softeningOfSpots(minimum, map, control)))
      : { unstrained: "none were asked for" };
  return { ...map, ...answers, ...(tried > 0 && { local, surfaces }), load: unit };
}

const softeningOr = ({ found, why }: ReturnType<typeof whereDerivable<SpotSoftening[]>>) =>
  found ? { softening: found } : { unstrained: why };

/** What `softfield spots` says of a glass; printed by --json, written to .json. */
interface SpotsSummary {
  readonly source: string;
  readonly model: string;
  readonly indicator: string;
  readonly bins: readonly number[];
  /** Fewest bonds or particles in a bin, and the fraction of bins of which none is kept. */
  readonly fewest: number;
  readonly emptyFraction: number;
  readonly spots: readonly SpotRecord[];
  /** The load of `yieldStrain`, in words. */
  readonly load: string;
  /** Why spots have no yield strains. */
  readonly unstrained?: string | undefined;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/** A spot in the summary; yield strains where the model knows them. */
interface SpotRecord {
  readonly rank: number;
  readonly position: number[];
  readonly score: number;
  readonly standardized: number;
  /** Under the load, and under the softest shear with its direction: degrees in 2D, slide and normal in 3D. */
  readonly yieldStrain?: number;
  readonly softest?: number;
  readonly angle?: number;
  readonly slide?: number[];
  readonly normal?: number[];
  readonly localYieldStrain?: number | null;
}

/** The field on its bins, smoothed and not, as arrays: the last edge of the box is the slowest, bins count from its corner at 0, wherever that of the file lies. */
function fieldArrays({ field, indicator }: Found): Hdf5Content {
  const shape = [...field.counts].reverse();
  const of = `${indicator.description}, on bins from the corner of the box at the origin of the coordinates (axes ${shape.length === 3 ? "z, " : ""}y, x)`;
  return {
    "/field": { values: field.values, shape, unit: indicator.unit, description: `${of}, smoothed` },
    "/field_raw": { values: field.raw, shape, unit: indicator.unit, description: "before smoothing" },
    "/entries": { values: field.entries, shape, description: "values in each bin" },
    "/kept": { values: field.kept, shape, description: "of them above the threshold" },
  };
}

/** The spots, in the box that the file has. */
export function spotsOf(
  { spots, softening, local }: Found,
  configuration: Configuration,
): readonly LoadedSpot[] {
  return spots.spots.map((spot, k) => ({
    ...spot,
    position: inFileBox(configuration, spot.position),
    softening: softening?.[k],
    ...(local && { local: local[k] ?? Number.NaN }),
  }));
}

function yieldRecord({ softening, local }: LoadedSpot, load: Float64Array): Partial<SpotRecord> {
  const measured = local === undefined ? {} : { localYieldStrain: Number.isNaN(local) ? null : local };
  if (!softening) return measured;
  const { strain, slide, normal } = softestLoad(softening);
  const direction =
    slide.length === 2
      ? { angle: softestShear(softening).angle }
      : { slide: Array.from(slide), normal: Array.from(normal) };
  return { yieldStrain: yieldStrain(softening, load), softest: strain, ...direction, ...measured };
}

function summarise(
  { field, load, unstrained }: Found,
  spots: readonly LoadedSpot[],
  rest: Pick<SpotsSummary, "source" | "model" | "indicator" | "load" | "outputs" | "warnings">,
): SpotsSummary {
  return {
    ...rest,
    ...(unstrained !== undefined && { unstrained }),
    bins: field.counts,
    fewest: field.entries.reduce((least, n) => Math.min(least, n), Infinity),
    emptyFraction: field.kept.filter((n) => n === 0).length / field.kept.length,
    spots: spots.map((spot) => ({
      rank: spot.rank,
      position: Array.from(spot.position),
      score: spot.score,
      standardized: spot.standardized,
      ...yieldRecord(spot, load),
    })),
  };
}

/** What stands behind a spot's score; in 3D the direction of its softest shear has room in files alone. */
function told({ angle, localYieldStrain: local }: SpotRecord, unstrained: string | undefined): string {
  const linear = [
    "yield strain",
    `that of the softest shear${angle === undefined ? "" : " and its direction"}`,
  ];
  const words = [
    ...(unstrained === undefined ? linear : []),
    ...(local === undefined ? [] : ["that of its surroundings"]),
  ];
  return words.length === 0 ? "" : `; ${words.join(", ")}`;
}

function summaryText(
  { spots, bins, fewest, emptyFraction, source, load, unstrained, outputs, warnings }: SpotsSummary,
  { configuration: { model } }: { configuration: Configuration },
): string {
  const close = spots.filter(({ standardized }) => standardized <= 2).length;
  const rows = spots.slice(0, 10).map(({ rank, position, score, standardized, ...more }) => {
    const place = position.map((x) => x.toFixed(2).padStart(8)).join("");
    const { yieldStrain: at, softest, angle, localYieldStrain } = more;
    const linear = [at, softest].map((x) => (x === undefined ? "" : cell(x.toPrecision(3), 11)));
    const where = angle === undefined ? "" : `${angle.toFixed(0)}°`.padStart(6);
    const local = localYieldStrain === undefined ? "" : cell(localYieldStrain?.toPrecision(3) ?? "–", 11);
    return `${String(rank).padStart(4)}  ${place}  ${score.toPrecision(5).padStart(9)}  ${standardized.toFixed(3).padStart(6)}${linear.join("")}${where}${local}`;
  });
  return [
    `glass     ${source}`,
    `field     ${bins.join(" × ")} bins, at least ${fewest} entries in each, ${(100 * emptyFraction).toFixed(0)} % without a kept one`,
    `spots     ${spots.length}, ${close} of them with Δε ≤ 2`,
    unstrained === undefined ? `load      ${load}` : `load      no yield strains: ${unstrained}`,
    `rank  position${inHead("λ", model)}, score, Δε${told(spots[0], unstrained)}`,
    ...rows,
    ...warnings.map((warning) => `warning   ${warning}`),
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}
