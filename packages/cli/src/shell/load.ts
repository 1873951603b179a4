import { dirname } from "node:path";
import {
  type FileHints,
  type FrameChoice,
  loadModelSource,
  parseFrameChoice,
  pathInScript,
  readSnapshotFile,
} from "@softfield/node";
import { type Command, Option } from "commander";
import {
  type InputScript,
  type PairModel,
  type PlacedSystem,
  parseSpeciesMap,
  type Snapshot,
  SoftfieldError,
  type SystemOptions,
  toSystem,
} from "softfield";
import { atomStyles, chargeColumn, doubtsOfFit, particleCharges } from "softfield/internal";
import { realNumber } from "./arguments.ts";
import type { Subject } from "./subject.ts";

/** How a file is to be read, as the command line says it. */
export interface FileCliOptions {
  readonly frame?: string;
  readonly atomStyle?: string;
  readonly box?: string;
}

/** The options by which every command that reads a configuration is told what it is. */
export interface ConfigurationOptions extends FileCliOptions {
  readonly model: string;
  readonly species?: string;
  readonly diameters?: string;
}

/** A user's configuration, placed in a model. */
export interface Configuration extends PlacedSystem {
  readonly file: string;
  readonly model: PairModel;
  readonly snapshot: Snapshot;
  /** What the user should know of model and file. */
  readonly warnings: readonly string[];
  /** FILE and the options by which it was read and placed, ready for a shell. */
  readonly words: string;
}

/** Adds --frame, --atom-style and --box, by which a file is read, to a command. */
export function fileOptions(command: Command): Command {
  return command
    .addOption(new Option("--frame <frame>", "frame of a trajectory, counted from 0, or 'last'").default("0"))
    .option("--atom-style <style>", "of a LAMMPS data file that does not say it, e.g. full")
    .option("--box <Lx,Ly,Lz>", "edges of the periodic box, for XYZ files that do not say it");
}

/** What the options of `fileOptions` say. Throws "usage". */
export function fileHints({ atomStyle, box }: FileCliOptions): FileHints {
  return {
    ...(atomStyle !== undefined && { atomStyle }),
    ...(box !== undefined && { box: box.split(",").map((edge) => realNumber("box", edge)) }),
  };
}

/** Adds FILE with --model, --species, --diameters and the options of `fileOptions` to a command. */
function configurationOptions(command: Command): Command {
  return placingOptions(
    command.argument(
      "[file]",
      "a configuration: XYZ, LAMMPS, GSD, POSCAR, CFG, CONFIG, .npz …; also .gz .bz2 .xz .zst (default: what read_data of the model's script reads)",
    ),
  );
}

/** Adds --model, --species, --diameters and the options of `fileOptions` to a command. */
export function placingOptions(command: Command): Command {
  return fileOptions(
    command
      .requiredOption(
        "-m, --model <model>",
        "2dipl, 3dkablj, sw-silicon, bks-silica, …, a model file (see 'softfield models'), or an input script of LAMMPS",
      )
      .option(
        "--species <map>",
        "names or types in the file to species of the model, as 1=S,2=L; * for all others",
      )
      .option(
        "--diameters <column>",
        "the column of diameters, for models that mix them (default: diameter, or 2 × radius)",
      ),
  );
}

/**
 * Reads FILE and places it in the model; says on stderr which species were assumed. Throws tagged errors with file,
 * line and particle.
 */
export async function loadConfiguration(
  given: string | undefined,
  options: ConfigurationOptions,
): Promise<Configuration> {
  const { model, script } = loadModelSource(options.model);
  const file = given ?? dataOfScript(script, options.model);
  const { diameters, frame } = options;
  const snapshot = await readWithScript(file, parseFrameChoice(frame ?? "0"), fileHints(options), script);
  const species =
    options.species === undefined ? typesOf(script, snapshot) : parseSpeciesMap(options.species);
  const meaning = {
    ...(species !== undefined && { species }),
    ...(diameters !== undefined && { diameters }),
  };
  const { assumption, ...configuration } = configurationOf(model, snapshot, { file, ...meaning });
  if (assumption !== undefined) process.stderr.write(`softfield: ${assumption}\n`);
  if (given === undefined) sayChanges(script);
  return { ...configuration, words: inShellWords(file, options) };
}

/** The data file that the model's script reads, where FILE is left out. @throws SoftfieldError "usage" */
export function dataOfScript(script: InputScript | undefined, model: string): string {
  const name = script?.data?.name;
  const path = name === undefined ? undefined : pathInScript(name, dirname(model));
  if (path !== undefined) return path;
  throw new SoftfieldError(
    "usage",
    name !== undefined
      ? `FILE is missing, and ${name}, which ${model} reads, is not there: give the configuration as FILE.`
      : script === undefined
        ? `FILE is missing: give a configuration (it may be left out where --model is an input script of LAMMPS with read_data).`
        : `FILE is missing, and ${model} has no read_data: give the configuration as FILE.`,
    { field: "file" },
  );
}

/** What a script does with its configuration after it was read. */
function sayChanges(script: InputScript | undefined): void {
  const changes = script?.data?.changedBy ?? [];
  if (changes.length === 0) return;
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : "";
  process.stderr.write(
    `softfield: took the configuration as read_data reads it; what the script does with it later is not done: ${changes[0]}${more}\n`,
  );
}

