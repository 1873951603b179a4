import { power } from "../elementary.ts";
import { scriptError } from "./commands.ts";
import { chargesByType } from "./datafile.ts";
import type { ReadScriptFile } from "./files.ts";
import { typesIn } from "./ranges.ts";
import type { Settings } from "./settings.ts";
import type {
  Coefficients,
  Mixing,
  Numbers,
  PairPlace,
  PairTermOf,
  PairwiseStyle,
  StyleUse,
  Values,
} from "./styles/style.ts";
import { requiredIn, valuesOf } from "./values.ts";

/** A term of one pair of types, and the style that it comes from. */
export interface PlacedTerm {
  readonly types: readonly [number, number];
  readonly term: PairTermOf;
  readonly use: StyleUse;
}

/** e²/(4πε₀) of the units, as LAMMPS has it (qqr2e). */
const COULOMB: Readonly<Record<string, number>> = {
  lj: 1,
  metal: 14.399645,
  real: 332.06371,
  si: 8.9876e9,
  electron: 1,
};

/** The terms of all pairs of a style that acts pair by pair. @throws SoftfieldError "model" for pairs without coefficients */
export function pairwiseTerms(use: StyleUse, settings: Settings, read: ReadScriptFile): PlacedTerm[] {
  const style = use.style as PairwiseStyle;
  const { types } = settings;
  const given = settingsOf(use);
  const at = (i: number, j: number) => lastOf(use, i, j, settings);
  const values = (coefficients: Coefficients) => coefficientValues(style, coefficients, given);
  const terms: PlacedTerm[] = [];
  for (let i = 1; i <= types; i++) {
    for (let j = i; j <= types; j++) {
      const own = at(i, j);
      if (own?.words[0] === "none") continue;
      const found = own ? values(own) : mixedValues(use, settings, [i, j], at, values);
      if (found === undefined) continue;
      const place = placeOf(use, settings, read, { types: [i, j], command: own?.command ?? use.command });
      for (const term of style.terms(found, place)) terms.push({ types: [i, j], term, use });
    }
  }
  return terms;
}

function settingsOf({ style, command, words }: StyleUse): Values {
  const { readSettings, settings } = style as PairwiseStyle;
  if (words === undefined) return { numbers: {}, words: {} };
  return readSettings?.(command, words) ?? valuesOf(command, words, settings);
}

/** The last pair_coeff that names a pair, or undefined. */
function lastOf(use: StyleUse, i: number, j: number, settings: Settings): Coefficients | undefined {
  const { types, labels } = settings;
  return use.coefficients.findLast(({ command, i: a, j: b }) => {
    const [left, right] = [typesIn(command, a, types, labels), typesIn(command, b, types, labels)];
    return (
      (left.includes(i) && right.includes(j)) ||
      (left.length * right.length === 1 && left[0] === j && right[0] === i)
    );
  });
}

function coefficientValues(
  style: PairwiseStyle,
  { command, words, cutoffsReset }: Coefficients,
  given: Values,
): Values {
  if (style.readCoefficients) return style.readCoefficients(command, words, given);
  const values = valuesOf(command, words, style.coefficients, given);
  const missing = requiredIn(style.settings).find((name) => values.numbers[name] === undefined);
  if (missing !== undefined) {
    throw scriptError(
      command,
      `the ${missing} is missing: it stands in the pair_style of the input script. Give that, or the section "PairIJ Coeffs" (write_data … pair ij)`,
    );
  }
  if (!cutoffsReset) return values;
  // A later pair_style of the same name has put its own cutoffs in the place of those.
  const { cutoff, inner, coulomb } = given.numbers;
  const globals = Object.entries({ cutoff, inner, coulomb }).filter(([, value]) => value !== undefined);
  return { ...values, numbers: { ...values.numbers, ...Object.fromEntries(globals) } };
}

