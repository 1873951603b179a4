import { SoftfieldError } from "../errors.ts";
import { assembleSnapshot, vectorColumn } from "./assemble.ts";
import { inputError, type LineCursor } from "./cursor.ts";
import { atomColumns, atomStyles } from "./lammps-atom-style.ts";
import { boxKeyword, boxNumbers, dataBox, headerKeyword } from "./lammps-data-header.ts";
import { velocitiesByRow, withColumns } from "./lammps-data-sections.ts";
import { DataTypes } from "./lammps-data-types.ts";
import { triangularLattice } from "./lattice.ts";
import type { FrameReader } from "./lines.ts";
import { type ColumnPlan, checkedCount, endedEarly, noSuchFrame, ParticleTable } from "./particles.ts";
import type { Snapshot } from "./types.ts";
import { COLUMN_SECTION } from "./write-lammps.ts";

/** Reads a LAMMPS data file (`read_data`) line by line. */
export class LammpsDataReader implements FrameReader {
  readonly #source: string;
  readonly #wanted: number;
  readonly skip = 0;
  readonly done = false;
  /** The section being read; "" in the header. */
  #section = "";
  /** What stands behind the # of "Atoms # style". */
  #comment = "";
  readonly #askedStyle: string | undefined;
  #bonded = false;
  #count: number | undefined;
  readonly #boxNumbers = new Map<string, number[]>();
  #boxLine = 1;
  readonly #types = new DataTypes();
  #atoms: ParticleTable | undefined;
  #velocities: ParticleTable | undefined;
  /** Names of the columns in the section of them that softfield writes, and their values. */
  #furtherNames: string[] = [];
  #further: ParticleTable | undefined;
  /** Words of the comment behind the header line at hand. */
  #typeComment: string[] = [];
  /** The table that takes the next line, until it is full. */
  #filling: ParticleTable | undefined;

  constructor(source: string, wanted: number, atomStyle?: string) {
    this.#source = source;
    this.#wanted = wanted;
    this.#askedStyle = atomStyle;
    if (atomStyle !== undefined && !atomStyles.includes(atomStyle)) {
      throw new SoftfieldError(
        "usage",
        `--atom-style ${atomStyle} is not read; known are ${atomStyles.join(", ")}.`,
        { file: source, field: "atom-style" },
      );
    }
  }

