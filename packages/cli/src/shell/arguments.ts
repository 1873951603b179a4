import { Option } from "commander";
import { SoftfieldError } from "softfield";

/** For options that may be given several times. */
export function repeatable(value: string, all: readonly string[]): string[] {
  return [...all, value];
}

/** The number that an option or argument was given. Throws "usage". */
export function realNumber(name: string, text: string): number {
  const value = numberOf(text);
  if (Number.isFinite(value)) return value;
  throw refused(name, text, "give a number");
}

/** A whole number of at least `least`. Throws "usage". */
export function wholeNumber(name: string, text: string, least: number): number {
  const value = numberOf(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw refused(name, text, `give a whole number from ${least}`);
}

/** A number from 0 on. Throws "usage". */
export function nonNegativeNumber(name: string, text: string): number {
  const value = numberOf(text);
  if (value >= 0 && value < Infinity) return value;
  throw refused(name, text, "give a number that is not negative");
}

/** An option that takes a number; what number makes sense, the library says. */
export function numberOption(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.argParser((text) => {
    const value = numberOf(text);
    if (!Number.isNaN(value)) return value;
    throw refused(option.name(), text, "give a number");
  });
}

function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

function refused(name: string, text: string, wanted: string): SoftfieldError {
  return new SoftfieldError("usage", `--${name} ${text}: ${wanted}`, { field: name });
}

/** "3/16": the third of 16 parts. Throws "usage". */
export function shardOf(text: string): { readonly index: number; readonly count: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count) {
    throw new SoftfieldError("usage", `--shard ${text}: give K/M with 1 ≤ K ≤ M, such as 3/16`, {
      field: "shard",
    });
  }
  return { index, count };
}
