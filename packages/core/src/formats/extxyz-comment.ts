import type { InfoValue } from "./types.ts";

/** A flaw of a comment line; `at` is the 1-based character. */
export class CommentFlaw {
  readonly message: string;
  readonly at: number;
  constructor(message: string, at: number) {
    this.message = message;
    this.at = at;
  }
}

type Scalar = string | number | boolean;

/**
 * Parses the key=value pairs of an extended XYZ comment line.
 *
 * Values are bare words, "quoted" (or 'quoted') texts with backslash escapes, new-style arrays [1, 2, 3] or
 * [[1, 0], [0, 1]], or old-style arrays {1 2 3}; a key without a value is true. Numbers and logicals
 * (T, F, true, false) become such; a quoted text of several numbers becomes a vector, as ASE does.
 * The later of two equal keys wins.
 */
export function parseComment(text: string): Map<string, InfoValue> | CommentFlaw {
  const pairs = new Map<string, InfoValue>();
  const scanner = new Scanner(text);
  try {
    for (scanner.blanks(); !scanner.ended; scanner.blanks()) {
      const key = scanner.peek() === '"' ? scanner.quoted() : scanner.word(/[^\s=]/);
      scanner.blanks();
      if (scanner.peek() !== "=") {
        if (key !== "") pairs.set(key, true);
        continue;
      }
      if (key === "") return new CommentFlaw("a key is missing before '='", scanner.at + 1);
      scanner.at++;
      scanner.blanks();
      pairs.set(key, scanner.value());
    }
  } catch (flaw) {
    if (flaw instanceof CommentFlaw) return flaw;
    throw flaw;
  }
  return pairs;
}

class Scanner {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text[this.at] ?? "";
  }

  blanks(): void {
    while (!this.ended && /\s/.test(this.peek())) this.at++;
  }

  word(allowed: RegExp): string {
    const start = this.at;
    while (!this.ended && allowed.test(this.peek())) this.at++;
    return this.text.slice(start, this.at);
  }

  quoted(): string {
    const quote = this.peek();
    const start = this.at++;
    let content = "";
    for (; !this.ended; this.at++) {
      const letter = this.peek();
      if (letter === quote) {
        this.at++;
        return content;
      }
      if (letter === "\\") {
        this.at++;
        content += this.peek() === "n" ? "\n" : this.peek();
      } else content += letter;
    }
    throw new CommentFlaw(`a quote (${quote}) is opened and never closed`, start + 1);
  }

  value(): InfoValue {
    const opening = this.peek();
    // ASE takes the other quotes, too; an apostrophe may also begin a bare word.
    const closed = /^'[^']*'(\s|$)/.test(this.text.slice(this.at));
    if (opening === '"' || (opening === "'" && closed)) return unquoted(this.quoted());
    if (opening === "{") {
      const items = this.#scalars("}");
      return items.length === 1 ? items[0] : items;
    }
    return opening === "[" ? this.#array() : scalar(this.word(/\S/));
  }

  /** [a, b, c] or [[…], […]]. */
  #array(): InfoValue {
    const start = this.at;
    this.at++;
    this.#gap();
    if (this.peek() !== "[") {
      this.at = start;
      return this.#scalars("]");
    }
    const rows: Scalar[][] = [];
    for (; this.peek() === "["; this.#gap()) rows.push(this.#scalars("]"));
    if (this.peek() !== "]") throw new CommentFlaw("a bracket is opened and never closed by ]", start + 1);
    this.at++;
    return rows;
  }

  /** Quoted texts and bare words up to the closing bracket of the one here. */
  #scalars(closing: "}" | "]"): Scalar[] {
    const start = this.at++;
    const items: Scalar[] = [];
    for (this.#gap(); this.peek() !== closing; this.#gap()) {
      if (this.ended) throw new CommentFlaw(`a bracket is opened and never closed by ${closing}`, start + 1);
      items.push(
        this.peek() === '"' ? this.quoted() : scalar(this.word(closing === "]" ? /[^\s,\]]/ : /[^\s,}]/)),
      );
    }
    this.at++;
    return items;
  }

  #gap(): void {
    while (!this.ended && /[\s,]/.test(this.peek())) this.at++;
  }
}

/** Numbers or logicals in quotes are a vector, as Lattice="…" is; all else stays a text. */
function unquoted(content: string): InfoValue {
  const items = content
    .split(/[\s,]+/)
    .filter((token) => token !== "")
    .map(scalar);
  const first = typeof items[0];
  const uniform = items.length > 0 && first !== "string" && items.every((item) => typeof item === first);
  if (!uniform) return content;
  return items.length === 1 ? items[0] : items;
}

function scalar(token: string): Scalar {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/.test(token)) return Number(token.replace(/[dD]/, "e"));
  if (/^(T|True|TRUE|true)$/.test(token)) return true;
  if (/^(F|False|FALSE|false)$/.test(token)) return false;
  return token;
}
