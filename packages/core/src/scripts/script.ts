import { SoftfieldError } from "../errors.ts";
import { type PairModel, parseModel } from "../models/index.ts";
import { dataCoefficients } from "./coefficients.ts";
import { placeOf, scriptError } from "./commands.ts";
import { dataFileOf } from "./datafile.ts";
import type { ReadScriptFile } from "./files.ts";
import { type ModelJson, modelOf } from "./model.ts";
import { useOf } from "./potentialcommands.ts";
import { ScriptRun } from "./run.ts";
import type { Settings } from "./settings.ts";

export type { ModelJson };

/** How a script is read. */
export interface ScriptOptions {
  /** Name of the file, for messages; the model has it without folders. */
  readonly file: string;
  /** Contents of the files that the script names, as they stand in it; undefined where there is none. */
  readonly read: ReadScriptFile;
}

/** What an input script of LAMMPS says. */
export interface InputScript {
  readonly model: PairModel;
  /** The same as JSON, from which `parseModel` makes it. */
  readonly json: ModelJson;
  /** Types to species, in the order of types: "1" → "Cu". */
  readonly species: ReadonlyMap<string, string>;
  /** atom_style */
  readonly atomStyle: string | undefined;
  /** The data file that it reads, by the name that stands there, and the commands that change it afterwards. */
  readonly data: { readonly name: string; readonly changedBy: readonly string[] } | undefined;
  /** Masses by type. */
  readonly masses: ReadonlyMap<number, number>;
  /** What LAMMPS has that the model has not, or has otherwise; sentences with their lines. */
  readonly notes: readonly string[];
}

/** Whether a text may be an input script, or data file, of LAMMPS. */
export function looksLikeScript(text: string): boolean {
  const commands =
    /^\s*(units|atom_style|dimension|boundary|pair_style|pair_coeff|include|read_data|variable|clear|atom_modify|package|suffix|newton|processors|label|log|echo)\s+\S/m;
  return !/^\s*[{[]/.test(text) && (commands.test(text) || dataFileOf(text, "") !== undefined);
}

/**
 * Reads an input script of LAMMPS for its potential: units, types, pair_style, pair_coeff and pair_modify with variables,
 * loops and included files, as they stand at its end; what moves atoms is passed over. A data file with the sections
 * "Pair Coeffs" or "PairIJ Coeffs" and their style behind the # is read in the same way.
 *
 * @throws SoftfieldError "model" naming file, line and command: what cannot be expressed, and what is nearest
 * Cost: O(commands), and that of `parseModel`.
 */
export function readScript(text: string, { file, read }: ScriptOptions): InputScript {
  const run = new ScriptRun(read);
  const data = dataFileOf(text, file);
  if (data === undefined) run.follow(text, file);
  else settingsOfData(run.settings, data);
  const { settings } = run;
  if (settings.foreign !== undefined) throw scriptError(settings.foreign.command, settings.foreign.why);
  for (const { tail, style } of settings.styles)
    if (tail !== undefined && style !== undefined)
      settings.note(tail, "the correction for the tail is left out: it is a constant at fixed volume");
  const json = modelOf(settings, read, file.replace(/^.*[\\/]/, ""));
  const model = checked(json, settings);
  return {
    model: { ...model, warnings: [...model.warnings, ...settings.notes] },
    json,
    species: new Map(model.species.map((name, k) => [String(k + 1), name])),
    atomStyle: settings.atomStyle,
    data: settings.data && { name: settings.data.name, changedBy: settings.later.map(placeOf) },
    masses: settings.masses,
    notes: settings.notes,
  };
}

/** A data file alone: the style behind the # of its coefficients is its pair_style. */
function settingsOfData(settings: Settings, data: NonNullable<ReturnType<typeof dataFileOf>>): void {
  const [section] = data.coefficients;
  const command = {
    file: data.name,
    line: section?.lines[0]?.line ?? 1,
    text: section?.both ? "PairIJ Coeffs" : "Pair Coeffs",
  };
  if (section?.style === undefined)
    throw new SoftfieldError(
      "model",
      `${data.name}: a data file is a model only where its section "PairIJ Coeffs" has the name of its pair style behind a #; give the input script instead`,
      { file: data.name },
    );
  settings.typeCount = data.typeCount;
  for (const [type, mass] of data.masses) settings.masses.set(type, mass);
  for (const [type, label] of data.labels) settings.labels.set(label, type);
  settings.data = { command, name: data.name, file: data };
  settings.pairStyle = command;
  settings.styles = [useOf(command, section.style, undefined)];
  dataCoefficients(settings, command, data);
}

/** The model of the JSON; an error of it names the pair_style. */
function checked(json: ModelJson, settings: Settings): PairModel {
  try {
    return parseModel(json);
  } catch (error) {
    if (!(error instanceof SoftfieldError) || settings.pairStyle === undefined) throw error;
    throw scriptError(settings.pairStyle, error.message);
  }
}
