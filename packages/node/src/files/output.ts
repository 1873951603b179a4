import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { delimitedText, type Frame, SoftfieldError, type Table } from "softfield";
import { formats, type Hdf5Content, hdf5Bytes, npzBytes, parquetBytes } from "softfield/formats";
import { type CompressedRows, csrNpzBytes, type FormatWriter, matrixMarketText } from "softfield/internal";
import { type FileContent, writeFileAtomically } from "./write.ts";

/** What the endings of files that hold no configuration stand for. */
const TABLE_ENDINGS = {
  ".tsv": "tsv",
  ".csv": "csv",
  ".parquet": "parquet",
  ".h5": "hdf5",
  ".hdf5": "hdf5",
  ".npz": "npz",
  ".mtx": "matrix-market",
  ".json": "json",
} as const;
type TableFormat = (typeof TABLE_ENDINGS)[keyof typeof TABLE_ENDINGS];

/** What an output is written as: a table or a summary, or a configuration by a registered format. */
export interface OutputFormat {
  readonly format: TableFormat | "configuration";
  readonly writer?: FormatWriter;
  readonly compressed: boolean;
}

/** The results of one command in the shapes that the formats take; each format takes what it can hold. */
export interface Results {
  /** Into .tsv, .csv, .parquet, and, unless `hdf5` is given, .h5. */
  readonly table?: Table;
  /** Further tables, for formats that hold one a file: each goes beside it, into `besidePath`. */
  readonly beside?: Readonly<Record<string, Table>>;
  /** Into .h5, where more than one table is to be kept. */
  readonly hdf5?: Hdf5Content;
  /** Into .extxyz, .data, .dump and the other formats of configurations. */
  readonly frame?: Frame;
  /** Into .json. */
  readonly summary?: object;
  /** Into .npz, as SciPy has it, and .mtx: symmetric. */
  readonly matrix?: CompressedRows;
}

/**
 * The format that a file's ending asks for; texts may be followed by .gz.
 *
 * @throws usage error that lists the known endings
 */
export function outputFormat(path: string): OutputFormat {
  const compressed = path.toLowerCase().endsWith(".gz");
  const plain = compressed ? path.slice(0, -3) : path;
  const ending = (Object.keys(TABLE_ENDINGS) as (keyof typeof TABLE_ENDINGS)[]).find((known) =>
    plain.toLowerCase().endsWith(known),
  );
  const writer = ending === undefined ? formats.writerOf(plain) : undefined;
  const format = ending ? TABLE_ENDINGS[ending] : "configuration";
  const binary = format === "parquet" || format === "hdf5" || format === "npz" || writer?.binary === true;
  if ((ending === undefined && writer === undefined) || (compressed && binary)) {
    const known = [...Object.keys(TABLE_ENDINGS), ...formats.writers.flatMap(({ endings }) => endings)];
    throw new SoftfieldError(
      "usage",
      `${path}: the ending says no known format; known are ${known.join(" ")}, texts also with .gz.`,
      { file: path },
    );
  }
  return { format, compressed, writer };
}

/** Refuses configuration files without columns, which have no place for what was computed. Throws "usage". */
export function requireColumns(path: string, results: string): void {
  const { writer } = outputFormat(path);
  if (!writer || writer.columns) return;
  throw new SoftfieldError(
    "usage",
    `${path}: a file of ${writer.label} has no place for ${results}; use .extxyz or .dump`,
    { file: path },
  );
}

/** Where the further table of a name goes: NAME.tsv, NAME.triples.tsv; undefined for formats that need no such file. */
export function besidePath(path: string, name: string): string | undefined {
  const { format } = outputFormat(path);
  if (format !== "tsv" && format !== "csv" && format !== "parquet") return undefined;
  const ending = /\.[a-z]+(\.gz)?$/i.exec(path)![0];
  return `${path.slice(0, -ending.length)}.${name}${ending}`;
}

/**
 * Writes results in the format of the file's ending, whole or not at all.
 *
 * @param inputs files that must not be overwritten
 * @throws SoftfieldError "usage" where the format can't hold these results, "resource" where writing fails
 */
export async function writeResults(
  path: string,
  results: Results,
  inputs: readonly string[] = [],
): Promise<void> {
  const output = outputFormat(path);
  const content = await contentOf(output, results, path);
  const { compressed } = output;
  await writeFileAtomically(path, compressed ? gzipped(content) : content, inputs);
  for (const [name, table] of Object.entries(results.beside ?? {})) {
    const other = besidePath(path, name);
    if (other !== undefined) await writeResults(other, { table }, inputs);
  }
}

async function contentOf(
  { format, writer }: OutputFormat,
  results: Results,
  path: string,
): Promise<FileContent> {
  const need = <K extends Exclude<keyof Results, "beside">>(key: K): NonNullable<Results[K]> => {
    const value = results[key];
    if (value) return value;
    const words = {
      table: "table",
      hdf5: "table",
      frame: "configuration",
      summary: "summary",
      matrix: "matrix",
    }[key];
    throw new SoftfieldError(
      "usage",
      `${path}: this command has no ${words} to write as ${writer?.label ?? format}.`,
      {
        file: path,
      },
    );
  };
  switch (format) {
    case "tsv":
      return delimitedText(need("table"), "\t");
    case "csv":
      return delimitedText(need("table"), ",");
    case "parquet":
      return await parquetBytes(need("table"));
    case "hdf5":
      return await hdf5Bytes(results.hdf5 ?? { "/": need("table") });
    case "npz":
      if (results.matrix) return csrNpzBytes(results.matrix);
      return npzBytes(results.hdf5 ?? { "/": need("table") });
    case "matrix-market":
      return matrixMarketText(need("matrix"));
    case "configuration":
      return writer!.write(need("frame"));
    case "json":
      return `${JSON.stringify(need("summary"), plainArrays, 2)}\n`;
  }
}

/** Typed arrays as plain ones; JSON would make objects of them. */
function plainArrays(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as Float64Array)
    : value;
}

function gzipped(content: FileContent): AsyncIterable<Uint8Array> {
  const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
  const gzip = createGzip();
  return Readable.from(pieces, { objectMode: true })
    .on("error", (error) => gzip.destroy(error))
    .pipe(gzip);
}
