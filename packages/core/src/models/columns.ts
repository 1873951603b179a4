import { decimal } from "../decimal.ts";
import { SoftfieldError } from "../errors.ts";
import { rounded } from "../rounded.ts";
import { jet } from "./jet.ts";
import { lammpsTable } from "./lammps-table.ts";
import { fieldError } from "./pairs.ts";
import { interpolatingSpline } from "./spline.ts";
import { evaluateTable } from "./table.ts";
import type { PotentialTable } from "./types.ts";

/** Columns of a tabulated potential: r equally spaced and ascending, φ at each r. */
export interface TableColumns {
  readonly r: ArrayLike<number>;
  readonly phi: ArrayLike<number>;
}

/** Largest deviation of a row from equal spacing, in spacings: rounded decimals pass, another grid does not. */
const SPACING_TOLERANCE = 1e-3;
/** A table is called coarse where leaving out every second row changes φ‴ by more than this fraction. */
const COARSENESS_LIMIT = 0.01;

/**
 * Reads a text of columns "r φ" (blanks, tabs or commas between; more columns are ignored; # starts a comment), or a LAMMPS
 * pair table.
 */
export function parseTableColumns(text: string, file: string): TableColumns {
  const lammps = lammpsTable(text, file);
  if (lammps) return lammps;
  const r: number[] = [];
  const phi: number[] = [];
  text.split(/\r?\n/).forEach((content, index) => {
    const words = content
      .replace(/#.*/, "")
      .trim()
      .split(/[\s,]+/);
    if (words[0] === "") return;
    const [a, b] = words.slice(0, 2).map(decimal) as [number, number | undefined];
    if (b === undefined || !Number.isFinite(a) || !Number.isFinite(b)) {
      const line = index + 1;
      throw new SoftfieldError(
        "model",
        `${file}, line ${line}: expected two finite numbers, r and φ, found "${content.trim()}"`,
        { file, line },
      );
    }
    r.push(a);
    phi.push(b);
  });
  return { r, phi };
}

/** Interpolates columns by a spline. Errors name the row. */
export function tableFromColumns(columns: TableColumns, degree: 5 | 7, place: ColumnsPlace): PotentialTable {
  return interpolatingSpline(gridOfColumns(columns, degree, place), columns.phi, degree);
}

interface ColumnsPlace {
  readonly file: string | undefined;
  readonly field: string;
}

/** The grid of columns that can be interpolated. Errors name the row. */
export function gridOfColumns(
  { r, phi }: TableColumns,
  degree: 5 | 7,
  place: ColumnsPlace,
): { readonly rMin: number; readonly spacing: number } {
  const count = r.length;
  const least = 2 * (degree + 1);
  if (phi.length !== count) {
    throw fieldError(place, `has ${count} values of r and ${phi.length} of phi: give one phi for each r`);
  }
  if (count < least) {
    throw fieldError(
      place,
      `has ${count} rows: a spline of degree ${degree} and its test need at least ${least}`,
    );
  }
  const spacing = (r[count - 1] - r[0]) / (count - 1);
  for (let k = 0; k < count; k++) {
    const expected = r[0] + k * spacing;
    if (!(r[k] > 0) || !(spacing > 0) || !(Math.abs(r[k] - expected) <= SPACING_TOLERANCE * spacing)) {
      throw fieldError(
        place,
        `r[${k}] is ${r[k]} where ${expected} was expected: r must be positive, ascending and equally spaced`,
      );
    }
    if (!Number.isFinite(phi[k]))
      throw fieldError(place, `phi[${k}] is ${phi[k]}: it must be a finite number`);
  }
  return { rMin: r[0], spacing };
}

/** How far a table can be trusted for third derivatives: what leaving out every second row changes. */
export interface TableCoarseness {
  /** From this r on the change stays below 1 %; the first row, where it is nowhere larger. */
  readonly fineFrom: number;
  /** Largest |φ‴ − φ‴ of the halved table| relative to |φ‴| + 3|φ″|/r + 3|φ′|/r² nearby: the terms of T_α. */
  readonly change: number;
  /** Where it is largest. */
  readonly at: number;
}

/**
 * Compares the spline with the one through every second row. Where rows are too few, the change is about
 * 2^{degree−2} times the error of φ‴; where digits of φ are too few, it is about the error itself.
 *
 * Steep cores, which no pair ever reaches, spoil the halved spline far beyond them: it is also begun one, two,
 * three and four eighths into the table, and what is fine by any of them is fine.
 */
export function tableCoarseness(table: PotentialTable, phi: ArrayLike<number>): TableCoarseness {
  const candidates = [0, 1, 2, 3, 4]
    .map((eighths) => 2 * Math.floor((eighths * phi.length) / 16))
    .filter((first) => first === 0 || phi.length - first >= 2 * (table.degree + 1))
    .map((first) => halvingFrom(table, phi, first));
  return candidates.reduce((best, next) => (next.fineFrom < best.fineFrom ? next : best));
}

/** The comparison with the spline through rows first, first + 2, … */
function halvingFrom(table: PotentialTable, phi: ArrayLike<number>, first: number): TableCoarseness {
  const start = table.rMin + first * table.spacing;
  const half = Array.from({ length: Math.ceil((phi.length - first) / 2) }, (_, k) => phi[first + 2 * k]);
  const degree = table.degree as 5 | 7;
  const coarse = interpolatingSpline({ rMin: start, spacing: 2 * table.spacing }, half, degree);
  const intervals = half.length - 1;
  const change = new Float64Array(intervals);
  const scale = new Float64Array(intervals);
  for (let k = 0; k < intervals; k++) {
    for (const t of [0.25, 0.75, 1.25, 1.75]) {
      const x = start + (2 * k + t) * table.spacing;
      evaluateTable(coarse, x);
      const halved = jet.d3;
      evaluateTable(table, x);
      const size = Math.abs(jet.d3) + 3 * Math.abs(jet.d2 / x) + 3 * Math.abs(jet.d1 / (x * x));
      change[k] = Math.max(change[k], Math.abs(jet.d3 - halved));
      scale[k] = Math.max(scale[k], size);
    }
  }
  // Where φ fades out, changes count against a hundredth of its typical size.
  const floor = 0.01 * scale.toSorted()[intervals >> 1];
  const result = { fineFrom: start, change: 0, at: start };
  for (let k = 0; k < intervals; k++) {
    const relative = change[k] / Math.max(scale[k], floor, Number.MIN_VALUE);
    if (relative > result.change) {
      result.change = relative;
      result.at = start + (2 * k + 1) * table.spacing;
    }
    if (relative > COARSENESS_LIMIT) result.fineFrom = start + 2 * (k + 1) * table.spacing;
  }
  return result;
}

/** The warning about a coarse table, or undefined for one that is fine from its first row on. */
export function coarsenessWarning(
  table: PotentialTable,
  coarseness: TableCoarseness,
  field: string,
): string | undefined {
  const { change, at, fineFrom } = coarseness;
  if (fineFrom <= table.rMin) return undefined;
  return `${field}: too coarse (or of too few digits) for third derivatives below r = ${rounded(fineFrom, 4)}: there, leaving out every second row changes φ‴ by more than ${percent(COARSENESS_LIMIT)} (by ${percent(change)} near r = ${rounded(at, 4)}). Local thermal energies need φ‴: where pairs are that close, give more rows or digits`;
}

function percent(fraction: number): string {
  return `${rounded(100 * fraction, 2)} %`;
}
