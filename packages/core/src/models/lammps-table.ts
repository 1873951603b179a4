import { decimal } from "../decimal.ts";
import { SoftfieldError } from "../errors.ts";
import { interpolatingSpline } from "./spline.ts";

/** r equally spaced and ascending, φ at each r. */
interface Columns {
  readonly r: readonly number[];
  readonly phi: readonly number[];
  /** What is odd about them, for people. */
  readonly remarks: readonly string[];
}

/** Which section is read, and how. */
interface TableChoice {
  /** Of the section, where the file has more than one. */
  readonly keyword?: string | undefined;
  /** Puts the energy that the rows before it lead to in the place of a zero at the cutoff; else that is refused. */
  readonly mend?: boolean;
}

interface Line {
  readonly words: readonly string[];
  /** 1-based. */
  readonly number: number;
}

/** One section of a LAMMPS table: its keyword, its line of parameters and what follows up to the next. */
interface Section {
  readonly keyword: string;
  readonly head: Line;
  readonly rows: readonly Line[];
}

/** Degree of the spline by which tables over r² are brought to equal steps of r. */
const DEGREE = 7;
/** Rows behind which r is expected to stand where it should: four digits, as tables printed with few have. */
const SAME = 1e-4;

/**
 * The columns of a LAMMPS pair table (pair_style table, pair_write): a keyword, "N 100 R 0.8 2.5", rows "index r φ F".
 * As in LAMMPS, R and RSQ set the distances, r² in equal steps for RSQ, and the column of r gives way to them; with
 * neither it decides. Rows equally spaced in r² are brought to equal spacing in r by a spline of degree seven.
 *
 * @returns undefined for a text that is no such table
 * @throws SoftfieldError "model" naming line and way out
 */
export function lammpsTable(text: string, file: string, choice: TableChoice = {}): Columns | undefined {
  const lines = significantLines(text);
  const found = sections(lines);
  if (found.length === 0) {
    refuseHeadless(lines, file);
    return undefined;
  }
  const names = found.map((section) => section.keyword);
  const { keyword, mend = false } = choice;
  const chosen =
    keyword === undefined
      ? found.length === 1
        ? found[0]
        : undefined
      : found.find((s) => s.keyword === keyword);
  if (!chosen) {
    const advice = keyword === undefined ? "keep one in a file of its own" : `none is called ${keyword}`;
    throw fault(
      file,
      found[0].head.number,
      `this LAMMPS table has the sections ${names.join(", ")}: ${advice}`,
    );
  }
  return columnsOf(chosen, file, mend);
}

