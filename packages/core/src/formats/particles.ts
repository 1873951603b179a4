import { SoftfieldError } from "../errors.ts";
import { inputError, type LineCursor } from "./cursor.ts";
import { spelledNonFinite } from "./numbers.ts";
import type { ParticleColumn } from "./types.ts";

/** How the tokens of one declared column are read. */
export type ColumnKind = "coordinate" | "real" | "integer" | "logical" | "species" | "ignored";

/** One declared column of the particle rows. */
export interface ColumnPlan {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly width: number;
}

const FIRST_CAPACITY = 4096;

/** Reads particle rows column by column into arrays that grow with the rows that really come. */
export class ParticleTable {
  readonly plans: readonly ColumnPlan[];
  /** Rows that the file announces. */
  readonly expected: number;
  /** Rows read so far. */
  count = 0;
  /** Most significant digits seen in a column of kind "coordinate". */
  digits = 0;
  firstLine = 0;
  #capacity: number;
  #values: Float64Array[];
  readonly #names = new Map<string, number>();
  /** The same by `LineCursor.shortKey`, which spares making a string a row. */
  readonly #shortNames = new Map<number, number>();
  readonly #tokensPerRow: number;

  constructor(plans: readonly ColumnPlan[], expected: number) {
    this.plans = plans;
    this.expected = expected;
    this.#capacity = Math.max(1, Math.min(expected, FIRST_CAPACITY));
    this.#values = plans.map((plan) => new Float64Array(this.#capacity * plan.width));
    this.#tokensPerRow = plans.reduce((sum, plan) => sum + plan.width, 0);
  }

  get full(): boolean {
    return this.count === this.expected;
  }

