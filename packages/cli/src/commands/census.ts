import { type Results, requireColumns, version } from "@softfield/node";
import type { Command } from "commander";
import {
  census,
  type Excitation,
  frameOfSystem,
  localThermalEnergy,
  minimumOf,
  simpleShear,
  softestThreshold,
  type Table,
  threshold,
} from "softfield";
import { numberOption, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";

interface CensusOptions extends FrameOptions, ResponseOptions {
  readonly modes: string;
  readonly bonds: string;
  readonly angle?: number;
}

/** An excitation and what the load at hand does to it. */
interface Loaded extends Excitation {
  /** γ_c under the load; negative: its opposite yields it. */
  readonly threshold: number;
  /** The smallest of any simple shear. */
  readonly softest: number;
}

interface Found {
  /** Those that the load yields first come first, then the others. */
  readonly excitations: readonly Loaded[];
  readonly angle: number;
}

/** What `softfield census` says of a glass; printed by --json, written to .json. */
interface CensusSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly angle: number;
  readonly excitations: readonly {
    readonly particle: number;
    readonly threshold: number;
    readonly softest: number;
    readonly stiffness: number;
    readonly barrier: number;
    readonly participation: number;
  }[];
  readonly seconds: { readonly read: number; readonly census: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

const command: FrameCommand<CensusOptions, Found, CensusSummary> = {
  name: "census",
  summary: "what may yield in a glass: its soft excitations, and under which strain each does",
  description:
    "Takes the census of the soft excitations of a configuration at an energy minimum: cubic modes grown from the " +
    "lowest normal modes and the softest bonds. Of each its place, stiffness, barrier, and the strain at which it " +
    "yields under simple shear, γ_c = κ²/(2τν), to cubic order.",
  help: "Example:\n  softfield census glass.extxyz --model 2dipl --angle 45 -o census.tsv\n",
  options: (given) =>
    responseOptions(given)
      .addOption(numberOption("--angle <degrees>", "direction of the shear in the plane xy (default: 0)"))
      .option("--modes <n>", "lowest normal modes that it grows from", "40")
      .option("--bonds <n>", "softest bonds that it grows from", "150"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: .tsv .csv .parquet .json; with the fields of all excitations .extxyz",
      check: (path) => requireColumns(path, "excitations"),
      results: ({ configuration, found, summary }) => censusResults(configuration, found, summary),
    },
  ],
  check: sizesOf,
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      const found = census(minimum, localThermalEnergy(minimum), sizesOf(options), progress);
      const { angle = 0 } = options;
      const load = simpleShear(system.box.dimension, angle);
      const loaded = found.map((one) => ({
        ...one,
        threshold: threshold(one, load),
        softest: softestThreshold(one),
      }));
      const order = ({ threshold: at }: Loaded) => (at > 0 ? at : Infinity);
      return { excitations: loaded.sort((a, b) => order(a) - order(b) || a.softest - b.softest), angle };
    }),
  summarise: ({ configuration, found, seconds: { read, work }, outputs }) => ({
    file: configuration.file,
    version,
    model: configuration.model.name,
    particles: configuration.system.species.length,
    angle: found.angle,
    excitations: found.excitations.map(
      ({ particle, threshold: at, softest, stiffness, barrier, participation }) => ({
        particle,
        threshold: at,
        softest,
        stiffness,
        barrier,
        participation,
      }),
    ),
    seconds: { read, census: work },
    outputs,
    warnings: configuration.warnings,
  }),
  text: summaryText,
};

/** `softfield census FILE`: what may yield, under which load, at what strain. */
export function registerCensus(program: Command): void {
  registerFrame(program, command);
}

function sizesOf({ modes, bonds }: CensusOptions): { modes: number; bonds: number } {
  return { modes: wholeNumber("modes", modes, 1), bonds: wholeNumber("bonds", bonds, 0) };
}

function censusResults(configuration: Configuration, found: Found, summary: CensusSummary): Results {
  const { system, model } = configuration;
  const d = system.box.dimension;
  const { excitations, angle } = found;
  const axes = Array.from("xyz".slice(0, d));
  const real = (name: string, value: (one: Loaded) => number, unit: string, description: string) => ({
    name,
    values: Float64Array.from(excitations, value),
    unit,
    description,
  });
  const metadata = { source: configuration.file, model: model.name, angle, softfield: version };
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
    ],
  };
  const fields = excitations.map(({ field }, k): [string, Float64Array] => [`excitation_${k + 1}`, field]);
  return {
    table,
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
    return `${String(k + 1).padStart(4)} ${String(one.particle).padStart(9)}${numbers.join("")}${one.participation.toFixed(1).padStart(8)}`;
  });
  return [
    `glass     ${summary.file}: ${summary.model}, N = ${summary.particles}`,
    `census    ${summary.excitations.length} excitations in ${summary.seconds.census.toFixed(2)} s; shear along ${summary.angle}°`,
    "rank  particle    γ_c       softest   stiffness    barrier  particles",
    ...rows,
    ...summary.warnings.map((warning) => `warning   ${warning}`),
    ...summary.outputs.map((path) => `wrote     ${path}`),
    "",
  ].join("\n");
}
