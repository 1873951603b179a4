import { parquetReadObjects } from "hyparquet";

/** Number columns of a Parquet file that the store wrote. */
export async function readColumns(
  bytes: Uint8Array,
  columns: readonly string[],
): Promise<Record<string, Float64Array>> {
  const file = Uint8Array.from(bytes).buffer;
  const rows = await parquetReadObjects({ file, columns: [...columns] });
  return Object.fromEntries(
    columns.map((name) => [name, Float64Array.from(rows, (row) => row[name] as number)]),
  );
}

/** A text column of a Parquet file that the store wrote. */
export async function readTexts(bytes: Uint8Array, column: string): Promise<string[]> {
  const rows = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer, columns: [column] });
  return rows.map((row) => row[column] as string);
}
