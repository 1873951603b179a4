import { type Results, requireColumns, version } from "@softfield/node";
import type { Command } from "commander";
import {
  type CensusOptions,
  census,
  type DeformationOptions,
  type DoubleWellResult,
  doubleWell,
  type EshelbyFit,
  type Excitation,
  elasticConstants,
  eshelbyFit,
  frameOfSystem,
  localThermalEnergy,
  localYield,
  type Minimum,
  minimumOf,
  type SpotSoftening,
  softestLoad,
  softestShear,
  softestThreshold,
  type Table,
  threshold,
  type WorkControl,
} from "softfield";
import { unitOf } from "softfield/internal";
import { wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText } from "../shell/loads.ts";

interface CensusCliOptions extends FrameOptions, ResponseOptions, LoadCliOptions {
  readonly modes: string;
  readonly bonds?: string;
  readonly local?: string;
  readonly barriers?: string;
}

/** An excitation and what the load at hand does to it. */
interface Loaded extends Excitation {
  /** γ_c under the load; negative: its opposite yields it. */
  readonly threshold: number;
  /** The smallest of any simple shear. */
  readonly softest: number;
  /** The elastic dipole that it is from afar. */
  readonly inclusion: EshelbyFit;
  /** γ_c of its surroundings, NaN where they do not yield; where that was asked for. */
  readonly local?: number;
  /** Its saddle and the minimum behind it; where that was asked for. */
  readonly well?: DoubleWellResult;
}

/** The excitations of a glass under a load. */
interface Found {
  /** Those that the load yields first come first, then the others. */
  readonly excitations: readonly Loaded[];
}

/** What `softfield census` says of a glass; printed by --json, written to .json. */
interface CensusSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  /** The load, in words. */
  readonly load: string;
  readonly excitations: readonly {
    readonly particle: number;
    readonly threshold: number;
    readonly softest: number;
    readonly stiffness: number;
    readonly barrier: number;
    readonly participation: number;
    /** With --local: where its surroundings yield; null: nowhere. */
    readonly local?: number | null;
    /** With --barriers. */
    readonly well?: Readonly<Record<string, string | number | boolean>>;
  }[];
  readonly seconds: { readonly read: number; readonly census: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

const command: FrameCommand<CensusCliOptions, Found, CensusSummary> = {
  name: "census",
  summary: "what may yield in a glass: its soft excitations, and under which strain each does",
  description:
    "Takes the census of the soft excitations of a configuration at an energy minimum: cubic modes grown from the " +
    "lowest normal modes and the softest bonds. Of each its place, stiffness, barrier, and the strain at which it " +
    "yields under the load, γ_c = κ²/(2τν), to cubic order. --local: that of its surroundings, exactly, to whose fold " +
    "they are followed; --barriers: its true barrier, by the saddle, and the minimum behind it.",
  help: "Example:\n  softfield census glass.extxyz --model 2dipl --angle 45 --local 10 -o census.tsv\n",
  options: (given) =>
    loadOptions(responseOptions(given))
      .option("--modes <n>", "lowest normal modes that it grows from", "40")
      .option("--bonds <n>", "soft bonds that it grows from (default: N/16, at least 150)")
      .option("--local <n>", "of the first n also the strain at which their surroundings yield")
      .option(
        "--barriers <n>",
        "of the first n also the true barrier, by the saddle, and the minimum behind it",
      ),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: .tsv .csv .parquet .json; with the fields of all excitations .h5 .extxyz",
      check: (path) => requireColumns(path, "excitations"),
      results: ({ configuration, found, summary }) => censusResults(configuration, found, summary),
    },
  ],
  check: sizesOf,
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      const [local, barriers] = [firstOf("local", options.local), firstOf("barriers", options.barriers)];
      return excitationsUnder(
        minimum,
        { load: loadOf(options), sizes: sizesOf(options), local, barriers },
        progress,
      );
    }),
  summarise: ({ configuration, options, found, seconds: { read, work }, outputs }) =>
    summariseCensus(configuration, found, {
      load: loadText(options, configuration.system.box.dimension),
      seconds: { read, census: work },
      outputs,
    }),
  text: summaryText,
};

/** `softfield census FILE`: what may yield, under which load, at what strain. */
export function registerCensus(program: Command): void {
  registerFrame(program, command);
}

/** Which load, how large a census, and of how many of the first what is costly. */
export interface CensusRequest {
  readonly load: DeformationOptions;
  readonly sizes: CensusOptions;
  readonly local: number;
  readonly barriers: number;
}

