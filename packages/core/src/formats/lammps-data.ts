import { assembleSnapshot, vectorColumn } from "./assemble.ts";
import { triangularLattice } from "./lattice.ts";
import { type FrameReader, inputError, type LineCursor } from "./lines.ts";
import { type ColumnPlan, checkedCount, endedEarly, noSuchFrame, ParticleTable } from "./particles.ts";
import type { Snapshot } from "./types.ts";

/** Columns of the atom styles that are read, before the optional image flags. */
const STYLE_COLUMNS: Readonly<Record<string, string>> = {
  atomic: "id type x y z",
  charge: "id type q x y z",
  bond: "id molecule type x y z",
  angle: "id molecule type x y z",
  molecular: "id molecule type x y z",
  full: "id molecule type q x y z",
  sphere: "id type diameter density x y z",
};
const IMAGE_FLAGS = ["ix", "iy", "iz"];

/** Header keywords that name box numbers, with how many stand before them. */
const BOX_KEYWORDS: Readonly<Record<string, number>> = {
  "xlo xhi": 2,
  "ylo yhi": 2,
  "zlo zhi": 2,
  "xy xz yz": 3,
  avec: 3,
  bvec: 3,
  cvec: 3,
  "abc origin": 3,
};

/** Reads a LAMMPS data file (`read_data`) line by line. */
export class LammpsDataReader implements FrameReader {
  readonly #source: string;
  readonly #wanted: number;
  readonly skip = 0;
  readonly done = false;
  /** The section being read; "" in the header. */
  #section = "";
  /** What stands behind the # of "Atoms # style". */
  #style = "";
  #count: number | undefined;
  readonly #boxNumbers = new Map<string, number[]>();
  #boxLine = 1;
  readonly #typeLabels = new Map<string, string>();
  /** Names of types from comments behind their masses. */
  readonly #massNames = new Map<number, string>();
  #atoms: ParticleTable | undefined;
  #velocities: ParticleTable | undefined;
  /** The table that takes the next line, until it is full. */
  #filling: ParticleTable | undefined;

  constructor(source: string, wanted: number) {
    this.#source = source;
    this.#wanted = wanted;
  }

  line(cursor: LineCursor): void {
    if (cursor.line === 1) return;
    if (this.#filling) {
      this.#fill(cursor, this.#filling);
      return;
    }
    cursor.rewind();
    if (!cursor.next()) return;
    const first = String.fromCharCode(cursor.bytes[cursor.tokenStart]!);
    if (first === "#") return;
    if (/[A-Za-z]/.test(first)) this.#openSection(cursor.text());
    else {
      if (this.#section === "Masses") this.#massLine(cursor.text());
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
    if (this.#velocities && !this.#velocities.full) {
      throw inputError(this.#source, "the file ends within its section Velocities: it is truncated.", {
        field: "Velocities",
      });
    }
    return withSpecies(this.#assemble(atoms), this.#massNames);
  }

  #openSection(text: string): void {
    const hash = text.indexOf("#");
    this.#section = (hash < 0 ? text : text.slice(0, hash)).trim();
    if (this.#section === "Atoms")
      this.#style =
        hash < 0
          ? ""
          : text
              .slice(hash + 1)
              .trim()
              .split(/\s+/)[0]!;
  }

  #fill(cursor: LineCursor, table: ParticleTable): void {
    cursor.stripComment();
    cursor.rewind();
    table.read(cursor);
    if (table.full) this.#filling = undefined;
  }

  #headerLine(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    const keyword = tokens.slice(tokens.findIndex((token) => /^[A-Za-z]/.test(token))).join(" ");
    if (keyword === "atoms") this.#count = checkedCount(cursor, tokens[0]!);
    const wanted = BOX_KEYWORDS[keyword];
    if (wanted === undefined) return;
    if (tokens.length !== wanted + keyword.split(" ").length) {
      throw cursor.error(`${wanted} numbers must stand before ${keyword}.`, { field: keyword });
    }
    const numbers: number[] = [];
    cursor.rewind();
    while (numbers.length < wanted && cursor.next()) {
      const value = cursor.real();
      if (!Number.isFinite(value))
        throw cursor.error(`${keyword}: ${cursor.numberFlaw()}`, { field: keyword });
      numbers.push(value);
    }
    this.#boxNumbers.set(keyword, numbers);
    this.#boxLine = cursor.line;
  }

  #bodyLine(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    if (this.#section === "Atom Type Labels" && tokens.length === 2)
      this.#typeLabels.set(tokens[0]!, tokens[1]!);
    if (this.#section === "Atoms") {
      if (this.#atoms) throw this.#tooMany(cursor);
      this.#filling = this.#atoms = new ParticleTable(
        this.#atomColumns(cursor, tokens),
        this.#announced(cursor),
      );
      this.#fill(cursor, this.#filling);
    } else if (this.#section === "Velocities" && tokens.length === 4) {
      if (this.#velocities) throw this.#tooMany(cursor);
      const plans = ["id", "vx", "vy", "vz"].map(
        (name): ColumnPlan => ({ name, kind: name === "id" ? "integer" : "real", width: 1 }),
      );
      this.#filling = this.#velocities = new ParticleTable(plans, this.#announced(cursor));
      this.#fill(cursor, this.#filling);
    }
  }

