import { SoftfieldError } from "../errors.ts";

/** Values of a column: whole numbers, real numbers or texts. */
export type ColumnValues = Int32Array | Float64Array | readonly string[];

/** One named, typed column. */
export interface TableColumn {
  readonly name: string;
  readonly values: ColumnValues;
  /** Unit in words of the reduced system, e.g. "ε/λ"; absent: dimensionless. */
  readonly unit?: string;
  readonly description?: string;
}

/** Columns of equal length, with what is to be known about them as a whole. Read-only. */
export interface Table {
  readonly columns: readonly TableColumn[];
  /** Model, seed, code version … Kept by Parquet and HDF5; delimited text has no place for it. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>>;
}

/** Rows of a table. @throws usage error unless all columns have that many, and different names */
export function rowCount({ columns }: Table): number {
  const rows = columns[0]?.values.length ?? 0;
  const names = new Set<string>();
  for (const { name, values } of columns) {
    if (values.length !== rows) {
      throw new SoftfieldError(
        "usage",
        `column ${name} has ${values.length} values, column ${columns[0].name} has ${rows}`,
        { field: name },
      );
    }
    if (names.has(name)) throw new SoftfieldError("usage", `two columns are named ${name}`, { field: name });
    names.add(name);
  }
  return rows;
}
