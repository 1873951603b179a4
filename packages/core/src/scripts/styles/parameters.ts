import { decimal } from "../../decimal.ts";
import { type Command, scriptError } from "../commands.ts";

/** One entry of a file of parameters: three elements, and numbers. */
export interface Entry {
  readonly elements: readonly [string, string, string];
  readonly numbers: readonly number[];
  /** 1-based, where it begins. */
  readonly line: number;
}

/** kcal/mol in an eV, as LAMMPS converts files. */
const KCAL = 23.060549;

/**
 * The entries of a file of pair_style sw, vashishta or tersoff: three elements and `count` numbers each, over any lines.
 *
 * @throws SoftfieldError "model" with the line of the file
 */
export function entriesOf(command: Command, text: string, file: string, count: number): Entry[] {
  const words: { readonly text: string; readonly line: number }[] = [];
  text.split(/\r?\n/).forEach((content, k) => {
    const body = content.replace(/#.*/, "").trim();
    if (body !== "") for (const word of body.split(/\s+/)) words.push({ text: word, line: k + 1 });
  });
  const entries: Entry[] = [];
  for (let at = 0; at < words.length; at += 3 + count) {
    const { line } = words[at];
    const elements = words.slice(at, at + 3).map((word) => word.text);
    const numbers = words.slice(at + 3, at + 3 + count).map((word) => decimal(word.text));
    const named = elements.every((name) => Number.isNaN(decimal(name)));
    if (elements.length === 3 && named && numbers.length === count && numbers.every(Number.isFinite))
      entries.push({ elements: elements as [string, string, string], numbers, line });
    else {
      throw scriptError(
        {
          ...command,
          file,
          line,
          text: words
            .slice(at, at + 4)
            .map((word) => word.text)
            .join(" "),
        },
        `an entry has three elements and ${count} numbers`,
      );
    }
  }
  return entries;
}

/** What energies of a file become in the units of a script, by the words "UNITS: metal" of its first line. */
export function energyFactor(command: Command, text: string, units: string): number {
  const tag = /UNITS:\s*(\w+)/.exec(text.slice(0, text.search(/\n|$/)))?.[1];
  if (tag === undefined || tag === units) return 1;
  if (tag === "metal" && units === "real") return KCAL;
  if (tag === "real" && units === "metal") return 1 / KCAL;
  throw scriptError(command, `the file is in units ${tag}, the script in units ${units}`);
}

/** The entry of three elements. */
export function entryOf(
  command: Command,
  entries: readonly Entry[],
  elements: readonly [string, string, string],
): readonly number[] {
  const found = entries.filter((entry) => entry.elements.every((name, k) => name === elements[k]));
  if (found.length === 1) return found[0].numbers;
  const known = [...new Set(entries.flatMap((entry) => entry.elements))];
  throw scriptError(
    command,
    `the file has ${found.length === 0 ? "no entry" : "more than one entry"} ${elements.join(" ")}; its elements are ${known.join(", ")}`,
  );
}
