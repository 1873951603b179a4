import { z } from "zod";
import type { EamFile } from "../eam/file.ts";
import { slopeAt, withDensities, withSlope } from "../eam/gauge.ts";
import { fieldError } from "../pairs.ts";
import { roundingOf } from "../smooth/digits.ts";
import { once, type SmoothTable, smoothTable } from "../smooth/table.ts";
import { smoothingNotes } from "../smooth/words.ts";
import { interpolatingSpline } from "../spline.ts";
import { evaluateTable, tableSeries } from "../table.ts";
import { type EmbeddingTerm, Form } from "../types.ts";
import { every, header, nonNegative, positive } from "./fields.ts";
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
    every,
    gauge: z
      .record(z.string(), nonNegative)
      .optional()
      .describe(
        "Densities ρ̄ by species: F′(ρ̄) = 0 after its slope there was given to the pairs, which leaves U as it is. The file's own split by default.",
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
  notes(source) {
    const { functions, densities, pairs } = splinesOf(source);
    const of = (made: readonly SmoothTable[]) => made.map(({ smoothing }) => smoothing);
    return [
      ...smoothingNotes("φ", of(pairs), " eV/Å³"),
      ...smoothingNotes("f", of(densities), " Å⁻³"),
      ...smoothingNotes("F", of(functions), " eV"),
    ];
  },
  embedding(source): EmbeddingTerm {
    const { functions, densities, slopes } = splinesOf(source);
    return {
      speciesCount: source.definition.species.length,
      cutoff: potentialOf(source).cutoff,
      densities: densities.map(({ table }) => table),
      functions: functions.map(({ table }, s) => (slopes ? withSlope(table, -slopes[s]) : table)),
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

interface Splines {
  /** S, over ρ. */
  readonly functions: readonly SmoothTable[];
  /** S², host·S + source, over r. */
  readonly densities: readonly SmoothTable[];
  /** φ of pairs s ≤ t, row by row, as the file has it. */
  readonly pairs: readonly SmoothTable[];
  /** F′(ρ̄) of each species where a gauge is given. */
  readonly slopes?: readonly number[] | undefined;
}

/** The splines of the species, made once a file's contents. */
function splinesOf(source: DefinitionSource<EmbeddedAtoms>): Splines {
  const potential = potentialOf(source);
  const { drho, embedding, dr, cutoff, density, elements } = potential;
  const index = speciesIn(source, elements);
  const step = source.definition.every;
  const spline = (name: string, grid: Grid, rows: () => Rows) =>
    once(potential, `${name} ${step}`, () => splineOf(grid, rows(), step));
  const over = (first: number) => ({ first, spacing: dr });
  const plain = (values: readonly number[]) => ({ values, rounding: () => roundingOf(values) });
  const functions = index.map((a) =>
    spline(`F ${a}`, { first: 0, spacing: drho }, () => plain(thinned(embedding[a], step))),
  );
  const densities = index.flatMap((host) =>
    index.map((from) => {
      const k = firstLike(density, host * elements.length + from);
      return spline(`f ${k}`, over(0), () => plain(toCutoff(density[k], dr, cutoff, step)));
    }),
  );
  const pairs = index.flatMap((a, s) =>
    index.slice(s).map((b) => {
      const k = pairIndex(a, b);
      return spline(`φ ${k}`, over(step ?? 1), () => pairRows(potential, k, step));
    }),
  );
  return { functions, densities, pairs, slopes: slopesOf(source, functions) };
}

/** The first of some columns whose rows are those of the k-th: setfl has one density an element, whoever the host. */
function firstLike(columns: readonly (readonly number[])[], k: number): number {
  const own = columns[k];
  return columns.findIndex(
    (rows) => rows === own || (rows.length === own.length && rows.every((value, n) => value === own[n])),
  );
}

/** F′ at the densities of the gauge. */
function slopesOf(
  { definition, file }: DefinitionSource<EmbeddedAtoms>,
  functions: readonly SmoothTable[],
): readonly number[] | undefined {
  const { gauge, species } = definition;
  if (gauge === undefined) return undefined;
  const place = { file, field: "gauge" };
  for (const name of Object.keys(gauge))
    if (!species.includes(name)) throw fieldError(place, `names "${name}", which is no species of the model`);
  return species.map((name, s) => {
    if (gauge[name] === undefined) throw fieldError(place, `has no density for "${name}"`);
    return slopeAt(functions[s].table, gauge[name]);
  });
}

interface Grid {
  /** Index of the first value. */
  readonly first: number;
  /** Of the file's rows. */
  readonly spacing: number;
}

interface Rows {
  readonly values: readonly number[];
  /** Standard deviation of the rounding of each. */
  rounding(): Float64Array;
}

/** Of rows of which every `step`-th is there; smoothed by their digits where it is undefined. */
function splineOf(
  { first, spacing }: Grid,
  { values, rounding }: Rows,
  step: number | undefined,
): SmoothTable {
  const grid = { rMin: first * spacing, spacing: (step ?? 1) * spacing };
  if (step === undefined) return smoothTable(grid, values, DEGREE, rounding());
  return { table: interpolatingSpline(grid, values, DEGREE) };
}

const pairIndex = (a: number, b: number) => {
  const [high, low] = [Math.max(a, b), Math.min(a, b)];
  return (high * (high + 1)) / 2 + low;
};

/** φ = (r·φ)/r, from the first row that is not 0 on. */
function pairRows({ dr, cutoff, pair }: EamFile, k: number, step: number | undefined): Rows {
  const spacing = (step ?? 1) * dr;
  const file = toCutoff(pair[k], dr, cutoff, step).slice(1);
  return {
    values: file.map((value, row) => value / ((row + 1) * spacing)),
    rounding: () => roundingOf(file).map((sigma, row) => sigma / ((row + 1) * spacing)),
  };
}

function pairTables(source: DefinitionSource<EmbeddedAtoms>): CompiledTable[] {
  const potential = potentialOf(source);
  const index = speciesIn(source, potential.elements);
  const { pairs, densities, slopes } = splinesOf(source);
  const count = index.length;
  return index.flatMap((a, s) =>
    index.slice(s).map((b, offset) => {
      const t = s + offset;
      const made = pairs[s * count - (s * (s - 1)) / 2 + t - s];
      const field = `potential.pair of ${[a, b]
        .sort((x, y) => x - y)
        .map((e) => potential.elements[e])
        .join(" and ")}`;
      if (!slopes) {
        return { ...made, phi: pairRows(potential, pairIndex(a, b), source.definition.every).values, field };
      }
      const shifts: [number, SmoothTable][] = [
        [slopes[s], densities[s * count + t]],
        [slopes[t], densities[t * count + s]],
      ];
      return { ...made, table: withDensities(made.table, shifts), field };
    }),
  );
}

/**
 * Rows up to the cutoff, every `step`-th: files end a row or two before it, where the function has vanished. So many that
 * every n-th of them reaches it, too.
 */
function toCutoff(values: readonly number[], dr: number, cutoff: number, step = 1): readonly number[] {
  const rows = values.slice();
  while ((rows.length - 1) * dr < cutoff * (1 - 1e-12) || (rows.length - 1) % step !== 0) rows.push(0);
  return thinned(rows, step);
}

function thinned(values: readonly number[], step = 1): readonly number[] {
  return step === 1 ? values : values.filter((_, k) => k % step === 0);
}
