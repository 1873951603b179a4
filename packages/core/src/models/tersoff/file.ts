import { decimal } from "../../decimal.ts";
import { SoftfieldError } from "../../errors.ts";

/** Numbers of an entry, in the order of LAMMPS's files. */
export const TERSOFF_NUMBERS = [
  "m",
  "gamma",
  "lambda3",
  "c",
  "d",
  "costheta0",
  "n",
  "beta",
  "lambda2",
  "B",
  "R",
  "D",
  "lambda1",
  "A",
] as const;

/** Parameters of one triplet of elements, as LAMMPS's `pair_style tersoff` has them. */
export type TersoffEntry = Readonly<Record<(typeof TERSOFF_NUMBERS)[number], number>>;

/** A file of `pair_style tersoff`: entries by triplets, "Si C C"; centre, bond's end, third. */
export interface TersoffFile {
  readonly entries: Readonly<Record<string, TersoffEntry>>;
}

const WORDS = 3 + TERSOFF_NUMBERS.length;

/**
 * Reads a file of LAMMPS's `pair_style tersoff`: comments from # on, entries of three elements and fourteen numbers on
 * one line or more. Throws "model", naming the line.
 */
export function parseTersoffFile(text: string, file: string): TersoffFile {
  const entries: Record<string, TersoffEntry> = {};
  let words: string[] = [];
  let first = 1;
  text.split(/\r?\n/).forEach((line, k) => {
    const found = line.replace(/#.*/, "").trim().split(/\s+/).filter(Boolean);
    if (found.length === 0) return;
    if (words.length === 0) first = k + 1;
    words.push(...found);
    if (words.length < WORDS) return;
    if (words.length > WORDS) throw fault(file, k + 1, `an entry has ${WORDS} words, found ${words.length}`);
    const [key, entry] = entryOf(words, file, first);
    if (key in entries) throw fault(file, first, `the triplet ${key} comes twice`);
    entries[key] = entry;
    words = [];
  });
  if (words.length > 0)
    throw fault(file, first, `the entry ends after ${words.length} of ${WORDS} words: is the file cut off?`);
  if (Object.keys(entries).length > 0) return { entries };
  throw fault(
    file,
    1,
    "no entry: give a file of pair_style tersoff, three elements and fourteen numbers each",
  );
}

function entryOf(words: readonly string[], file: string, line: number): [string, TersoffEntry] {
  const elements = words.slice(0, 3);
  const numbers = TERSOFF_NUMBERS.map((name, k) => {
    const value = decimal(words[3 + k]);
    if (Number.isFinite(value)) return [name, value] as const;
    throw fault(file, line, `expected the number ${name} of ${elements.join(" ")}, found "${words[3 + k]}"`);
  });
  const numeric = elements.find((name) => Number.isFinite(decimal(name)));
  if (numeric !== undefined)
    throw fault(file, line, `expected three elements, found "${elements.join(" ")}"`);
  return [elements.join(" "), Object.fromEntries(numbers) as TersoffEntry];
}

function fault(file: string, line: number, message: string): SoftfieldError {
  return new SoftfieldError("model", `${file}, line ${line}: ${message}`, { file, line });
}
