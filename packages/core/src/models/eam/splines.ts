import { roundingOf } from "../smooth/digits.ts";
import { once, type SmoothTable, smoothTable } from "../smooth/table.ts";
import { interpolatingSpline } from "../spline.ts";
import type { PotentialTable } from "../types.ts";
import type { EamFile } from "./file.ts";
import { lammpsDensity, lammpsEmbedding, lammpsPair } from "./lammps-spline.ts";

/** Splines through the rows: four continuous derivatives. */
const DEGREE = 5;

/** The functions of a file of embedded atoms for S species. */
export interface EamSplines {
  /** S, over ρ. */
  readonly functions: readonly SmoothTable[];
  /** S², host·S + source, over r. */
  readonly densities: readonly SmoothTable[];
  /** φ of pairs s ≤ t, row by row, as the file has it. */
  readonly pairs: readonly SmoothTable[];
}

/**
 * The splines of the elements at `index`, each made once a file's contents: through every `way`-th row; smoothed by the
 * digits of the rows where it is undefined; as LAMMPS has them.
 */
export function eamSplines(
  potential: EamFile,
  index: readonly number[],
  way: "lammps" | number | undefined,
): EamSplines {
  const { elements } = potential;
  const make = way === "lammps" ? lammpsTables(potential) : smoothTables(potential, way);
  const spline = (name: string, one: () => SmoothTable) => once(potential, `${name} ${way}`, one);
  const functions = index.map((a) => spline(`F ${a}`, () => make.embedding(a)));
  const densities = index.flatMap((host) =>
    index.map((from) => {
      const k = firstLike(potential.density, host * elements.length + from);
      return spline(`f ${k}`, () => make.density(k));
    }),
  );
  const pairs = index.flatMap((a, s) =>
    index.slice(s).map((b) => {
      const k = pairIndex(a, b);
      return spline(`φ ${k}`, () => make.pair(k));
    }),
  );
  return { functions, densities, pairs };
}

/** The first of some columns whose rows are those of the k-th: setfl has one density an element, whoever the host. */
function firstLike(columns: readonly (readonly number[])[], k: number): number {
  const own = columns[k];
  return columns.findIndex(
    (rows) => rows === own || (rows.length === own.length && rows.every((value, n) => value === own[n])),
  );
}

/** Row of `EamFile.pair` of two elements. */
export const pairIndex = (a: number, b: number) => {
  const [high, low] = [Math.max(a, b), Math.min(a, b)];
  return (high * (high + 1)) / 2 + low;
};

/** Tables of rows of `embedding`, `density` and `pair` of a file. */
interface Tables {
  embedding(row: number): SmoothTable;
  density(row: number): SmoothTable;
  pair(row: number): SmoothTable;
}

function lammpsTables({ drho, embedding, dr, cutoff, density, pair, funcfl }: EamFile): Tables {
  const used = (rows: readonly number[]) => (funcfl ? rows.slice(0, -1) : rows);
  const plain = (table: PotentialTable) => ({ table });
  return {
    embedding: (row) => plain(lammpsEmbedding(used(embedding[row]), drho)),
    density: (row) => plain(lammpsDensity(used(density[row]), dr, cutoff)),
    pair: (row) => plain(lammpsPair(used(pair[row]), dr, cutoff)),
  };
}

function smoothTables(potential: EamFile, step: number | undefined): Tables {
  const { drho, embedding, dr, cutoff, density } = potential;
  const plain = (values: readonly number[]) => ({ values, rounding: () => roundingOf(values) });
  return {
    embedding: (row) => splineOf({ first: 0, spacing: drho }, plain(thinned(embedding[row], step)), step),
    density: (row) =>
      splineOf({ first: 0, spacing: dr }, plain(toCutoff(density[row], dr, cutoff, step)), step),
    pair: (row) => splineOf({ first: step ?? 1, spacing: dr }, pairRows(potential, row, step), step),
  };
}

interface Grid {
  /** Index of the first value. */
  readonly first: number;
  /** Of the file's rows. */
  readonly spacing: number;
}

interface Rows {
  readonly values: readonly number[];
  /** Standard deviation of the rounding of each. */
  rounding(): Float64Array;
}

/** Of rows of which every `step`-th is there; smoothed by their digits where it is undefined. */
function splineOf(
  { first, spacing }: Grid,
  { values, rounding }: Rows,
  step: number | undefined,
): SmoothTable {
  const grid = { rMin: first * spacing, spacing: (step ?? 1) * spacing };
  if (step === undefined) return smoothTable(grid, values, DEGREE, rounding());
  return { table: interpolatingSpline(grid, values, DEGREE) };
}

/** φ = (r·φ)/r, from the first row that is not 0 on. */
export function pairRows({ dr, cutoff, pair }: EamFile, k: number, step: number | undefined): Rows {
  const spacing = (step ?? 1) * dr;
  const file = toCutoff(pair[k], dr, cutoff, step).slice(1);
  return {
    values: file.map((value, row) => value / ((row + 1) * spacing)),
    rounding: () => roundingOf(file).map((sigma, row) => sigma / ((row + 1) * spacing)),
  };
}

/**
 * Rows up to the cutoff, every `step`-th: files end a row or two before it, where the function has vanished. So many that
 * every n-th of them reaches it, too.
 */
function toCutoff(values: readonly number[], dr: number, cutoff: number, step = 1): readonly number[] {
  const rows = values.slice();
  while ((rows.length - 1) * dr < cutoff * (1 - 1e-12) || (rows.length - 1) % step !== 0) rows.push(0);
  return thinned(rows, step);
}

function thinned(values: readonly number[], step = 1): readonly number[] {
  return step === 1 ? values : values.filter((_, k) => k % step === 0);
}
