import { inputError } from "./cursor.ts";
import type { FrameRequest } from "./format.ts";
import { noSuchFrame } from "./particles.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { ParticleColumn, Snapshot } from "./types.ts";

/** The first eight bytes of a GSD file, little-endian. */
export const GSD_MAGIC = [0xdf, 0x65, 0xdf, 0x65, 0xdf, 0x65, 0xdf, 0x65];
export const GSD_HEADER_BYTES = 256;
export const GSD_ENTRY_BYTES = 32;
export const GSD_NAME_BYTES = 64;

/** GSD's numbers of types, with their sizes and readers. */
const TYPES: Readonly<Record<number, readonly [number, (view: DataView, at: number) => number]>> = {
  1: [1, (view, at) => view.getUint8(at)],
  2: [2, (view, at) => view.getUint16(at, true)],
  3: [4, (view, at) => view.getUint32(at, true)],
  4: [8, (view, at) => Number(view.getBigUint64(at, true))],
  5: [1, (view, at) => view.getInt8(at)],
  6: [2, (view, at) => view.getInt16(at, true)],
  7: [4, (view, at) => view.getInt32(at, true)],
  8: [8, (view, at) => Number(view.getBigInt64(at, true))],
  9: [4, (view, at) => view.getFloat32(at, true)],
  10: [8, (view, at) => view.getFloat64(at, true)],
  11: [1, (view, at) => view.getUint8(at)],
};
const SINGLE = 9;

interface Chunk {
  readonly rows: number;
  readonly width: number;
  readonly type: number;
  readonly location: number;
}

/** Digits that single precision holds. */
const SINGLE_DIGITS = 7;

export function isGsd(head: Uint8Array): boolean {
  return GSD_MAGIC.every((byte, k) => head[k] === byte);
}

/** The number of frames of a GSD file. */
export function countGsdFrames(bytes: Uint8Array, source: string): number {
  return new GsdFile(bytes, source).frames;
}

/**
 * Reads a frame of a GSD file, versions 1 and 2, of HOOMD's schema: what a frame does not hold is that of frame 0, what
 * that does not hold either has the schema's default. The box is centred on the origin.
 */
