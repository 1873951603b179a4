import { bootstrapMean, type ColumnValues, type Estimate } from "softfield";

/** A table of the report: rows of values under named columns. */
export interface ReportTable {
  readonly name: string;
  /** What it holds, in a sentence. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
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