  line(cursor: LineCursor): void {
    if (cursor.line === 1) return;
    if (this.#filling) {
      this.#fill(cursor, this.#filling);
      return;
    }
    cursor.rewind();
    if (!cursor.next()) return;
    const first = String.fromCharCode(cursor.bytes[cursor.tokenStart]);
    if (first === "#") return;
    // A broken number may begin with a letter; the box ends the line all the same.
    const ofBox = this.#section === "" && boxKeyword(cursor.tokens()) !== undefined;
    if (/[A-Za-z]/.test(first) && !ofBox) this.#openSection(cursor.text());
    else {
      if (this.#section === "Masses") this.#types.massLine(cursor);
      // "2 atom types # S L": names of types where there are no masses to name them beside.
      if (this.#section === "")
        this.#typeComment = /#\s*(\S.*)$/.exec(cursor.text())?.[1].trim().split(/\s+/) ?? [];
      cursor.stripComment();
      if (this.#section === "") this.#headerLine(cursor);
      else this.#bodyLine(cursor);
    }
  }

  countFrames(): number {
    return 1;
  }

  finish(): Snapshot {
    if (this.#wanted !== 0) throw noSuchFrame(this.#source, this.#wanted, 1);
    const atoms = this.#atoms;
    if (!atoms) {
      if (this.#section === "Atoms" && this.#count !== undefined)
        throw endedEarly(this.#source, this.#count, 0);
      throw inputError(this.#source, "the file ends before its section Atoms: it is truncated.", {
        field: "Atoms",
      });
    }
    if (!atoms.full) throw endedEarly(this.#source, atoms.expected, atoms.count);
    for (const [section, table] of [
      ["Velocities", this.#velocities],
      [COLUMN_SECTION, this.#further],
    ] as const) {
      if (!table || table.full) continue;
      throw inputError(this.#source, `the file ends within its section ${section}: it is truncated.`, {
        field: section,
      });
    }
    this.#types.check(this.#source);
    return this.#types.named(withColumns(this.#assemble(atoms), this.#further, COLUMN_SECTION));
  }

  #openSection(text: string): void {
    const hash = text.indexOf("#");
    this.#section = (hash < 0 ? text : text.slice(0, hash)).trim();
    const comment = hash < 0 ? "" : text.slice(hash + 1).trim();
    if (this.#section === "Atoms") this.#comment = comment;
    if (this.#section === COLUMN_SECTION) this.#furtherNames = comment === "" ? [] : comment.split(/\s+/);
  }

  #fill(cursor: LineCursor, table: ParticleTable): void {
    cursor.stripComment();
    cursor.rewind();
    table.read(cursor);
    if (table.full) this.#filling = undefined;
  }

  #headerLine(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    const keyword = headerKeyword(tokens);
    if (keyword === "atoms") this.#count = checkedCount(cursor, tokens[0]);
    if (keyword === "atom types") this.#types.announce(tokens[0], this.#typeComment);
    if (keyword === "bonds" && Number(tokens[0]) > 0) this.#bonded = true;
    const numbers = boxNumbers(cursor, tokens, keyword);
    if (!numbers) return;
    this.#boxNumbers.set(keyword, numbers);
    this.#boxLine = cursor.line;
  }

  #bodyLine(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    if (this.#section === "Atom Type Labels" && tokens.length === 2)
      this.#types.labels.set(tokens[0], tokens[1]);
    if (this.#section === "Atoms") {
      if (this.#atoms) throw this.#tooMany(cursor);
      this.#filling = this.#atoms = new ParticleTable(
        atomColumns(cursor, tokens, {
          asked: this.#askedStyle,
          comment: this.#comment,
          typeCount: this.#types.count,
          labelled: this.#types.labels.size > 0,
          bonded: this.#bonded,
        }),
        this.#announced(cursor),
      );
      this.#fill(cursor, this.#filling);
    } else if (this.#section === "Velocities" && (tokens.length === 4 || tokens.length === 7)) {
      if (this.#velocities) throw this.#tooMany(cursor);
      // Spheres turn as well: wx wy wz follow.
      const plans = ["id", "vx", "vy", "vz", "wx", "wy", "wz"]
        .slice(0, tokens.length)
        .map((name): ColumnPlan => ({ name, kind: name === "id" ? "integer" : "real", width: 1 }));
      this.#filling = this.#velocities = new ParticleTable(plans, this.#announced(cursor));
      this.#fill(cursor, this.#filling);
    } else if (this.#section === COLUMN_SECTION && this.#furtherNames.length > 0) {
      if (this.#further) throw this.#tooMany(cursor);
      const plans = ["id", ...this.#furtherNames].map(
        (name): ColumnPlan => ({ name, kind: name === "id" ? "integer" : "real", width: 1 }),
      );
      this.#filling = this.#further = new ParticleTable(plans, this.#announced(cursor));
      this.#fill(cursor, this.#filling);
    }
  }

  #announced(cursor: LineCursor): number {
    if (this.#count !== undefined) return this.#count;
    throw cursor.error('the header has no line "N atoms".', { field: "atoms" });
  }

  #tooMany(cursor: LineCursor): Error {
    return cursor.error(
      `the ${this.#count} atoms that the header announces have been read, but "${cursor.preview()}" follows in ` +
        `section ${this.#section}: the announced number is wrong.`,
    );
  }

  #assemble(atoms: ParticleTable): Snapshot {
    const { vectors, origin, flat } = dataBox(this.#boxNumbers, this.#source);
    const labelled = this.#types.labels.size > 0;
    return assembleSnapshot({
      source: this.#source,
      format: "lammps-data",
      frame: 0,
      dimension: 3,
      lattice: triangularLattice(vectors, 3, this.#source, this.#boxLine),
      origin,
      periodic: [true, true, !flat],
      table: atoms,
      positions: vectorColumn(atoms, ["x", "y", "z"])!,
      velocities: this.#velocities && velocitiesByRow(atoms, this.#velocities, this.#source),
      roles: {
        positions: ["x", "y", "z"],
        ids: "id",
        types: labelled ? undefined : "type",
        species: labelled ? "type" : undefined,
      },
      speciesLabels: this.#types.labels,
      info: new Map(),
      masses: this.#types.masses.size > 0 ? this.#types.masses : undefined,
    });
  }
}
