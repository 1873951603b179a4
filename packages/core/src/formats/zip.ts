import { inflateSync } from "fflate";
import { SoftfieldError } from "../errors.ts";
import { inputError } from "./cursor.ts";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
/** A file that unpacks to more than this is no configuration. */
const LARGEST = 2 ** 31;

/** Remainders of the checksum CRC-32 (polynomial EDB88320). */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (let k = 0; k < bytes.length; k++) c = CRC[(c ^ bytes[k]) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/**
 * The files of a zip archive by their names, stored or deflated, each held against its checksum.
 *
 * @throws input error for an archive that is damaged, truncated or packed in another way
 */
export function unzipped(bytes: Uint8Array, source: string): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = () => inputError(source, "the zip archive is damaged or truncated: copy the file again.");
  const files = new Map<string, Uint8Array>();
  try {
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== END) end--;
    if (end < 0) throw damaged();
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    for (let k = 0; k < count; k++) {
      if (view.getUint32(at, true) !== ENTRY) throw damaged();
      const method = view.getUint16(at + 10, true);
      const crc = view.getUint32(at + 16, true);
      const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
      const local = view.getUint32(at + 42, true);
      const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const localName = new TextDecoder().decode(
        bytes.subarray(local + 30, local + 30 + view.getUint16(local + 26, true)),
      );
      if (localName !== name || start + packed > bytes.length || size > LARGEST) throw damaged();
      if (method !== STORED && method !== DEFLATED) {
        throw inputError(
          source,
          `${name} is packed by method ${method}; stored and deflated files are read.`,
        );
      }
      const data = bytes.subarray(start, start + packed);
      const file = method === STORED ? data : inflateSync(data, { out: new Uint8Array(size) });
      if (file.length !== size || crc32(file) !== crc) throw damaged();
      files.set(name, file);
      at += 46 + nameLength + extra + comment;
    }
  } catch (cause) {
    if (cause instanceof SoftfieldError) throw cause;
    // A place beyond the end, or what the decompressor says.
    throw damaged();
  }
  return files;
}
