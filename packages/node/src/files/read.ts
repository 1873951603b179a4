import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import {
  countFrames,
  isGzip,
  type ReadOptions,
  readSnapshotStream,
  type Snapshot,
  SoftfieldError,
} from "softfield";
import { fileError } from "./errors.ts";

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 18;

/** Which configuration of a trajectory: its zero-based frame, or the last one. */
export type FrameChoice = number | "last";

/** What a user knows of a file and the file does not say. */
export type FileHints = Pick<ReadOptions, "atomStyle" | "box">;

/** Parses the value of `--frame`. @throws usage error unless it is a whole number from 0 or "last" */
export function parseFrameChoice(text: string): FrameChoice {
  if (text === "last") return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new SoftfieldError("usage", `--frame ${text}: give a whole number, counted from 0, or last.`, {
    field: "frame",
  });
}

/**
 * Reads one configuration from a file of any known format, gzip-compressed or not, in memory of the order of
 * one frame. `frame` defaults to the first; "last" passes over the file twice.
 *
 * @throws SoftfieldError "input" where the file can't be read or is malformed
 */
export async function readSnapshotFile(
  path: string,
  frame: FrameChoice = 0,
  hints: FileHints = {},
): Promise<Snapshot> {
  const index = frame === "last" ? (await countFramesOfFile(path, hints)) - 1 : frame;
  return await withChunks(path, (chunks, complete) =>
    readSnapshotStream(chunks, { ...hints, source: path, frame: Math.max(0, index), complete }),
  );
}

/** The number of configurations that a file holds; passes over the whole file, its particles unread. */
export async function countFramesOfFile(path: string, hints: FileHints = {}): Promise<number> {
  return await withChunks(path, (chunks, complete) =>
    countFrames(chunks, { ...hints, source: path, complete }),
  );
}

type ChunkConsumer<T> = (chunks: AsyncIterable<Uint8Array>, complete: boolean) => Promise<T>;

/** Runs `consume` over a file's bytes, decompressed where they are gzip, and closes the file. */
async function withChunks<T>(path: string, consume: ChunkConsumer<T>): Promise<T> {
  try {
    const compressed = await startsAsGzip(path);
    const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    if (!compressed) return await consume(file, false);
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
    file.on("error", (error) => gunzip.destroy(error)).pipe(gunzip);
    try {
      // The checksum at the end of a gzip stream says that nothing is missing.
      return await consume(gunzip, true);
    } finally {
      file.destroy();
    }
  } catch (cause) {
    throw gzipError(cause, path) ?? fileError(cause, path, "read");
  }
}

async function startsAsGzip(path: string): Promise<boolean> {
  const info = await stat(path);
  if (info.isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
  if (!info.isFile()) return false;
  const file = await open(path);
  try {
    const head = new Uint8Array(2);
    await file.read(head, 0, 2, 0);
    return isGzip(head);
  } finally {
    await file.close();
  }
}

function gzipError(cause: unknown, path: string): SoftfieldError | undefined {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== "string" || !/^Z_/.test(code)) return undefined;
  const words =
    code === "Z_BUF_ERROR"
      ? "the compressed file ends too early: it is truncated, copy it again"
      : `the compressed file is damaged (${(cause as Error).message}): copy it again`;
  return new SoftfieldError("input", `${path}: ${words}.`, { file: path }, { cause });
}
