import { inputError, type LineCursor } from "./cursor.ts";
import { boxOfBounds, type DumpBox } from "./lammps-dump-box.ts";
import { dumpSnapshot, dumpTable } from "./lammps-dump-frame.ts";
import { checkedCount, endedEarly, type ParticleTable } from "./particles.ts";
import { TrajectoryText } from "./trajectory-text.ts";
import type { InfoValue, Snapshot } from "./types.ts";

const [BLANK, APOSTROPHE, QUOTE, COMMA, HYPHEN, OPEN, CLOSE] = Array.from(" '\",-[]", (c) => c.charCodeAt(0));

/** Whether a text is a dump of style yaml: its first document tells atoms. (LAMMPS writes its log as YAML, too.) */
export function looksLikeLammpsYaml(text: string): boolean {
  return /^\s*(---|creator:\s*LAMMPS)\s*\r?\n/.test(text) && /^natoms:/m.test(text);
}

/**
 * Reads one frame of a dump of LAMMPS's style yaml: documents between "---" and "...", whose keys stand on lines of their
 * own, the rows of box and data as "- [ 1, 2, 0.5, ]". Frames before the wanted one are skipped.
 */
export class LammpsYamlReader extends TrajectoryText {
  /** The key whose value is being read. */
  #key = "";
  /** Of the document that is being read. */
  readonly #values = new Map<string, string>();
  readonly #bounds: number[][] = [];
  #count: number | undefined;
  #box: DumpBox | undefined;
  #info = new Map<string, InfoValue>();
  #timestep = 0;

  line(cursor: LineCursor): void {
    if (cursor.isBlank()) return;
    const first = cursor.bytes[cursor.start];
    if (first === BLANK || (first === HYPHEN && cursor.bytes[cursor.start + 1] === BLANK)) this.#row(cursor);
    else this.#topLine(cursor, cursor.text().trimEnd());
  }

  override endsWhole(word: string): boolean {
    return word === "..." || (word === "]" && this.reading);
  }

  protected truncated(): Error | undefined {
    if (this.framesSeen !== this.wanted || this.#values.size === 0) return undefined;
    return inputError(
      this.source,
      `the file ends in the header of frame ${this.framesSeen} (${this.#key}): it is truncated.`,
    );
  }

  protected snapshot(table: ParticleTable): Snapshot {
    return dumpSnapshot(table, {
      source: this.source,
      format: "lammps-yaml",
      frame: this.wanted,
      timestep: this.#timestep,
      box: this.#box!,
      info: this.#info,
    });
  }

  #topLine(cursor: LineCursor, text: string): void {
    const { table } = this;
    if (table && !table.full) throw endedEarly(this.source, table.expected, table.count);
    if (text === "..." || text === "---") {
      if (!table) this.#begin();
      else if (text === "---") this.leave();
      return;
    }
    const match = /^([A-Za-z_]+):(?:\s+(.*))?$/.exec(text);
    if (!match) throw cursor.error(`expected a key and its value, found "${cursor.preview()}".`);
    // The document is over though nothing says so.
    if (table) {
      this.leave();
      return;
    }
    if (this.#key === "data") this.#begin();
    const [, key, value = ""] = match;
    this.#key = key;
    this.#values.set(key, value);
    if (key === "box") this.#bounds.length = 0;
    if (key === "natoms") this.#count = checkedCount(cursor, value, this.framesSeen !== this.wanted);
    if (key === "data") this.#data(cursor);
  }

  #begin(): void {
    this.#key = "";
    this.#values.clear();
    this.#bounds.length = 0;
    this.#count = undefined;
  }

