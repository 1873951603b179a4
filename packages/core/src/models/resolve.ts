import { type TableColumns, tableFromColumns } from "./columns.ts";
import { fieldError, objectValues, type PairValues, pairName, pairValues } from "./pairs.ts";
import type { DefinitionOf, ModelDefinition, PerPair } from "./schema.ts";
import { Form, type PotentialTable } from "./types.ts";

/** Parameters of one species pair: what one row of the coefficient table is made from. */
export interface PairParameters {
  readonly epsilon: number;
  readonly lambda: number;
  /** x_c */
  readonly cutoff: number;
  /** of the form, as listed at `Form` */
  readonly parameters: readonly number[];
}

/** What a definition says of a pair s ≤ t; errors name the field and the missing pair. */
export type PairResolver = (s: number, t: number) => PairParameters;

/** Where a definition comes from. */
export interface DefinitionSource {
  readonly definition: ModelDefinition;
  readonly file: string | undefined;
}

/** The row of the coefficient table that each pair of species asks for. */
export function pairResolver(source: DefinitionSource, tables: readonly PotentialTable[]): PairResolver {
  const { definition } = source;
  const epsilon = withMixing(source, "epsilon", (a, b) => Math.sqrt(a * b));
  const lambda = lengths(source);
  const cutoff = cutoffs(source, tables);
  const parameters = formParameters(source);
  const count = definition.species.length;
  return (s, t) => ({
    epsilon: epsilon(s, t),
    lambda: lambda(s, t),
    cutoff: cutoff(s, t),
    parameters: parameters(s, t, count),
  });
}

/** The `Form` of the coefficient table that a form's name is compiled to. */
export const formOf: Readonly<Record<ModelDefinition["form"], Form>> = {
  "inverse-power-law": Form.PowerLaw,
  "lennard-jones": Form.PowerLaw,
  harmonic: Form.Contact,
  hertzian: Form.Contact,
  yukawa: Form.Yukawa,
  morse: Form.Morse,
  table: Form.Table,
  "stillinger-weber": Form.StillingerWeber,
};

/** Index in the list of tables of the pair s ≤ t among S species: upper triangle, row by row. */
function tableIndex(s: number, t: number, count: number): number {
  return s * count - (s * (s - 1)) / 2 + t - s;
}

/** The splines and columns of all pairs s ≤ t, in the order of `tableIndex`; none for other forms. */
export function pairTables(
  source: DefinitionSource,
): { readonly table: PotentialTable; readonly phi: ArrayLike<number>; readonly field: string }[] {
  const { definition, file } = source;
  if (definition.form !== "table") return [];
  const { species } = definition;
  const place = { file, field: "tables", species };
  const given = objectValues(definition.tables, place);
  const degree = definition.interpolation === "quintic" ? 5 : 7;
  return species.flatMap((a, s) =>
    species.slice(s).map((b, offset) => {
      const columns = given(s, s + offset);
      if (columns === undefined) throw missingPair(place, s, s + offset);
      const field = `tables["${a} ${b}"]`;
      const { r, phi } = inlineColumns(columns, { file, field });
      return { table: tableFromColumns({ r, phi }, degree, { file, field }), phi, field };
    }),
  );
}

function inlineColumns(
  columns: DefinitionOf<"table">["tables"][string],
  place: { file: string | undefined; field: string },
): TableColumns {
  if ("r" in columns) return columns;
  throw fieldError(place, `refers to the file "${columns.file}", whose columns were not handed in`);
}

/** With several species nothing is taken for granted. */
const SEVERAL =
  'is missing: with several species it must be given, as one number for all, by pairs, or for like pairs with "mixing"';

function lengths(source: DefinitionSource): (s: number, t: number) => number {
  const { definition, file } = source;
  const place = { file, field: "lambda" };
  if ("diameters" in definition && definition.diameters !== undefined) {
    if (definition.lambda === undefined) return () => 1;
    throw fieldError(place, 'must be left out where "diameters" gives every particle a length of its own');
  }
  if (definition.lambda === undefined) {
    if (definition.form === "table") return () => 1;
    if (definition.form === "stillinger-weber") throw fieldError(place, SEVERAL);
    throw fieldError(place, 'is missing: give λ_ij, or "diameters" for a diameter of each particle');
  }
  return withMixing(source, "lambda", (a, b) => (a + b) / 2);
}

