import { SoftfieldError } from "../errors.ts";
import { RealParser, spellsNonFinite } from "./numbers.ts";
import type { Snapshot } from "./types.ts";

/** No sane line of a configuration is longer; what is, is not a text of lines. */
const LONGEST_LINE = 1 << 20;

const NEWLINE = 10;
const HASH = 35;
const utf8 = new TextDecoder("utf-8");

/** One line of a file as bytes, read token by token without making strings. Reused from line to line. */
export class LineCursor {
  readonly source: string;
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** 1-based. */
  line = 0;
  tokenStart = 0;
  tokenEnd = 0;
  readonly #reals = new RealParser();

  constructor(source: string) {
    this.source = source;
  }

  set(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.tokenEnd = start;
  }

  /** Moves to the next token (a run of bytes above the space); false at the end of the line. */
  next(): boolean {
    const { bytes, end } = this;
    let at = this.tokenEnd;
    while (at < end && bytes[at]! <= 32) at++;
    this.tokenStart = at;
    while (at < end && bytes[at]! > 32) at++;
    this.tokenEnd = at;
    return at > this.tokenStart;
  }

  /** Rewinds to before the first token. */
  rewind(): void {
    this.tokenEnd = this.start;
  }

  /** Whether the line holds nothing but blanks. */
  isBlank(): boolean {
    this.rewind();
    const blank = !this.next();
    this.rewind();
    return blank;
  }

  /** Significant digits of the number last read. */
  get digits(): number {
    return this.#reals.digits;
  }

  /** Up to four bytes of the current token as one number that tells it from all other short tokens; −1 if longer. */
  shortKey(): number {
    if (this.tokenEnd - this.tokenStart > 4) return -1;
    let key = 0;
    for (let at = this.tokenStart; at < this.tokenEnd; at++) key = key * 256 + this.bytes[at]!;
    return key;
  }

  /** The current token as a real number, NaN where it is none. */
  real(): number {
    return this.#reals.parse(this.bytes, this.tokenStart, this.tokenEnd);
  }

  /** The line as text. */
  text(): string {
    return utf8.decode(this.bytes.subarray(this.start, this.end));
  }

  tokenText(): string {
    return utf8.decode(this.bytes.subarray(this.tokenStart, this.tokenEnd));
  }

  /** The start of the line, for messages. */
  preview(): string {
    const text = this.text().trim();
    return text.length > 40 ? `${text.slice(0, 40)}…` : text;
  }

  /** Ends the line before a "#". */
  stripComment(): void {
    for (let at = this.start; at < this.end; at++) if (this.bytes[at] === HASH) this.end = at;
  }

  /** The last token of the line as text, at most a hundred characters of it. */
  lastToken(): string {
    let last = this.end;
    while (last > this.start && this.bytes[last - 1]! <= 32) last--;
    let first = last;
    while (first > Math.max(this.start, last - 100) && this.bytes[first - 1]! > 32) first--;
    return utf8.decode(this.bytes.subarray(first, last));
  }

  /** All tokens of the line as texts. */
  tokens(): string[] {
    const tokens: string[] = [];
    this.rewind();
    while (this.next()) tokens.push(this.tokenText());
    this.rewind();
    return tokens;
  }

  /** An error at this line. */
  error(message: string, where: { particle?: number; field?: string } = {}): SoftfieldError {
    return inputError(this.source, message, { line: this.line, ...where });
  }

  /** What is wrong with the current token, which should be a finite number. */
  numberFlaw(): string {
    const token = this.tokenText();
    const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token;
    const nonFinite = spellsNonFinite(token) || Math.abs(this.real()) === Number.POSITIVE_INFINITY;
    return nonFinite
      ? `"${shown}" is not a finite number; the run that wrote the file has failed, take an earlier frame.`
      : `"${shown}" is not a number${/^[+-]?\d+,\d+$/.test(token) ? "; write a point instead of the comma" : ""}.`;
  }
}

/** An "input" error whose message starts with the file, the line and the particle, as far as known. */
export function inputError(
  source: string,
  message: string,
  where: { line?: number; particle?: number; field?: string } = {},
): SoftfieldError {
  const place = [
    source,
    where.line === undefined ? "" : `line ${where.line}`,
    where.particle === undefined ? "" : `particle ${where.particle}`,
  ].filter(Boolean);
  return new SoftfieldError("input", `${place.join(", ")}: ${message}`, { file: source, ...where });
}

/** What a `LineSplitter` hands its lines to. */
export interface LineSink {
  /** Takes one line, without its line break. */
  line(cursor: LineCursor): void;
  /** How many of the coming lines the sink does not want to see; the splitter counts it down. */
  skip: number;
  /** The sink has all that it wants. */
  readonly done: boolean;
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
    if (!complete && !this.#looksWhole(this.#cursor.lastToken())) {
      throw this.#cursor.error(
        "the file ends within this line, so its last number may be cut off: copy the file again. " +
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
    if (decimals(token) > 0 && decimals(token) >= decimals(this.#lastToken)) return true;
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
