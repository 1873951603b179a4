import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import {
  delimitedText,
  extxyzText,
  type Frame,
  type Hdf5Content,
  hdf5Bytes,
  lammpsDataText,
  lammpsDumpText,
  parquetBytes,
  SoftfieldError,
  type Table,
} from "softfield";
import { type FileContent, writeFileAtomically } from "./write.ts";

/** What a file ending stands for. */
const ENDINGS = {
  ".tsv": "tsv",
  ".csv": "csv",
  ".parquet": "parquet",
  ".h5": "hdf5",
  ".hdf5": "hdf5",
  ".extxyz": "extxyz",
  ".xyz": "extxyz",
  ".data": "lammps-data",
  ".lmp": "lammps-data",
  ".dump": "lammps-dump",
  ".lammpstrj": "lammps-dump",
  ".json": "json",
} as const;

/** The formats of output files. */
export type OutputFormat = (typeof ENDINGS)[keyof typeof ENDINGS];

/** The results of one command in the shapes that the formats take; each format takes what it can hold. */
export interface Results {
  /** Into .tsv, .csv, .parquet, and, unless `hdf5` is given, .h5. */
  readonly table?: Table;
  /** Further tables, for formats that hold one a file: each goes beside it, into `besidePath`. */
  readonly beside?: Readonly<Record<string, Table>>;
  /** Into .h5, where more than one table is to be kept. */
  readonly hdf5?: Hdf5Content;
  /** Into .extxyz, .data and .dump. */
  readonly frame?: Frame;
  /** Into .json. */
  readonly summary?: object;
}

/**
 * The format that a file's ending asks for; text formats may be followed by .gz.
 *
 * @throws usage error that lists the known endings
 */
export function outputFormat(path: string): { format: OutputFormat; compressed: boolean } {
  const name = path.toLowerCase();
  const compressed = name.endsWith(".gz");
  const plain = compressed ? name.slice(0, -3) : name;
  const ending = (Object.keys(ENDINGS) as (keyof typeof ENDINGS)[]).find((known) => plain.endsWith(known));
  const format = ending && ENDINGS[ending];
  if (format === undefined || (compressed && (format === "parquet" || format === "hdf5"))) {
    throw new SoftfieldError(
      "usage",
      `${path}: the ending says no known format; known are ${Object.keys(ENDINGS).join(" ")}, texts also with .gz.`,
      { file: path },
    );
  }
  return { format, compressed };
}

/** Refuses LAMMPS files, which hold configurations and nothing that was computed of them. Throws "usage". */
export function refuseLammps(path: string, results: string): void {
  if (!outputFormat(path).format.startsWith("lammps")) return;
  throw new SoftfieldError("usage", `${path}: a LAMMPS file has no place for ${results}; use .extxyz`, {
    file: path,
  });
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
  const { format, compressed } = outputFormat(path);
  const content = await contentOf(format, results, path);
  await writeFileAtomically(path, compressed ? gzipped(content) : content, inputs);
  for (const [name, table] of Object.entries(results.beside ?? {})) {
    const other = besidePath(path, name);
    if (other !== undefined) await writeResults(other, { table }, inputs);
  }
}

async function contentOf(format: OutputFormat, results: Results, path: string): Promise<FileContent> {
  const need = <K extends Exclude<keyof Results, "beside">>(key: K): NonNullable<Results[K]> => {
    const value = results[key];
    if (value) return value;
    const words = { table: "table", hdf5: "table", frame: "configuration", summary: "summary" }[key];
    throw new SoftfieldError("usage", `${path}: this command has no ${words} to write as ${format}.`, {
      file: path,
    });
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
    case "extxyz":
      return extxyzText(need("frame"));
    case "lammps-data":
      return lammpsDataText(need("frame"));
    case "lammps-dump":
      return lammpsDumpText(need("frame"));
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
