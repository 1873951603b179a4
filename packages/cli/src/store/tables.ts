import { type ColumnValues, parquetBytes } from "softfield";

/** Types of columns, as Parquet names them. */
export type ColumnType = "INT32" | "DOUBLE" | "STRING";

/** A table of the store: its columns in order. It is kept as NAME.parquet in the folder of its stage. */
export interface TableSchema {
  readonly name: string;
  readonly columns: Readonly<Record<string, TableColumnSchema>>;
}

export interface TableColumnSchema {
  readonly type: ColumnType;
  /** Left out of tables of 2D glasses. */
  readonly spatial?: true;
  /** Absent: dimensionless. */
  readonly unit?: string;
  readonly description: string;
}

/** The Parquet bytes of a table, which depend on the data alone. Columns of a third dimension may be left out. */
export async function tableBytes(
  { columns }: TableSchema,
  data: Readonly<Record<string, ColumnValues>>,
): Promise<Uint8Array> {
  return await parquetBytes({
    columns: Object.entries(columns)
      .filter(([name, { spatial }]) => !(spatial && data[name] === undefined))
      .map(([name, { unit, description }]) => ({
        name,
        values: data[name]!,
        description,
        ...(unit === undefined ? {} : { unit }),
      })),
  });
}

/** Name of a column's type in DuckDB. */
export function sqlType(type: ColumnType): string {
  return { INT32: "INTEGER", DOUBLE: "DOUBLE", STRING: "VARCHAR" }[type];
}