/** Reads FILE; a data file that does not say its atom_style is of that of the script. */
export async function readWithScript(
  file: string,
  frame: FrameChoice,
  hints: FileHints,
  script: InputScript | undefined,
): Promise<Snapshot> {
  try {
    return await readSnapshotFile(file, frame, hints);
  } catch (error) {
    const style = script?.atomStyle;
    const unsaid = error instanceof SoftfieldError && error.place.field === "Atoms";
    if (!unsaid || style === undefined || hints.atomStyle !== undefined || !atomStyles.includes(style))
      throw error;
    return await readSnapshotFile(file, frame, { ...hints, atomStyle: style });
  }
}

/** The species of numeric types, as the script has them, for files that name none of them. */
export function typesOf(
  script: InputScript | undefined,
  snapshot: Snapshot,
): ReadonlyMap<string, string> | undefined {
  if (script === undefined || snapshot.types === undefined) return undefined;
  const known = new Set(script.species.values());
  return snapshot.species?.names.some((name) => known.has(name)) ? undefined : script.species;
}

/** A snapshot in a model, with what looks wrong of it, and which species were assumed, in words. */
export function configurationOf(
  model: PairModel,
  snapshot: Snapshot,
  { file, ...meaning }: SystemOptions & { readonly file: string },
): Omit<Configuration, "words"> & { readonly assumption?: string } {
  const placed = toSystem(snapshot, model, meaning);
  const warnings = [
    ...model.warnings,
    ...doubts(placed, model, file),
    ...otherMasses(placed, model),
    ...otherCharges(placed, model, snapshot),
    ...turnedLattice(snapshot),
  ];
  const assumption = placed.assumed && assumedText(placed.assumed, file, model);
  return { ...placed, file, model, snapshot, warnings, ...(assumption !== undefined && { assumption }) };
}

/** One configuration, as what a command is asked of. */
export const configuration: Subject<ConfigurationOptions, { readonly configuration: Configuration }> = {
  declare: configurationOptions,
  files: ([file], { model }) => [file ?? dataOfScript(loadModelSource(model).script, model)],
  open: async ([file], options) => ({ configuration: await loadConfiguration(file, options) }),
  model: ({ configuration: { model } }) => model,
};

/** FILE and its options as they are typed, quoted where a shell would read them otherwise. */
function inShellWords(file: string, options: ConfigurationOptions): string {
  const { model, species, diameters, frame, atomStyle, box } = options;
  const given = [
    ["--model", model],
    ["--species", species],
    ["--diameters", diameters],
    ["--frame", frame === "0" ? undefined : frame],
    ["--atom-style", atomStyle],
    ["--box", box],
  ].flatMap(([name, value]) => (value === undefined ? [] : [name as string, value]));
  const quoted = (word: string) =>
    /^[A-Za-z0-9_.,:=/@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  return [file, ...given].map(quoted).join(" ");
}

/** What looks wrong of a file in this model; an error gets the file's name. */
function doubts({ system }: PlacedSystem, model: PairModel, file: string): string[] {
  try {
    return doubtsOfFit(system, model);
  } catch (error) {
    if (!(error instanceof SoftfieldError) || error.place.file !== undefined) throw error;
    throw new SoftfieldError(
      error.code,
      `${file}: ${error.message}`,
      { ...error.place, file },
      { cause: error },
    );
  }
}

/** Masses of the file go before those of the model; where they differ, that is said. */
function otherMasses({ system: { species, masses } }: PlacedSystem, model: PairModel): string[] {
  const at = model.masses && masses?.findIndex((mass, p) => mass !== model.masses?.[species[p]]);
  if (at === undefined || at < 0 || model.masses === undefined) return [];
  return [
    `the file's masses are taken, not those of the model: ${model.species[species[at]]} has ${masses?.[at]} there, ` +
      `${model.masses[species[at]]} in the model (frequencies depend on them, local thermal energies do not)`,
  ];
}

/** Charges of the model go before those of a file, unless it takes them from there; where they differ, that is said. */
function otherCharges({ system }: PlacedSystem, model: PairModel, snapshot: Snapshot): string[] {
  const told = chargeColumn(snapshot);
  if (told === undefined || typeof model.charges !== "object") return [];
  const own = particleCharges(system, model);
  const at = told.findIndex((q, p) => Math.abs(q - (own?.[p] ?? q)) > 1e-6 * Math.abs(q));
  if (at < 0) return [];
  return [
    `the model's charges are taken, not those of the file: ${model.species[system.species[at]]} has ${own?.[at]} in the model, ` +
      `${told[at]} in the file ("charges": "file" in the model takes the file's)`,
  ];
}

/** Directions of a lattice that was turned are no longer those of the file. */
function turnedLattice({ rotation }: Snapshot): string[] {
  if (rotation === undefined) return [];
  return [
    "the lattice of the file was turned until its first edge lies along x and its second in the plane xy: coordinates, " +
      "columns by axes and the directions of loads are those of the turned one",
  ];
}

function assumedText(assumed: ReadonlyMap<string, string>, file: string, model: PairModel): string {
  const pairs = [...assumed];
  const taken = pairs.map(([label, species]) => `${kindOf(label)} ${label} as ${species}`).join(", ");
  const option = pairs.map(([label, species]) => `${label}=${species}`).join(",");
  const why = model.species.length === 1 ? "the model's only species" : "in the model's order";
  return (
    `${file} names no species of ${model.name}: took ${taken}, ${why}; ` +
    `--species ${option} confirms that, another map changes it`
  );
}

function kindOf(label: string): string {
  return /^\d+$/.test(label) ? "type" : "species";
}
