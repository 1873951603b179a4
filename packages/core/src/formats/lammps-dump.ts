import { inputError, type LineCursor } from "./cursor.ts";
import { boxOfBounds, type DumpBox } from "./lammps-dump-box.ts";
import { dumpSnapshot, dumpTable } from "./lammps-dump-frame.ts";
import { checkedCount, endedEarly, type ParticleTable } from "./particles.ts";
import { TrajectoryText } from "./trajectory-text.ts";
import type { Snapshot } from "./types.ts";

/** Reads one frame of a LAMMPS text dump, line by line, and skips those before it. */
export class LammpsDumpReader extends TrajectoryText {
  /** The item whose lines are being read. */
  #item = "";
  #lineOfItem = 0;
  #boundsTokens: string[] = [];
  #bounds: number[][] = [];
  #timestep: number | undefined;
  #count: number | undefined;
  #box: DumpBox | undefined;

  line(cursor: LineCursor): void {
    const item = startsItem(cursor);
    const { table } = this;
    if (table && !table.full) {
      if (item) throw endedEarly(this.source, table.expected, table.count);
      table.read(cursor);
    } else if (item) this.#header(cursor);
    else this.#itemLine(cursor);
  }

  protected truncated(): Error | undefined {
    if (this.framesSeen !== this.wanted || this.#item === "" || this.#item === "ATOMS") return undefined;
    return inputError(
      this.source,
      `the file ends in the header of frame ${this.framesSeen} (ITEM: ${this.#item}): it is truncated.`,
    );
  }

  protected snapshot(table: ParticleTable): Snapshot {
    return dumpSnapshot(table, {
      source: this.source,
      format: "lammps-dump",
      frame: this.wanted,
      timestep: this.#timestep!,
      box: this.#box!,
      info: new Map(),
    });
  }

  #header(cursor: LineCursor): void {
    if (this.table) {
      this.leave();
      return;
    }
    const text = cursor.text().trim().slice("ITEM:".length).trim();
    this.#lineOfItem = 0;
    this.#item = ["ATOMS", "BOX BOUNDS"].find((name) => text === name || text.startsWith(`${name} `)) ?? text;
    if (/^NUMBER OF (ENTRIES|GRID|CELLS)/.test(text)) {
      throw cursor.error(
        `"${text}": this is a dump of pairs, bonds or a grid, not of atoms. Take the dump of the same run that has them: dump 1 all custom 1 FILE.dump id type x y z`,
      );
    }
    const rest = text.slice(this.#item.length).trim();
    const tokens = rest === "" ? [] : rest.split(/\s+/);
    if (this.#item === "BOX BOUNDS") {
      this.#boundsTokens = tokens;
      this.#bounds = [];
    } else if (this.#item === "ATOMS") this.#atoms(cursor, tokens);
  }

  #itemLine(cursor: LineCursor): void {
    if (cursor.isBlank()) return;
    this.#lineOfItem++;
    if (this.#item === "TIMESTEP" && this.#lineOfItem === 1) this.#timestep = this.#integer(cursor);
    else if (this.#item === "NUMBER OF ATOMS" && this.#lineOfItem === 1) {
      this.#count = checkedCount(cursor, cursor.text().trim(), this.framesSeen !== this.wanted);
    } else if (this.#item === "BOX BOUNDS" && this.#lineOfItem <= 3) this.#boundsLine(cursor);
    else if (["TIMESTEP", "NUMBER OF ATOMS", "BOX BOUNDS", "ATOMS", ""].includes(this.#item)) {
      throw cursor.error(
        `expected the next ITEM:, found "${cursor.preview()}"` +
          `${this.#item === "ATOMS" ? `: more particles than the announced ${this.#count}` : ""}.`,
      );
    }
  }

  #integer(cursor: LineCursor): number {
    cursor.rewind();
    cursor.next();
    const value = cursor.real();
    if (!Number.isSafeInteger(value))
      throw cursor.error(`the timestep "${cursor.preview()}" is not an integer.`);
    return value;
  }

  #boundsLine(cursor: LineCursor): void {
    cursor.rewind();
    const numbers: number[] = [];
    while (cursor.next()) {
      const value = cursor.real();
      if (!Number.isFinite(value))
        throw cursor.error(`ITEM: BOX BOUNDS: ${cursor.numberFlaw()}`, { field: "BOX BOUNDS" });
      numbers.push(value);
    }
    this.#bounds.push(numbers);
    if (this.#bounds.length === 3) this.#box = boxOfBounds(this.#boundsTokens, this.#bounds, cursor);
  }

  /** ITEM: ATOMS id type x …: the rows follow. */
  #atoms(cursor: LineCursor, names: string[]): void {
    const missing = [
      this.#timestep === undefined ? "TIMESTEP" : "",
      this.#count === undefined ? "NUMBER OF ATOMS" : "",
      this.#box === undefined ? "BOX BOUNDS" : "",
    ].find(Boolean);
    if (missing)
      throw cursor.error(`ITEM: ATOMS comes before ITEM: ${missing}; this frame's header is incomplete.`);
    if (!this.begins(this.#count!)) {
      this.#box = undefined;
      this.#count = undefined;
      return;
    }
    this.table = dumpTable(names, this.#count!, cursor, "ITEM: ATOMS");
  }
}

function startsItem(cursor: LineCursor): boolean {
  const { bytes, start } = cursor;
  return bytes[start] === 73 && bytes[start + 1] === 84 && /^ITEM:/.test(cursor.text());
}
