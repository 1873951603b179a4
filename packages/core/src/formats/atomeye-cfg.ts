import type { LineCursor } from "./cursor.ts";
import { decimalNumber, spelledNonFinite } from "./numbers.ts";
import { checkedCount } from "./particles.ts";
import { namedSpecies, snapshotOf } from "./snapshot-of.ts";
import type { ParticleColumn, Snapshot } from "./types.ts";
import { finiteNumbers, Growing, SingleFrameText } from "./whole-text.ts";

/** The header lines "KEY = VALUE unit" that are read; others, of colours and the like, are passed over. */
const COUNT = /^\s*Number of particles\s*=\s*(\S+)/;
const SCALE = /^\s*A\s*=\s*(\S+)/;
const CELL = /^\s*H0\(([123]),([123])\)\s*=\s*(\S+)/;
const TRANSFORM = /^\s*Transform\(([123]),([123])\)\s*=\s*(\S+)/;
const STRAIN = /^\s*eta\(([123]),([123])\)\s*=\s*(\S+)/;
const ENTRIES = /^\s*entry_count\s*=\s*(\d+)/;
const AUXILIARY = /^\s*auxiliary\[(\d+)\]\s*=\s*([^[]*[^[\s])/;

/** Reads a configuration of AtomEye, extended (entry_count = …) or standard; LAMMPS writes them by dump cfg. */
export class CfgReader extends SingleFrameText {
  #expected: number | undefined;
  #scale: number | undefined;
  /** Entries of H0 by their places, row-major. */
  readonly #cell = new Map<number, number>();
  #velocities = true;
  #entries: number | undefined;
  readonly #auxiliary: string[] = [];
  #symbol: string | undefined;
  /** A line of the mass came, and its symbol is due. */
  #symbolDue = false;
  readonly #names: string[] = [];
  readonly #reduced = new Growing();
  readonly #extra = new Growing();
  readonly #lines = new Growing();
  #digits = 0;

  line(cursor: LineCursor): void {
    if (this.#names.length === 0 && !this.#symbolDue && this.#header(cursor)) return;
    cursor.rewind();
    cursor.stripComment();
    if (cursor.isBlank()) return;
    if (this.#expected === undefined) throw cursor.error('the header has no line "Number of particles = …".');
    if (this.#entries !== undefined && this.#auxiliaryCount(this.#entries) < 0)
      throw cursor.error(`entry_count = ${this.#entries} leaves no room for coordinates and velocities.`);
    if (this.#names.length === this.#expected) {
      throw cursor.error(
        `more than the announced ${this.#expected} particles: "${cursor.preview()}" follows.`,
      );
    }
    if (this.#entries === undefined) this.#standardRow(cursor);
    else this.#extendedLine(cursor, this.#entries);
  }

  /** Takes a line of the header; false for one that begins the particles. */
  #header(cursor: LineCursor): boolean {
    const text = cursor.text();
    if (!/[=]|NO_VELOCITY/.test(text)) return /^\s*(#.*)?$/.test(text);
    const number = (value: string) => {
      const x = decimalNumber(value);
      if (!Number.isFinite(x)) throw cursor.error(`"${value}" is not a finite number.`);
      return x;
    };
    const [count, scale, cell, entries] = [COUNT, SCALE, CELL, ENTRIES].map((pattern) => pattern.exec(text));
    const [transform, strain, auxiliary] = [TRANSFORM, STRAIN, AUXILIARY].map((pattern) =>
      pattern.exec(text),
    );
    if (count) this.#expected = checkedCount(cursor, count[1]);
    else if (scale) this.#scale = number(scale[1]);
    else if (cell) {
      this.#cell.set(3 * (Number(cell[1]) - 1) + Number(cell[2]) - 1, number(cell[3]));
    } else if (entries) this.#entries = Number(entries[1]);
    else if (auxiliary) this.#auxiliary[Number(auxiliary[1])] = auxiliary[2].trim().replace(/\s+/g, "_");
    else if (/NO_VELOCITY/.test(text)) this.#velocities = false;
    const change = transform ?? strain;
    if (change && number(change[3]) !== (transform && change[1] === change[2] ? 1 : 0)) {
      throw cursor.error(
        "a Transform or eta that changes the cell is not read: write the file with the cell as it is.",
      );
    }
    return true;
  }

  /** Standard: mass symbol s1 s2 s3 v1 v2 v3. */
  #standardRow(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    if (tokens.length !== 8 && tokens.length !== 5) {
      throw cursor.error(`has ${tokens.length} columns; a particle has mass, symbol, s1 s2 s3 and v1 v2 v3.`);
    }
    finiteNumbers(cursor, 1, "the mass");
    cursor.next();
    this.#particle(cursor, cursor.tokenText());
    if (tokens.length === 8) finiteNumbers(cursor, 3, "the velocity");
  }

  /** Extended: a line of the mass and one of the symbol, where they change, and a row of entries a particle. */
  #extendedLine(cursor: LineCursor, entries: number): void {
    const tokens = cursor.tokens();
    if (tokens.length === 1) {
      const isMass = Number.isFinite(decimalNumber(tokens[0]));
      if (isMass === this.#symbolDue)
        throw cursor.error(
          `expected ${isMass ? "a symbol behind a mass" : "a mass before a symbol"}, found "${cursor.preview()}".`,
        );
      if (!isMass) this.#symbol = tokens[0];
      this.#symbolDue = isMass;
      return;
    }
    if (tokens.length !== entries || this.#symbolDue) {
      throw cursor.error(
        `has ${tokens.length} columns where ${this.#symbolDue ? "a symbol is due" : `entry_count = ${entries}`}; ${this.#names.length} particles came before.`,
      );
    }
    if (this.#symbol === undefined)
      throw cursor.error("a particle comes before any line of its mass and symbol.");
    this.#particle(cursor, this.#symbol);
    if (this.#velocities) finiteNumbers(cursor, 3, "the velocity");
    for (let k = 0; k < this.#auxiliaryCount(entries); k++) {
      cursor.next();
      const value = cursor.real();
      const spelled = Number.isFinite(value) ? value : spelledNonFinite(cursor.tokenText());
      if (spelled === undefined) throw cursor.error(cursor.numberFlaw());
      this.#extra.push(spelled);
    }
  }

  #auxiliaryCount(entries: number): number {
    return entries - (this.#velocities ? 6 : 3);
  }

  #particle(cursor: LineCursor, symbol: string): void {
    this.#lines.push(cursor.line);
    this.#names.push(symbol);
    for (let c = 0; c < 3; c++) {
      this.#reduced.push(...finiteNumbers(cursor, 1, "a reduced coordinate"));
      this.#digits = Math.max(this.#digits, cursor.digits);
    }
  }

  protected snapshot(): Snapshot {
    if (this.#expected === undefined || this.#cell.size < 9 || this.#scale === undefined)
      throw this.truncated("within its header, or lacks a line of it (A, H0)");
    if (this.#names.length < this.#expected)
      throw this.truncated(`after ${this.#names.length} of ${this.#expected} particles`);
    const scale = this.#scale;
    const vectors = Array.from({ length: 9 }, (_, k) => this.#cell.get(k)! * scale);
    const s = this.#reduced.values();
    const positions = s.map((_, k) => {
      const [at, c] = [k - (k % 3), k % 3];
      return s[at] * vectors[c] + s[at + 1] * vectors[3 + c] + s[at + 2] * vectors[6 + c];
    });
    const width = this.#entries === undefined ? 0 : this.#auxiliaryCount(this.#entries);
    const extra = this.#extra.values();
    const columns = new Map<string, ParticleColumn>();
    for (let k = 0; k < width; k++) {
      const values = Float64Array.from(this.#names, (_, row) => extra[row * width + k]);
      columns.set(this.#auxiliary[k] ?? `auxiliary[${k}]`, { width: 1, values });
    }
    const ids = columns.get("id")?.values;
    if (ids?.every(Number.isSafeInteger)) columns.delete("id");
    return snapshotOf(this.request, {
      format: "cfg",
      dimension: 3,
      vectors,
      origin: [0, 0, 0],
      positions,
      species: namedSpecies(this.#names),
      ids: ids?.every(Number.isSafeInteger) ? ids : undefined,
      columns,
      digits: this.#digits,
      lines: Int32Array.from(this.#lines.values()),
    });
  }
}
