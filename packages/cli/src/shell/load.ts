import { type Command, Option } from "commander";
import { type PairModel, type PlacedSystem, parseSpeciesMap, type Snapshot, toSystem } from "softfield";
import { parseFrameChoice, readSnapshotFile } from "../files/index.ts";
import { loadModel } from "./model.ts";

/** The options by which every command that reads a configuration is told what it is. */
export interface ConfigurationOptions {
  readonly model: string;
  readonly species?: string;
  readonly frame?: string;
}

/** A user's configuration, placed in a model. */
export interface Configuration extends PlacedSystem {
  readonly file: string;
  readonly model: PairModel;
  readonly snapshot: Snapshot;
  /** What the user should know of model and file. */
  readonly warnings: readonly string[];
}

/** Adds FILE with --model, --species and --frame to a command. */
export function configurationOptions(command: Command): Command {
  return command
    .argument("<file>", "extended XYZ, LAMMPS data or LAMMPS dump; also .gz")
    .requiredOption(
      "-m, --model <model>",
      "2dipl, 3dipl, 3dkablj, sw-silicon, or a model file (see 'softfield models')",
    )
    .option("--species <map>", "names or types in the file to species of the model, as 1=S,2=L")
    .addOption(
      new Option("--frame <frame>", "frame of a trajectory, counted from 0, or 'last'").default("0"),
    );
}

/**
 * Reads FILE and places it in the model; says on stderr which species were assumed for numeric types. Throws tagged
 * errors with file, line and particle.
 */
export async function loadConfiguration(file: string, options: ConfigurationOptions): Promise<Configuration> {
  const model = loadModel(options.model);
  const species = options.species === undefined ? {} : { species: parseSpeciesMap(options.species) };
  const snapshot = await readSnapshotFile(file, parseFrameChoice(options.frame ?? "0"));
  const placed = toSystem(snapshot, model, species);
  if (placed.assumed !== undefined) process.stderr.write(assumedText(placed.assumed, file, model.name));
  return { ...placed, file, model, snapshot, warnings: model.warnings };
}

function assumedText(assumed: ReadonlyMap<number, string>, file: string, model: string): string {
  const pairs = [...assumed];
  const taken = pairs.map(([type, species]) => `type ${type} as ${species}`).join(", ");
  const option = pairs.map(([type, species]) => `${type}=${species}`).join(",");
  return (
    `softfield: ${file} names no species of ${model}: took ${taken}, in the model's order; ` +
    `--species ${option} confirms that, another map changes it\n`
  );
}
