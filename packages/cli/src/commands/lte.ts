import { besidePath, requireColumns } from "@softfield/node";
import type { Command } from "commander";
import {
  type GlassResponse,
  localThermalEnergy,
  type MinimumOptions,
  minimumOf,
  SoftfieldError,
  type StrainDerivatives,
  strainDerivatives,
  windowedThermalEnergy,
} from "softfield";
import { familiesOf, rereadingNotes, unitOf } from "softfield/internal";
import { checkSampling, type EngineLteOptions, lteByEngine, samplingOptions } from "../engine/lte.ts";
import { byEngine, engineOptions } from "../engine/subject.ts";
import { lteResults } from "../lte/results.ts";
import { type LteSummary, summarise, summaryRecord, summaryText } from "../lte/summary.ts";
import { wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, perform, registerFrame } from "../shell/command.ts";
import {
  compute,
  minimumOptions,
  type ResponseOptions,
  responseOptions,
  type WindowOptions,
  windowOptions,
  windowsOf,
} from "../shell/compute.ts";
import type { Configuration } from "../shell/load.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText, underLoad } from "../shell/loads.ts";
import { drawBonds, drawDisplacement, type PictureOptions, pictureOptions } from "../shell/pictures.ts";

interface LteOptions
  extends FrameOptions,
    PictureOptions,
    ResponseOptions,
    LoadCliOptions,
    WindowOptions,
    Pick<EngineLteOptions, "engine" | "range" | "step" | "secondStep" | "patience" | "softModes" | "seed"> {
  readonly out: string[];
  readonly pin?: string;
  readonly dense?: boolean;
  readonly derivative?: boolean;
  readonly derivativeMap: readonly string[];
}

/** What local thermal energies by an engine, of atoms, have no part in. */
const NOT_BY_ENGINE = [
  "windows",
  "dense",
  "pin",
  "derivative",
  "map",
  "derivativeMap",
  "displacementMap",
  "species",
  "diameters",
];

/** Which load a map of derivatives is of; the plane has a default. */
const OF_MAP = ["load", "kind", "angle", "backwards", "pressure"] as const;

/** Local thermal energies, and how they answer to strain where that is asked for. */
interface Found extends GlassResponse {
  readonly derivatives?: StrainDerivatives | undefined;
  /** What another reading of a potential's rows would make of E. */
  readonly rereading?: readonly string[];
  /** Of the load whose derivatives are drawn, d×d. */
  readonly unit?: Float64Array | undefined;
}

