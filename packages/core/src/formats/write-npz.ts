import { zipSync } from "fflate";
import type { Hdf5Content } from "./hdf5.ts";
import { rowCount } from "./table.ts";

/** An array of NumPy's. */
type NpyValues = Float64Array | Int32Array | BigInt64Array | readonly string[];

/** The bytes of a .npy file (version 1.0, row-major): numbers little-endian, texts as UTF-32. O(numbers). */
export function npyBytes(values: NpyValues, shape: readonly number[] = [values.length]): Uint8Array {
  const texts = isTexts(values) ? values.map((text) => Array.from(text)) : undefined;
  const width = texts ? Math.max(1, ...texts.map((text) => text.length)) : 0;
  const descr = texts ? `<U${width}` : dtypeOf(values);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const head = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const padded = `${head.padEnd(Math.ceil((head.length + 11) / 64) * 64 - 11)}\n`;
  const body = texts ? utf32(texts, width) : bytesOf(values);
  const bytes = new Uint8Array(10 + padded.length + body.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
  bytes.set(new TextEncoder().encode(padded), 10);
  bytes.set(body, 10 + padded.length);
  return bytes;
}

/** A .npz of arrays by name, stored as they are. */
export function npzOf(arrays: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const files = Object.fromEntries(Object.entries(arrays).map(([name, bytes]) => [`${name}.npy`, bytes]));
  // one time for all: the same content is the same bytes
  return zipSync(files, { level: 0, mtime: "1980-01-01T00:00:00" });
}

/**
 * Tables and arrays as the bytes of a .npz, as `numpy.load` opens it: a column of the table at "/" by its name, of others
 * by GROUP/COLUMN; and `about`, a text in JSON with units, descriptions and metadata.
 */
export function npzBytes(content: Hdf5Content): Uint8Array {
  const arrays: Record<string, Uint8Array> = {};
  const about: Record<string, object> = {};
  for (const [path, part] of Object.entries(content)) {
    const name = path.replace(/^\//, "");
    if (!("columns" in part)) {
      const { values, shape, unit, description } = part;
      arrays[name] = npyBytes(values, shape);
      about[name] = { unit, description };
      continue;
    }
    rowCount(part);
    about[name] = part.metadata ?? {};
    for (const { name: column, values, unit, description } of part.columns) {
      const key = name === "" ? column : `${name}/${column}`;
      arrays[key] = npyBytes(values);
      about[key] = { unit, description };
    }
  }
  return npzOf({ ...arrays, about: npyBytes([JSON.stringify(about)], []) });
}

function isTexts(values: NpyValues): values is readonly string[] {
  return Array.isArray(values);
}

function dtypeOf(values: NpyValues): string {
  if (values instanceof Float64Array) return "<f8";
  return values instanceof Int32Array ? "<i4" : "<i8";
}

function bytesOf(values: NpyValues): Uint8Array {
  if (isTexts(values)) return new Uint8Array(0);
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function utf32(texts: readonly (readonly string[])[], width: number): Uint8Array {
  const codes = new Uint32Array(texts.length * width);
  texts.forEach((text, row) => {
    text.forEach((letter, k) => {
      codes[row * width + k] = letter.codePointAt(0) ?? 0;
    });
  });
  return new Uint8Array(codes.buffer);
}
