import type { Command } from "../commands.ts";
import type { ReadScriptFile } from "../files.ts";

export type Numbers = Readonly<Record<string, number>>;

/** Numbers by name, and words that are none. */
export interface Values {
  readonly numbers: Numbers;
  readonly words: Readonly<Record<string, string>>;
}

/** How φ ends: as a form says it, the radii of windows apart. */
export type Smoothing = string | number | { readonly window: string; readonly shift?: boolean };

/** A term of φ(r) of one pair of types, as a form of models/forms has it. */
export interface PairTermOf {
  /** Name of the form. */
  readonly form: string;
  /** Fields that have a value for every pair of species, `cutoff` among them: a ratio to `lambda` where that is given. */
  readonly pair: Readonly<Record<string, number>>;
  /** Fields that all pairs share; pairs that differ in them become terms of their own. */
  readonly shared?: Readonly<Record<string, unknown>>;
  /** How φ ends; left out for forms that end by themselves. */
  readonly smoothing?: Smoothing;
  /** The inner radius of a window, a ratio like `cutoff`. */
  readonly from?: number;
  /** Fields that have a value for every species, here those of both types: atomic numbers. */
  readonly species?: Readonly<Record<string, readonly [number, number]>>;
  /** λ comes of the diameters of particles, and with it ε: how. */
  readonly diameters?: "square" | "hertz";
  /** Rows of a table. */
  readonly table?: { readonly r: readonly number[]; readonly phi: readonly number[] };
}

/** What a pair of types is, beside its coefficients. */
export interface PairPlace {
  /** Types i ≤ j, from 1. */
  readonly types: readonly [number, number];
  /** pair_modify shift yes */
  readonly shift: boolean;
  /** q_i q_j, or that charges are those of the configuration, particle by particle: "file". */
  charges(): number | "file";
  /** ε_r */
  readonly dielectric: number;
  /** e²/(4πε₀), without the dielectric constant. */
  readonly coulomb: number;
  /** Where the coefficients stand; of mixed ones the pair_style. */
  readonly command: Command;
  readonly read: ReadScriptFile;
  /** Says something once. */
  note(text: string): void;
}

/** How coefficients of unlike pairs follow from those of like ones, where a script gives none. */
export interface Mixing {
  readonly rule: "geometric" | "arithmetic" | "sixthpower";
  /** √(a b), with sixthpower weighted by the lengths called `size`. */
  readonly energies: readonly string[];
  readonly lengths: readonly string[];
  /** Half of the sum, whatever the rule. */
  readonly means?: readonly string[];
  readonly size?: string;
}

/** A pair style that is a sum of forms of φ(r), pair by pair. */
export interface PairwiseStyle {
  readonly names: readonly string[];
  /**
   * What stands behind the name in pair_style, and behind the types in pair_coeff: names of numbers, `NAME:word` for words;
   * `NAME?` may be left out, then it is the setting of that name, or `NAME=OTHER`, then it is OTHER where that stands there,
   * else the setting of either name.
   */
  readonly settings: string;
  readonly coefficients: string;
  /** In place of the two: what words mean whose number or order is not fixed. */
  readSettings?(command: Command, words: readonly string[]): Values;
  readCoefficients?(command: Command, words: readonly string[], settings: Values): Values;
  /** Left out: unlike pairs must be given. */
  readonly mixing?: Mixing | ((a: Numbers, b: Numbers) => Numbers);
  /** The terms of a pair; `values` are settings and coefficients together. */
  terms(values: Values, pair: PairPlace): PairTermOf[];
}

/** What a style of whole files of parameters (embedded atoms, Stillinger–Weber …) is asked with. */
export interface WholePlace {
  /** Elements by type, from 1; "NULL" for types that it does not act on. */
  readonly elements: readonly string[];
  /** Names of the species of the model, by type. */
  readonly species: readonly string[];
  readonly units: string;
  readonly command: Command;
  readonly read: ReadScriptFile;
  note(text: string): void;
}

/** A pair style whose coefficients are a file and an element for every type. */
export interface WholeStyle {
  readonly names: readonly string[];
  /** Words behind the name in pair_style that are known and change nothing. */
  readonly ignored?: readonly string[];
  /** A file for each type, pair_coeff I I FILE, in place of one file with the elements of all types behind it. */
  readonly byType?: boolean;
  /** Fields of a model or of a term, form and its own: of the one file, or of the file of each type. */
  definition(files: readonly string[], place: WholePlace): Record<string, unknown>;
  /** Element names by type, of files that name them themselves. */
  elements?(files: readonly string[], place: Pick<WholePlace, "command" | "read">): string[];
}

/** An entry of the registry of pair styles. */
export type PairStyle = PairwiseStyle | WholeStyle;

export function isWhole(style: PairStyle): style is WholeStyle {
  return "definition" in style;
}

/** One pair_coeff line. */
export interface Coefficients {
  readonly command: Command;
  readonly words: readonly string[];
  /** Types of both sides, I ≤ J where both are single. */
  readonly i: string;
  readonly j: string;
  /** The cutoffs at its end gave way to those of a later pair_style. */
  cutoffsReset: boolean;
}

/** A style as a script uses it. */
export interface StyleUse {
  readonly style: PairStyle;
  /** As it stands in the script. */
  readonly name: string;
  command: Command;
  /** After the name; undefined where a data file alone names the style. */
  words: readonly string[] | undefined;
  /** Later ones override earlier ones. */
  readonly coefficients: Coefficients[];
  shift: boolean;
  mix: Mixing["rule"] | undefined;
  tail: Command | undefined;
}
