import { inputError } from "./cursor.ts";

/** A NumPy array. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Row-major; texts of arrays of strings. */
  readonly values: Float64Array | string[];
  /** Significant digits of its numbers. */
  readonly digits: number;
}

/** Reads an array of numbers or texts; undefined for others (objects), which no reader needs. */
export function npyArray(file: Uint8Array, name: string, source: string): NpyArray | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12) throw fault(source, name, "is no NumPy array");
  const long = file[6] >= 2;
  const start = long ? 12 : 10;
  const length = long ? view.getUint32(8, true) : view.getUint16(8, true);
  const head = new TextDecoder("latin1").decode(file.subarray(start, start + length));
  const descr = /'descr':\s*'([<>|=]?)([a-zA-Z])(\d+)'/.exec(head);
  const shape = /'shape':\s*\(([^)]*)\)/
    .exec(head)?.[1]
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  if (!descr || !shape) return undefined;
  const [, order, kind, width] = descr;
  const size = Number(width);
  const count = shape.reduce((product, part) => product * part, 1);
  const at = start + length;
  const little = order !== ">";
  if (kind === "U") {
    if (at + count * size * 4 !== file.length) throw fault(source, name, "ends too early");
    const text = (row: number) =>
      Array.from({ length: size }, (_, k) => view.getUint32(at + 4 * (row * size + k), little))
        .filter((code) => code > 0 && code < 0x110000)
        .map((code) => String.fromCodePoint(code))
        .join("");
    return { shape, values: Array.from({ length: count }, (_, row) => text(row)), digits: 0 };
  }
  const read = NUMBERS[`${kind}${width}`];
  if (!read) return undefined;
  if (at + count * size !== file.length) throw fault(source, name, "ends too early");
  const values = Float64Array.from({ length: count }, (_, k) => read(view, at + k * size, little));
  const fortran = /'fortran_order':\s*True/.test(head) && shape.length > 1;
  return {
    shape,
    values: fortran ? rowMajor(values, shape) : values,
    digits: kind === "f" && size < 8 ? 7 : 17,
  };
}

const NUMBERS: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => view.getUint8(at),
};

/** From first index fastest to last index fastest. */
function rowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const strides = shape.map((_, axis) =>
    shape.slice(0, axis).reduce((product, length) => product * length, 1),
  );
  const sorted = new Float64Array(values.length);
  for (let k = 0; k < values.length; k++) {
    let rest = k;
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    sorted[k] = values[from];
  }
  return sorted;
}

/** An error of an array. */
export function fault(source: string, name: string, message: string): Error {
  return inputError(source, `${name}: ${message}.`, { field: name });
}