  /** Texts of the "species" column in order of first appearance; the column holds indices into them. */
  get names(): string[] {
    return [...this.#names.keys()];
  }

  /** Reads the cursor's line as the next row. */
  read(cursor: LineCursor): void {
    if (this.count === 0) this.firstLine = cursor.line;
    if (this.count === this.#capacity) this.#grow(cursor);
    const { plans, count } = this;
    for (let p = 0; p < plans.length; p++) {
      const { kind, width, name } = plans[p];
      const values = this.#values[p];
      for (let k = 0; k < width; k++) {
        if (!cursor.next()) throw this.#shortRow(cursor);
        values[count * width + k] = this.#value(cursor, kind, name);
      }
    }
    if (cursor.next()) throw this.#rowError(cursor, `${this.#columnsOf(cursor)}.`);
    this.count++;
  }

  /**
   * Whether a word that ends the last row is whole for certain: it names a species or a type that came before, and none
   * that came begins with it and goes on.
   */
  endsWhole(word: string): boolean {
    const last = this.plans[this.plans.length - 1];
    const labels =
      last.kind === "species"
        ? this.names
        : last.kind === "integer" && /^types?$/i.test(last.name)
          ? [...new Set(this.column(last.name)!.values)].map(String)
          : [];
    return labels.includes(word) && !labels.some((label) => label !== word && label.startsWith(word));
  }

  /** The column of that name, trimmed to the rows read; undefined if it was not declared. */
  column(name: string): ParticleColumn | undefined {
    const p = this.plans.findIndex((plan) => plan.name === name);
    if (p < 0) return undefined;
    const { width } = this.plans[p];
    return { width, values: this.#values[p].subarray(0, this.count * width) };
  }

  #value(cursor: LineCursor, kind: ColumnKind, name: string): number {
    switch (kind) {
      case "coordinate": {
        const value = cursor.real();
        if (!Number.isFinite(value)) throw this.#badCoordinate(cursor, name);
        if (cursor.digits > this.digits) this.digits = cursor.digits;
        return value;
      }
      case "real": {
        const value = cursor.real();
        if (Number.isFinite(value)) return value;
        // Not a number, or infinite, is no flaw of a column that may never be used.
        const spelled = spelledNonFinite(cursor.tokenText());
        if (spelled === undefined) throw this.#rowError(cursor, cursor.numberFlaw(), name);
        return spelled;
      }
      case "integer": {
        const value = cursor.real();
        if (!Number.isSafeInteger(value)) {
          throw this.#rowError(cursor, `"${cursor.tokenText()}" is not an integer.`, name);
        }
        return value;
      }
      case "logical":
        return this.#logical(cursor, name);
      case "ignored":
        return 0;
      case "species":
        return this.#nameIndex(cursor);
    }
  }

  #nameIndex(cursor: LineCursor): number {
    const key = cursor.shortKey();
    const known = key < 0 ? undefined : this.#shortNames.get(key);
    if (known !== undefined) return known;
    const text = cursor.tokenText();
    const index = this.#names.get(text) ?? this.#names.size;
    this.#names.set(text, index);
    if (key >= 0) this.#shortNames.set(key, index);
    return index;
  }

  /** A word where a coordinate should be, in the very first row: the columns are declared in another order. */
  #badCoordinate(cursor: LineCursor, name: string): SoftfieldError {
    const flaw = cursor.numberFlaw();
    const word = this.count === 0 && /^[a-z]\w*$/i.test(cursor.tokenText()) && !/finite/.test(flaw);
    const declared = this.plans.map((plan) =>
      plan.width === 1 ? plan.name : `${plan.name} (${plan.width})`,
    );
    return this.#rowError(
      cursor,
      word
        ? `${flaw} The columns are declared as ${declared.join(", ")}: do the rows have that order?`
        : flaw,
      name,
    );
  }

  #logical(cursor: LineCursor, name: string): number {
    const text = cursor.tokenText();
    if (/^(t|true|1)$/i.test(text)) return 1;
    if (/^(f|false|0)$/i.test(text)) return 0;
    throw this.#rowError(cursor, `"${text}" is not T or F.`, name);
  }

  #shortRow(cursor: LineCursor): SoftfieldError {
    return this.#rowError(
      cursor,
      `${this.#columnsOf(cursor)}; the file announces ${this.expected} particles and ${this.count} came before ` +
        "this line. It is truncated, or its particle count or its list of columns is wrong.",
    );
  }

  #columnsOf(cursor: LineCursor): string {
    const names = this.plans.map((plan) => plan.name).join(" ");
    return `has ${cursor.tokens().length} columns where ${this.#tokensPerRow} are declared (${names})`;
  }

  /**
   * An error in the row being read. Rows of a file with ids are told by their line alone: only sorting will show
   * which particles they are.
   */
  #rowError(cursor: LineCursor, message: string, field?: string): SoftfieldError {
    const numbered = this.plans.some(({ name, kind }) => kind === "integer" && /^ids?$/i.test(name));
    return cursor.error(field === undefined ? message : `${field}: ${message}`, {
      particle: numbered ? undefined : this.count,
      field,
    });
  }

  #grow(cursor: LineCursor): void {
    this.#capacity = Math.min(this.expected, this.#capacity * 2);
    try {
      this.#values = this.#values.map((old, p) => {
        const values = new Float64Array(this.#capacity * this.plans[p].width);
        values.set(old);
        return values;
      });
    } catch (cause) {
      throw new SoftfieldError(
        "resource",
        `${cursor.source}: no memory for ${this.expected} particles.`,
        { file: cursor.source, line: cursor.line },
        { cause },
      );
    }
  }
}

/** Checks a particle count that a file announces; frames that are only skipped may be empty. */
export function checkedCount(cursor: LineCursor, text: string, mayBeEmpty = false): number {
  if (!/^\+?\d+$/.test(text)) throw cursor.error(`"${text}" is not a number of particles.`);
  const count = Number(text);
  if (count === 0 && !mayBeEmpty)
    throw cursor.error("the file announces 0 particles; there is nothing to compute.");
  if (count > 0x7fffffff)
    throw cursor.error(`${text} particles are more than softfield can number (2³¹ − 1).`);
  return count;
}

/** The error for a file that has fewer frames than were asked for. */
export function noSuchFrame(source: string, wanted: number, seen: number): SoftfieldError {
  return inputError(
    source,
    `has no frame ${wanted}: it holds ${seen} (0 to ${seen - 1}). Choose one of them with --frame.`,
    { field: "frame" },
  );
}

/** The error for a file that ends within a frame that was only to be skipped. */
export function endedWhileSkipping(source: string, frame: number, missing: number): SoftfieldError {
  return inputError(
    source,
    `the file ends within frame ${frame} (${missing} lines are missing): it is truncated, copy it again` +
      `${frame > 0 ? `, or choose an earlier frame (--frame ${frame - 1})` : ""}.`,
    { field: "frame" },
  );
}

/** The error for a file that ends before all its particles came. */
export function endedEarly(source: string, expected: number, found: number): SoftfieldError {
  return inputError(
    source,
    `the file announces ${expected} particles and ends after ${found}. It is truncated (copy it again), ` +
      "or the announced number is wrong.",
    { particle: found },
  );
}
