import { nearest } from "../nearest.ts";
import { type Command, scriptError } from "./commands.ts";
import { largestType } from "./ranges.ts";
import type { Settings } from "./settings.ts";
import { notRead, stylesNamed } from "./styles/registry.ts";
import { isWhole, type StyleUse } from "./styles/style.ts";

/** pair_style: of the same style once more, coefficients stay and their cutoffs give way, as LAMMPS has it. */
export function pairStyle(settings: Settings, command: Command, [name, ...rest]: readonly string[]): void {
  if (name === undefined) throw scriptError(command, "the style is missing");
  settings.pairStyle = command;
  const base = withoutSuffix(name);
  if (base === "none") {
    settings.styles = [];
    settings.hybrid = undefined;
    return;
  }
  if (base === "hybrid" || base === "hybrid/overlay" || base === "hybrid/scaled") {
    settings.hybrid = base === "hybrid" ? "hybrid" : "hybrid/overlay";
    settings.styles = hybridParts(command, rest, base === "hybrid/scaled");
    return;
  }
  const [before] = settings.styles;
  const again = settings.hybrid === undefined && before !== undefined && withoutSuffix(before.name) === base;
  settings.hybrid = undefined;
  if (!again) {
    settings.styles = [useOf(command, name, rest)];
    return;
  }
  before.command = command;
  before.words = rest;
  for (const coefficients of before.coefficients) coefficients.cutoffsReset = true;
}

/** A style without coefficients as yet. */
export function useOf(command: Command, name: string, words: readonly string[] | undefined): StyleUse {
  const style = stylesNamed(withoutSuffix(name));
  if (style === undefined) throw scriptError(command, notRead(withoutSuffix(name)));
  return { style, name, command, words, coefficients: [], shift: false, mix: undefined, tail: undefined };
}

/** The styles of a hybrid: each name that is known begins one. */
function hybridParts(command: Command, words: readonly string[], scaled: boolean): StyleUse[] {
  const starts: number[] = [];
  for (const [k, word] of words.entries()) {
    const base = withoutSuffix(word);
    const begins =
      /^[a-z]/.test(word) && (stylesNamed(base) !== undefined || notRead(base, true) !== undefined);
    if (begins) starts.push(k);
  }
  if (starts.length === 0) throw scriptError(command, "a hybrid needs the names of its styles");
  if (scaled && starts.some((at, k) => words[at - 1] !== "1.0" && words[at - 1] !== "1" && k >= 0))
    throw scriptError(
      command,
      "hybrid/scaled with factors other than 1 is not read: put the factors into the coefficients",
    );
  return starts.map((start, k) => {
    const end = (starts[k + 1] ?? words.length + (scaled ? 1 : 0)) - (scaled ? 1 : 0);
    return useOf(command, words[start], words.slice(start + 1, end));
  });
}

/** The name of a style without what speeds it up: lj/cut/omp, eam/alloy/kk. */
export function withoutSuffix(name: string): string {
  return name.replace(/\/(omp|gpu|kk|kk\/host|kk\/device|opt|intel|cuda)$/, "");
}

/** pair_coeff */
export function pairCoeff(settings: Settings, command: Command, words: readonly string[]): void {
  const [first, second, ...rest] = words;
  if (second === undefined) throw scriptError(command, "two types are expected");
  if (settings.styles.length === 0) throw scriptError(command, "there is no pair_style before it");
  for (const word of [first, second])
    settings.leastTypes = Math.max(settings.leastTypes, settings.labels.get(word) ?? largestType(word));
  const { use, words: own } = useNamed(settings, command, rest);
  if (use === undefined) {
    // "none": of a hybrid, nothing acts
    for (const one of settings.styles)
      one.coefficients.push({ command, words: ["none"], i: first, j: second, cutoffsReset: false });
    return;
  }
  if (isWhole(use.style) && !use.style.byType) {
    const elements = own.length - 1;
    if (settings.typeCount === undefined) settings.leastTypes = Math.max(settings.leastTypes, elements);
  }
  const [i, j] = Number(first) > Number(second) ? [second, first] : [first, second];
  use.coefficients.push({ command, words: own, i, j, cutoffsReset: false });
  // Of a plain hybrid a pair has one style: the last that it was given.
  if (settings.hybrid !== "hybrid" || isWhole(use.style)) return;
  for (const other of settings.styles)
    if (other !== use && !isWhole(other.style))
      other.coefficients.push({ command, words: ["none"], i, j, cutoffsReset: false });
}

/** Which of the styles a pair_coeff is of, and the words that are the style's. */
function useNamed(settings: Settings, command: Command, words: readonly string[]) {
  if (settings.hybrid === undefined) return { use: settings.styles[0], words };
  const [name, ...rest] = words;
  if (name === "none") return { use: undefined, words: rest };
  const named = settings.styles.filter((use) => withoutSuffix(use.name) === withoutSuffix(name ?? ""));
  if (named.length === 0) {
    const known = settings.styles.map((use) => use.name);
    const near = name === undefined ? undefined : nearest(name, known);
    throw scriptError(
      command,
      `with ${settings.hybrid} the style of a pair is named before its coefficients, one of ${known.join(", ")}${near === undefined ? "" : `; did you mean ${near}?`}`,
    );
  }
  if (named.length === 1) return { use: named[0], words: rest };
  const use = named[Number(rest[0]) - 1];
  if (use !== undefined) return { use, words: rest.slice(1) };
  throw scriptError(
    command,
    `${name} stands ${named.length} times in the pair_style: its number must follow`,
  );
}

/** pair_modify: shift and mix count, tail and table are told, the rest speeds things up. */
export function pairModify(settings: Settings, command: Command, words: readonly string[]): void {
  let uses = settings.styles;
  for (let k = 0; k < words.length; k++) {
    const value = words[k + 1];
    if (words[k] === "pair") {
      const named = settings.styles.filter((use) => withoutSuffix(use.name) === withoutSuffix(value ?? ""));
      const several = named.length > 1 && /^\d+$/.test(words[k + 2] ?? "");
      uses = several ? named.slice(Number(words[k + 2]) - 1, Number(words[k + 2])) : named;
      k += several ? 2 : 1;
    } else if (words[k] === "special") k += 4;
    else if (words[k] === "nofdotr" || words[k] === "no_virial") continue;
    else {
      if (value === undefined) throw scriptError(command, `"${words[k]}" needs a value`);
      for (const use of uses) modify(use, command, words[k], value);
      k++;
    }
  }
}

function modify(use: StyleUse, command: Command, key: string, value: string): void {
  if (key === "shift") use.shift = value === "yes" || value === "on" || value === "true";
  if (key === "tail") use.tail = value === "yes" || value === "on" || value === "true" ? command : undefined;
  if (key === "mix") {
    if (value !== "geometric" && value !== "arithmetic" && value !== "sixthpower")
      throw scriptError(command, `mix is geometric, arithmetic or sixthpower, found ${value}`);
    use.mix = value;
  }
}
