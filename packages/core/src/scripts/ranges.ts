import { type Command, scriptError } from "./commands.ts";

/** The types that a word names, ascending: "2", "*", "2*", "*3", "2*3", or a label. */
export function typesIn(
  command: Command,
  word: string,
  count: number,
  labels: ReadonlyMap<string, number> = new Map(),
): number[] {
  const label = labels.get(word);
  if (label !== undefined) return [label];
  const match = /^(\d*)(\*?)(\d*)$/.exec(word);
  if (match === null || (match[2] === "" && match[1] === ""))
    throw scriptError(
      command,
      `"${word}" is no type of atoms: write a number, a range (*, 2*, *3, 2*3) or a label`,
    );
  const first = match[1] === "" ? 1 : Number(match[1]);
  const last = match[2] === "" ? first : match[3] === "" ? count : Number(match[3]);
  if (first >= 1 && last <= count && first <= last)
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  throw scriptError(command, `"${word}" names types beyond those that there are, 1 to ${count}`);
}

/** The largest type that a word names in digits; 0 for labels and open ranges. */
export function largestType(word: string): number {
  return Math.max(0, ...(/^[\d*]+$/.test(word) ? word.split("*").map(Number) : []));
}
