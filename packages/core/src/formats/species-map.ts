import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";

/** The key of a species mapping that stands for all that it does not name. */
export const ANYTHING = "*";

/**
 * Parses a species mapping as the command line gives it: "1=S,2=L"; "*=P" maps all that is not named.
 *
 * @throws usage error where it is malformed or gives a key twice
 */
export function parseSpeciesMap(text: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const part of text.split(",")) {
    const match = /^\s*([^\s=]+)\s*=\s*([^\s=]+)\s*$/.exec(part);
    if (!match || map.has(match[1])) {
      throw new SoftfieldError(
        "usage",
        `species mapping "${text}": ${match ? `${match[1]} is mapped twice` : `"${part}" is not FILE=MODEL`}; write it like 1=S,2=L.`,
        { field: "species" },
      );
    }
    map.set(match[1], match[2]);
  }
  return map;
}

/** Labels of species in the order of people: numbers by value, then names by the alphabet. */
export function sortedLabels(labels: Iterable<string>): string[] {
  const isNumber = (label: string) => /^-?\d+$/.test(label);
  return [...new Set(labels)].sort((a, b) => {
    if (isNumber(a) && isNumber(b)) return Number(a) - Number(b);
    if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
    return a < b ? -1 : 1;
  });
}

/**
 * The advice to give a species mapping, with an option that works as it stands wherever there is one: a name goes to
 * the species that it equals, but for capitals; the others, numbers ascending and names by the alphabet, to the species
 * that are left, in the model's order. Where a file has more kinds than the model, none is invented for the rest.
 */
export function mappingAdvice(present: Iterable<string>, model: PairModel): string {
  const labels = sortedLabels(present);
  if (model.species.length === 1) return `map all of them with --species '${ANYTHING}=${model.species[0]}'`;
  const meant = new Map<string, string>();
  const take = (label: string, species: string | undefined) => {
    if (species !== undefined && ![...meant.values()].includes(species)) meant.set(label, species);
  };
  for (const label of labels)
    take(
      label,
      model.species.find((name) => name === label),
    );
  for (const label of labels) {
    const near = model.species.filter((name) => name.toLowerCase() === label.toLowerCase());
    if (!meant.has(label) && near.length === 1) take(label, near[0]);
  }
  const left = () => model.species.find((name) => ![...meant.values()].includes(name));
  const rest = labels.filter((label) => !meant.has(label));
  if (labels.length > model.species.length) {
    const shown = labels.length > 8 ? `${labels.slice(0, 8).join(", ")}, …` : labels.join(", ");
    const pairs = labels.slice(0, 3).map((label) => `${label}=${meant.get(label) ?? "…"}`);
    return (
      `the file has ${labels.length} kinds of particles (${shown}), the model ${model.species.length}: say which ` +
      `species each of them is, --species ${pairs.join(",")}${labels.length > 3 ? ",…" : ""}`
    );
  }
  for (const label of rest) take(label, left());
  return `map the file's species, e.g. --species ${labels.map((label) => `${label}=${meant.get(label)}`).join(",")}`;
}