/** The census of a glass, with what a load does to each excitation. */
export function excitationsUnder(
  minimum: Minimum,
  { load, sizes, local, barriers }: CensusRequest,
  control: WorkControl,
): Found {
  const found = census(minimum, localThermalEnergy(minimum, {}, control), sizes, control);
  const unit = unitOf(minimum, load);
  const medium = elasticConstants(minimum);
  const loaded = found.map((one) => ({
    ...one,
    threshold: threshold(one, unit),
    softest: softestThreshold(one),
    inclusion: eshelbyFit(minimum, one, medium),
  }));
  const order = ({ threshold: at }: Loaded) => (at > 0 ? at : Infinity);
  loaded.sort((a, b) => order(a) - order(b) || a.softest - b.softest);
  return {
    excitations: loaded.map((one, k) => ({
      ...one,
      ...(k < local && { local: localOf(minimum, one, load) }),
      ...(k < barriers && { well: doubleWell(minimum, one) }),
    })),
  };
}

export function summariseCensus(
  { file, model, system, warnings }: Configuration,
  { excitations }: Found,
  rest: Pick<CensusSummary, "load" | "seconds" | "outputs">,
): CensusSummary {
  const { load, ...others } = rest;
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    load,
    excitations: excitations.map(
      ({ particle, threshold: at, softest, stiffness, barrier, participation, local, well }) => ({
        particle,
        threshold: at,
        softest,
        stiffness,
        barrier,
        participation,
        ...(local !== undefined && { local: Number.isNaN(local) ? null : local }),
        ...(well && { well: wellRecord(well) }),
      }),
    ),
    ...others,
    warnings,
  };
}

function sizesOf({ modes, bonds }: CensusCliOptions) {
  return {
    modes: wholeNumber("modes", modes, 1),
    ...(bonds !== undefined && { bonds: wholeNumber("bonds", bonds, 0) }),
  };
}

/** A coupling, or a dipole, d×d, as the slopes of a spot: what softens under which strain. */
function asSoftening(coupling: Float64Array): SpotSoftening {
  const d = Math.round(Math.sqrt(coupling.length));
  const [diagonal, sides]: [number[], number[]] = [[], []];
  for (let a = 0; a < d; a++) {
    diagonal.push(coupling[a * d + a]);
    for (let b = a + 1; b < d; b++) sides.push(coupling[a * d + b]);
  }
  return { squares: 1, products: Float64Array.from([...diagonal, ...sides]) };
}

const firstOf = (name: string, given: string | undefined) =>
  given === undefined ? 0 : wholeNumber(name, given, 1);

function localOf(minimum: Minimum, { position }: Excitation, load: DeformationOptions): number {
  const [found] = localYield(minimum, position, [load]);
  return found.status === "fold" ? found.strain : Number.NaN;
}

/** A double well without its fields. */
function wellRecord(well: DoubleWellResult): Record<string, string | number | boolean> {
  if (well.status !== "found") return { ...well };
  const { saddle: _saddle, other: _other, ...numbers } = well;
  return numbers;
}

/** Columns of the double wells of those that were followed. */
function wellColumns(excitations: readonly Loaded[]): Table["columns"] {
  if (excitations.every(({ well }) => well === undefined)) return [];
  const real = (
    name: "barrier" | "back" | "difference" | "displacement" | "participation",
    unit: string,
    description: string,
  ) => ({
    name: `well_${name}`,
    values: Float64Array.from(excitations, ({ well }) =>
      well?.status === "found" ? well[name] : Number.NaN,
    ),
    unit,
    description,
  });
  return [
    real("barrier", "ε", "from this minimum to the saddle of index one; NaN: not followed, or none found"),
    real("back", "ε", "from the minimum behind it to the saddle"),
    real("difference", "ε", "energy of that minimum over this one's"),
    real("displacement", "λ", "from minimum to minimum"),
    real("participation", "1", "particles, of that displacement"),
  ];
}

