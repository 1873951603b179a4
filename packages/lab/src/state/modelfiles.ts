import {
  columnFiles,
  type PairModel,
  parsePotentialFile,
  parseTableColumns,
  readScript,
  SoftfieldError,
} from "softfield";
import { parseModelText, potentialFiles } from "softfield/internal";
import { kindOf } from "./filekind.ts";

/** A file that was dropped, by its name without folders. */
export type Dropped = ReadonlyMap<string, Uint8Array>;

/** A model that came from files, with what a script says of types. */
export interface ModelFound {
  readonly name: string;
  readonly model: PairModel;
  /** As `--species`: 1=Cu,2=Zr. */
  readonly species?: string;
  /** What a script has that the model has not. */
  readonly notes: readonly string[];
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The model of a file that was dropped, with the files beside it that it refers to. Throws "model" in words. */
export function modelOfFile(name: string, files: Dropped): ModelFound {
  const content = text(files.get(name) ?? new Uint8Array());
  if (kindOf(name, content) === "script") return modelOfScript(name, content, files);
  const json = /\.json(\.gz)?$/i.test(name) ? content : JSON.stringify({ form: "eam", file: name });
  return { name, model: modelOfJson(name, json, files), notes: [] };
}

function modelOfScript(name: string, content: string, files: Dropped): ModelFound {
  const { model, species, notes } = readScript(content, { file: name, read: (path) => beside(path, files) });
  return {
    name,
    model,
    species: [...species].map(([type, element]) => `${type}=${element}`).join(","),
    notes,
  };
}

function modelOfJson(name: string, content: string, files: Dropped): PairModel {
  if (!/"form"|"potential"|"terms"|"tables"/.test(content))
    throw new Error(`${name} is no model file: it names no form of a potential.`);
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return parseModelText(content, name);
  }
  const needed = (path: string): string => {
    const found = beside(path, files);
    if (found) return text(found);
    throw new SoftfieldError("model", `${name}: it refers to the file ${path}: drop both together`, {
      file: name,
    });
  };
  const columns = columnFiles(json).map((path) => [path, parseTableColumns(needed(path), path)] as const);
  const potentials = potentialFiles(json).map(
    (path) => [path, parsePotentialFile(json, needed(path), path)] as const,
  );
  return parseModelText(content, name, Object.fromEntries(columns), Object.fromEntries(potentials));
}

function beside(path: string, files: Dropped): Uint8Array | undefined {
  return files.get(path.split(/[\\/]/).at(-1) ?? path);
}
