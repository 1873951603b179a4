import { bootstrapMean, type ColumnValues, type Estimate } from "softfield";
import type { EnsembleData } from "./collect.ts";

/** A table of the report: rows of values under named columns. */
export interface ReportTable {
  readonly name: string;
  /** What it holds, in a sentence. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** It stands above the pictures of a report's page. */
  readonly leading?: boolean;
}

/** A column of a table as what Parquet and delimited text take. */
export function columnValues({ columns, rows }: ReportTable, name: string): ColumnValues {
  const k = columns.indexOf(name);
  const values = rows.map((row) => row[k]);
  return values.some((value) => typeof value === "string")
    ? values.map(String)
    : Float64Array.from(values as number[]);
}

/** Columns of an estimate with its interval. */
export const ESTIMATE = ["value", "low", "high", "error"];

/** An estimate under the columns `ESTIMATE`. */
export function estimateCells({ value, low, high, error }: Estimate): number[] {
  return [value, low, high, error];
}

/** The mean with a bootstrap over samples; NaN of nothing. */
export function meanOf(values: readonly number[]): Estimate {
  if (values.length > 0) return bootstrapMean(values);
  return { value: Number.NaN, low: Number.NaN, high: Number.NaN, error: Number.NaN };
}

/**
 * The table with a column "unit", by the ensemble that each row begins with, where any of their models names its units;
 * else as it is.
 */
export function withUnit(
  table: ReportTable,
  ensembles: readonly Pick<EnsembleData, "name" | "units" | "unit">[],
  unit: string,
): ReportTable {
  if (ensembles.every(({ units }) => units === undefined)) return table;
  const names = new Map(ensembles.map((ensemble) => [ensemble.name, ensemble.unit(unit)]));
  return {
    ...table,
    columns: [...table.columns, "unit"],
    rows: table.rows.map((row) => [...row, names.get(String(row[0])) ?? unit]),
  };
}

/** A unit by the names of the ensembles' models; where they name different ones, all of them, "λ or Å". */
export function unitAmong(ensembles: readonly Pick<EnsembleData, "unit">[], unit: string): string {
  const names = new Set(ensembles.map((ensemble) => ensemble.unit(unit)));
  return names.size === 0 ? unit : [...names].join(" or ");
}
