import { SoftfieldError } from "../errors.ts";
import { ExtxyzReader } from "./extxyz.ts";
import { LammpsDataReader } from "./lammps-data.ts";
import { LammpsDumpReader } from "./lammps-dump.ts";
import { type FrameReader, joined, LineSplitter } from "./lines.ts";
import { recogniseFormat } from "./recognise.ts";
import type { ReadOptions, Snapshot, SnapshotFormat } from "./types.ts";

/** Bytes at the start of a file by which its format is recognised. */
const HEAD_BYTES = 1 << 16;

function frameReader(
  format: SnapshotFormat,
  source: string,
  wanted: number,
  options: ReadOptions,
): FrameReader {
  if (options.box && format !== "extxyz") {
    throw new SoftfieldError("usage", `${source}: the file says its own box; leave --box out.`, {
      file: source,
      field: "box",
    });
  }
  switch (format) {
    case "extxyz":
      return new ExtxyzReader(source, wanted, options.box);
    case "lammps-data":
      return new LammpsDataReader(source, wanted, options.atomStyle);
    case "lammps-dump":
      return new LammpsDumpReader(source, wanted);
  }
}

/**
 * Reads a snapshot from a file that arrives in chunks, in memory of the order of the frame read.
 *
 * `push` chunks until it returns false or the file ends, then `finish`.
 */
export class SnapshotReader {
  readonly #source: string;
  readonly #frame: number;
  readonly #complete: boolean;
  readonly #options: ReadOptions;
  /** What came before the format could be told. */
  #head: Uint8Array = new Uint8Array(0);
  #reader: FrameReader | undefined;
  #lines: LineSplitter | undefined;

  constructor(options: ReadOptions = {}) {
    this.#source = options.source ?? "input";
    this.#frame = options.frame ?? 0;
    this.#complete = options.complete ?? false;
    this.#options = options;
    if (!Number.isSafeInteger(this.#frame) || this.#frame < 0) {
      throw new SoftfieldError("usage", `a frame is a whole number from 0, not ${options.frame}.`, {
        file: this.#source,
        field: "frame",
      });
    }
  }

  /** Feeds the next bytes (read; may be reused by the caller afterwards); false once no more are wanted. */
  push(chunk: Uint8Array): boolean {
    if (this.#lines) return this.#lines.push(chunk);
    this.#head = this.#head.length === 0 && chunk.length >= HEAD_BYTES ? chunk : joined(this.#head, chunk);
    return this.#head.length < HEAD_BYTES || this.#start();
  }

  /** The snapshot. @throws input error where the file is malformed, truncated or lacks the frame */
  finish(): Snapshot {
    return this.#end().finish();
  }

  /** How many frames have begun in what was pushed; the whole file's where the frame asked for is beyond its end. */
  countFrames(): number {
    return this.#end().countFrames();
  }

  #end(): FrameReader {
    if (!this.#lines) this.#start();
    this.#lines!.finish(this.#complete);
    return this.#reader!;
  }

  #start(): boolean {
    const head = this.#head;
    this.#head = new Uint8Array(0);
    const format = recogniseFormat(head.subarray(0, HEAD_BYTES), this.#source);
    this.#reader = frameReader(format, this.#source, this.#frame, this.#options);
    this.#lines = new LineSplitter(this.#source, this.#reader);
    return this.#lines.push(head);
  }
}

/**
 * Reads one configuration from the bytes or the text of an extended XYZ, LAMMPS data or LAMMPS dump file;
 * the format is recognised by its content. A text is taken to be complete, bytes are not (see `ReadOptions`).
 *
 * @throws SoftfieldError "input" naming file, line and particle
 */
export function readSnapshot(content: Uint8Array | string, options: ReadOptions = {}): Snapshot {
  const text = typeof content === "string";
  const reader = new SnapshotReader({ complete: text, ...options });
  reader.push(text ? new TextEncoder().encode(content) : content);
  return reader.finish();
}

/** As `readSnapshot`, for a file that arrives in chunks; the stream is left as soon as the frame is read. */
export async function readSnapshotStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): Promise<Snapshot> {
  const reader = new SnapshotReader(options);
  for await (const chunk of chunks) if (!reader.push(chunk)) break;
  return reader.finish();
}

/** The number of frames of a file that arrives in chunks; its particles are passed over unread. */
export async function countFrames(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: Omit<ReadOptions, "frame"> = {},
): Promise<number> {
  const reader = new SnapshotReader({ ...options, frame: Number.MAX_SAFE_INTEGER });
  for await (const chunk of chunks) if (!reader.push(chunk)) break;
  return reader.countFrames();
}
