import { SoftfieldError } from "../errors.ts";
import { RealParser, spelledNonFinite } from "./numbers.ts";

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
    while (at < end && bytes[at] <= 32) at++;
    this.tokenStart = at;
    while (at < end && bytes[at] > 32) at++;
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
    for (let at = this.tokenStart; at < this.tokenEnd; at++) key = key * 256 + this.bytes[at];
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
    while (last > this.start && this.bytes[last - 1] <= 32) last--;
    let first = last;
    while (first > Math.max(this.start, last - 100) && this.bytes[first - 1] > 32) first--;
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
    const nonFinite =
      spelledNonFinite(token) !== undefined || Math.abs(this.real()) === Number.POSITIVE_INFINITY;
    return nonFinite
      ? `"${shown}" is not a finite number; the run that wrote the file has failed, take an earlier frame.`
      : `"${shown}" is not a number${/^[+-]?\d+,\d+$/.test(token) ? "; write a point instead of the comma" : ""}.`;
  }
}

/** An "input" error whose message starts with the file, the line and the particle, as far as known. */
export function inputError(
  source: string,
  message: string,
  where: { line?: number | undefined; particle?: number; field?: string } = {},
): SoftfieldError {
  const { line, ...rest } = where;
  const place = [
    source,
    line === undefined ? "" : `line ${line}`,
    where.particle === undefined ? "" : `particle ${where.particle}`,
  ].filter(Boolean);
  return new SoftfieldError("input", `${place.join(", ")}: ${message}`, {
    file: source,
    line,
    ...rest,
  });
}
