import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import * as zlib from "node:zlib";
import { SoftfieldError } from "softfield";

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 18;

/** A file's bytes as they are without compression. */
export interface PlainBytes {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** A checksum was right at the end, so that nothing is missing. */
  readonly complete: boolean;
  close(): void;
}

/** How a compressed file is unpacked, by its first bytes. */
const COMPRESSIONS: readonly {
  readonly magic: readonly number[];
  readonly open: (path: string) => PlainBytes | Promise<PlainBytes>;
}[] = [
  { magic: [0x1f, 0x8b], open: gunzipped },
  { magic: [0x42, 0x5a, 0x68], open: bunzipped },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], open: unxzipped },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], open: unzstd },
];

/** Opens a file, unpacked where it is compressed by gzip (streamed), bzip2, xz or zstd (in memory). */
export async function plainBytes(path: string): Promise<PlainBytes> {
  const head = await firstBytes(path);
  const found = COMPRESSIONS.find(({ magic }) => magic.every((byte, k) => head[k] === byte));
  if (found) return await found.open(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return { chunks: file, complete: false, close: () => file.destroy() };
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const head = new Uint8Array(6);
  const info = await stat(path);
  if (info.isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
  if (!info.isFile()) return head;
  const file = await open(path);
  try {
    await file.read(head, 0, head.length, 0);
    return head;
  } finally {
    await file.close();
  }
}

function gunzipped(path: string): PlainBytes {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const gunzip = zlib.createGunzip({ chunkSize: CHUNK_BYTES });
  file.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
  return { chunks: gunzip, complete: true, close: () => file.destroy() };
}

async function bunzipped(path: string): Promise<PlainBytes> {
  const { default: bzip } = await import("seek-bzip");
  return inMemory(path, async (bytes) => [bzip.decode(bytes, undefined, true)], true);
}

async function unxzipped(path: string): Promise<PlainBytes> {
  const { default: xz } = await import("xz-decompress");
  return inMemory(
    path,
    async (bytes) => {
      const plain = new xz.XzReadableStream(new Blob([bytes]).stream() as ReadableStream<Uint8Array>);
      const pieces: Uint8Array[] = [];
      for await (const piece of plain as AsyncIterable<Uint8Array>) pieces.push(piece.slice());
      return pieces;
    },
    true,
  );
}

/** By Node where it knows zstd, and then with its checksum; else by a library that passes that over. */
async function unzstd(path: string): Promise<PlainBytes> {
  const native = (zlib as Partial<typeof zlib>).zstdDecompressSync;
  if (native) return inMemory(path, async (bytes) => [native(bytes)], true);
  const { decompress } = await import("fzstd");
  return inMemory(path, async (bytes) => [decompress(bytes)], false);
}

async function inMemory(
  path: string,
  unpack: (bytes: Buffer<ArrayBuffer>) => Promise<Uint8Array[]>,
  complete: boolean,
): Promise<PlainBytes> {
  const packed = await readFile(path);
  let pieces: Uint8Array[];
  try {
    pieces = await unpack(packed);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new SoftfieldError(
      "input",
      `${path}: the compressed file is damaged or truncated (${words}): copy it again.`,
      { file: path },
      { cause },
    );
  }
  async function* chunks() {
    yield* pieces;
  }
  return { chunks: chunks(), complete, close: () => undefined };
}

/** What zlib says of a damaged gzip stream, in words; undefined for any other error. */
export function gzipError(cause: unknown, path: string): SoftfieldError | undefined {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== "string" || !/^Z_/.test(code)) return undefined;
  const words =
    code === "Z_BUF_ERROR"
      ? "the compressed file ends too early: it is truncated, copy it again"
      : `the compressed file is damaged (${(cause as Error).message}): copy it again`;
  return new SoftfieldError("input", `${path}: ${words}.`, { file: path }, { cause });
}
