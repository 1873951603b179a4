import { SoftfieldError } from "softfield";

/** What canonical JSON can hold. Absent (`undefined`) fields of objects are left out. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The one text of a JSON value: keys sorted by code unit, no spaces, numbers as JavaScript prints them
 * (the shortest decimal that reads back to the same f64), −0 as 0.
 *
 * @throws SoftfieldError "input" for NaN and infinities, which JSON can't hold
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new SoftfieldError(
      "input",
      `${value} can't be part of a campaign's identity: give a finite number`,
    );
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry: Json) => canonicalJson(entry)).join(",")}]`;
  const fields = Object.entries(value as { readonly [key: string]: Json | undefined })
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
  return `{${fields.join(",")}}`;
}
