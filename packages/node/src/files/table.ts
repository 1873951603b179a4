import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { SoftfieldError } from "softfield";
import { fileError } from "./errors.ts";

/** The columns of numbers of a table, by name, all of one length. */
export type NumberColumns = ReadonlyMap<string, Float64Array>;

/**
 * Reads the columns of numbers of a table: .parquet, or .tsv and .csv with a line of names (lines that begin with # are left
 * out; also .gz). Columns in which a text stands are left out; an empty field or "NaN" is NaN.
 *
 * @throws SoftfieldError "input" where the file can't be read or its lines have different numbers of fields
 */
export async function readNumberColumns(path: string): Promise<NumberColumns> {
  const bytes = await readFile(path).catch((cause) => {
    throw fileError(cause, path, "read");
  });
  if (/\.parquet$/i.test(path)) return await ofParquet(bytes, path);
  const separator = /\.tsv(\.gz)?$/i.test(path) ? "\t" : /\.csv(\.gz)?$/i.test(path) ? "," : undefined;
  if (separator === undefined)
    throw new SoftfieldError("usage", `${path}: a table ends in .parquet, .tsv or .csv`, { file: path });
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return ofText((packed ? gunzipSync(bytes) : bytes).toString("utf8"), separator, path);
}

async function ofParquet(bytes: Buffer, path: string): Promise<NumberColumns> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file }).catch((cause: Error) => {
    throw new SoftfieldError("input", `${path}: is no sound Parquet file: ${cause.message}`, { file: path });
  });
  const names = Object.keys(rows[0] ?? {});
  return new Map(
    names.flatMap((name) => {
      const values = rows.map((row) => numberOf(row[name]));
      return values.every((value) => value !== undefined) ? [[name, Float64Array.from(values)]] : [];
    }),
  );
}

function numberOf(value: unknown): number | undefined {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === "number") return value;
  return typeof value === "bigint" || typeof value === "boolean" ? Number(value) : undefined;
}

function ofText(text: string, separator: string, path: string): NumberColumns {
  const lines = text
    .split(/\r?\n/)
    .map((line, k) => ({ line, number: k + 1 }))
    .filter(({ line }) => line.trim() !== "" && !line.startsWith("#"));
  const [head, ...rows] = lines;
  if (head === undefined) throw new SoftfieldError("input", `${path}: is empty`, { file: path });
  const names = head.line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  const columns = names.map(() => new Float64Array(rows.length));
  const texts = new Set<number>();
  rows.forEach(({ line, number }, row) => {
    const fields = line.split(separator);
    if (fields.length !== names.length) {
      const message = `${fields.length} fields, but ${names.length} names in the first line`;
      throw new SoftfieldError("input", `${path}:${number}: ${message}`, { file: path, line: number });
    }
    fields.forEach((field, k) => {
      const word = field.trim();
      const value = word === "" || /^nan$/i.test(word) ? Number.NaN : Number(word);
      if (Number.isNaN(value) && word !== "" && !/^nan$/i.test(word)) texts.add(k);
      columns[k][row] = value;
    });
  });
  return new Map(names.flatMap((name, k) => (texts.has(k) ? [] : [[name, columns[k]]])));
}
