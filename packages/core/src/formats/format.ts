import type { Frame } from "./frame.ts";
import type { FrameReader } from "./lines.ts";
import type { ReadOptions, Snapshot } from "./types.ts";

/** What a reader is asked for: one frame of one file. */
export interface FrameRequest extends Omit<ReadOptions, "source" | "frame"> {
  /** Name of the file, for messages. */
  readonly source: string;
  /** Zero-based. */
  readonly frame: number;
}

/** A format that configurations are read from: told by a file's first bytes, read whole or line by line. */
export interface FormatReader {
  /** Short name, as in a summary: "gsd". */
  readonly name: string;
  /** For people: "GSD (HOOMD-blue)". */
  readonly label: string;
  /**
   * Whether a file is of this format. The text is what the first bytes say as UTF-8; `source` is the file's name, a hint
   * where contents leave doubt.
   */
  detect(head: Uint8Array, source: string, text: string): boolean;
  /** Reads one frame of a file that stands in memory. @throws SoftfieldError "input" with the place, for any flaw */
  read?(bytes: Uint8Array, request: FrameRequest): Snapshot;
  /** The number of frames of such a file; without it, one. */
  count?(bytes: Uint8Array, source: string): number;
  /** Files are not text: asked before what is plainly no text is refused. */
  readonly binary?: boolean;
  /** Takes the edges of the box from the caller, since the file may not say them. */
  readonly takesBox?: boolean;
  /** In place of `read`: takes the lines of a file of any length one by one. */
  lines?(request: FrameRequest): FrameReader;
}

/** A format that configurations are written to, chosen by the ending of a file's name. */
export interface FormatWriter {
  readonly name: string;
  readonly label: string;
  /** With the point, in lower case: ".gsd". A file of exactly the name in capitals (POSCAR) is also an ending. */
  readonly endings: readonly string[];
  /** Whether it holds per-particle columns. */
  readonly columns: boolean;
  /** Not a text. */
  readonly binary?: boolean;
  /** The file in pieces, texts or bytes. */
  write(frame: Frame): Iterable<string | Uint8Array>;
}
