import { scriptError } from "../commands.ts";
import { acts, named, textOfFile, triples, uniform, upper } from "./elements.ts";
import { energyFactor, entriesOf, entryOf } from "./parameters.ts";
import type { WholePlace, WholeStyle } from "./style.ts";

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

/** Files of triples of elements: epsilon, sigma, a, lambda, gamma, cos θ₀, A, B, p, q, tol. */
export const stillingerWeberStyle: WholeStyle = { names: ["sw"], definition: stillingerWeber };
