import { existsSync, readFileSync } from "node:fs";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import {
  columnFiles,
  type InputScript,
  type PairModel,
  type PresetName,
  parseEamFile,
  parseModel,
  parsePotentialFile,
  parseTableColumns,
  preset,
  presetNames,
  readScript,
  SoftfieldError,
} from "softfield";
import {
  type FilePreset,
  filePresets,
  looksLikeScript,
  nearest,
  parseModelText,
  potentialFiles,
  potentialScript,
} from "softfield/internal";
import { scriptFile, unpacked } from "./script.ts";

/** A model, and the script that it was read from where it was. */
export interface ModelSource {
  readonly model: PairModel;
  readonly script?: InputScript;
}

/** The model of `--model`: see `loadModelSource`. */
export function loadModel(nameOrFile: string): PairModel {
  return loadModelSource(nameOrFile).model;
}

/**
 * The model of `--model`: a preset by name; or a user's own, by its JSON file (with the column files it refers to), by an
 * input script of LAMMPS (with the files that this names), by a potential file alone, or by a data file that has
 * coefficients with their style.
 */
export function loadModelSource(nameOrFile: string): ModelSource {
  if ((presetNames as readonly string[]).includes(nameOrFile))
    return { model: preset(nameOrFile as PresetName) };
  if (isFilePreset(nameOrFile)) return { model: ofUsersFile(filePresets[nameOrFile], nameOrFile) };
  if (!existsSync(nameOrFile)) {
    const names = [...presetNames, ...Object.keys(filePresets)];
    const near = nearest(nameOrFile, names);
    throw new SoftfieldError(
      "model",
      `no model "${nameOrFile}": neither a preset (${names.join(", ")}) nor a file. ` +
        (near === undefined ? "" : `Did you mean ${near}? `) +
        "'softfield models' lists the presets and shows how a model file looks",
      { field: "model" },
    );
  }
  const text = unpacked(readFileSync(nameOrFile)).toString("utf8");
  const folder = dirname(nameOrFile);
  const potential = potentialScript(basename(nameOrFile), text);
  if (potential === undefined && !looksLikeScript(text))
    return { model: modelOfText(text, nameOrFile, folder) };
  const script = readScript(potential ?? text, {
    file: nameOrFile,
    read: (name) => scriptFile(name, folder),
  });
  return { model: script.model, script };
}

function isFilePreset(name: string): name is keyof typeof filePresets {
  return Object.hasOwn(filePresets, name);
}

/** Where potentials that users have are looked for: the folders of SOFTFIELD_POTENTIALS, then the current one. */
const FOLDERS = "SOFTFIELD_POTENTIALS";

/** How a preset's potential is got and found, in words. */
export function howToGet({ source, files }: FilePreset): string {
  const names = files.map((file) => `${file}, ${file}.gz`).join(", ");
  return `it takes the file of the potential, ${source}; softfield brings no copy. Put it (as ${names}) into the current folder or into one of ${FOLDERS}, or name it in a model file: {"form": "eam", "file": …, "species": …}`;
}

function ofUsersFile(preset: FilePreset, name: string): PairModel {
  const { definition, files } = preset;
  const folders = [...(process.env[FOLDERS] ?? "").split(delimiter).filter(Boolean), "."];
  const paths = folders.flatMap((folder) =>
    files.flatMap((file) => [join(folder, file), join(folder, `${file}.gz`)]),
  );
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) {
    const message = `model "${name}": no potential found in ${folders.join(", ")}: ${howToGet(preset)}`;
    throw new SoftfieldError("model", message, { field: "file" });
  }
  return parseModel(definition, path, {}, { [definition.file]: parseEamFile(readText(path, name), path) });
}

/**
 * The model of a text, JSON or an input script of LAMMPS (`source`: its name, for messages), whose files of columns and
 * potentials lie in `folder`.
 */
export function modelOfText(text: string, source: string, folder: string): PairModel {
  if (looksLikeScript(text))
    return readScript(text, { file: source, read: (name) => scriptFile(name, folder) }).model;
  const json = tryJson(text);
  const columns = columnFiles(json).map((name) => {
    const path = resolve(folder, name);
    if (!existsSync(path)) {
      throw missing(source, "table", path);
    }
    return [name, parseTableColumns(readFileSync(path, "utf8"), path)] as const;
  });
  const potentials = potentialFiles(json).map((name) => {
    const path = resolve(folder, name);
    return [name, parsePotentialFile(json, readText(path, source), path)] as const;
  });
  return parseModelText(text, source, Object.fromEntries(columns), Object.fromEntries(potentials));
}

/** The text of a potential's file, compressed or not. */
function readText(path: string, model: string): string {
  if (!existsSync(path)) throw missing(model, "potential", path);
  return unpacked(readFileSync(path)).toString("utf8");
}

function missing(model: string, what: string, path: string): SoftfieldError {
  const message = `${model}: the ${what} ${path} is missing: names are looked up from the model file's folder; put the file there, or give its path`;
  return new SoftfieldError("model", message, { file: model, field: "file" });
}

/** The JSON, or nothing: `parseModelText` tells what is wrong with it. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
