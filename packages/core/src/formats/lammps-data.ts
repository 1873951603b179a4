import { SoftfieldError } from "../errors.ts";
import { assembleSnapshot, vectorColumn } from "./assemble.ts";
import { inputError, type LineCursor } from "./cursor.ts";
import { atomColumns, atomStyles } from "./lammps-atom-style.ts";
import { boxKeyword, boxNumbers, dataBox, headerKeyword } from "./lammps-data-header.ts";
import { triangularLattice } from "./lattice.ts";
import type { FrameReader } from "./lines.ts";
import { decimalNumber } from "./numbers.ts";
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
  #typeCount: number | undefined;
  #bonded = false;
  #count: number | undefined;
  readonly #boxNumbers = new Map<string, number[]>();
  #boxLine = 1;
  readonly #typeLabels = new Map<string, string>();
  readonly #masses = new Map<number, number>();
  /** Names of types from comments behind their masses. */
  readonly #massNames = new Map<number, string>();
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
      if (this.#section === "Masses") this.#massLine(cursor);
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
    if (this.#masses.size > 0 && this.#masses.size !== (this.#typeCount ?? this.#masses.size)) {
      throw inputError(
        this.#source,
        `section Masses tells ${this.#masses.size} of ${this.#typeCount} types: lines are missing, or there are too many.`,
        { field: "Masses" },
      );
    }
    return withSpecies(this.#withFurther(this.#assemble(atoms)), this.#massNames);
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
    if (keyword === "atom types" && /^\d+$/.test(tokens[0])) this.#typeCount = Number(tokens[0]);
    if (keyword === "atom types" && this.#typeComment.length === this.#typeCount)
      for (const [t, name] of this.#typeComment.entries()) this.#massNames.set(t + 1, name);
    if (keyword === "bonds" && Number(tokens[0]) > 0) this.#bonded = true;
    const numbers = boxNumbers(cursor, tokens, keyword);
    if (!numbers) return;
    this.#boxNumbers.set(keyword, numbers);
    this.#boxLine = cursor.line;
  }

  #bodyLine(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    if (this.#section === "Atom Type Labels" && tokens.length === 2)
      this.#typeLabels.set(tokens[0], tokens[1]);
    if (this.#section === "Atoms") {
      if (this.#atoms) throw this.#tooMany(cursor);
      this.#filling = this.#atoms = new ParticleTable(
        atomColumns(cursor, tokens, {
          asked: this.#askedStyle,
          comment: this.#comment,
          typeCount: this.#typeCount,
          labelled: this.#typeLabels.size > 0,
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

  /** "1 1.0 # S": what LAMMPS users, OVITO and ASE write to name a type. */
  #massLine(cursor: LineCursor): void {
    const text = cursor.text();
    const [type, mass] = text.replace(/#.*/, "").trim().split(/\s+/);
    const value = decimalNumber(mass ?? "");
    if (this.#typeLabels.size > 0) return;
    if (!/^\d+$/.test(type) || !(value > 0 && Number.isFinite(value)))
      throw cursor.error(`expected a type and its mass, found "${cursor.preview()}".`, { field: "Masses" });
    this.#masses.set(Number(type), value);
    const name = /#\s*(\S+)\s*$/.exec(text);
    if (name) this.#massNames.set(Number(type), name[1]);
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

  /** The columns of the section that softfield writes, in the order of the snapshot's ids. */
  #withFurther(snapshot: Snapshot): Snapshot {
    const table = this.#further;
    if (!table || !snapshot.ids) return snapshot;
    const rows = rowsOf(snapshot.ids, table, COLUMN_SECTION, this.#source);
    const columns = new Map(snapshot.columns);
    for (const name of this.#furtherNames) {
      const { values } = table.column(name)!;
      columns.set(name, { width: 1, values: Float64Array.from(rows, (row) => values[row]) });
    }
    return { ...snapshot, columns };
  }

  #assemble(atoms: ParticleTable): Snapshot {
    const { vectors, origin, flat } = dataBox(this.#boxNumbers, this.#source);
    const labelled = this.#typeLabels.size > 0;
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
      speciesLabels: this.#typeLabels,
      info: new Map(),
      ...(this.#masses.size > 0 ? { masses: this.#masses } : {}),
    });
  }
}

/** Adds species by the names of the types, where every type that occurs has one. */
function withSpecies(snapshot: Snapshot, nameOfType: ReadonlyMap<number, string>): Snapshot {
  const { types } = snapshot;
  if (!types || snapshot.species || !types.every((type) => nameOfType.has(type))) return snapshot;
  const names = [...new Set(nameOfType.values())];
  return {
    ...snapshot,
    species: { names, index: types.map((type) => names.indexOf(nameOfType.get(type)!)) },
  };
}

/** N×3 velocities brought from the order of their section into that of the atom rows. */
function velocitiesByRow(atoms: ParticleTable, velocities: ParticleTable, source: string): Float64Array {
  const rows = rowsOf(atoms.column("id")!.values, velocities, "Velocities", source);
  const v = vectorColumn(velocities, ["vx", "vy", "vz"])!;
  const sorted = new Float64Array(v.length);
  rows.forEach((from, row) => {
    sorted.set(v.subarray(3 * from, 3 * from + 3), 3 * row);
  });
  return sorted;
}

/** The row that each id has in the table of a section. @throws input error where it has none */
function rowsOf(ids: Float64Array, table: ParticleTable, section: string, source: string): Int32Array {
  const rowOf = new Map<number, number>();
  table.column("id")!.values.forEach((id, row) => {
    rowOf.set(id, row);
  });
  return Int32Array.from(ids, (id) => {
    const row = rowOf.get(id);
    if (row === undefined)
      throw inputError(source, `section ${section} lacks atom id ${id}.`, { field: section });
    return row;
  });
}
