import { parquetReadObjects } from "hyparquet";

/** Number columns of a Parquet file that the store wrote. */
export async function readColumns<Name extends string>(
  bytes: Uint8Array,
  columns: readonly Name[],
): Promise<Record<Name, Float64Array>> {
  const file = Uint8Array.from(bytes).buffer;
  const rows = await parquetReadObjects({ file, columns: [...columns] });
  const values = columns.map((name) => [name, Float64Array.from(rows, (row) => row[name])]);
  return Object.fromEntries(values) as Record<Name, Float64Array>;
}

/** A text column of a Parquet file that the store wrote. */
export async function readTexts(bytes: Uint8Array, column: string): Promise<string[]> {
  const rows = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer, columns: [column] });
  return rows.map((row) => row[column] as string);
}
