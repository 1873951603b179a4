import { requireColumns } from "@softfield/node";
import type { Command } from "commander";
import { minimumOf, SoftfieldError } from "softfield";
import { excitationsUnder, type Found } from "../census/excitations.ts";
import { type CensusSummary, censusResults, summariseCensus, summaryText } from "../census/results.ts";
import { wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { type LoadCliOptions, loadOf, loadOptions, loadText, underLoad } from "../shell/loads.ts";

interface CensusCliOptions extends FrameOptions, ResponseOptions, LoadCliOptions {
  readonly modes: string;
  readonly bonds?: string;
  readonly local?: string;
  readonly barriers?: string;
  readonly surface?: string;
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
      .option("--bonds <n>", "soft bonds that it grows from (default: N/8, at least 150)")
      .option(
        "--local <n>",
        "of the first n also the strain at which their surroundings yield, and how pressure and further strain change it",
      )
      .option("--surface <n>", "of those also along n directions of shear over 180°: the yield surface")
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
  check: (options) => {
    sizesOf(options);
    if (options.surface === undefined || options.local !== undefined) return;
    throw new SoftfieldError("usage", "--surface is of the places that --local follows: give it, too", {
      field: "surface",
    });
  },
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      const [local, barriers] = [firstOf("local", options.local), firstOf("barriers", options.barriers)];
      const directions = firstOf("surface", options.surface);
      return excitationsUnder(
        minimum,
        { load: loadOf(options), sizes: sizesOf(options), local, barriers, directions },
        progress,
      );
    }),
  summarise: ({ configuration, options, found, seconds: { read, work }, outputs }) =>
    summariseCensus(underLoad(configuration, loadOf(options)), found, {
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

function sizesOf({ modes, bonds }: CensusCliOptions) {
  return {
    modes: wholeNumber("modes", modes, 1),
    ...(bonds !== undefined && { bonds: wholeNumber("bonds", bonds, 0) }),
  };
}

const firstOf = (name: string, given: string | undefined) =>
  given === undefined ? 0 : wholeNumber(name, given, 1);
