import { z } from "zod";
import { BEND_ROW, BOND_ROW, type BondOrderTerm, cutoffSeries } from "../bondorder.ts";
import { fieldError } from "../pairs.ts";
import { constant, exponentialOf, multiply } from "../series.ts";
import { TERSOFF_NUMBERS, type TersoffEntry } from "../tersoff/file.ts";
import type { Jump } from "../types.ts";
import { header } from "./fields.ts";
import type { DefinitionSource, PotentialForm } from "./form.ts";

const { diameters: _diameters, mixing: _mixing, ...own } = header;

const entry = z.strictObject(
  Object.fromEntries(TERSOFF_NUMBERS.map((name) => [name, z.number()])) as Record<
    (typeof TERSOFF_NUMBERS)[number],
    z.ZodNumber
  >,
);

const schema = z
  .strictObject({
    ...own,
    name: own.name.default("tersoff"),
    form: z.literal("tersoff"),
    file: z.string().min(1).optional().describe("A file of pair_style tersoff, beside the model file."),
    entries: z
      .record(z.string(), entry)
      .optional()
      .describe(
        'Instead of a file: its numbers by triplets of species, {"Si Si Si": {"m": 3, "gamma": 1, …}}: centre, end of the bond, third.',
      ),
  })
  .describe("U = ½ Σ f_C(r) [A exp(−λ₁r) − b B exp(−λ₂r)], b = (1 + βⁿζⁿ)^{−1/2n}: bond orders");

export type Tersoff = z.output<typeof schema>;

/** Repulsion of pairs and a term of bond orders; parameters of a pair [A, λ₁, R, D]. */
export const tersoff: PotentialForm<Tersoff> = {
  name: "tersoff",
  schema,
  missingLambda: 1,
  epsilon: () => () => 1,
  complete(definition, _columns, potentials) {
    const { file, ...rest } = definition;
    const found = file === undefined ? undefined : potentials[file];
    if (found === undefined || !("entries" in found)) return definition;
    const used = Object.entries(found.entries).filter(([key]) =>
      key.split(" ").every((name) => rest.species.includes(name)),
    );
    return { units: "metal", ...rest, entries: Object.fromEntries(used) };
  },
  /** As far as bonds and the legs beside them reach. */
  cutoff(source) {
    const { species } = source.definition;
    const of = entriesOf(source);
    const reach = (i: number, j: number, k: number) => of(i, j, k).R + of(i, j, k).D;
    return (s, t) =>
      Math.max(
        reach(s, t, t),
        reach(t, s, s),
        ...species.flatMap((_, x) => [reach(s, x, t), reach(t, x, s)]),
      );
  },
  parameters(source) {
    const of = entriesOf(source);
    const { species } = source.definition;
    return (s, t) => {
      const [there, back] = [of(s, t, t), of(t, s, s)];
      for (const name of ["A", "lambda1", "R", "D"] as const) {
        if (there[name] === back[name]) continue;
        throw fieldError(
          { file: source.file, field: "entries" },
          `${name} of ${species[s]} ${species[t]} ${species[t]} is ${there[name]}, of ${species[t]} ${species[s]} ${species[s]} ${back[name]}: the repulsion of a pair is one, make them equal`,
        );
      }
      return [there.A, there.lambda1, there.R, there.D];
    };
  },
  series([A, lambda, R, D], r) {
    if (r[0] > R + D) return constant(0, r);
    const decay = exponentialOf(r.map((value) => -lambda * value));
    return multiply(cutoffSeries(R, D, r), decay).map((value) => A * value);
  },
  smoothness: 1,
  breaks(source) {
    const of = entriesOf(source);
    return (s, t): Jump[] => {
      const { R, D } = of(s, t, t);
      return [R - D, R + D].map((x) => ({ x, order: 2 }));
    };
  },
  bondOrder,
};

function bondOrder(source: DefinitionSource<Tersoff>): BondOrderTerm {
  const { species } = source.definition;
  const of = entriesOf(source);
  const count = species.length;
  const bonds = new Float64Array(count * count * BOND_ROW);
  const bends = new Float64Array(count * count * count * BEND_ROW);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const { R, D, B, lambda2, beta, n } = of(i, j, j);
      bonds.set([R, D, B, lambda2, beta, n], (i * count + j) * BOND_ROW);
      for (let k = 0; k < count; k++) {
        const bend = of(i, j, k);
        const { gamma, c, d, costheta0, lambda3, m } = bend;
        bends.set(
          [bend.R, bend.D, gamma, c, d, costheta0, lambda3, m],
          ((i * count + j) * count + k) * BEND_ROW,
        );
      }
    }
  }
  return { speciesCount: count, bonds, bends };
}

/** The entry of three species, checked. Throws "model": what is missing, or out of range. */
function entriesOf({ definition, file }: DefinitionSource<Tersoff>) {
  const { species, entries } = definition;
  if (entries === undefined) {
    throw definition.file === undefined
      ? fieldError({ file, field: "file" }, 'is missing: name the .tersoff file, or give "entries"')
      : fieldError(
          { file, field: "file" },
          `refers to the file "${definition.file}", whose contents were not handed in`,
        );
  }
  return (i: number, j: number, k: number): TersoffEntry => {
    const key = [i, j, k].map((s) => species[s]).join(" ");
    const found = entries[key];
    if (found === undefined) {
      const has = Object.keys(entries).slice(0, 8).join(", ");
      throw fieldError(
        { file, field: "entries" },
        `the triplet ${key} is missing${has === "" ? "" : ` (there are ${has})`}: name the species as the file does, or add it`,
      );
    }
    const wrong = faultOf(found, j === k);
    if (wrong === undefined) return found;
    throw fieldError({ file, field: `entries.${key}` }, wrong);
  };
}

function faultOf({ m, d, n, beta, B, A, R, D, gamma }: TersoffEntry, bond: boolean): string | undefined {
  if (m !== 1 && m !== 3) return `m must be 1 or 3, found ${m}`;
  if (!(D > 0 && R > D)) return `R and D must be R > D > 0, found ${R} and ${D}: f_C needs a width`;
  if (d === 0) return "d must not be 0: g divides by it";
  if (gamma < 0) return `gamma must not be negative, found ${gamma}: a bond order of ζ < 0 is none`;
  if (!bond) return undefined;
  if (!(n > 0)) return `n must be positive, found ${n}: b has a root of order 2n`;
  if (beta < 0) return `beta must not be negative, found ${beta}`;
  return A < 0 || B < 0 ? `A and B must not be negative, found ${A} and ${B}` : undefined;
}
