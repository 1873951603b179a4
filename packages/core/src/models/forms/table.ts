import { z } from "zod";
import { gridOfColumns, type TableColumns, tableFromColumns } from "../columns.ts";
import { fieldError, objectValues, pairName } from "../pairs.ts";
import { roundingOf } from "../smooth/digits.ts";
import { once, smoothTable } from "../smooth/table.ts";
import { smoothingNotes } from "../smooth/words.ts";
import { evaluateTable, tableEnd, tableSeries } from "../table.ts";
import { jumpAtTableEnd } from "../tableend.ts";
import { Form } from "../types.ts";
import { common, every, perPair, positive, smoothing } from "./fields.ts";
import type { CompiledTable, DefinitionSource, PotentialForm } from "./form.ts";
import { missingPair, required } from "./values.ts";

const columns = z.union([
  z.strictObject({
    r: z.array(positive).describe("Equally spaced, ascending; unit λ_ij."),
    phi: z.array(z.number()).describe("φ at each r; unit ε_ij."),
  }),
  z.strictObject({ file: z.string().min(1).describe("A text file with columns r and φ.") }),
]);

const schema = z
  .strictObject({
    ...common,
    form: z.literal("table"),
    interpolation: z.enum(["quintic", "septic"]).default("septic").describe("Spline: C⁴ or C⁶."),
    tables: z.record(z.string(), columns).describe('Columns of each pair of species, {"A A": …, "A B": …}.'),
    every,
    cutoff: perPair(positive, "x_c = r_c/λ_ij; the last row of each table by default.").optional(),
    smoothing,
  })
  .describe("φ = ε [spline(x) + Σ c_{2ℓ} x^{2ℓ}]");

export type Table = z.output<typeof schema>;

/** A spline through rows; parameters [index of the table]. */
export const table: PotentialForm<Table> = {
  name: "table",
  code: Form.Table,
  schema,
  missingLambda: 1,
  complete: withColumns,
  tables: compileTables,
  notes: (source) =>
    smoothingNotes(
      "φ",
      compileTables(source).map((made) => made.smoothing),
    ),
  cutoff(source, tables) {
    const { definition, file } = source;
    const of = (s: number, t: number) => tables[tableIndex(s, t, definition.species.length)];
    if (definition.cutoff === undefined) return (s, t) => tableEnd(of(s, t));
    const given = required(source, "cutoff", definition.cutoff);
    return (s, t) => {
      const cutoff = given(s, t);
      const [first, end] = [of(s, t).rMin, tableEnd(of(s, t))];
      if (cutoff > first && cutoff <= end) return cutoff;
      throw fieldError(
        { file, field: "cutoff" },
        `is ${cutoff} for ${pairName(definition, s, t)}, outside its table, which spans ${first} to ${end}`,
      );
    };
  },
  parameters:
    ({ definition }) =>
    (s, t) => [tableIndex(s, t, definition.species.length)],
  jet: (c, p, x, tables) => evaluateTable(tables[c[p]], x),
  series: ([index], x, { tables }) => tableSeries(tables[index], x),
  jump: ({ coefficients, tables }) => jumpAtTableEnd(coefficients, tables),
};

/** Replaces references to files by their columns, so that a definition stands by itself. */
function withColumns(definition: Table, read: Readonly<Record<string, TableColumns>>): Table {
  const tables = Object.entries(definition.tables).map(([pair, given]) => {
    const found = "file" in given ? read[given.file] : undefined;
    return [pair, found === undefined ? given : { r: Array.from(found.r), phi: Array.from(found.phi) }];
  });
  return { ...definition, tables: Object.fromEntries(tables) };
}

function compileTables({ definition, file }: DefinitionSource<Table>): CompiledTable[] {
  const { species } = definition;
  const place = { file, field: "tables", species };
  const given = objectValues(definition.tables, place);
  const degree = definition.interpolation === "quintic" ? 5 : 7;
  return species.flatMap((a, s) =>
    species.slice(s).map((b, offset) => {
      const pair = given(s, s + offset);
      if (pair === undefined) throw missingPair(place, s, s + offset);
      const at = { file, field: `tables["${a} ${b}"]` };
      if ("file" in pair)
        throw fieldError(at, `refers to the file "${pair.file}", whose columns were not handed in`);
      const { every: step } = definition;
      if (step !== undefined) {
        const rows = everyFromEnd(pair, step);
        return { table: tableFromColumns(rows, degree, at), phi: rows.phi, field: at.field };
      }
      const made = once(pair, `${degree}`, () =>
        smoothTable(gridOfColumns(pair, degree, at), pair.phi, degree, roundingOf(pair.phi)),
      );
      return { ...made, phi: pair.phi, field: at.field };
    }),
  );
}

/** Every n-th row, the last among them. */
function everyFromEnd({ r, phi }: { r: readonly number[]; phi: readonly number[] }, step: number) {
  const taken = (_: number, k: number, { length }: readonly number[]) => (length - 1 - k) % step === 0;
  return { r: r.filter(taken), phi: phi.filter(taken) };
}

/** Index in the list of tables of the pair s ≤ t among S species: upper triangle, row by row. */
function tableIndex(s: number, t: number, count: number): number {
  return s * count - (s * (s - 1)) / 2 + t - s;
}