/** The census in the shapes that output formats take. */
export function censusResults(configuration: Configuration, found: Found, summary: CensusSummary): Results {
  const { system, model } = configuration;
  const d = system.box.dimension;
  const { excitations } = found;
  const axes = Array.from("xyz".slice(0, d));
  const real = (name: string, value: (one: Loaded) => number, unit: string, description: string) => ({
    name,
    values: Float64Array.from(excitations, value),
    unit,
    description,
  });
  const metadata = { source: configuration.file, model: model.name, load: summary.load, softfield: version };
  const table: Table = {
    metadata,
    columns: [
      {
        name: "particle",
        values: Int32Array.from(excitations, ({ particle }) => particle),
        description: "that moves most, zero-based",
      },
      ...axes.map((axis, a) => real(axis, ({ position }) => position[a], "λ", "centre, weighted by |z|⁴")),
      real(
        "threshold",
        (one) => one.threshold,
        "1",
        "γ_c = κ²/(2τν) under the load; negative: under its opposite",
      ),
      real("softest", (one) => one.softest, "1", "the smallest γ_c of any simple shear"),
      ...(d === 2
        ? [
            real(
              "angle",
              ({ coupling }) => softestShear(asSoftening(coupling)).angle,
              "°",
              "sliding direction of that shear, 0 to 180",
            ),
            real(
              "eshelby_angle",
              ({ inclusion }) => softestShear(asSoftening(inclusion.dipole.map((x) => -x))).angle,
              "°",
              "the same of the elastic dipole that fits its field from afar",
            ),
          ]
        : axes.flatMap((axis, a) => [
            real(
              `slide_${axis}`,
              ({ coupling }) => softestLoad(asSoftening(coupling)).slide[a],
              "1",
              "sliding direction of that shear",
            ),
            real(
              `normal_${axis}`,
              ({ coupling }) => softestLoad(asSoftening(coupling)).normal[a],
              "1",
              "normal of its sliding planes",
            ),
          ])),
      real(
        "eshelby_explained",
        ({ inclusion }) => inclusion.explained,
        "1",
        "of its field from afar, by that of a dipole",
      ),
      real("stiffness", (one) => one.stiffness, "ε/λ²", "κ = M:zz"),
      real("anharmonicity", (one) => one.anharmonicity, "ε/λ³", "τ = U‴:zzz"),
      real("barrier", (one) => one.barrier, "ε", "2κ³/(3τ²)"),
      real("participation", (one) => one.participation, "1", "particles, (Σ|z|²)²/Σ|z|⁴"),
      real("radius", (one) => one.radius, "λ", "root mean square distance from the centre by |z|⁴"),
      ...axes.flatMap((a, k) =>
        axes.slice(k).map((b, l) => {
          const [at, back] = [k * d + k + l, (k + l) * d + k];
          return real(
            `coupling_${a}${b}`,
            ({ coupling }) => (at === back ? coupling[at] : coupling[at] + coupling[back]),
            "ε/λ",
            `force on it by a unit of e_${a}${b}`,
          );
        }),
      ),
      ...(excitations.some(({ local }) => local !== undefined)
        ? [
            real(
              "local_threshold",
              ({ local = Number.NaN }) => local,
              "1",
              "γ_c at which its surroundings yield under the load; NaN: not tried, or none",
            ),
          ]
        : []),
      ...wellColumns(excitations),
    ],
  };
  const fields = excitations.map(({ field }, k): [string, Float64Array] => [`excitation_${k + 1}`, field]);
  const count = system.species.length;
  const all = new Float64Array(excitations.length * count * d);
  excitations.forEach(({ field }, k) => {
    all.set(field, k * count * d);
  });
  return {
    table,
    hdf5: {
      "/excitations": table,
      "/fields": {
        values: all,
        shape: [excitations.length, count, d],
        description: "unit displacement fields (excitation, particle, component)",
      },
    },
    frame: frameOfSystem(system, model, {
      columns: Object.fromEntries(fields),
      ...fileExtras(configuration, system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}

function summaryText(summary: CensusSummary): string {
  const rows = summary.excitations.slice(0, 10).map((one, k) => {
    const numbers = [one.threshold, one.softest, one.stiffness, one.barrier].map((x) =>
      x.toPrecision(4).padStart(11),
    );
    return `${String(k + 1).padStart(4)} ${String(one.particle).padStart(9)}${numbers.join("")}${one.participation.toFixed(1).padStart(8)}${beside(one)}`;
  });
  return [
    `glass     ${summary.file}: ${summary.model}, N = ${summary.particles}`,
    `census    ${summary.excitations.length} excitations in ${summary.seconds.census.toFixed(2)} s; ${summary.load}`,
    "rank  particle    γ_c       softest   stiffness    barrier  particles  local γ_c  true barrier",
    ...rows,
    ...summary.warnings.map((warning) => `warning   ${warning}`),
    ...summary.outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}

/** What was asked for beside the cubic estimates. */
function beside({ local, well }: CensusSummary["excitations"][number]): string {
  const strain = local === undefined ? "" : (local?.toPrecision(4) ?? "–");
  const barrier =
    well === undefined
      ? ""
      : typeof well.barrier === "number"
        ? well.barrier.toPrecision(4)
        : `${well.status}`;
  return `  ${strain.padStart(11)} ${barrier.padStart(12)}`.trimEnd();
}
