import { rowCount, type Table, type TableColumn } from "./table.ts";

/** Rows of a row group: one for most tables, so that readers see whole columns. */
const ROW_GROUP = 1_000_000;

/**
 * A table as the bytes of a Parquet file: INT32, DOUBLE and STRING columns without nulls. Metadata and the
 * columns' units and descriptions ("unit:NAME", "description:NAME") are its key-value metadata.
 */
export async function parquetBytes(table: Table): Promise<Uint8Array> {
  rowCount(table);
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map(columnSource),
    rowGroupSize: ROW_GROUP,
    kvMetadata: keyValues(table),
    createdBy: "softfield",
  });
  return new Uint8Array(buffer);
}

function columnSource({ name, values }: TableColumn) {
  if (values instanceof Int32Array) return { name, data: values, type: "INT32" as const, nullable: false };
  if (values instanceof Float64Array) {
    // Neither compression nor a dictionary shortens the random mantissas of measured numbers.
    return {
      name,
      data: values,
      type: "DOUBLE" as const,
      nullable: false,
      encoding: "PLAIN" as const,
      codec: "UNCOMPRESSED" as const,
    };
  }
  return { name, data: [...values], type: "STRING" as const, nullable: false };
}

function keyValues({ columns, metadata = {} }: Table): { key: string; value: string }[] {
  const pairs = Object.entries(metadata).map(([key, value]) => ({ key, value: String(value) }));
  for (const { name, unit, description } of columns) {
    if (unit !== undefined) pairs.push({ key: `unit:${name}`, value: unit });
    if (description !== undefined) pairs.push({ key: `description:${name}`, value: description });
  }
  return pairs;
}
