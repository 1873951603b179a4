import { SoftfieldError } from "../errors.ts";
import { inputError } from "./cursor.ts";
import type { FormatReader, FrameRequest } from "./format.ts";
import { type FrameReader, LineSplitter } from "./lines.ts";
import { formats } from "./registry.ts";
import type { ReadOptions, Snapshot } from "./types.ts";

/** Bytes at the start of a file by which its format is recognised. */
const HEAD_BYTES = 1 << 16;
/** Files that are read whole are refused beyond this, which is what one array may hold. */
const MAX_WHOLE = 2 ** 31;

/**
 * Reads a snapshot from a file that arrives in chunks. Texts of lines take memory of the order of the frame read,
 * others that of the file.
 *
 * `push` chunks until it returns false or the file ends, then `finish`.
 */
export class SnapshotReader {
  readonly #request: FrameRequest;
  readonly #complete: boolean;
  /** What came before the format could be told, or all that came where the file is read whole. */
  #chunks: Uint8Array[] = [];
  #length = 0;
  #format: FormatReader | undefined;
  #reader: FrameReader | undefined;
  #lines: LineSplitter | undefined;

  constructor(options: ReadOptions = {}) {
    const { source = "input", frame = 0, ...rest } = options;
    this.#request = { ...rest, source, frame };
    this.#complete = options.complete ?? false;
    if (!Number.isSafeInteger(frame) || frame < 0) {
      throw new SoftfieldError("usage", `a frame is a whole number from 0, not ${frame}.`, {
        file: source,
        field: "frame",
      });
    }
  }

  /** Feeds the next bytes (read; may be reused by the caller afterwards); false once no more are wanted. */
  push(chunk: Uint8Array): boolean {
    if (this.#lines) return this.#lines.push(chunk);
    // A chunk that decides at once is not kept, and need not be copied.
    const first = this.#format === undefined && this.#length === 0 && chunk.length >= HEAD_BYTES;
    this.#chunks.push(first ? chunk : chunk.slice());
    this.#length += chunk.length;
    if (this.#length > MAX_WHOLE) {
      throw new SoftfieldError(
        "resource",
        `${this.#request.source}: files of this format are read up to 2 GB.`,
        {
          file: this.#request.source,
        },
      );
    }
    if (this.#format !== undefined || this.#length < HEAD_BYTES) return true;
    const more = this.#start();
    if (first && !this.#lines) this.#chunks = this.#chunks.map((kept) => kept.slice());
    return more;
  }

  /** The snapshot. @throws input error where the file is malformed, truncated or lacks the frame */
  finish(): Snapshot {
    const format = this.#end();
    return format.lines ? this.#reader!.finish() : format.read!(this.#whole(), this.#request);
  }

  /** How many frames have begun in what was pushed; the whole file's where the frame asked for is beyond its end. */
  countFrames(): number {
    const format = this.#end();
    if (format.lines) return this.#reader!.countFrames();
    return format.count?.(this.#whole(), this.#request.source) ?? 1;
  }

  #end(): FormatReader {
    if (!this.#format) this.#start();
    this.#lines?.finish(this.#complete);
    return this.#format!;
  }

  #whole(): Uint8Array {
    const [only] = this.#chunks;
    if (this.#chunks.length === 1) return only;
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [whole];
    return whole;
  }

  #start(): boolean {
    const { source, box } = this.#request;
    const bytes = this.#whole();
    const head = bytes.subarray(0, HEAD_BYTES);
    if (head.length === 0) {
      throw inputError(
        source,
        "the file is empty (0 bytes): the program that wrote it failed, or the disk was full.",
      );
    }
    this.#format = formats.readerOf(head, source);
    if (box && !this.#format.takesBox) {
      throw new SoftfieldError("usage", `${source}: the file says its own box; leave --box out.`, {
        file: source,
        field: "box",
      });
    }
    if (!this.#format.lines) return true;
    this.#chunks = [];
    this.#reader = this.#format.lines(this.#request);
    this.#lines = new LineSplitter(source, this.#reader);
    return this.#lines.push(bytes);
  }
}

/**
 * Reads one configuration from the bytes or the text of a file of any known format, which is recognised by its content. A
 * text is taken to be complete, bytes are not (see `ReadOptions`).
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

/** The number of frames of a file that arrives in chunks; particles of line formats are passed over unread. */
export async function countFrames(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: Omit<ReadOptions, "frame"> = {},
): Promise<number> {
  const reader = new SnapshotReader({ ...options, frame: Number.MAX_SAFE_INTEGER });
  for await (const chunk of chunks) if (!reader.push(chunk)) break;
  return reader.countFrames();
}
