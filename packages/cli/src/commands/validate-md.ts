import { canonicalFigure, withCaption } from "@softfield/figures";
import { loadModel, version } from "@softfield/node";
import {
  type AgreementRow,
  agreementRows,
  bondTable,
  type Check,
  checkAgainstDynamics,
  figureRow,
} from "@softfield/reproduction";
import type { Command } from "commander";
import { paperModels, SoftfieldError } from "softfield";
import { repeatable } from "../shell/arguments.ts";
import { type CommandFrame, type CommonOptions, registerCommand } from "../shell/command.ts";
import { showProgress } from "../shell/progress.ts";
import { nothing } from "../shell/subject.ts";

interface ValidateOptions extends CommonOptions {
  readonly model: string[];
  readonly particles: string;
  readonly seed: string;
  readonly temperatures: string;
  readonly blocks: string;
  readonly blockTime: string;
}

const check: CommandFrame<ValidateOptions, object, readonly Check[], readonly AgreementRow[]> = {
  name: "md",
  summary: "local thermal energies against canonical molecular dynamics",
  description:
    "Makes a small glass of each model, samples it by Langevin dynamics at several low temperatures, and compares " +
    "[<energy> - energy at rest]/(T/2) of every bond with its local thermal energy (Eq. 3; inset of Fig. 2), and that of every triple of a three-body " +
    "model (table and figure have the pairs). chi2 leaves out, and counts, those of which rounding is all there is: " +
    "pairs and triples at the cutoff.",
  help:
    "Examples:\n  softfield validate md --model 2dipl -n 400 --figure inset.svg\n" +
    "  softfield validate md -o md.parquet     (all models; for the inset of Fig. 2: softfield report --md)\n",
  subject: nothing,
  options: (command) =>
    command
      .option(
        "-m, --model <model>",
        "a preset or a model file (repeatable; default: the three of the paper)",
        repeatable,
        [],
      )
      .option("-n, --particles <N>", "number of particles", "400")
      .option("-s, --seed <seed>", "of glass and noise", "1")
      .option("--temperatures <list>", "temperatures, with commas", "1e-3,1e-4,1e-5,1e-6")
      .option("--blocks <n>", "blocks that errors are estimated from", "40")
      .option("--block-time <time>", "length of a block", "30"),
  outputs: [
    {
      flags: "-o, --out <file>",
      description: "all bonds at all temperatures: .tsv .csv .parquet .h5",
      results: ({ found }) => ({ table: bondTable(found) }),
    },
    {
      flags: "--figure <file>",
      description: "the comparison: .svg .png .pdf",
      picture: ({ found, options }) => checkFigure(found, options),
    },
  ],
  check: temperaturesOf,
  run: (_, options) => {
    const temperatures = temperaturesOf(options);
    const models = (options.model.length > 0 ? options.model : paperModels).map(loadModel);
    const sampling = {
      particles: Number(options.particles),
      seed: Number(options.seed),
      blocks: Number(options.blocks),
      blockTime: Number(options.blockTime),
    };
    const progress = showProgress({ quiet: options.json === true, unit: "blocks" });
    try {
      return models.map((model) => checkAgainstDynamics(model, temperatures, sampling, progress));
    } finally {
      progress.finish();
    }
  },
  summarise: ({ found }) => found.flatMap(agreementRows),
  text: summaryText,
};

function checkFigure(found: readonly Check[], { blocks, blockTime, seed }: ValidateOptions): string {
  return withCaption(canonicalFigure(found.map(figureRow)), {
    title: "Local thermal energies against molecular dynamics",
    description: [
      "For each model a pair of panels.",
      "First: the mean energy of two pairs above that at rest, over k_B T/2, against the temperature T; dashed lines: their local thermal " +
        "energies E by Eq. 3 of Zylberg et al. 2017 (after the inset of its Fig. 2).",
      "Second: the same of all pairs at the lowest temperature against E; the line is equality.",
      `Error bars: one standard error by ${blocks} blocks of ${blockTime} times. One glass of each model, seed ${seed}: ${found
        .map(({ model, response }) => `${model.name}, N = ${response.system.species.length}`)
        .join("; ")}.`,
      `Made by softfield ${version}.`,
    ].join(" "),
  });
}

/** `softfield validate md`: Eq. 3 against molecular dynamics. */
export function registerValidateMd(program: Command): void {
  const validate =
    program.commands.find((command) => command.name() === "validate") ??
    program
      .command("validate")
      .summary("check results against independent ways to get them")
      .description(
        "Checks local thermal energies against what does not share their theory: 'softfield validate md' measures them in " +
          "molecular dynamics. (docs/validation.md tells what else was checked.)",
      )
      .addHelpText("after", "\nExample:\n  softfield validate md --model 2dipl -n 400 --figure inset.svg\n");
  registerCommand(validate, check);
}

function temperaturesOf({ temperatures: text }: ValidateOptions): number[] {
  const temperatures = text.split(",").map(Number);
  if (temperatures.every((t) => t > 0)) return temperatures;
  throw new SoftfieldError("usage", `temperatures must be positive numbers, got "${text}"`);
}

function summaryText(rows: readonly AgreementRow[]): string {
  const head = [
    "model",
    "T",
    "of",
    "all",
    "left out",
    "chi2/dof",
    "in 2 sigma",
    "correlation",
    "median error",
    "<U>/(T/2)(Nd-d)",
  ];
  const lines = rows.map((row) => [
    row.model,
    row.temperature.toExponential(0),
    row.of,
    String(row.bonds),
    String(row.leftOut),
    row.chiSquarePerBond.toFixed(2),
    `${(100 * row.within2Sigma).toFixed(1)} %`,
    row.correlation.toFixed(6),
    row.medianError.toPrecision(2),
    `${row.equipartition.toFixed(4)} +- ${row.equipartitionError.toFixed(4)}`,
    row.hoppedInBlock === undefined ? "" : `left its structure in block ${row.hoppedInBlock + 1}`,
  ]);
  const widths = head.map((text, c) => Math.max(text.length, ...lines.map((line) => line[c].length)));
  const format = (line: readonly string[]) =>
    line
      .map((text, c) => text.padEnd(widths[c] ?? 0))
      .join("  ")
      .trimEnd();
  return `${[head, ...lines].map(format).join("\n")}\n`;
}