  /** "1 1.0 # S": what LAMMPS users, OVITO and ASE write to name a type. */
  #massLine(text: string): void {
    const match = /^\s*(\d+)\s[^#]*#\s*(\S+)\s*$/.exec(text);
    if (match) this.#massNames.set(Number(match[1]), match[2]!);
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

  /** The columns of the Atoms section, from the style behind its # or from their number. */
  #atomColumns(cursor: LineCursor, tokens: readonly string[]): ColumnPlan[] {
    const style = this.#style === "" ? "atomic" : this.#style;
    const columns = STYLE_COLUMNS[style]?.split(" ");
    if (!columns) {
      throw cursor.error(
        `atom_style ${style} is not read; known are ${Object.keys(STYLE_COLUMNS).join(", ")}. ` +
          "In LAMMPS, change it with atom_style atomic, or write a dump custom … id type x y z instead.",
        { field: "Atoms" },
      );
    }
    if (tokens.length !== columns.length && tokens.length !== columns.length + 3) {
      throw cursor.error(
        `has ${tokens.length} columns, but atom_style ${style} has ${columns.length} (${columns.join(" ")}), or ` +
          `${columns.length + 3} with image flags. If the file is of another style, say so in its section line, ` +
          'e.g. "Atoms # charge".',
        { field: "Atoms" },
      );
    }
    const names = tokens.length === columns.length ? columns : [...columns, ...IMAGE_FLAGS];
    const labelled = this.#typeLabels.size > 0;
    return names.map((name): ColumnPlan => {
      if (["x", "y", "z"].includes(name)) return { name, kind: "coordinate", width: 1 };
      if (name === "type") return { name, kind: labelled ? "species" : "integer", width: 1 };
      return { name, kind: ["id", "molecule", ...IMAGE_FLAGS].includes(name) ? "integer" : "real", width: 1 };
    });
  }

  #assemble(atoms: ParticleTable): Snapshot {
    const { vectors, origin } = dataBox(this.#boxNumbers, this.#source);
    const labelled = this.#typeLabels.size > 0;
    return assembleSnapshot({
      source: this.#source,
      format: "lammps-data",
      frame: 0,
      dimension: 3,
      lattice: triangularLattice(vectors, 3, this.#source, this.#boxLine),
      origin,
      periodic: [true, true, true],
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

/** Edge vectors (3×3) and origin from the header's numbers; restricted (xlo xhi …) or general (avec …). */
function dataBox(
  numbers: ReadonlyMap<string, readonly number[]>,
  source: string,
): { vectors: number[]; origin: Float64Array } {
  const need = (keyword: string): readonly number[] => {
    const found = numbers.get(keyword);
    if (found) return found;
    throw inputError(source, `the header has no line "… ${keyword}", so the periodic box is unknown.`, {
      field: keyword,
    });
  };
  if (numbers.has("avec")) {
    return {
      vectors: ["avec", "bvec", "cvec"].flatMap(need),
      origin: Float64Array.from(need("abc origin")),
    };
  }
  const bounds = ["xlo xhi", "ylo yhi", "zlo zhi"].map(need);
  const lengths = bounds.map(([lo, hi]) => hi! - lo!);
  const flat = lengths.findIndex((length) => !(length > 0));
  if (flat >= 0) {
    const keyword = ["xlo xhi", "ylo yhi", "zlo zhi"][flat]!;
    throw inputError(
      source,
      `"${bounds[flat]!.join(" ")} ${keyword}": the upper bound must exceed the lower.`,
      {
        field: keyword,
      },
    );
  }
  const [xy, xz, yz] = numbers.get("xy xz yz") ?? [0, 0, 0];
  return {
    vectors: [lengths[0]!, 0, 0, xy!, lengths[1]!, 0, xz!, yz!, lengths[2]!],
    origin: Float64Array.from(bounds, ([lo]) => lo!),
  };
}

/** N×3 velocities brought from the order of their section into that of the atom rows. */
function velocitiesByRow(atoms: ParticleTable, velocities: ParticleTable, source: string): Float64Array {
  const rowOf = new Map<number, number>();
  velocities.column("id")!.values.forEach((id, row) => {
    rowOf.set(id, row);
  });
  const v = vectorColumn(velocities, ["vx", "vy", "vz"])!;
  const sorted = new Float64Array(v.length);
  atoms.column("id")!.values.forEach((id, row) => {
    const from = rowOf.get(id);
    if (from === undefined)
      throw inputError(source, `section Velocities lacks atom id ${id}.`, { field: "Velocities" });
    sorted.set(v.subarray(3 * from, 3 * from + 3), 3 * row);
  });
  return sorted;
}
