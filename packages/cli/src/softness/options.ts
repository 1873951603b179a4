import { type Command, Option } from "commander";
import { type FieldOptions, indicators, type MapOptions, SoftfieldError } from "softfield";
import { AGGREGATES } from "softfield/internal";
import { nonNegativeNumber, wholeNumber } from "../shell/arguments.ts";

/** How the softness field is read from local thermal energies, as the command line says it. */
export interface FieldCliOptions {
  readonly bins?: string;
  readonly threshold?: string;
  readonly reading?: NonNullable<FieldOptions["aggregate"]>;
  readonly empty?: NonNullable<FieldOptions["empty"]>;
  readonly smoothing?: NonNullable<FieldOptions["smoothing"]>;
  readonly seed: string;
  readonly modes: string;
}

/** Adds the choices of SI D, with their defaults, to a command. */
export function fieldOptions(command: Command): Command {
  return command
    .option("--bins <n>", "bins along each edge (default: 6.25 particles a bin, L/40 at N = 10,000 in 2D)")
    .option("--threshold <value>", "only |E| of at least this is kept (default: 1.1)")
    .addOption(
      new Option("--reading <reading>", "how the values of a bin become one")
        .choices(AGGREGATES)
        .default("mean-of-kept"),
    )
    .addOption(
      new Option("--empty <empty>", "bins without kept bonds, in smoothing")
        .choices(["zero", "skip"])
        .default("zero"),
    )
    .addOption(
      new Option("--smoothing <how>", "over neighbouring bins")
        .choices(["average", "pool", "none"])
        .default("average"),
    )
    .option("--seed <seed>", "of the noise in the positions of spots", "0")
    .option("--modes <n>", "lowest normal modes of the baseline", "30");
}

/** What fields can be made of, a line each. */
export function indicatorsText(): string {
  const width = Math.max(...indicators.names.map((name) => name.length));
  const lines = indicators.all.map(({ name, description }) => `  ${name.padEnd(width)}  ${description}\n`);
  return `Indicators:\n${lines.join("")}`;
}

export function requireModes(count: number): void {
  if (count > 0) return;
  throw new SoftfieldError("usage", "the indicator modes needs --modes of at least 1", { field: "modes" });
}

/** The options of the library. Throws "usage" with the option that makes no sense. */
export function softnessOptions(
  options: FieldCliOptions,
): Required<Pick<MapOptions, "seed" | "modes" | "field">> {
  const { reading, empty, smoothing } = options;
  return {
    seed: wholeNumber("seed", options.seed, 0),
    modes: wholeNumber("modes", options.modes, 0),
    field: {
      aggregate: reading,
      empty,
      smoothing,
      bins: options.bins === undefined ? undefined : wholeNumber("bins", options.bins, 3),
      ...(options.threshold !== undefined && {
        threshold: nonNegativeNumber("threshold", options.threshold),
      }),
    },
  };
}