  /** "- [ …, … ]" of the key that stands before. */
  #row(cursor: LineCursor): void {
    if (this.#key === "thermo") return;
    if (this.#key !== "box" && this.#key !== "data")
      throw cursor.error(`expected a key and its value, found "${cursor.preview()}".`);
    this.#blankPunctuation(cursor);
    const { table } = this;
    if (this.#key === "box") this.#boundsRow(cursor);
    else if (!table || table.full) throw cursor.error(`more particles than the announced ${this.#count}.`);
    else table.read(cursor);
  }

  /** Leaves of "- [ 1, 'A', 0.5, ]" what stands between the brackets and commas, in a copy of the line. */
  #blankPunctuation(cursor: LineCursor): void {
    const line = cursor.bytes.slice(cursor.start, cursor.end);
    const [from, to] = [line.indexOf(OPEN), line.lastIndexOf(CLOSE)];
    const around = [...line.subarray(0, Math.max(from, 0)), ...line.subarray(to + 1)];
    if (from < 0 || to < from || around.some((byte) => byte > BLANK && byte !== HYPHEN))
      throw cursor.error(
        `expected a row "- [ …, … ]" of ${this.#key}, found "${cursor.preview()}": the file is cut off, or not of LAMMPS's dump style yaml.`,
      );
    line.fill(BLANK, 0, from + 1);
    line.fill(BLANK, to);
    for (let at = from; at < to; at++)
      if (line[at] === COMMA || line[at] === QUOTE || line[at] === APOSTROPHE) line[at] = BLANK;
    cursor.set(line, 0, line.length);
  }

  #boundsRow(cursor: LineCursor): void {
    const numbers: number[] = [];
    while (cursor.next()) {
      const value = cursor.real();
      if (!Number.isFinite(value)) throw cursor.error(`box: ${cursor.numberFlaw()}`, { field: "box" });
      numbers.push(value);
    }
    this.#bounds.push(numbers);
  }

  /** data: the rows follow. */
  #data(cursor: LineCursor): void {
    const needed = ["timestep", "natoms", "boundary", "box", "keywords"];
    const missing = needed.find((key) => !this.#values.has(key));
    if (missing) throw cursor.error(`data comes before ${missing}; this frame's header is incomplete.`);
    this.#box = this.#boxOf(cursor);
    if (!this.begins(this.#count!)) return;
    const timestep = this.#values.get("timestep")!;
    if (!/^-?\d+$/.test(timestep)) throw cursor.error(`the timestep "${timestep}" is not an integer.`);
    this.#timestep = Number(timestep);
    this.table = dumpTable(this.#list("keywords", cursor), this.#count!, cursor, "keywords");
    for (const key of ["units", "time"])
      if (this.#values.has(key)) this.#info.set(key, this.#values.get(key)!);
  }

  /** As a text dump's lines ITEM: BOX BOUNDS have it: bounds of the box around the cell, then the tilts. */
  #boxOf(cursor: LineCursor): DumpBox {
    const [x, y, z, tilts, more] = this.#bounds;
    const flags = this.#list("boundary", cursor);
    const widths = [2, 2, 2, ...(tilts ? [3] : [])];
    const wrong = widths.findIndex((width, k) => this.#bounds[k]?.length !== width);
    if (wrong >= 0 || more)
      throw cursor.error(
        "box: expected three rows of two numbers, and one of the tilts xy, xz, yz where the box leans; " +
          "write others with dump custom.",
        { field: "box" },
      );
    if (flags.length !== 6 || flags.some((flag) => !/^[pfsm]$/.test(flag)))
      throw cursor.error("boundary: expected six of p, f, s and m.", { field: "boundary" });
    const pairs = [0, 2, 4].map((k) => flags[k] + flags[k + 1]);
    if (!tilts) return boxOfBounds(pairs, [x, y, z], cursor);
    const rows = [x, y, z].map((row, k) => [...row, tilts[k]]);
    return boxOfBounds(["xy", "xz", "yz", ...pairs], rows, cursor);
  }

  /** The words of "[ a, b, ]". */
  #list(key: string, cursor: LineCursor): string[] {
    const text = this.#values.get(key)!;
    const inner = /^\[(.*)\]$/.exec(text)?.[1];
    if (inner === undefined)
      throw cursor.error(`${key}: expected a list in brackets on its line, found "${text}".`);
    return inner
      .split(",")
      .map((word) => word.trim().replace(/^(['"])(.*)\1$/, "$2"))
      .filter((word) => word !== "");
  }
}
