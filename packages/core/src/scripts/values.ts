import { type Command, scriptError } from "./commands.ts";
import type { Values } from "./styles/style.ts";

/** What a list of names says of one word: see `PairwiseStyle.settings`. */
interface Wanted {
  readonly name: string;
  readonly word: boolean;
  readonly optional: boolean;
  /** Whose value it is where it is left out. */
  readonly other: string;
}

function wanted(list: string): Wanted[] {
  return list
    .split(" ")
    .filter(Boolean)
    .map((text) => {
      const [, name, word, optional, , other] = /^(\w+)(:word)?(\??)(=(\w+))?$/.exec(text)!;
      return {
        name,
        word: word !== undefined,
        optional: optional === "?" || other !== undefined,
        other: other ?? name,
      };
    });
}

/** The numbers of a list that can't be left out. */
export function requiredIn(list: string): string[] {
  return wanted(list).flatMap(({ name, word, optional }) => (word || optional ? [] : [name]));
}

/**
 * The values of words by a list of names, with those of `known` beside them.
 *
 * @throws SoftfieldError "model" at the command for what is missing, too much, or no number
 */
export function valuesOf(
  command: Command,
  words: readonly string[],
  list: string,
  known: Values = { numbers: {}, words: {} },
): Values {
  const names = wanted(list);
  const least = names.filter(({ optional }) => !optional).length;
  if (words.length < least || words.length > names.length) {
    const shown = names.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(" ");
    throw scriptError(
      command,
      `expected ${shown === "" ? "nothing" : shown}, found ${words.length === 0 ? "nothing" : words.join(" ")}`,
    );
  }
  const numbers = { ...known.numbers };
  const texts = { ...known.words };
  for (const [k, { name, word, other }] of names.entries()) {
    const text = words[k];
    if (text === undefined) {
      if (word) {
        if (texts[other] !== undefined) texts[name] = texts[other];
      } else {
        const given = other !== name && names.slice(0, words.length).some((one) => one.name === other);
        const value = given ? numbers[other] : (numbers[name] ?? numbers[other]);
        if (value !== undefined) numbers[name] = value;
      }
      continue;
    }
    if (word) texts[name] = text;
    else numbers[name] = numberOf(command, text, name);
  }
  return { numbers, words: texts };
}

/** A number of a script: decimal, as LAMMPS takes it. @throws SoftfieldError "model" */
export function numberOf(command: Command, text: string, name: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw scriptError(command, `${name} is "${text}", which is no number`);
}
