import type { ColumnValues, PairModel } from "softfield";
import { parquetBytes } from "softfield/formats";
import { modelUnits, unitNamed } from "softfield/internal";

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

/** A table made of records, one a row: each column says what it takes of a record. */
export interface RecordTable<Row> extends TableSchema {
  readonly columns: Readonly<Record<string, RecordColumn<Row>>>;
}

export type RecordColumn<Row> = TableColumnSchema &
  (
    | { readonly type: "STRING"; readonly of: (row: Row) => string }
    | { readonly type: "INT32" | "DOUBLE"; readonly of: (row: Row) => number }
  );

/** A column of numbers; without a unit it is dimensionless. */
export function real<Row>(of: (row: Row) => number, description: string, unit?: string): RecordColumn<Row> {
  return { type: "DOUBLE", of, description, unit };
}

/** A column of whole numbers. */
export function whole<Row>(of: (row: Row) => number, description: string): RecordColumn<Row> {
  return { type: "INT32", of, description };
}

/** A column of words. */
export function text<Row>(of: (row: Row) => string, description: string): RecordColumn<Row> {
  return { type: "STRING", of, description };
}

/** The column, left out of tables of 2D glasses. */
export function spatial<Row>(column: RecordColumn<Row>): RecordColumn<Row> {
  return { ...column, spatial: true };
}

/** A table with the units that a model names in the place of λ, ε, τ₀ and m. */
export function inUnitsOf<T extends TableSchema>(model: PairModel, table: T): T {
  if (model.definition.units === undefined) return table;
  const { length } = modelUnits(model);
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const { unit, description } = column;
    const named = {
      ...column,
      // "within 1.5 λ of the event"
      description: description.replace(/(?<=\d )λ(?![/^²³])/g, length),
    };
    return [name, unit === undefined ? named : { ...named, unit: unitNamed(unit, model) }];
  });
  return { ...table, columns: Object.fromEntries(columns) };
}

/** The Parquet bytes of a table of records; `dimension` of the glass: in 2D spatial columns are left out. */
export async function recordBytes<Row>(
  table: RecordTable<Row>,
  rows: readonly Row[],
  dimension: 2 | 3 = 3,
): Promise<Uint8Array> {
  const columns = Object.entries(table.columns).filter(([, column]) => !column.spatial || dimension === 3);
  return await tableBytes(
    table,
    Object.fromEntries(columns.map(([name, column]) => [name, valuesOf(column, rows)])),
  );
}

function valuesOf<Row>({ type, of }: RecordColumn<Row>, rows: readonly Row[]): ColumnValues {
  switch (type) {
    case "STRING":
      return rows.map(of);
    case "INT32":
      return Int32Array.from(rows, of);
    case "DOUBLE":
      return Float64Array.from(rows, of);
  }
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
        values: data[name],
        description,
        unit,
      })),
  });
}

/** Name of a column's type in DuckDB. */
export function sqlType(type: ColumnType): string {
  return { INT32: "INTEGER", DOUBLE: "DOUBLE", STRING: "VARCHAR" }[type];
}
