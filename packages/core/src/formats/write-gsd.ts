import { wrapPositions } from "../space/index.ts";
import { type Frame, spatialFrame } from "./frame.ts";
import { GSD_ENTRY_BYTES, GSD_HEADER_BYTES, GSD_MAGIC, GSD_NAME_BYTES } from "./gsd.ts";

interface Chunk {
  readonly name: string;
  readonly type: number;
  readonly rows: number;
  readonly width: number;
  readonly data: Uint8Array;
}

const bytesOf = (values: Float32Array | Float64Array | Uint32Array | BigUint64Array) =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/**
 * A frame as a GSD file (version 2, HOOMD's schema 1.4) of one frame. Positions are single precision there, and lie in the
 * box around the origin; further columns go to log/particles in double precision. Assumes a little-endian machine, as
 * all are that run JavaScript today.
 */
export function gsdBytes(frame: Frame): Uint8Array {
  const { count, vectors: v, origin, columns } = spatialFrame(frame, -0.5);
  const planar = frame.box.dimension === 2;
  const wrapped = centred(frame, v, origin);
  const names = frame.species?.names ?? ["A"];
  const typeid = frame.species?.index ?? new Int32Array(count);
  const width = Math.max(...names.map((name) => new TextEncoder().encode(name).length)) + 1;
  const padded = new Uint8Array(names.length * width);
  for (const [k, name] of names.entries()) padded.set(new TextEncoder().encode(name), k * width);
  const single = (name: string, values: ArrayLike<number>, columnsOf: number): Chunk => ({
    name,
    type: 9,
    rows: values.length / columnsOf,
    width: columnsOf,
    data: bytesOf(Float32Array.from(values)),
  });
  const box = [v[0], v[4], v[8], v[3] / v[4], v[6] / v[8], v[7] / v[8]];
  const chunks: Chunk[] = [
    {
      name: "configuration/step",
      type: 4,
      rows: 1,
      width: 1,
      data: bytesOf(BigUint64Array.of(BigInt(frame.timestep ?? 0))),
    },
    { name: "configuration/dimensions", type: 1, rows: 1, width: 1, data: Uint8Array.of(planar ? 2 : 3) },
    single("configuration/box", box, 1),
    { name: "particles/N", type: 3, rows: 1, width: 1, data: bytesOf(Uint32Array.of(count)) },
    { name: "particles/types", type: 5, rows: names.length, width, data: padded },
    { name: "particles/typeid", type: 3, rows: count, width: 1, data: bytesOf(Uint32Array.from(typeid)) },
  ];
  const found = (name: string) => columns.find((column) => column.name === name);
  const diameter = found("diameter");
  if (diameter?.width === 1) chunks.push(single("particles/diameter", diameter.values, 1));
  chunks.push(single("particles/position", wrapped, 3));
  const velocity = found("velocity");
  if (velocity?.width === 3) chunks.push(single("particles/velocity", velocity.values, 3));
  for (const { name, width: columnsOf, values } of columns) {
    if (name === "diameter" || name === "velocity") continue;
    chunks.push({
      name: `log/particles/${name}`,
      type: 10,
      rows: count,
      width: columnsOf,
      data: bytesOf(values.slice()),
    });
  }
  return fileOf(chunks);
}

/** Positions in the cell around the origin. */
function centred(frame: Frame, v: Float64Array, origin: Float64Array): Float64Array {
  const { dimension: d } = frame.box;
  const relative = frame.positions.map((x, k) => x - origin[k % d]);
  const { fractional } = wrapPositions(frame.box, relative);
  const count = relative.length / d;
  const positions = new Float64Array(3 * count);
  for (let p = 0; p < count; p++) {
    for (let a = 0; a < d; a++) {
      for (let c = 0; c <= a; c++) positions[3 * p + c] += (fractional[p * d + a] - 0.5) * v[3 * a + c];
    }
  }
  return positions;
}

/** Header, names, index and data, in this order. */
function fileOf(chunks: readonly Chunk[]): Uint8Array {
  const names = new TextEncoder().encode(chunks.map(({ name }) => `${name}\0`).join(""));
  const nameSlots = Math.ceil((names.length + 1) / GSD_NAME_BYTES);
  const indexAt = GSD_HEADER_BYTES + nameSlots * GSD_NAME_BYTES;
  const dataAt = indexAt + chunks.length * GSD_ENTRY_BYTES;
  const size = chunks.reduce((sum, { data }) => sum + data.length, dataAt);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const long = (at: number, value: number) => view.setBigUint64(at, BigInt(value), true);
  bytes.set(GSD_MAGIC);
  long(8, indexAt);
  long(16, chunks.length);
  long(24, GSD_HEADER_BYTES);
  long(32, nameSlots);
  view.setUint32(40, (1 << 16) | 4, true);
  view.setUint32(44, 2 << 16, true);
  bytes.set(new TextEncoder().encode("softfield"), 48);
  bytes.set(new TextEncoder().encode("hoomd"), 112);
  bytes.set(names, GSD_HEADER_BYTES);
  let location = dataAt;
  chunks.forEach(({ type, rows, width, data }, id) => {
    const at = indexAt + id * GSD_ENTRY_BYTES;
    long(at + 8, rows);
    long(at + 16, location);
    view.setUint32(at + 24, width, true);
    view.setUint16(at + 28, id, true);
    view.setUint8(at + 30, type);
    bytes.set(data, location);
    location += data.length;
  });
  return bytes;
}
