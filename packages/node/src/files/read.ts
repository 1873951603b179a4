import { type ReadOptions, readSnapshotStream, type Snapshot, SoftfieldError } from "softfield";
import { countFrames } from "softfield/formats";
import { gzipError, plainBytes } from "./decompress.ts";
import { fileError } from "./errors.ts";

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
 * Reads one configuration from a file of any known format, compressed or not, in memory of the order of
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

/** Runs `consume` over a file's bytes, unpacked where they are compressed, and closes the file. */
async function withChunks<T>(path: string, consume: ChunkConsumer<T>): Promise<T> {
  try {
    const { chunks, complete, close } = await plainBytes(path);
    try {
      return await consume(chunks, complete);
    } finally {
      close();
    }
  } catch (cause) {
    throw gzipError(cause, path) ?? fileError(cause, path, "read");
  }
}
