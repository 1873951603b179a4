import { fieldError, type PairValues, pairName, pairValues } from "../pairs.ts";
import type { PerPair } from "./fields.ts";
import type { DefinitionSource, PairNumbers } from "./form.ts";

/** With several species nothing is taken for granted. */
export const SEVERAL =
  'is missing: with several species it must be given, as one number for all, by pairs, or for like pairs with "mixing"';

/** A field that must be there for every pair of species. */
export function required(source: DefinitionSource, field: string, given: PerPair): PairNumbers {
  const place = { file: source.file, field, species: source.definition.species };
  return orMissing(pairValues(given, place), place);
}

/** ε_ij or λ_ij, missing pairs by Lorentz–Berthelot where the definition asks for it. */
export function withMixing(
  { definition, file }: DefinitionSource,
  field: "epsilon" | "lambda",
  mix: (a: number, b: number) => number,
): PairNumbers {
  const place = { file, field, species: definition.species };
  const given = definition[field];
  if (given === undefined) throw fieldError(place, SEVERAL);
  const values = pairValues(given, place);
  const like = (s: number): number => orMissing(values, place)(s, s);
  return (s, t) => {
    const value = values(s, t);
    if (value !== undefined) return value;
    if (definition.mixing === undefined || s === t) throw missingPair(place, s, t);
    return mix(like(s), like(t));
  };
}

type PairPlace = {
  readonly file: string | undefined;
  readonly field: string;
  readonly species: readonly string[];
};

function orMissing(values: PairValues<number>, place: PairPlace): PairNumbers {
  return (s, t) => {
    const value = values(s, t);
    if (value === undefined) throw missingPair(place, s, t);
    return value;
  };
}

export function missingPair(place: PairPlace, s: number, t: number) {
  const mixable = s !== t && (place.field === "epsilon" || place.field === "lambda");
  const way = mixable ? ', or ask for "mixing": "lorentz-berthelot"' : "";
  return fieldError(place, `the pair ${pairName(place, s, t)} is missing: give it${way}`);
}

/** Numbers of all species, in their order, from an object by species. */
export function speciesNumbers(
  { definition, file }: DefinitionSource,
  field: string,
  given: Readonly<Record<string, number>>,
): number[] {
  const { species } = definition;
  const foreign = Object.keys(given).find((name) => !species.includes(name));
  if (foreign !== undefined) {
    throw fieldError({ file, field }, `"${foreign}" is none of the species, ${species.join(", ")}`);
  }
  return species.map((name) => {
    const value = given[name];
    if (value === undefined)
      throw fieldError({ file, field }, `${name} is missing: give one number a species`);
    return value;
  });
}
