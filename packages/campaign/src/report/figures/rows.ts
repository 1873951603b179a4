import { grouped } from "@softfield/node";
import { SoftfieldError } from "softfield";
import type { ReportTable } from "../tables.ts";

/** A row of a report table by the names of its columns. */
export type Row = Readonly<Record<string, string | number>>;

/** The rows of one table by name; none where it is empty. */
export function rowsOf(tables: readonly ReportTable[], name: string): Row[] {
  const { columns, rows } = tables.find((table) => table.name === name)!;
  return rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]])));
}

/** The same. @throws SoftfieldError "usage" where the table is empty */
export function someRowsOf(tables: readonly ReportTable[], name: string): Row[] {
  const rows = rowsOf(tables, name);
  if (rows.length > 0) return rows;
  throw new SoftfieldError("usage", `there is nothing to draw yet: the table ${name} is empty`, {
    field: "fig",
  });
}

/** The rows of two tables, one of which may be empty. @throws SoftfieldError "usage" where both are */
export function someOf(tables: readonly ReportTable[], first: string, second: string): [Row[], Row[]] {
  const found: [Row[], Row[]] = [rowsOf(tables, first), rowsOf(tables, second)];
  if (found.some((rows) => rows.length > 0)) return found;
  throw new SoftfieldError(
    "usage",
    `there is nothing to draw yet: the tables ${first} and ${second} are empty`,
    { field: "fig" },
  );
}

/** One column as numbers, times a factor. */
export function column(rows: readonly Row[], name: string, factor = 1): number[] {
  return rows.map((row) => factor * Number(row[name]));
}

/** Rows of the same values under `names`, in order of appearance, by these values. */
export function groups(rows: readonly Row[], ...names: string[]): [string, Row[]][] {
  return [...grouped(rows, (row) => names.map((name) => row[name]).join(" "))];
}

/** Points with error bars on a logarithmic axis, where an interval that reaches 0 is drawn upwards only. */
export function pointsOf(rows: readonly Row[], name: string, factor = 1) {
  const y = column(rows, name, factor);
  const low = column(rows, "low", factor).map((value, k) => value || y[k]);
  const bars = { interval: "bars", line: "none" } as const;
  return { x: column(rows, "x"), y, low, high: column(rows, "high", factor), ...bars };
}
