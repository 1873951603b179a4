import { z } from "zod";
import type { EamFile } from "../eam/file.ts";
import { slopeAt, withDensities, withSlope } from "../eam/gauge.ts";
import { eamSplines, pairIndex, pairRows } from "../eam/splines.ts";
import { fieldError } from "../pairs.ts";
import type { SmoothTable } from "../smooth/table.ts";
import { smoothingNotes } from "../smooth/words.ts";
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
    funcfl: z.boolean().optional().describe("Of a funcfl file, whose last rows LAMMPS leaves out."),
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
    interpolation: z
      .literal("lammps")
      .optional()
      .describe(
        "The cubic splines of LAMMPS's pair_style through all rows: its forces to rounding, φ″, f″ and F″ jump at the rows. By default splines with four continuous derivatives, which local thermal energies need.",
      ),
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

const LAMMPS_NOTE =
  "φ, f and F are the cubic splines of LAMMPS: energies and forces are LAMMPS's, second derivatives jump at every row, and third ones, on which local thermal energies stand, are those of the pieces between rows";

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
    if (source.definition.interpolation === "lammps") return [LAMMPS_NOTE];
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

/** The splines of the species; of a gauge also F′(ρ̄) of each, 0 … S − 1. */
function splinesOf(source: DefinitionSource<EmbeddedAtoms>) {
  const { definition, file } = source;
  const { every: step, interpolation } = definition;
  if (step !== undefined && interpolation !== undefined) {
    throw fieldError(
      { file, field: "every" },
      `does not go with "interpolation": "${interpolation}", which takes every row: leave one of them out`,
    );
  }
  const potential = potentialOf(source);
  const index = speciesIn(source, potential.elements);
  const splines = eamSplines(potential, index, interpolation ?? step);
  return { ...splines, slopes: slopesOf(source, splines.functions) };
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
        const { every: step, interpolation } = source.definition;
        const rows = interpolation === undefined && {
          phi: pairRows(potential, pairIndex(a, b), step).values,
        };
        return { ...made, ...rows, field };
      }
      const shifts: [number, SmoothTable][] = [
        [slopes[s], densities[s * count + t]],
        [slopes[t], densities[t * count + s]],
      ];
      return { ...made, table: withDensities(made.table, shifts), field };
    }),
  );
}
