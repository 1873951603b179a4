import { power } from "../elementary.ts";
import { horner, powers } from "./horner.ts";
import { jet } from "./jet.ts";
import { tableJet } from "./jets.ts";
import { compose, type Series } from "./series.ts";
import type { PotentialTable } from "./types.ts";

/** Value and first four derivatives of a table at x, into `jet`; beyond its ends, the first and the last polynomial. */
export function evaluateTable(table: PotentialTable, x: number): void {
  const { polynomials, degree, spacing } = table;
  const last = polynomials.length / (degree + 1) - 1;
  const position = (x - table.rMin) / spacing;
  const interval = Math.min(Math.max(Math.floor(position), 0), last);
  const t = position - interval;
  const start = interval * (degree + 1);
  horner(polynomials, start, start + degree, t);
  const { d0, d1, d2, d3, d4 } = powers;
  tableJet(jet, d0, d1, d2, d3, d4, 1 / spacing);
}

/** Where a table ends: its last row. */
export function tableEnd(table: PotentialTable): number {
  return table.rMin + table.spacing * (table.polynomials.length / (table.degree + 1));
}

/** The table composed with a series x(t): Taylor coefficients of φ(x(t)), from the interval that ends at or holds x(0). */
export function tableSeries(table: PotentialTable, x: Series): Series {
  const { polynomials, degree, spacing } = table;
  const last = polynomials.length / (degree + 1) - 1;
  const position = (x[0] - table.rMin) / spacing;
  const interval = Math.min(Math.max(Math.ceil(position) - 1, 0), last);
  const t = position - interval;
  const about = [...polynomials.subarray(interval * (degree + 1), (interval + 1) * (degree + 1))];
  // Taylor shift of the local polynomial to t, in place: synthetic division by (t' − t), again and again.
  for (let k = 0; k < degree; k++) {
    for (let l = degree - 1; l >= k; l--) about[l] = about[l] + t * about[l + 1];
  }
  const scaled = about.map((value, k) => value / power(spacing, k));
  return compose(scaled, x);
}
