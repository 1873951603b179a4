import type { SoftfieldError } from "../errors.ts";
import { LineCursor } from "./cursor.ts";
import type { Snapshot } from "./types.ts";

/** No sane line of a configuration is longer; what is, is not a text of lines. */
const LONGEST_LINE = 1 << 20;

const NEWLINE = 10;

/** What a `LineSplitter` hands its lines to. */
export interface LineSink {
  /** Takes one line, without its line break. */
  line(cursor: LineCursor): void;
  /** How many of the coming lines the sink does not want to see; the splitter counts it down. */
  skip: number;
  /** The sink has all that it wants. */
  readonly done: boolean;
  /** Whether the word that ends the file without a line break is surely whole, so that nothing more needs to be known. */
  endsWhole?(word: string): boolean;
}

/** Takes the lines of a file and gives the snapshot of the wanted frame. */
export interface FrameReader extends LineSink {
  /** Frames begun so far. @throws input error where the last of them was to be skipped and is cut off */
  countFrames(): number;
  /** The snapshot, once all lines came. */
  finish(): Snapshot;
}

/** A decimal number without exponent; cutting digits off its end changes it little if it is long. */
const PLAIN_DECIMAL = /^[+-]?\d*\.\d+$/;
/** Such a number of so many characters holds at least ten digits. */
const LONG_NUMBER = 12;
/** Full-precision numbers of one column differ this much in length by sign, magnitude and trailing zeros. */
const LENGTH_SPREAD = 3;

/** Cuts a stream of byte chunks into lines; the CR of CRLF stays and counts as blank. Memory: one chunk and one line. */
export class LineSplitter {
  readonly #cursor: LineCursor;
  readonly #sink: LineSink;
  #carry: Uint8Array = new Uint8Array(0);
  /** The last token of the last whole line of the chunks so far. */
  #lastToken = "";

  constructor(source: string, sink: LineSink) {
    this.#cursor = new LineCursor(source);
    this.#sink = sink;
  }

  /** Feeds one chunk (not kept, not changed); false once the sink is done. */
  push(chunk: Uint8Array): boolean {
    const sink = this.#sink;
    let at = 0;
    while (!sink.done) {
      const newline = chunk.indexOf(NEWLINE, at);
      if (newline < 0) {
        this.#keep(chunk, at);
        break;
      }
      if (this.#carry.length > 0) {
        const line = joined(this.#carry, chunk.subarray(at, newline));
        this.#carry = new Uint8Array(0);
        this.#emit(line, 0, line.length);
      } else this.#emit(chunk, at, newline);
      at = newline + 1;
    }
    if (at > 0) this.#lastToken = this.#cursor.lastToken();
    return !sink.done;
  }

  /**
   * The end of the stream. A last line without a line break is handed on if the caller knows that the file is
   * `complete`, or if nothing that matters can be missing: its last token equals that of the line before, has as
   * many decimals, or is a number of full length. Otherwise that number may be cut off, and the line is refused.
   */
  finish(complete: boolean): void {
    const rest = this.#carry;
    if (this.#sink.done || rest.length === 0) return;
    this.#cursor.line++;
    this.#cursor.set(rest, 0, rest.length);
    if (this.#cursor.isBlank()) return;
    const last = this.#cursor.lastToken();
    if (!complete && !this.#looksWhole(last) && !this.#sink.endsWhole?.(last)) {
      throw this.#cursor.error(
        `the file ends within this line, so its last ${/^[+-.\d]/.test(last) ? "number" : "word"} may be cut off: copy the file again. ` +
          "If it is complete, end its last line with a line break.",
      );
    }
    this.#cursor.line--;
    this.#carry = new Uint8Array(0);
    this.#emit(rest, 0, rest.length);
  }

  #emit(bytes: Uint8Array, start: number, end: number): void {
    const cursor = this.#cursor;
    cursor.line++;
    if (this.#sink.skip > 0) {
      this.#sink.skip--;
      return;
    }
    if (cursor.line === 1 && end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb)
      start += 3;
    if (end - start > LONGEST_LINE) throw tooLong(cursor);
    cursor.set(bytes, start, end);
    this.#sink.line(cursor);
  }

  #looksWhole(token: string): boolean {
    if (token === this.#lastToken) return true;
    const decimals = (number: string) => (PLAIN_DECIMAL.test(number) ? number.split(".")[1]?.length : 0) ?? 0;
    const before = decimals(this.#lastToken);
    if (before > 0 && decimals(token) >= before) return true;
    return (
      PLAIN_DECIMAL.test(token) &&
      token.length >= Math.max(LONG_NUMBER, this.#lastToken.length - LENGTH_SPREAD)
    );
  }

  #keep(chunk: Uint8Array, at: number): void {
    if (this.#carry.length + chunk.length - at > LONGEST_LINE) {
      this.#cursor.line++;
      throw tooLong(this.#cursor);
    }
    this.#carry = joined(this.#carry, chunk.subarray(at));
  }
}

function tooLong(cursor: LineCursor): SoftfieldError {
  return cursor.error("this line is longer than a megabyte: this is not a text file of lines.");
}

/** The bytes of a followed by those of b, as a copy. */
export function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