function significantLines(text: string): Line[] {
  return text
    .split(/\r?\n/)
    .map((content, k) => ({ words: content.replace(/#.*/, "").trim().split(/\s+/), number: k + 1 }))
    .filter(({ words }) => words[0] !== "");
}

/** A keyword is a line that begins with no number, followed by one that begins with N. */
function sections(lines: readonly Line[]): Section[] {
  const starts = lines.flatMap(({ words }, k) =>
    Number.isNaN(decimal(words[0])) && lines[k + 1]?.words[0] === "N" ? [k] : [],
  );
  return starts.map((start, s) => ({
    keyword: lines[start].words[0],
    head: lines[start + 1],
    rows: lines.slice(start + 2, starts[s + 1]),
  }));
}

function columnsOf({ keyword, head, rows }: Section, file: string, mend: boolean): Columns {
  const count = decimal(head.words[1] ?? "");
  if (!Number.isSafeInteger(count) || count < 2) {
    throw fault(file, head.number, `"${head.words.join(" ")}": a number of rows must follow N`);
  }
  if (head.words.includes("BITMAP")) {
    throw fault(file, head.number, "BITMAP tables are not read: write the table with R or RSQ");
  }
  if (rows.length !== count) {
    throw fault(file, head.number, `section ${keyword} announces ${count} rows and has ${rows.length}`);
  }
  const numbers = rows.map(({ words, number }) => {
    const row = words.map(decimal);
    if (row.length < 3 || !row.slice(0, 3).every(Number.isFinite))
      throw fault(file, number, `expected "index r energy force", found "${words.join(" ")}"`);
    return row;
  });
  const phi = numbers.map((row) => row[2]);
  const written = numbers.map((row) => row[1]);
  const remarks: string[] = [];
  if (zeroEnd(phi)) {
    if (!mend) throw fault(file, rows[rows.length - 1].number, ZERO_END);
    const row = phi.length - 1;
    phi[row] = continued(phi);
    remarks.push(
      `the energy in the last row of ${keyword} is 0, which pair_write puts at the cutoff itself: ${Number(phi[row].toPrecision(6))} is taken, to which the rows before it lead`,
    );
  }
  const at = head.words.findIndex((word) => word === "R" || word === "RSQ");
  if (at < 0) return { r: written, phi, remarks: [...remarks, ...oddForces(written, phi, numbers)] };
  const [low, high] = head.words.slice(at + 1, at + 3).map(decimal);
  if (!(low > 0 && high > low)) {
    throw fault(file, head.number, `${head.words[at]} needs two distances, the smaller first`);
  }
  const squares = head.words[at] === "RSQ";
  const [first, last] = squares ? [low * low, high * high] : [low, high];
  const step = (last - first) / (count - 1);
  const grid = phi.map((_, k) => first + k * step);
  const r = squares ? grid.map(Math.sqrt) : grid;
  const strays = r.findIndex((x, k) => !(Math.abs(x - written[k]) <= SAME * high));
  if (strays >= 0) {
    throw fault(
      file,
      rows[strays].number,
      `r is ${written[strays]}, where "${head.words.join(" ")}" puts ${r[strays]}: one of them is wrong`,
    );
  }
  if (squares) return { ...equallySpaced(first, step, phi), remarks };
  return { r, phi, remarks: [...remarks, ...oddForces(r, phi, numbers)] };
}

/** φ at equal steps of r from its values at equal steps of r²; the step is the smallest of the table's own. */
function equallySpaced(first: number, step: number, phi: readonly number[]): Omit<Columns, "remarks"> {
  const { polynomials } = interpolatingSpline({ rMin: first, spacing: step }, phi, DEGREE);
  const last = phi.length - 2;
  const [low, high] = [Math.sqrt(first), Math.sqrt(first + (last + 1) * step)];
  const finest = high - Math.sqrt(high * high - step);
  const count = Math.ceil((high - low) / finest) + 1;
  const r = Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));
  const values = r.map((x) => {
    const position = (x * x - first) / step;
    const interval = Math.min(Math.max(Math.floor(position), 0), last);
    let value = 0;
    for (let k = DEGREE; k >= 0; k--)
      value = value * (position - interval) + polynomials[interval * (DEGREE + 1) + k];
    return value;
  });
  return { r, phi: values };
}

/** pair_write puts zeros at the cutoff itself, where LAMMPS counts the pair as beyond it: a jump that ruins any spline. */
function zeroEnd(phi: readonly number[]): boolean {
  const [before, previous, end] = phi.slice(-3);
  return end === 0 && Math.abs(previous) > 3 * Math.abs(previous - before);
}

const ZERO_END =
  "the last energy is 0, though those before it do not go there: pair_write writes that at the cutoff itself. Leave this " +
  "row out (with N one less, and the distance before it as the last), or let pair_write end a little before the cutoff";

/** What the polynomial of degree seven through the rows before the last has there. */
function continued(phi: readonly number[]): number {
  const count = Math.min(DEGREE + 1, phi.length - 1);
  let [value, binomial] = [0, 1];
  for (let k = 1; k <= count; k++) {
    binomial = (binomial * (count + 1 - k)) / k;
    value += (k % 2 === 1 ? 1 : -1) * binomial * phi[phi.length - 1 - k];
  }
  return value;
}

/** Deviation of forces from the slope of the energies, of their size, from which on it is told. */
const ODD = 0.01;

/** Whether the column of forces is what the energies say, which alone are taken. */
function oddForces(
  r: readonly number[],
  phi: readonly number[],
  numbers: readonly (readonly number[])[],
): string[] {
  if (phi.length < 2 * (DEGREE + 1) || numbers.some((row) => row.length < 4)) return [];
  const spacing = (r[r.length - 1] - r[0]) / (r.length - 1);
  const { polynomials } = interpolatingSpline({ rMin: r[0], spacing }, phi, DEGREE);
  const slope = (k: number) => polynomials[k * (DEGREE + 1) + 1] / spacing;
  const inner = Array.from({ length: phi.length - 2 * DEGREE }, (_, k) => k + DEGREE);
  const floor = 1e-3 * inner.map((k) => Math.abs(slope(k))).toSorted((a, b) => a - b)[inner.length >> 1];
  const odd = inner.filter((k) => Math.abs(numbers[k][3] + slope(k)) > ODD * Math.abs(slope(k)) + floor);
  if (odd.length === 0) return [];
  return [
    `in ${odd.length} of ${phi.length} rows (first r = ${r[odd[0]]}) the force is not minus the slope of the energy by more than 1 %: the energies are taken`,
  ];
}

/** Rows "1 r φ F", "2 …": the head of a LAMMPS table was cut off, and its index would be taken for r. */
function refuseHeadless(lines: readonly Line[], file: string): void {
  const indexed =
    lines.length > 3 && lines.every(({ words }, k) => words.length >= 3 && Number(words[0]) === k + 1);
  if (!indexed) return;
  throw fault(
    file,
    lines[0].number,
    "the first column counts 1, 2, 3, …: this is a LAMMPS table without its head. Put the lines KEYWORD and N back, or keep " +
      "the columns of r and φ alone",
  );
}

function fault(file: string, line: number, message: string): SoftfieldError {
  return new SoftfieldError("model", `${file}, line ${line}: ${message}`, { file, line });
}
