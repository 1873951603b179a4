import { type EamFile, parseEamFile } from "../../models/index.ts";
import { scriptError } from "../commands.ts";
import { mustRead, textOf } from "../files.ts";
import { energyFactor, entriesOf, entryOf } from "./parameters.ts";
import type { WholePlace, WholeStyle } from "./style.ts";

/** A field by species names, "A B" or "A B C"; one number where all are the same. */
export function named(
  place: WholePlace,
  members: 2 | 3,
  value: (types: readonly number[]) => number,
): Record<string, number> {
  const tuples = (count: number): number[][] =>
    count === 0 ? [[]] : tuples(count - 1).flatMap((head) => place.species.map((_, type) => [...head, type]));
  return Object.fromEntries(
    tuples(members).map((types) => [types.map((type) => place.species[type]).join(" "), value(types)]),
  );
}

function textOfFile(place: WholePlace, file: string): string {
  return textOf(mustRead(place.command, place.read, file));
}

/** One number for all where a field has the same everywhere. */
function uniform(field: Record<string, number>): number | Record<string, number> {
  const values = Object.values(field);
  return values.every((value) => value === values[0]) ? values[0] : field;
}

/** Of fields of pairs the upper triangle: both orders are one pair. */
function upper(place: WholePlace, value: (i: number, j: number) => number): number | Record<string, number> {
  const field: Record<string, number> = {};
  for (const [i, a] of place.species.entries())
    for (const [j, b] of place.species.entries()) if (i <= j) field[`${a} ${b}`] = value(i, j);
  return uniform(field);
}

/** Of triples, the ends in one order. */
function triples(
  place: WholePlace,
  value: (c: number, j: number, k: number) => number,
): Record<string, number> {
  const field: Record<string, number> = {};
  place.species.forEach((c, i) => {
    place.species.forEach((a, j) => {
      place.species.slice(j).forEach((b, k) => {
        field[`${c} ${a} ${b}`] = value(i, j, j + k);
      });
    });
  });
  return field;
}

const acts = (place: WholePlace, ...types: readonly number[]) =>
  types.every((type) => place.elements[type] !== "NULL");

function stillingerWeber([file]: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, elements } = place;
  const text = textOfFile(place, file);
  const entries = entriesOf(command, text, file, 11);
  const factor = energyFactor(command, text, place.units);
  const row = (c: number, j: number, k: number) =>
    entryOf(command, entries, [elements[c], elements[j], elements[k]]);
  const COLUMN = {
    epsilon: 0,
    sigma: 1,
    a: 2,
    strength: 3,
    gamma: 4,
    cosine: 5,
    A: 6,
    B: 7,
    p: 8,
    q: 9,
    tol: 10,
  };
  type Column = keyof typeof COLUMN;
  const of = (i: number, j: number, k: number, column: Column) => row(i, j, k)[COLUMN[column]];
  const symmetric = (a: number, b: number, what: string) => {
    if (a === b) return a;
    throw scriptError(command, `${file}: ${what} must be the same in both orders, found ${a} and ${b}`);
  };
  const pair = (column: Column, otherwise: number) =>
    upper(place, (i, j) =>
      acts(place, i, j)
        ? symmetric(
            of(i, j, j, column),
            of(j, i, i, column),
            `${column} of ${elements[i]} and ${elements[j]}`,
          )
        : otherwise,
    );
  const triple = (column: Column, otherwise: number) =>
    uniform(
      triples(place, (c, j, k) =>
        acts(place, c, j, k)
          ? symmetric(
              of(c, j, k, column),
              of(c, k, j, column),
              `${column} of ${elements[c]} with ${elements[j]} and ${elements[k]}`,
            )
          : otherwise,
      ),
    );
  const scaled = (field: number | Record<string, number>) =>
    typeof field === "number"
      ? factor * field
      : Object.fromEntries(Object.entries(field).map(([key, value]) => [key, factor * value]));
  const used = place.species.flatMap((_, i) => (acts(place, i) ? [of(i, i, i, "tol")] : []));
  if (used.some((tol) => tol !== 0))
    place.note(`${file}: LAMMPS ends the terms where they fall below "tol"; here they go to their cutoffs`);
  return {
    form: "stillinger-weber",
    epsilon: scaled(pair("epsilon", 0)),
    lambda: pair("sigma", 1),
    A: pair("A", 1),
    B: pair("B", 1),
    p: pair("p", 4),
    q: pair("q", 0),
    cutoff: pair("a", 1),
    threeBody: {
      epsilon: scaled(triple("epsilon", 0)),
      strength: triple("strength", 0),
      gamma: uniform(named(place, 2, ([c, j]) => (acts(place, c, j) ? of(c, j, j, "gamma") : 1))),
      cosine: triple("cosine", 0),
    },
  };
}