export function readGsd(bytes: Uint8Array, request: FrameRequest): Snapshot {
  const { source, frame } = request;
  const file = new GsdFile(bytes, source);
  if (frame >= file.frames) throw noSuchFrame(source, frame, file.frames);
  const counted = file.numbers(frame, "particles/N", 1)?.[0];
  if (counted === undefined) throw inputError(source, `frame ${frame} holds no particles.`);
  const count = counted;
  const [lx, ly, lz, xy, xz, yz] = file.numbers(frame, "configuration/box", 6) ?? [1, 1, 1, 0, 0, 0];
  const dimensions = file.numbers(frame, "configuration/dimensions", 1)?.[0];
  const given = file.particles(frame, "particles/position", count, 3);
  if (!given) throw inputError(source, `frame ${frame} holds no positions.`);
  // Files of two dimensions, by their own word or by a box without height, may have any Lz.
  const planar = dimensions === 2 || lz === 0;
  const height = planar && !(lz > 0) ? 1 : lz;
  const vectors = [lx, 0, 0, xy * ly, ly, 0, xz * height, yz * height, height];
  const typeid = file.particles(frame, "particles/typeid", count, 1) ?? new Float64Array(count);
  const names = file.names(frame) ?? ["A"];
  const stray = typeid.find((t) => !(t < names.length));
  if (stray !== undefined)
    throw inputError(source, `frame ${frame} has a particle of type ${stray}, and ${names.length} types.`);
  const columns = new Map<string, ParticleColumn>();
  for (const name of file.columns(count)) {
    const values = file.particles(frame, name, count);
    if (values) columns.set(name.replace(/^(particles|log\/particles)\//, ""), values);
  }
  return snapshotOf(request, {
    format: "gsd",
    dimension: 3,
    vectors,
    origin: [0, 1, 2].map((c) => -(vectors[c] + vectors[3 + c] + vectors[6 + c]) / 2),
    periodic: [true, true, !planar],
    positions: given,
    species: { names, index: Int32Array.from(typeid) },
    velocities: file.particles(frame, "particles/velocity", count, 3),
    columns,
    timestep: file.numbers(frame, "configuration/step", 1)?.[0],
    hasMoreFrames: frame + 1 < file.frames,
    digits: file.isSingle(frame, "particles/position") ? SINGLE_DIGITS : 17,
  });
}

/** The index of a GSD file: which chunk of which frame stands where. */
class GsdFile {
  readonly #view: DataView;
  readonly #source: string;
  readonly #chunks = new Map<string, Chunk>();
  readonly #names: string[];
  frames = 0;

  constructor(bytes: Uint8Array, source: string) {
    this.#source = source;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.length < GSD_HEADER_BYTES) throw this.#truncated();
    const long = (at: number) => Number(this.#view.getBigUint64(at, true));
    const [indexAt, indexSlots, namesAt, nameSlots] = [long(8), long(16), long(24), long(32)];
    const version = this.#view.getUint32(44, true) >>> 16;
    if (version !== 1 && version !== 2)
      throw inputError(source, `is a GSD file of version ${version}; 1 and 2 are read.`);
    const schema = textOf(bytes.subarray(112, 176));
    if (schema !== "hoomd") throw inputError(source, `is a GSD file of schema "${schema}", not hoomd.`);
    this.#require(namesAt, nameSlots * GSD_NAME_BYTES);
    this.#require(indexAt, indexSlots * GSD_ENTRY_BYTES);
    const list = bytes.subarray(namesAt, namesAt + nameSlots * GSD_NAME_BYTES);
    // Version 1 pads each name to 64 bytes, version 2 packs them; zeros end them in both.
    this.#names = new TextDecoder()
      .decode(list)
      .split("\0")
      .filter((name) => name !== "");
    for (let slot = 0; slot < indexSlots; slot++) this.#entry(indexAt + slot * GSD_ENTRY_BYTES, long);
    if (this.frames === 0) throw inputError(source, "the GSD file holds no frame.");
  }

  #entry(at: number, long: (at: number) => number): void {
    const location = long(at + 16);
    if (location === 0) return;
    const name = this.#names[this.#view.getUint16(at + 28, true)];
    const frame = long(at);
    const chunk = {
      rows: long(at + 8),
      location,
      width: this.#view.getUint32(at + 24, true),
      type: this.#view.getUint8(at + 30),
    };
    const size = TYPES[chunk.type]?.[0];
    if (name === undefined || size === undefined || !Number.isSafeInteger(frame))
      throw inputError(this.#source, "the index of the GSD file is damaged: copy the file again.");
    this.#require(location, chunk.rows * chunk.width * size);
    this.#chunks.set(`${frame} ${name}`, chunk);
    this.frames = Math.max(this.frames, frame + 1);
  }

  /** A chunk of the frame, or else of frame 0. */
  #chunk(frame: number, name: string): Chunk | undefined {
    return this.#chunks.get(`${frame} ${name}`) ?? this.#chunks.get(`0 ${name}`);
  }

  #read({ rows, width, type, location }: Chunk): Float64Array {
    const [size, read] = TYPES[type];
    return Float64Array.from({ length: rows * width }, (_, k) => read(this.#view, location + k * size));
  }

  /** The values of a chunk that must hold so many. */
  numbers(frame: number, name: string, length: number): Float64Array | undefined {
    const chunk = this.#chunk(frame, name);
    if (!chunk) return undefined;
    if (chunk.rows * chunk.width !== length) throw this.#misfit(frame, name, chunk, length);
    return this.#read(chunk);
  }

  /** The values of a chunk of so many particles; frame 0's only where it has as many. */
  particles(frame: number, name: string, count: number, width: number): Float64Array | undefined;
  particles(frame: number, name: string, count: number): ParticleColumn | undefined;
  particles(
    frame: number,
    name: string,
    count: number,
    width?: number,
  ): Float64Array | ParticleColumn | undefined {
    const own = this.#chunks.get(`${frame} ${name}`);
    const chunk = own ?? this.#chunk(frame, name);
    if (!chunk || (!own && chunk.rows !== count)) return undefined;
    if (chunk.rows !== count || (width !== undefined && chunk.width !== width))
      throw this.#misfit(frame, name, chunk, count * (width ?? chunk.width));
    const values = this.#read(chunk);
    return width === undefined ? { width: chunk.width, values } : values;
  }

  /** Names of per-particle chunks beyond those that have a meaning of their own. */
  columns(count: number): string[] {
    const own = ["position", "velocity", "typeid", "types", "N", "type_shapes"].map(
      (name) => `particles/${name}`,
    );
    return this.#names.filter(
      (name) => /^(log\/)?particles\//.test(name) && !own.includes(name) && count > 0,
    );
  }

  /** Names of the types, as rows of padded characters. */
  names(frame: number): string[] | undefined {
    const chunk = this.#chunk(frame, "particles/types");
    if (!chunk) return undefined;
    const { rows, width, location } = chunk;
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + location, rows * width);
    return Array.from({ length: rows }, (_, k) => textOf(bytes.subarray(k * width, (k + 1) * width)));
  }

  isSingle(frame: number, name: string): boolean {
    return this.#chunk(frame, name)?.type === SINGLE;
  }

  #require(at: number, length: number): void {
    if (!(at >= 0 && length >= 0 && at + length <= this.#view.byteLength)) throw this.#truncated();
  }

  #truncated(): Error {
    return inputError(
      this.#source,
      "the GSD file ends before what its index names: it is truncated, copy it again.",
    );
  }

  #misfit(frame: number, name: string, { rows, width }: Chunk, wanted: number): Error {
    return inputError(
      this.#source,
      `frame ${frame}: ${name} holds ${rows} × ${width} values where ${wanted} are due.`,
      { field: name },
    );
  }
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
