import { type EamFile, parseEamFile } from "./eam/file.ts";
import { parseTersoffFile, type TersoffFile } from "./tersoff/file.ts";

/** What a file of a potential says. */
export type PotentialFile = EamFile | TersoffFile;

const READERS: Readonly<Record<string, (text: string, file: string) => PotentialFile>> = {
  eam: parseEamFile,
  tersoff: parseTersoffFile,
};

/** Names of the files of potentials that a model file refers to; to be read by `parsePotentialFile` before `parseModel`. */
export function potentialFiles(json: unknown): readonly string[] {
  const { form, file } = (json ?? {}) as { form?: unknown; file?: unknown };
  return typeof form === "string" && form in READERS && typeof file === "string" ? [file] : [];
}

/** Reads a file that a model file (its JSON) refers to, as its form has it. Throws "model", naming the line. */
export function parsePotentialFile(json: unknown, text: string, file: string): PotentialFile {
  const { form } = (json ?? {}) as { form?: unknown };
  return (READERS[form as string] ?? parseEamFile)(text, file);
}
