import { decimal } from "../../decimal.ts";
import { SoftfieldError } from "../../errors.ts";

/** A potential of embedded atoms as its file has it: values on equally spaced rows; Å and eV. */
export interface EamFile {
  /** E names of elements. */
  readonly elements: readonly string[];
  /** F(ρ) at 0, drho, 2 drho, … of each element, eV. */
  readonly drho: number;
  readonly embedding: readonly (readonly number[])[];
  /** The next two at r = 0, dr, 2 dr, …, Å. */
  readonly dr: number;
  readonly cutoff: number;
  /** E×E, row host·E + source: what an atom `source` adds to the density at a `host`. */
  readonly density: readonly (readonly number[])[];
  /** r·φ(r) of the pairs (0, 0), (1, 0), (1, 1), (2, 0), …; eV·Å. */
  readonly pair: readonly (readonly number[])[];
  /** LAMMPS leaves out the last rows of a funcfl file. */
  readonly funcfl?: boolean | undefined;
  /** E, u. */
  readonly masses?: readonly number[] | undefined;
}

/** Hartree in eV and Bohr radius in Å as LAMMPS has them in funcfl files, for r·φ = 27.2·0.529·Z_i Z_j. */
const HARTREE_BOHR = 27.2 * 0.529;

/**
 * Reads setfl (`eam/alloy`), Finnis–Sinclair setfl (`eam/fs`) or funcfl (`eam`): three comment lines, elements, grid,
 * and blocks of numbers, any count a line; or a comment, an element, a grid. Throws "model", naming the line.
 */
export function parseEamFile(text: string, file: string): EamFile {
  const lines = text.split(/\r?\n/);
  const reader = new NumberReader(lines, file);
  const names = (lines[3] ?? "").trim().split(/\s+/);
  const count = Number(names[0]);
  if (Number.isInteger(count) && count > 0 && names.length > count && Number.isNaN(Number(names[1])))
    return setfl(reader, names.slice(1, count + 1));
  const grid = (lines[2] ?? "").trim().split(/\s+/).map(decimal);
  if (grid.length >= 5 && grid.every(Number.isFinite)) return funcfl(reader, lines[1] ?? "");
  throw reader.fault(
    3,
    'neither a setfl file ("2 Cu Zr" on line 4) nor a funcfl file (nrho, drho, nr, dr, cutoff on line 3): give a file of pair_style eam, eam/alloy or eam/fs',
  );
}

interface Grid {
  readonly nrho: number;
  readonly drho: number;
  readonly nr: number;
  readonly dr: number;
  readonly cutoff: number;
}

function gridOf(reader: NumberReader, line: number): Grid {
  const words = reader.words(line);
  const [nrho, drho, nr, dr, cutoff] = words.map(decimal);
  const whole = (n: number) => Number.isInteger(n) && n >= MIN_ROWS;
  if (words.length < 5 || !whole(nrho) || !whole(nr) || !(drho > 0 && dr > 0 && cutoff > 0)) {
    throw reader.fault(
      line,
      `expected nrho, drho, nr, dr and the cutoff (at least ${MIN_ROWS} rows each), found "${words.join(" ")}"`,
    );
  }
  if (cutoff > (nr + 1) * dr) {
    throw reader.fault(
      line,
      `the tables end at r = ${((nr - 1) * dr).toPrecision(6)}, before the cutoff ${cutoff}: what the potential is between is not said. Get the whole file, or set the cutoff on this line to where its functions end`,
    );
  }
  return { nrho, drho, nr, dr, cutoff };
}

/** A spline of degree five and its ends. */
const MIN_ROWS = 12;
/** Numbers an element that a file may have beyond those that are needed. */
const SPARE = 20;

function setfl(reader: NumberReader, elements: readonly string[]): EamFile {
  const count = elements.length;
  const grid = gridOf(reader, 4);
  const { nrho, drho, nr, dr, cutoff } = grid;
  // What stands after the grid tells the kinds apart: one density an element, or one a pair of elements.
  const pairs = (count * (count + 1)) / 2;
  const numbers = reader.countFrom(5) - 3 * count;
  const alloy = count * (nrho + nr) + pairs * nr;
  const finnisSinclair = count * (nrho + count * nr) + pairs * nr;
  const several = count > 1 && numbers >= finnisSinclair;
  if (numbers < alloy || (!several && numbers > alloy + SPARE * count)) {
    throw reader.fault(
      reader.lines.length - 1,
      `the file ends too early: ${numbers} numbers of ${alloy} (eam/alloy) or ${finnisSinclair} (eam/fs), by its elements and grid: get the whole file`,
    );
  }
  const masses: number[] = [];
  const embedding: number[][] = [];
  const density: number[][] = new Array(count * count);
  reader.at = 5;
  for (let source = 0; source < count; source++) {
    masses.push(reader.mass());
    embedding.push(reader.take(nrho, `F of ${elements[source]}`));
    const own = several ? undefined : reader.take(nr, `the density of ${elements[source]}`);
    for (let host = 0; host < count; host++) {
      density[host * count + source] =
        own ?? reader.take(nr, `the density of ${elements[source]} at ${elements[host]}`);
    }
  }
  const pair: number[][] = [];
  for (let a = 0; a < count; a++)
    for (let b = 0; b <= a; b++) pair.push(reader.take(nr, `the pair ${elements[a]}–${elements[b]}`));
  reader.end();
  return { elements, drho, embedding, dr, cutoff, density, pair, masses };
}

