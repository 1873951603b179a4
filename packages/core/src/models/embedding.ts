import { jet as last } from "./jet.ts";
import { setJet } from "./jets.ts";
import { evaluateTable, tableEnd } from "./table.ts";
import type { EmbeddingTerm, PotentialTable } from "./types.ts";

/** f(r) of a source at a host with its first four derivatives, into `jet` (5, overwritten); 0 beyond the cutoff. */
export function densityJet(
  { speciesCount, cutoff, densities }: EmbeddingTerm,
  [host, source]: readonly [number, number],
  r: number,
  jet: Float64Array,
): void {
  if (r > cutoff) {
    jet.fill(0);
    return;
  }
  evaluateTable(densities[host * speciesCount + source], r);
  keep(jet);
}

/** F(ρ) with its first four derivatives, into `jet` (5, overwritten); a straight line beyond the end of its table, the first polynomial below 0. */
export function embeddingJet(
  { functions }: EmbeddingTerm,
  species: number,
  rho: number,
  jet: Float64Array,
): void {
  const table = functions[species];
  const end = tableEnd(table);
  evaluateTable(table, Math.min(rho, end));
  if (rho > end) setJet(last, last.d0 + last.d1 * (rho - end), last.d1, 0, 0, 0);
  keep(jet);
}

/** Value and slope of a table at x, into `jet` (2, overwritten); beyond its ends, the first and last polynomial. */
export function tableSlope(table: PotentialTable, x: number, jet: Float64Array): void {
  const { polynomials, degree, spacing, rMin } = table;
  const last = polynomials.length / (degree + 1) - 1;
  const position = (x - rMin) / spacing;
  const interval = Math.max(0, Math.min(Math.floor(position), last));
  const t = position - interval;
  const start = interval * (degree + 1);
  let [value, slope] = [0, 0];
  for (let k = start + degree; k >= start; k--) {
    slope = slope * t + value;
    value = value * t + polynomials[k];
  }
  jet[0] = value;
  jet[1] = slope / spacing;
}

/** F(ρ) and F′, into `jet` (2, overwritten), as `embeddingJet`. */
export function embeddingSlope(
  { functions }: EmbeddingTerm,
  species: number,
  rho: number,
  jet: Float64Array,
): void {
  const table = functions[species];
  const end = tableEnd(table);
  tableSlope(table, Math.min(rho, end), jet);
  if (rho > end) jet[0] += jet[1] * (rho - end);
}

function keep(jet: Float64Array): void {
  jet[0] = last.d0;
  jet[1] = last.d1;
  jet[2] = last.d2;
  jet[3] = last.d3;
  jet[4] = last.d4;
}
