import type { Command } from "commander";
import { minimumOf } from "softfield";
import { type EscapeSummary, escapeResults, escapeText, summariseEscape } from "../escape/results.ts";
import { type Escaped, waysOut } from "../escape/ways.ts";
import { numberOption, wholeNumber } from "../shell/arguments.ts";
import { type FrameCommand, type FrameOptions, registerFrame } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import { quantity, timesOf } from "../shell/quantities.ts";

interface EscapeOptions extends FrameOptions, ResponseOptions {
  readonly temperature: string;
  readonly excitations: string;
  readonly runs: string;
  readonly seed: number;
  readonly every?: string;
  readonly maxTime: string;
  readonly dt?: string;
  readonly relaxation?: string;
}

const command: FrameCommand<EscapeOptions, Escaped, EscapeSummary> = {
  name: "escape",
  summary: "where a glass rearranges first without load: barriers, rates, first passages",
  description:
    "Ways out of an energy minimum by thermal activation, without load: saddles from the softest excitations of the census and the lowest normal modes, " +
    "with their barriers and harmonic rates (Vineyard 1957) at a temperature. --runs: molecular dynamics from the minimum, " +
    "each until the minimum below has changed: when and where, and over which of the saddles.",
  help: "Example:\n  softfield escape glass.extxyz --model 2dipl --temperature 0.2 --runs 20 -o ways.tsv -o ways.json\n",
  options: (given) =>
    responseOptions(given)
      .requiredOption("--temperature <T>", "of the rates and the runs, e.g. 0.2, or 300K")
      .option(
        "--excitations <n>",
        "those of the lowest barriers, and as many normal modes, each followed in both directions",
        "40",
      )
      .option("--runs <n>", "of molecular dynamics", "0")
      .addOption(numberOption("--seed <seed>", "of the first run; the others count on").default(1))
      .option(
        "--every <time>",
        "between two looks at the minimum below (default: 2, times the root of the lightest mass)",
      )
      .option("--max-time <time>", "where a run ends without a passage", "1000")
      .option("--dt <dt>", "time step (default: 0.005, times the root of the lightest mass)")
      .option("--relaxation <time>", "of the thermostat (default: 1, times the root of the lightest mass)"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "write a row a way: .tsv .csv .parquet .h5; the summary, with the runs: .json",
      results: ({ configuration, found, summary }) => escapeResults(configuration, found, summary),
    },
  ],
  check: (options) => {
    wholeNumber("excitations", options.excitations, 1);
    wholeNumber("runs", options.runs, 0);
  },
  run: ({ configuration }, options) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      const request = {
        temperature: quantity("temperature", options.temperature, "temperature", model),
        excitations: wholeNumber("excitations", options.excitations, 1),
        runs: wholeNumber("runs", options.runs, 0),
        seed: options.seed,
        ...timesOf(["every", "dt", "relaxation"], options, model),
        maxTime: quantity("max-time", options.maxTime, "time", model),
      };
      return waysOut(minimum, request, progress);
    }),
  summarise: ({ configuration, found, seconds: { work }, outputs }) =>
    summariseEscape(configuration, found, { seconds: work, outputs }),
  text: escapeText,
};

/** `softfield escape FILE`: ways out of a minimum by thermal activation. */
export function registerEscape(program: Command): void {
  registerFrame(program, command);
}