function mixedValues(
  use: StyleUse,
  settings: Settings,
  [i, j]: readonly [number, number],
  at: (i: number, j: number) => Coefficients | undefined,
  values: (coefficients: Coefficients) => Values,
): Values | undefined {
  const { mixing } = use.style as PairwiseStyle;
  const [a, b] = [at(i, i), at(j, j)];
  const both = a !== undefined && b !== undefined && a.words[0] !== "none" && b.words[0] !== "none";
  if (both && mixing !== undefined && i !== j) {
    const [one, other] = [values(a), values(b)];
    return { words: one.words, numbers: mixed(mixing, use.mix, one.numbers, other.numbers) };
  }
  if (settings.hybrid !== undefined) return undefined;
  if (both && mixing === undefined)
    throw scriptError(
      use.command,
      `the coefficients of types ${i} and ${j} are missing, and ${use.name} mixes none: give "pair_coeff ${i} ${j} …"`,
    );
  const lone = a === undefined ? i : j;
  throw scriptError(
    use.command,
    `the coefficients of type ${lone} with itself are missing: give "pair_coeff ${lone} ${lone} …"`,
  );
}

function mixed(
  mixing: NonNullable<PairwiseStyle["mixing"]>,
  rule: Mixing["rule"] | undefined,
  a: Numbers,
  b: Numbers,
): Numbers {
  if (typeof mixing === "function") return mixing(a, b);
  const by = rule ?? mixing.rule;
  const numbers: Record<string, number> = { ...a };
  for (const name of mixing.lengths)
    if (a[name] !== undefined) numbers[name] = mixedLength(by, a[name], b[name]);
  for (const name of mixing.means ?? []) numbers[name] = 0.5 * (a[name] + b[name]);
  const [si, sj] = mixing.size === undefined ? [1, 1] : [a[mixing.size], b[mixing.size]];
  for (const name of mixing.energies) numbers[name] = mixedEnergy(by, [a[name], b[name]], [si, sj]);
  return numbers;
}

function mixedLength(rule: Mixing["rule"], a: number, b: number): number {
  if (rule === "geometric") return Math.sqrt(a * b);
  if (rule === "arithmetic") return 0.5 * (a + b);
  return power(0.5 * (power(a, 6) + power(b, 6)), 1 / 6);
}

function mixedEnergy(rule: Mixing["rule"], [a, b]: readonly number[], [si, sj]: readonly number[]): number {
  const mean = Math.sqrt(a * b);
  if (rule !== "sixthpower") return mean;
  return (2 * mean * power(si, 3) * power(sj, 3)) / (power(si, 6) + power(sj, 6));
}

function placeOf(
  use: StyleUse,
  settings: Settings,
  read: ReadScriptFile,
  { types, command }: Pick<PairPlace, "types" | "command">,
): PairPlace {
  const coulomb = () => {
    const constant = COULOMB[settings.units];
    if (constant !== undefined) return constant;
    throw scriptError(
      use.command,
      `charges in units ${settings.units} are not read: lj, metal, real, si and electron are`,
    );
  };
  return {
    types,
    command,
    shift: use.shift,
    read,
    get coulomb() {
      return coulomb();
    },
    dielectric: settings.dielectric,
    charges() {
      const charges = chargesOf(settings);
      if (charges === "file") return "file";
      const [a, b] = types.map((type) => charges.get(type) ?? 0);
      return a * b;
    },
    note: (text) => settings.note(use.command, text),
  };
}

/** Charges by type: those that the script sets, else those of the data file; "file" where a type has several there. */
function chargesOf(settings: Settings): ReadonlyMap<number, number> | "file" {
  const { data, charges } = settings;
  settings.fileCharges ??= data?.file === undefined ? new Map() : chargesByType(data.file);
  const { fileCharges, types } = settings;
  const set = Array.from({ length: types }, (_, k) => charges.has(k + 1));
  if (fileCharges === "file") {
    if (set.every(Boolean)) return charges;
    if (!set.some(Boolean)) return "file";
    throw scriptError(
      data!.command,
      `atoms of one type have different charges in ${data!.name}, and the script sets those of some types: set those of all types`,
    );
  }
  return new Map([...fileCharges, ...charges]);
}
