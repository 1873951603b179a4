import { type Results, requireColumns, version } from "@softfield/node";
import type { Command } from "commander";
import {
  type DeformationOptions,
  d2min,
  frameOfSystem,
  type Minimum,
  minimumOf,
  nonAffineVelocity,
  type WorkControl,
} from "softfield";
import { component, onAllParticles, unitNamed, unitOf } from "softfield/internal";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { fileExtras } from "../shell/filebox.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText, underLoad } from "../shell/loads.ts";
import { placeColumns } from "../softness/particles.ts";

interface NonaffineOptions extends FrameOptions, ResponseOptions, LoadCliOptions {}

interface Found {
  readonly minimum: Minimum;
  /** N×d, λ a unit of strain; NaN on rattlers. */
  readonly velocity: Float64Array;
  /** N, λ² a unit of strain squared. */
  readonly d2min: Float64Array;
}

/** What `softfield nonaffine` says of a glass. */
interface NonaffineSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly particles: number;
  readonly load: string;
  /** √(Σ|v|²/N), λ a unit of strain. */
  readonly rootMeanSquare: number;
  readonly largest: { readonly particle: number; readonly speed: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

const command: FrameCommand<NonaffineOptions, Found, NonaffineSummary> = {
  name: "nonaffine",
  summary: "how particles move beside the affine motion under an infinitesimal strain",
  description:
    "Computes the non-affine velocity v = −M⁻¹·Ξ of every particle of a configuration at an energy minimum under a " +
    "load, to first order in the strain, and D²min of that motion, both a unit of strain (squared).",
  help: "Example:\n  softfield nonaffine glass.extxyz --model 2dipl --angle 45 -o field.npz -o field.extxyz\n",
  options: (given) => loadOptions(responseOptions(given)),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write it by particle: .tsv .csv .parquet .h5 .npz .extxyz .dump .gsd",
      check: (path) => requireColumns(path, "the non-affine field"),
      results: ({ configuration, found, summary }) => nonaffineResults(configuration, found, summary),
    },
  ],
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      return nonaffineUnder(minimum, loadOf(options), progress);
    }),
  summarise: ({ configuration, options, found, outputs }) =>
    summariseNonaffine(underLoad(configuration, loadOf(options)), found, {
      load: loadText(options, configuration.system.box.dimension),
      outputs,
    }),
  text: ({ file, model, particles, load, rootMeanSquare, largest, warnings, outputs }, { configuration }) =>
    [
      `glass     ${file}: ${model}, N = ${particles}; ${load}`,
      `motion    root mean square ${rootMeanSquare.toPrecision(6)} ${unitNamed("λ", configuration.model)} a unit of strain, largest ${largest.speed.toPrecision(6)} of particle ${largest.particle}`,
      ...warnings.map((warning) => `warning   ${warning}`),
      ...outputs.map((path) => `wrote     ${path}`),
      "",
    ].join("\n"),
};

/** `softfield nonaffine FILE`: the non-affine field and D²min to first order in a strain. */
export function registerNonaffine(program: Command): void {
  registerFrame(program, command);
}

/** The non-affine motion of a glass under a load, and its D²min. */
export function nonaffineUnder(minimum: Minimum, load: DeformationOptions, control: WorkControl): Found {
  const { backbone, system } = minimum;
  const d = system.box.dimension;
  const velocity = nonAffineVelocity(minimum, unitOf(minimum, load), control);
  const own = new Float64Array(backbone.particles.length * d);
  backbone.particles.forEach((p, k) => {
    own.set(velocity.subarray(p * d, (p + 1) * d), k * d);
  });
  const rearranging = onAllParticles(backbone, d2min(backbone.interactions, own), 1, Number.NaN);
  return { minimum, velocity, d2min: rearranging };
}

export function summariseNonaffine(
  { file, model, system, warnings }: Configuration,
  { velocity }: Found,
  { load, outputs }: Pick<NonaffineSummary, "load" | "outputs">,
): NonaffineSummary {
  const speeds = squares(velocity, system.box.dimension);
  let [sum, largest, count] = [0, 0, 0];
  speeds.forEach((square, p) => {
    if (Number.isNaN(square)) return;
    sum += square;
    count++;
    if (!(square <= speeds[largest])) largest = p;
  });
  return {
    file,
    version,
    model: model.name,
    particles: system.species.length,
    load,
    rootMeanSquare: Math.sqrt(sum / count),
    largest: { particle: largest, speed: Math.sqrt(speeds[largest]) },
    outputs,
    warnings,
  };
}

function squares(velocity: Float64Array, d: number): Float64Array {
  return Float64Array.from({ length: velocity.length / d }, (_, p) => {
    let sum = 0;
    for (let a = 0; a < d; a++) sum += velocity[p * d + a] * velocity[p * d + a];
    return sum;
  });
}

/** The field in the shapes that output formats take. */
export function nonaffineResults(
  configuration: Configuration,
  found: Found,
  summary: NonaffineSummary,
): Results {
  const { minimum, velocity, d2min: rearranging } = found;
  const d = configuration.system.box.dimension;
  const metadata = {
    source: summary.file,
    model: summary.model,
    particles: summary.particles,
    load: summary.load,
    softfield: version,
  };
  const table = {
    metadata,
    columns: [
      ...placeColumns(configuration, minimum.system),
      ...Array.from("xyz".slice(0, d), (axis, a) => ({
        name: `v_${axis}`,
        values: component(velocity, d, a),
        unit: "λ",
        description: "non-affine velocity, a unit of strain",
      })),
      { name: "nonaffinity", values: squares(velocity, d), unit: "λ²", description: "|v|²" },
      {
        name: "d2min",
        values: rearranging,
        unit: "λ²",
        description: "D²min of v over the interaction partners, a bond, a unit of strain squared",
      },
    ],
  };
  return {
    table,
    frame: frameOfSystem(minimum.system, configuration.model, {
      columns: { nonaffine: velocity, nonaffinity: squares(velocity, d), d2min: rearranging },
      ...fileExtras(configuration, minimum.system),
      info: new Map(Object.entries(metadata)),
    }),
    summary,
  };
}
