import { power } from "../elementary.ts";
import { compose, type Series } from "./series.ts";
import type { PotentialTable } from "./types.ts";

/** Value and first three derivatives of a table at x ≥ rMin, into jet[0…3]; beyond its end, the last polynomial. */
export function tableJet(table: PotentialTable, x: number, jet: Float64Array): void {
  const { polynomials, degree, spacing } = table;
  const last = polynomials.length / (degree + 1) - 1;
  const position = (x - table.rMin) / spacing;
  const interval = Math.min(Math.floor(position), last);
  const t = position - interval;
  const start = interval * (degree + 1);
  let p0 = 0;
  let p1 = 0;
  let p2 = 0;
  let p3 = 0;
  for (let k = start + degree; k >= start; k--) {
    p3 = p3 * t + p2;
    p2 = p2 * t + p1;
    p1 = p1 * t + p0;
    p0 = p0 * t + polynomials[k];
  }
  const inverse = 1 / spacing;
  jet[0] = p0;
  jet[1] = p1 * inverse;
  jet[2] = 2 * p2 * inverse * inverse;
  jet[3] = 6 * p3 * inverse * inverse * inverse;
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
