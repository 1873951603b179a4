import { SoftfieldError } from "../errors.ts";

/** A named typed array of a checkpoint. */
export type CheckpointArray = Float64Array | Int32Array;

/** What a checkpoint holds: a header that JSON can hold, and arrays by name. */
export interface CheckpointContent {
  readonly header: Readonly<Record<string, unknown>>;
  readonly arrays: Readonly<Record<string, CheckpointArray>>;
}

/** "softfck" and a format number. */
const MAGIC = Uint8Array.of(0x73, 0x6f, 0x66, 0x74, 0x66, 0x63, 0x6b, 1);

interface Entry {
  readonly name: string;
  readonly type: "f64" | "i32";
  readonly length: number;
}

/** Bytes of a checkpoint: magic, length of the header, header, arrays (little-endian, at multiples of 8), CRC-32. */
export function encodeCheckpoint({ header, arrays }: CheckpointContent): Uint8Array {
  const entries: Entry[] = Object.entries(arrays).map(([name, array]) => ({
    name,
    type: array instanceof Float64Array ? "f64" : "i32",
    length: array.length,
  }));
  const head = new TextEncoder().encode(JSON.stringify({ header, entries }));
  const parts = [MAGIC, Uint8Array.of(...wordBytes(head.length), 0, 0, 0, 0), padded(head)];
  for (const array of Object.values(arrays)) {
    parts.push(padded(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)));
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes = new Uint8Array(length + 4);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  bytes.set(wordBytes(crc32(bytes.subarray(0, length))), length);
  return bytes;
}

/** Throws "input" with what is wrong where the bytes are no whole checkpoint of this format. */
export function decodeCheckpoint(bytes: Uint8Array): CheckpointContent {
  if (bytes.length < 20 || MAGIC.some((byte, k) => bytes[k] !== byte)) {
    throw corrupt("it is no checkpoint of this version of softfield");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - 4;
  if (view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) {
    throw corrupt("its checksum does not match: it is truncated or was changed");
  }
  const headLength = view.getUint32(8, true);
  const { header, entries } = JSON.parse(new TextDecoder().decode(bytes.subarray(16, 16 + headLength))) as {
    header: Record<string, unknown>;
    entries: Entry[];
  };
  const arrays: Record<string, CheckpointArray> = {};
  let at = 16 + multipleOf8(headLength);
  for (const { name, type, length } of entries) {
    const size = length * (type === "f64" ? 8 : 4);
    // A copy, since the bytes need not lie at a multiple of 8; not by slice, which in Node's Buffer copies nothing.
    const { buffer } = new Uint8Array(bytes.subarray(at, at + size));
    arrays[name] = type === "f64" ? new Float64Array(buffer) : new Int32Array(buffer);
    at += multipleOf8(size);
  }
  return { header, arrays };
}

/** Whether two values are the same as JSON, in whatever order their fields were given: of what makes a run this one. */
export function sameRun(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function corrupt(why: string): SoftfieldError {
  return new SoftfieldError("input", `the checkpoint cannot be used: ${why}; start anew without it`);
}

function multipleOf8(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(multipleOf8(bytes.length));
  whole.set(bytes);
  return whole;
}

function wordBytes(word: number): [number, number, number, number] {
  return [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24];
}

/** CRC-32 (ISO 3309), polynomial 0xEDB88320. */
function crc32(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
