import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  columnFiles,
  type PairModel,
  type PresetName,
  parseModelText,
  parsePotentialFile,
  parseTableColumns,
  potentialFiles,
  preset,
  presetNames,
  SoftfieldError,
} from "softfield";
import { nearest } from "softfield/internal";

/** The model of `--model`: a preset by name, or a user's own by its JSON file (with the column files it refers to). */
export function loadModel(nameOrFile: string): PairModel {
  if ((presetNames as readonly string[]).includes(nameOrFile)) return preset(nameOrFile as PresetName);
  if (!existsSync(nameOrFile)) {
    const near = nearest(nameOrFile, presetNames);
    throw new SoftfieldError(
      "model",
      `no model "${nameOrFile}": neither a preset (${presetNames.join(", ")}) nor a file. ` +
        (near === undefined ? "" : `Did you mean ${near}? `) +
        "'softfield models' lists the presets and shows how a model file looks",
      { field: "model" },
    );
  }
  return modelOfText(readFileSync(nameOrFile, "utf8"), nameOrFile, dirname(nameOrFile));
}

/** The model of a JSON text (`source`: its name, for messages), whose files of columns and potentials lie in `folder`. */
export function modelOfText(text: string, source: string, folder: string): PairModel {
  const json = tryJson(text);
  const columns = columnFiles(json).map((name) => {
    const path = resolve(folder, name);
    if (!existsSync(path)) {
      throw new SoftfieldError("model", `${source}: the table ${path} is missing`, { file: source });
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
  if (!existsSync(path))
    throw new SoftfieldError("model", `${model}: the potential ${path} is missing`, { file: model });
  const bytes = readFileSync(path);
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** The JSON, or nothing: `parseModelText` tells what is wrong with it. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
