import { type FieldPlace, fieldError, objectKeyHint } from "./pairs.ts";

/** One value for all, or an object by species names with spaces between. */
export type PerSpecies = number | Readonly<Record<string, number>>;

/** Values of the legs of triples: by the species of the centre, then of the end; both orders are different legs. */
export function legValues(given: PerSpecies, place: FieldPlace): (centre: number, end: number) => number {
  if (typeof given === "number") return () => given;
  const values = named(given, place, 2, (names) => names);
  return (centre, end) => found(values, place, [centre, end]);
}

/** Values of triples: by the species of the centre, then of both ends in either order. */
export function tripletValues(
  given: PerSpecies,
  place: FieldPlace,
): (centre: number, j: number, k: number) => number {
  if (typeof given === "number") return () => given;
  const ordered = ([centre, j, k]: number[]) => [centre!, Math.min(j!, k!), Math.max(j!, k!)];
  const values = named(given, place, 3, ordered);
  return (...members) => found(values, place, ordered(members));
}

/** "Si–Ge–Ge", for messages. */
function nameOf({ species }: FieldPlace, members: readonly number[]): string {
  return members.map((s) => species[s]).join("–");
}

const KINDS = { 2: "leg", 3: "triple" } as const;

function named(
  given: Readonly<Record<string, number>>,
  place: FieldPlace,
  length: 2 | 3,
  ordered: (members: number[]) => number[],
): Map<string, number> {
  const { species } = place;
  const values = new Map<string, number>();
  for (const [key, value] of Object.entries(given)) {
    const members = key.split(" ").map((name) => species.indexOf(name));
    if (members.length !== length || members.includes(-1)) {
      const known = (length === 2 ? [0] : [0, 1]).reduce<string[]>(
        (all) => all.flatMap((start) => species.map((name) => `${start} ${name}`)),
        [...species],
      );
      throw fieldError(
        place,
        `"${key}" is not a ${KINDS[length]}${objectKeyHint(key, known)} It is the centre and its ${length === 2 ? "end" : "two ends"}, of ${species.map((name) => `"${name}"`).join(", ")} with a space between`,
      );
    }
    const entry = ordered(members).join(" ");
    if (values.has(entry)) {
      const name = nameOf(place, ordered(members));
      throw fieldError(place, `the ${KINDS[length]} ${name} is given twice, the second time as "${key}"`);
    }
    values.set(entry, value);
  }
  return values;
}

function found(values: Map<string, number>, place: FieldPlace, members: number[]): number {
  const value = values.get(members.join(" "));
  if (value !== undefined) return value;
  const kind = KINDS[members.length as 2 | 3];
  throw fieldError(
    place,
    `the ${kind} ${nameOf(place, members)} (centre first) is missing: give it, or one number for all`,
  );
}
