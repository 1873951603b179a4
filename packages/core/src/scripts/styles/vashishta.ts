import { scriptError } from "../commands.ts";
import { textOfFile, triples, upper } from "./elements.ts";
import { energyFactor, entriesOf, entryOf } from "./parameters.ts";
import type { WholePlace, WholeStyle } from "./style.ts";

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

/** Files of triples of elements: H, η, Z, Z, λ₁, D, λ₄, W, r_c, B, γ, r₀, C, cos θ₀. */
export const vashishtaStyle: WholeStyle = { names: ["vashishta"], definition: vashishta };
