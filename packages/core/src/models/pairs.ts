import { SoftfieldError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import type { PerPair } from "./forms/fields.ts";

/** Values of all pairs s ≤ t of one field, `undefined` where the model gives none. */
export type PairValues<T> = (s: number, t: number) => T | undefined;

/** Where errors of one field are to be placed. */
export interface FieldPlace {
  readonly file: string | undefined;
  readonly field: string;
  readonly species: readonly string[];
}

/** A model error that names its file and field. */
export function fieldError(
  place: { file: string | undefined; field: string },
  message: string,
): SoftfieldError {
  const { file, field } = place;
  const where = file === undefined ? field : `${file}: ${field}`;
  return new SoftfieldError(
    "model",
    `${where}: ${message}`,
    file === undefined ? { field } : { file, field },
  );
}

/** Reads a number, rows (full or upper triangle) or an object of pairs. Errors name entry and pair. */
export function pairValues(given: PerPair, place: FieldPlace): PairValues<number> {
  if (typeof given === "number") return () => given;
  if (Array.isArray(given)) return rowValues(given, place);
  return objectValues(given, place);
}

/** Reads an object whose keys are pairs of species names, in either order: {"A A": …, "B A": …}. */
export function objectValues<T>(given: Readonly<Record<string, T>>, place: FieldPlace): PairValues<T> {
  const { species } = place;
  const values = new Map<number, T>();
  for (const [key, value] of Object.entries(given)) {
    const names = key.split(" ");
    const [s, t] = names.map((name) => species.indexOf(name)) as [number, number];
    if (names.length !== 2 || s < 0 || t < 0) throw unknownPair(key, place);
    const index = Math.min(s, t) * species.length + Math.max(s, t);
    if (values.has(index))
      throw fieldError(
        place,
        `the pair ${pairName(place, s, t)} is given twice, the second time as "${key}"`,
      );
    values.set(index, value);
  }
  return (s, t) => values.get(Math.min(s, t) * species.length + Math.max(s, t));
}

/** "A–B", for messages. */
export function pairName(place: { readonly species: readonly string[] }, s: number, t: number): string {
  return `${place.species[s]}–${place.species[t]}`;
}

function rowValues(rows: readonly (number | null)[][], place: FieldPlace): PairValues<number> {
  const count = place.species.length;
  if (rows.length !== count) {
    throw fieldError(
      place,
      `has ${rows.length} rows for ${count} species: one row a species, or an object of pairs`,
    );
  }
  const full = rows.every((row) => row.length === count);
  const upper = rows.every((row, s) => row.length === count - s);
  if (!full && !upper) {
    throw fieldError(
      place,
      `has rows of ${rows.map((row) => row.length).join(", ")} entries: each row must have ${count} (full), or they must have ${rows.map((_, s) => count - s).join(", ")} (upper triangle)`,
    );
  }
  if (upper) return (s, t) => rows[Math.min(s, t)][Math.abs(t - s)] ?? undefined;
  for (let s = 0; s < count; s++) {
    for (let t = s + 1; t < count; t++) {
      const [above, below] = [rows[s][t], rows[t][s]];
      if (above !== below && above !== null && below !== null) {
        throw fieldError(
          place,
          `is not symmetric: ${pairName(place, s, t)} is ${above}, ${pairName(place, t, s)} is ${below}`,
        );
      }
    }
  }
  return (s, t) => rows[s][t] ?? rows[t][s] ?? undefined;
}

function unknownPair(key: string, place: FieldPlace): SoftfieldError {
  const { species } = place;
  const pairs = species.flatMap((a, s) =>
    species.slice(s).flatMap((b) => (a === b ? [`${a} ${b}`] : [`${a} ${b}`, `${b} ${a}`])),
  );
  return fieldError(
    place,
    `"${key}" is not a pair of species${objectKeyHint(key, pairs)} Pairs are two of ${species.map((name) => `"${name}"`).join(", ")} with a space between`,
  );
}

/** Between "is not a …" and what it should be: the key that may have been meant. */
export function objectKeyHint(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined ? "" : `, did you mean "${near}"?`;
}
