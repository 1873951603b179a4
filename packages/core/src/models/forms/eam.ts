import { z } from "zod";
import type { EamFile } from "../eam/file.ts";
import { fieldError } from "../pairs.ts";
import { interpolatingSpline } from "../spline.ts";
import { evaluateTable, tableSeries } from "../table.ts";
import { type EmbeddingTerm, Form, type PotentialTable } from "../types.ts";
import { header, positive } from "./fields.ts";
import type { CompiledTable, DefinitionSource, PotentialForm } from "./form.ts";

const numbers = z.array(z.number()).min(12);
const { diameters: _diameters, mixing: _mixing, ...own } = header;

const potential = z
  .strictObject({
    elements: z.array(z.string()).min(1),
    drho: positive,
    embedding: z.array(numbers).describe("F(ρ) at 0, drho, …, of each element."),
    dr: positive,
    cutoff: positive,
    density: z.array(numbers).describe("f(r) at 0, dr, … of each host with each source."),
    pair: z.array(numbers).describe("r·φ(r) of the pairs (0, 0), (1, 0), (1, 1), …"),
  })
  .describe("What the file says, so that a definition stands by itself.");

const schema = z
  .strictObject({
    ...own,
    name: own.name.default("eam"),
    form: z.literal("eam"),
    file: z
      .string()
      .min(1)
      .optional()
      .describe("A file of pair_style eam/alloy, eam/fs or eam (setfl, Finnis–Sinclair setfl, funcfl)."),
    every: z
      .int()
      .min(1)
      .optional()
      .describe(
        "Take every n-th row of the file only: where rows are so close that third differences are rounding of their digits.",
      ),
    potential: potential.optional(),
  })
  .describe("U = Σ φ(r) + Σ_i F_i(ρ_i), ρ_i = Σ_j f(r): embedded atoms, Finnis–Sinclair");

export type EmbeddedAtoms = z.output<typeof schema>;

/** Splines through the rows: four continuous derivatives. */
const DEGREE = 5;

/** Pairs and embeddings of a file; parameters [index of the table of φ]. */
export const embeddedAtoms: PotentialForm<EmbeddedAtoms> = {
  name: "eam",
  code: Form.Table,
  schema,
  missingLambda: 1,
  epsilon: () => () => 1,
  complete(definition, _columns, potentials) {
    const { file, ...rest } = definition;
    const found = file === undefined ? undefined : potentials[file];
    if (found === undefined || !("embedding" in found)) return definition;
    const { masses, ...potential } = found;
    const own =
      masses &&
      Object.fromEntries(
        found.elements
          .map((name, k) => [name, masses[k]] as const)
          .filter(([name]) => rest.species.includes(name)),
      );
    return { units: "metal", masses: own, ...rest, potential: potential as never };
  },
  tables: pairTables,
  cutoff: (source) => () => potentialOf(source).cutoff,
  parameters:
    ({ definition }) =>
    (s, t) => [s * definition.species.length - (s * (s - 1)) / 2 + t - s],
  jet: (c, p, x, tables) => evaluateTable(tables[c[p]], x),
  series: ([index], x, { tables }) => tableSeries(tables[index], x),
  smoothness: Number.POSITIVE_INFINITY,
  warnings: [],
  embedding(source): EmbeddingTerm {
    const { drho, embedding, dr, cutoff, density, elements } = potentialOf(source);
    const index = speciesIn(source, elements);
    const every = source.definition.every ?? 1;
    const spline = (spacing: number, values: readonly number[]) =>
      interpolatingSpline({ rMin: 0, spacing: every * spacing }, thinned(values, every), DEGREE);
    const made = new Map<readonly number[], PotentialTable>();
    const once = (values: readonly number[]) => {
      const known = made.get(values) ?? spline(dr, toCutoff(values, dr, cutoff, every));
      made.set(values, known);
      return known;
    };
    return {
      speciesCount: index.length,
      cutoff,
      densities: index.flatMap((host) => index.map((from) => once(density[host * elements.length + from]))),
      functions: index.map((element) => spline(drho, embedding[element])),
    };
  },
};

function potentialOf({ definition, file }: DefinitionSource<EmbeddedAtoms>): EamFile {
  if (definition.potential !== undefined) return definition.potential;
  const place = { file, field: "file" };
  throw definition.file === undefined
    ? fieldError(place, "is missing: name the file of the potential, beside the model file")
    : fieldError(place, `refers to the file "${definition.file}", whose contents were not handed in`);
}

/** Which element of the file each species is. */
function speciesIn(
  { definition, file }: DefinitionSource<EmbeddedAtoms>,
  elements: readonly string[],
): number[] {
  return definition.species.map((name, s) => {
    const at = elements.indexOf(name);
    if (at >= 0) return at;
    throw fieldError(
      { file, field: `species[${s}]` },
      `"${name}" is no element of the potential, which has ${elements.join(", ")}: name the species as it does`,
    );
  });
}

/** φ = (r·φ)/r of all pairs s ≤ t, from the first row that is not 0 on. */
function pairTables(source: DefinitionSource<EmbeddedAtoms>): CompiledTable[] {
  const { elements, dr, cutoff, pair } = potentialOf(source);
  const index = speciesIn(source, elements);
  const every = source.definition.every ?? 1;
  const spacing = every * dr;
  return index.flatMap((a, s) =>
    index.slice(s).map((b) => {
      const [high, low] = [Math.max(a, b), Math.min(a, b)];
      const values = thinned(toCutoff(pair[(high * (high + 1)) / 2 + low], dr, cutoff, every), every);
      const phi = values.slice(1).map((value, k) => value / ((k + 1) * spacing));
      const table = interpolatingSpline({ rMin: spacing, spacing }, phi, DEGREE);
      return { table, phi, field: `potential.pair of ${elements[low]} and ${elements[high]}` };
    }),
  );
}

/**
 * Rows up to the cutoff: files end a row or two before it, where the function has vanished. So many that every n-th of
 * them reaches it, too.
 */
function toCutoff(values: readonly number[], dr: number, cutoff: number, every: number): number[] {
  const rows = values.slice();
  while ((rows.length - 1) * dr < cutoff * (1 - 1e-12) || (rows.length - 1) % every !== 0) rows.push(0);
  return rows;
}

function thinned(values: readonly number[], every: number): readonly number[] {
  return every === 1 ? values : values.filter((_, k) => k % every === 0);
}