function cutoffs(
  source: DefinitionSource,
  tables: readonly PotentialTable[],
): (s: number, t: number) => number {
  const { definition } = source;
  if (definition.form === "harmonic" || definition.form === "hertzian") return () => 1;
  if (definition.form !== "table") return required(source, "cutoff", definition.cutoff);
  const count = definition.species.length;
  const ends = (s: number, t: number) => tableEnd(tables[tableIndex(s, t, count)]);
  if (definition.cutoff === undefined) return ends;
  const given = required(source, "cutoff", definition.cutoff);
  return (s, t) => {
    const table = tables[tableIndex(s, t, count)];
    const cutoff = given(s, t);
    if (cutoff > table.rMin && cutoff <= ends(s, t)) return cutoff;
    throw fieldError(
      { file: source.file, field: "cutoff" },
      `is ${cutoff} for ${pairName(definition, s, t)}, outside its table, which spans ${table.rMin} to ${ends(s, t)}`,
    );
  };
}

function tableEnd(table: PotentialTable): number {
  return table.rMin + table.spacing * (table.polynomials.length / (table.degree + 1));
}

function formParameters(source: DefinitionSource): (s: number, t: number, count: number) => number[] {
  const { definition } = source;
  switch (definition.form) {
    case "inverse-power-law":
      return () => [1, definition.exponent, 0, 0];
    case "lennard-jones":
      return () => [4, 12, -4, 6];
    case "harmonic":
      return () => [2];
    case "hertzian":
      return () => [2.5];
    case "yukawa": {
      const kappa = required(source, "kappa", definition.kappa);
      return (s, t) => [kappa(s, t)];
    }
    case "morse": {
      const steepness = required(source, "steepness", definition.steepness);
      const minimum = required(source, "minimum", definition.minimum);
      return (s, t) => [steepness(s, t), minimum(s, t)];
    }
    case "stillinger-weber": {
      const of = (["A", "B", "p", "q"] as const).map((name) => required(source, name, definition[name]));
      return (s, t) => of.map((value) => value(s, t));
    }
    case "table":
      return (s, t, count) => [tableIndex(s, t, count)];
  }
}

/** ε_ij or λ_ij, missing pairs by Lorentz–Berthelot where the definition asks for it. */
function withMixing(
  source: DefinitionSource,
  field: "epsilon" | "lambda",
  mix: (a: number, b: number) => number,
): (s: number, t: number) => number {
  const { definition, file } = source;
  const place = { file, field, species: definition.species };
  const given = definition[field];
  if (given === undefined) throw fieldError(place, SEVERAL);
  const values = pairValues(given, place);
  const like = (s: number): number => orMissing(values, place)(s, s);
  return (s, t) => {
    const value = values(s, t);
    if (value !== undefined) return value;
    if (!("mixing" in definition) || definition.mixing === undefined || s === t)
      throw missingPair(place, s, t);
    return mix(like(s), like(t));
  };
}

function required(source: DefinitionSource, field: string, given: PerPair): (s: number, t: number) => number {
  const place = { file: source.file, field, species: source.definition.species };
  return orMissing(pairValues(given, place), place);
}

type PairPlace = {
  readonly file: string | undefined;
  readonly field: string;
  readonly species: readonly string[];
};

function orMissing(values: PairValues<number>, place: PairPlace): (s: number, t: number) => number {
  return (s, t) => {
    const value = values(s, t);
    if (value === undefined) throw missingPair(place, s, t);
    return value;
  };
}

function missingPair(place: PairPlace, s: number, t: number) {
  const mixable = s !== t && (place.field === "epsilon" || place.field === "lambda");
  const way = mixable ? ', or ask for "mixing": "lorentz-berthelot"' : "";
  return fieldError(place, `the pair ${pairName(place, s, t)} is missing: give it${way}`);
}