const lte: FrameCommand<LteOptions, Found, LteSummary> = {
  name: "lte",
  summary: "local thermal energies of a glass, exactly",
  description:
    "Computes the local thermal energy E of every interaction of a configuration at an energy minimum " +
    "(Zylberg et al. 2017, Eq. 3), exactly, by sparse Cholesky factorisation and selected inversion.",
  help:
    "Examples:\n  softfield lte glass.extxyz --model 2dipl -o lte.tsv --map lte.svg\n" +
    "  softfield lte dump.lammpstrj --frame last --model 3dkablj --species 1=A,2=B -o lte.parquet --json\n" +
    "  softfield lte --engine lammps --model in.script -o atoms.extxyz   # any potential of LAMMPS: docs/engines.md\n",
  options: (command) =>
    samplingOptions(engineOptions(windowOptions(loadOptions(responseOptions(pictureOptions(command))))))
      .option(
        "--derivative",
        "∂E/∂e as well, columns dlte_xx, dlte_yy (a unit of uniaxial strain), dlte_xy (of simple shear), … in 3D",
      )
      .option("--dense", "the paper's way, full diagonalisation: the oracle of small systems")
      .option("--pin <particle>", "the particle whose rows are dropped; no result depends on it"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write results: .tsv .csv .parquet .h5 .json; by particle .extxyz .dump .data .gsd",
      check: (path) => requireColumns(path, "local thermal energies"),
      results: ({ configuration, found, summary }) =>
        lteResults(configuration, found, summary, found.derivatives),
    },
    {
      flags: "--map <file>",
      description: "draw E as bonds (Fig. 1 right): .svg .png .pdf",
      picture: ({ found, options, configuration }) => drawBonds(found, options, configuration),
    },
    {
      flags: "--derivative-map <file>",
      description: "draw dE/dγ under the load (--angle, --plane, …) as bonds: .svg .png .pdf",
      picture: ({ found, options, configuration }) =>
        drawBonds(
          found,
          options,
          configuration,
          slopesOf(found, loadText(options, configuration.system.box.dimension)),
        ),
    },
    {
      flags: "--displacement-map <file>",
      description: "draw the thermal displacement X as arrows (Fig. 1 left)",
      picture: ({ found, options, configuration }) => drawDisplacement(found, options, configuration),
    },
  ],
  instead: (options) => {
    if (!byEngine({ ...options }, NOT_BY_ENGINE)) return undefined;
    checkSampling(options);
    return (args, given) => perform(lteByEngine, args, given);
  },
  check: (options) => {
    solverOptions(options);
    const aimless = OF_MAP.find((name) => options[name] !== undefined);
    if (aimless !== undefined && options.derivativeMap.length === 0)
      throw new SoftfieldError(
        "usage",
        `--${aimless} is of --derivative-map: give that as well (the columns of --derivative hold all directions)`,
        { field: aimless },
      );
    if (!windowsOf(options)) return;
    const other = ["dense", "derivative", "pin"].find((name) => name in options);
    if (other !== undefined || options.derivativeMap.length > 0)
      throw new SoftfieldError("usage", `--windows and --${other ?? "derivative-map"} exclude each other`, {
        field: "windows",
      });
  },
  beside: ({ configuration }, options) => filesBeside(configuration, options),
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const windows = windowsOf(options);
      const solver = { ...solverOptions(options), factor: windows === undefined };
      const minimum = minimumOf(configuration.system, configuration.model, solver, progress);
      const method = options.dense ? "dense" : "sparse";
      const response = windows
        ? windowedThermalEnergy(minimum, windows, progress)
        : localThermalEnergy(minimum, { method }, progress);
      const asked = options.derivative || options.derivativeMap.length > 0;
      const derivatives = asked ? strainDerivatives(minimum, undefined, progress) : undefined;
      const unit = options.derivativeMap.length > 0 ? unitOf(minimum, loadOf(options)) : undefined;
      const rereading = windows || options.dense ? [] : rereadingNotes(minimum, response);
      return { ...response, derivatives, rereading, unit };
    }),
  summarise: ({ configuration, options, found, seconds: { read }, outputs }) =>
    summarise(underLoad(configuration, loadOf(options)), found, { read, outputs, notes: found.rereading }),
  record: summaryRecord,
  text: summaryText,
};

/** `softfield lte FILE`: the local thermal energy of every interaction of a glass. */
export function registerLte(program: Command): void {
  registerFrame(program, lte);
}

/** dE/dγ of the pairs under the load. */
function slopesOf({ derivatives, unit: along, ...response }: Found, load: string) {
  const { components, families } = derivatives as StrainDerivatives;
  const unit = along as Float64Array;
  const d = response.system.box.dimension;
  const values = new Float64Array(response.energies[0].lte.length);
  components.forEach(({ name }, c) => {
    const [a, b] = Array.from(name, (axis) => "xyz".indexOf(axis));
    const weight = a === b ? unit[a * d + a] : unit[a * d + b] + unit[b * d + a];
    families[0][c].forEach((value, t) => {
      values[t] = values[t] + weight * value;
    });
  });
  const words = [
    "Derivatives of the local thermal energies by strain",
    `Each line is a pair of interacting particles; its thickness and opacity grow with the magnitude of dE/dγ, the derivative of its ` +
      `local thermal energy E (Eq. 3 of Zylberg et al. 2017) by the strain γ of ${load}, a number; orange where ` +
      "that is negative, black where it is positive, as the key below shows.",
  ];
  return { values, label: "d*E*_{α}/d*γ*", words };
}

/** The files that the terms of more than two particles go into: a table a family. */
function filesBeside({ model }: Configuration, { out }: LteOptions): string[] {
  return familiesOf(model)
    .slice(1)
    .flatMap(({ name }) => {
      const paths = out.flatMap((path) => besidePath(path, name) ?? []);
      const taken = paths.find((path) => out.includes(path));
      if (taken === undefined) return paths;
      const why = `is where the ${name} go; choose another name for the pairs`;
      throw new SoftfieldError("usage", `${taken}: ${why}`, { file: taken });
    });
}

function solverOptions(options: LteOptions): MinimumOptions {
  const { pin } = options;
  return { ...minimumOptions(options), pin: pin === undefined ? undefined : wholeNumber("pin", pin, 0) };
}
