import type { System } from "softfield";

/** A chunk of a frame: name, kind of its numbers, rows, numbers a row, and the bytes. */
type Chunk = readonly [name: string, kind: number, rows: number, width: number, data: Uint8Array];

const bytes = (values: Float32Array | Uint32Array | BigUint64Array) => new Uint8Array(values.buffer);
const text = (words: string, length: number) => Buffer.concat([Buffer.from(words)], length);

/**
 * A trajectory of planar systems of two species as HOOMD writes it (GSD 2; gsd.readthedocs.io, File layer and Schema):
 * names of types in the first frame alone, boxes and positions in single precision around the origin.
 */
export function gsdFrames(systems: readonly System[], [a, b]: readonly [string, string]): Uint8Array {
  const frames = systems.map(({ box, positions, species }, f): Chunk[] => {
    const [lx, , , ly] = box.vectors;
    const count = species.length;
    const x = new Float32Array(3 * count);
    const centred = (v: number, l: number) => v - l * Math.floor(v / l) - l / 2;
    for (let p = 0; p < count; p++)
      x.set([centred(positions[2 * p], lx), centred(positions[2 * p + 1], ly)], 3 * p);
    return [
      ["configuration/step", 4, 1, 1, bytes(BigUint64Array.of(BigInt(1000 * f)))],
      ["configuration/box", 9, 6, 1, bytes(Float32Array.of(lx, ly, 0, 0, 0, 0))],
      ["particles/N", 3, 1, 1, bytes(Uint32Array.of(count))],
      ...(f === 0 ? ([["particles/types", 5, 2, 2, Buffer.from(`${a}\0${b}\0`)]] as const) : []),
      ["particles/typeid", 3, count, 1, bytes(Uint32Array.from(species))],
      ["particles/position", 9, count, 3, bytes(x)],
    ];
  });
  const names = [...new Set(frames.flat().map(([name]) => name))];
  const chunks = frames.flatMap((frame, f) =>
    frame.toSorted((p, q) => names.indexOf(p[0]) - names.indexOf(q[0])).map((chunk) => ({ f, chunk })),
  );
  const index = Buffer.alloc(32 * chunks.length);
  const start = 256 + 64 * 16 + index.length;
  let offset = start;
  for (const [k, { f, chunk }] of chunks.entries()) {
    const [name, kind, rows, width, data] = chunk;
    index.writeBigUInt64LE(BigInt(f), 32 * k);
    index.writeBigUInt64LE(BigInt(rows), 32 * k + 8);
    index.writeBigInt64LE(BigInt(offset), 32 * k + 16);
    index.writeUInt32LE(width, 32 * k + 24);
    index.writeUInt16LE(names.indexOf(name), 32 * k + 28);
    index.writeUInt8(kind, 32 * k + 30);
    offset += data.length;
  }
  const head = Buffer.alloc(256);
  for (const [k, value] of [0x65df65df65df65dfn, 1280n, BigInt(chunks.length), 256n, 16n].entries())
    head.writeBigUInt64LE(value, 8 * k);
  head.writeUInt32LE((1 << 16) | 4, 40);
  head.writeUInt32LE(2 << 16, 44);
  head.set(text("own", 64), 48);
  head.set(text("hoomd", 64), 112);
  const list = text(names.map((name) => `${name}\0`).join(""), 64 * 16);
  return Buffer.concat([head, list, index, ...chunks.map(({ chunk }) => chunk[4])]);
}