function funcfl(reader: NumberReader, header: string): EamFile {
  const { nrho, drho, nr, dr, cutoff } = gridOf(reader, 2);
  reader.at = 3;
  const [atomicNumber, mass] = header.trim().split(/\s+/).map(decimal);
  if (!Number.isInteger(atomicNumber) || !Number.isFinite(mass))
    throw reader.fault(1, `expected atomic number and mass, found "${header.trim()}"`);
  const embedding = [reader.take(nrho, "F")];
  const charge = reader.take(nr, "Z");
  const density = [reader.take(nr, "the density")];
  const pair = [charge.map((z) => HARTREE_BOHR * z * z)];
  reader.end();
  return {
    elements: [SYMBOLS[atomicNumber] ?? `Z=${atomicNumber}`],
    drho,
    embedding,
    dr,
    cutoff,
    density,
    pair,
    funcfl: true,
    masses: mass > 0 ? [mass] : undefined,
  };
}

/** Symbols by atomic number, of what potentials of metals are made for. */
const SYMBOLS: readonly string[] =
  "- H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi".split(
    " ",
  );

/** How programs print what is no number. */
const NO_NUMBER = /^[-+]?(nan|inf|infinity)$/i;

const isNumber = (word: string) => Number.isFinite(decimal(word));

function notNumber(what: string, row: number, word: string): string {
  const undefinedThere = NO_NUMBER.test(word)
    ? `: the function is not defined there. Put the value that it tends to, such as F(0) = 0`
    : "";
  return `expected a number of ${what} in row ${row}, found "${word}"${undefinedThere}`;
}

/** Numbers of a text, line after line. */
class NumberReader {
  readonly lines: readonly string[];
  readonly file: string;
  /** The line that comes next. */
  at = 0;
  #rest: string[] = [];

  constructor(lines: readonly string[], file: string) {
    this.lines = lines;
    this.file = file;
  }

  words(line: number): string[] {
    return (this.lines[line] ?? "").trim().split(/\s+/);
  }

  /** Words from a line to the end. */
  countFrom(line: number): number {
    let count = 0;
    for (let k = line; k < this.lines.length; k++) {
      const words = this.lines[k].trim();
      if (words !== "")
        count += words.split(/\s+/).filter((word) => isNumber(word) || NO_NUMBER.test(word)).length;
    }
    return count;
  }

  /** The mass in the line of an element: atomic number, mass, lattice constant, lattice. */
  mass(): number {
    while (this.at < this.lines.length && this.lines[this.at].trim() === "") this.at++;
    const words = this.words(this.at);
    if (this.#rest.length > 0 || words.length < 3 || !words.slice(0, 3).map(decimal).every(Number.isFinite)) {
      throw this.fault(
        this.at,
        `expected atomic number, mass, lattice constant and lattice, found "${words.join(" ")}"`,
      );
    }
    this.at++;
    const mass = Number(words[1]);
    if (mass > 0) return mass;
    throw this.fault(this.at - 1, `expected a mass above 0, found "${words[1]}"`);
  }

  take(count: number, what: string): number[] {
    const values: number[] = [];
    while (values.length < count) {
      if (this.#rest.length === 0) {
        if (this.at >= this.lines.length)
          throw this.fault(this.at - 1, `the file ends after ${values.length} of ${count} values of ${what}`);
        this.#rest = this.lines[this.at++].trim().split(/\s+/).filter(Boolean);
        continue;
      }
      for (const word of this.#rest.splice(0, count - values.length)) {
        const value = decimal(word);
        if (!Number.isFinite(value)) throw this.fault(this.at - 1, notNumber(what, values.length, word));
        values.push(value);
      }
    }
    return values;
  }

  /** Numbers that are left over: a row stands twice, or the grid is another file's, and all that was read is shifted. */
  end(): void {
    const from = this.#rest.length > 0 ? this.at - 1 : this.at;
    const count =
      this.countFrom(this.at) + this.#rest.filter((word) => Number.isFinite(decimal(word))).length;
    if (count === 0) return;
    throw this.fault(
      from,
      `${count} numbers more than the grid announces: a row stands twice, or the grid is wrong`,
    );
  }

  fault(line: number, message: string): SoftfieldError {
    const place = { file: this.file, line: line + 1 };
    return new SoftfieldError("model", `${this.file}, line ${line + 1}: ${message}`, place);
  }
}