function vashishta([file]: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, elements, species } = place;
  if (elements.includes("NULL"))
    throw scriptError(command, "vashishta of some types only is not read: give every type an element");
  const text = textOfFile(place, file);
  const entries = entriesOf(command, text, file, 14);
  const factor = energyFactor(command, text, place.units);
  const COLUMN = {
    H: 0,
    eta: 1,
    Zi: 2,
    Zj: 3,
    lambda1: 4,
    D: 5,
    lambda4: 6,
    W: 7,
    cutoff: 8,
    B: 9,
    gamma: 10,
    r0: 11,
    C: 12,
    cosine: 13,
  };
  type Column = keyof typeof COLUMN;
  const of = (c: number, j: number, k: number, column: Column) =>
    entryOf(command, entries, [elements[c], elements[j], elements[k]])[COLUMN[column]];
  const one = (column: Column, where: (c: number, j: number, k: number) => boolean, otherwise: number) => {
    const found = new Set<number>();
    triples(place, (c, j, k) => {
      if (where(c, j, k))
        found.add(column === "gamma" || column === "r0" ? of(c, j, j, column) : of(c, j, k, column));
      return 0;
    });
    if (found.size > 1)
      throw scriptError(
        command,
        `${file}: ${column} differs between entries; the form "vashishta" has one for all`,
      );
    return [...found][0] ?? otherwise;
  };
  const pairs = (_c: number, j: number, k: number) => j === k;
  const angular = (c: number, j: number, k: number) => of(c, j, k, "B") !== 0;
  if (one("C", angular, 0) !== 0)
    throw scriptError(command, `${file}: C is not 0; the form "vashishta" has C = 0`);
  const pair = (column: Column, scale = 1) => upper(place, (i, j) => scale * of(i, j, j, column));
  const three = Object.fromEntries(
    Object.entries(triples(place, (c, j, k) => factor * of(c, j, k, "B"))).filter(([, value]) => value !== 0),
  );
  return {
    form: "vashishta",
    H: pair("H", factor),
    eta: pair("eta"),
    charges: Object.fromEntries(species.map((name, i) => [name, of(i, i, i, "Zi")])),
    lambda1: one("lambda1", pairs, 1),
    D: pair("D", factor),
    lambda4: one("lambda4", pairs, 1),
    W: pair("W", factor),
    threeBody: {
      B: three,
      gamma: one("gamma", angular, 1),
      cutoff: one("r0", angular, 1),
      cosine: Object.fromEntries(
        Object.entries(triples(place, (c, j, k) => of(c, j, k, "cosine"))).filter(([key]) => key in three),
      ),
    },
    cutoff: pair("cutoff"),
    smoothing: "force-shifted",
  };
}

/** The potential of a file with the types of a script for its elements. */
function embedded([file]: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, elements, species } = place;
  const text = textOfFile(place, file);
  const whole = parseEamFile(text, file);
  const index = elements.map((name) => {
    const at = whole.elements.indexOf(name);
    if (at >= 0) return at;
    throw scriptError(
      command,
      name === "NULL"
        ? "embedded atoms of some types only are not read: give every type an element"
        : `${file} has no element ${name}; it has ${whole.elements.join(", ")}`,
    );
  });
  const scale = energyFactor(command, text, place.units);
  const times = (values: readonly number[]) => (scale === 1 ? values : values.map((value) => scale * value));
  const count = whole.elements.length;
  const { masses, ...grid } = whole;
  const potential = {
    ...grid,
    elements: species,
    embedding: index.map((e) => times(whole.embedding[e])),
    density: index.flatMap((host) => index.map((source) => whole.density[host * count + source])),
    pair: index.flatMap((a, s) =>
      index.slice(0, s + 1).map((b) => {
        const [high, low] = [Math.max(a, b), Math.min(a, b)];
        return times(whole.pair[(high * (high + 1)) / 2 + low]);
      }),
    ),
  };
  return { form: "eam", ...massesOf(species, masses && index.map((e) => masses[e])), potential };
}

/** Masses that a file says, which those of the script go before. */
function massesOf(
  species: readonly string[],
  masses: readonly number[] | undefined,
): Record<string, unknown> {
  return masses === undefined
    ? {}
    : { masses: Object.fromEntries(species.map((name, k) => [name, masses[k]])) };
}

function funcflOf({ command, read }: Pick<WholePlace, "command" | "read">, file: string): EamFile {
  return parseEamFile(textOf(mustRead(command, read, file)), file);
}

/** funcfl files of one grid: r·φ_ij = √(r·φ_ii r·φ_jj), since it is Z_i Z_j. */
function funcfl(files: readonly string[], place: WholePlace): Record<string, unknown> {
  const { command, species } = place;
  const read = files.map((file) => funcflOf(place, file));
  const scale = energyFactor(command, textOfFile(place, files[0]), place.units);
  const [first] = read;
  const grid = ({ drho, dr, cutoff, embedding, pair }: EamFile) =>
    [drho, dr, cutoff, embedding[0].length, pair[0].length].join(" ");
  const other = read.findIndex((one) => grid(one) !== grid(first));
  if (other >= 0)
    throw scriptError(
      command,
      `${files[0]} and ${files[other]} have different grids: merge them to one file of eam/alloy`,
    );
  const { masses: _masses, ...own } = first;
  const potential = {
    ...own,
    elements: species,
    embedding: read.map(({ embedding: [rows] }) => rows.map((value) => scale * value)),
    density: read.flatMap(() => read.map(({ density: [rows] }) => rows)),
    pair: read.flatMap((a, s) =>
      read.slice(0, s + 1).map((b) => a.pair[0].map((value, k) => scale * Math.sqrt(value * b.pair[0][k]))),
    ),
  };
  const masses = read.flatMap((one) => one.masses ?? []);
  return {
    form: "eam",
    ...massesOf(species, masses.length === species.length ? masses : undefined),
    potential,
  };
}

/** Styles of files: embedded atoms, Stillinger and Weber, Vashishta. */
export const manyBodyStyles: readonly WholeStyle[] = [
  { names: ["eam/alloy", "eam/fs"], definition: embedded },
  {
    names: ["eam"],
    byType: true,
    definition: funcfl,
    elements: (files, place) => files.map((file) => funcflOf(place, file).elements[0]),
  },
  { names: ["sw"], definition: stillingerWeber },
  { names: ["vashishta"], definition: vashishta },
];
