import { mustRead, textOf } from "../files.ts";
import type { WholePlace } from "./style.ts";

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

/** A file that the style names, as text. @throws SoftfieldError with the command, where it is not there */
export function textOfFile(place: WholePlace, file: string): string {
  const text = textOf(mustRead(place.command, place.read, file));
  const last = /(?:^|\s)([-+.\d]\S*)$/.exec(text.slice(-100))?.[1];
  if (last !== undefined)
    place.note(`${file} ends within a line: its last number, ${last}, is taken to be whole`);
  return text;
}

/** One number for all where a field has the same everywhere. */
export function uniform(field: Record<string, number>): number | Record<string, number> {
  const values = Object.values(field);
  return values.every((value) => value === values[0]) ? values[0] : field;
}

/** Of fields of pairs the upper triangle: both orders are one pair. */
export function upper(
  place: WholePlace,
  value: (i: number, j: number) => number,
): number | Record<string, number> {
  const field: Record<string, number> = {};
  for (const [i, a] of place.species.entries())
    for (const [j, b] of place.species.entries()) if (i <= j) field[`${a} ${b}`] = value(i, j);
  return uniform(field);
}

/** Of triples, the ends in one order. */
export function triples(
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

/** Whether none of these types is mapped to NULL, on which the style does not act. */
export const acts = (place: WholePlace, ...types: readonly number[]) =>
  types.every((type) => place.elements[type] !== "NULL");
