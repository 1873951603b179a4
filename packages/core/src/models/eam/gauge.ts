import { jet } from "../jet.ts";
import type { SmoothTable } from "../smooth/table.ts";
import { evaluateTable } from "../table.ts";
import type { PotentialTable } from "../types.ts";

// F_s(ρ) − c_s ρ and φ_st + c_s f_st + c_t f_ts are the same energy as F_s and φ_st, for every c: Σ_i c_i ρ_i is a sum over
// pairs (Johnson, Phys. Rev. B 39, 12554, 1989). With c = F′(ρ̄) the slope of F vanishes at ρ̄.

/** F′(ρ). */
export function slopeAt(table: PotentialTable, rho: number): number {
  evaluateTable(table, rho);
  return jet.d1;
}

/** A table with c x added to it. */
export function withSlope(table: PotentialTable, c: number): PotentialTable {
  const { rMin, spacing, degree } = table;
  const polynomials = table.polynomials.slice();
  for (let k = 0; k * (degree + 1) < polynomials.length; k++) {
    polynomials[k * (degree + 1)] += c * (rMin + k * spacing);
    polynomials[k * (degree + 1) + 1] += c * spacing;
  }
  return { ...table, polynomials };
}

/** φ with c f of densities added, all on the same rows; φ begins one row later. */
export function withDensities(
  phi: PotentialTable,
  densities: readonly (readonly [c: number, density: SmoothTable])[],
): PotentialTable {
  const polynomials = phi.polynomials.slice();
  for (const [c, { table }] of densities) {
    const offset = Math.round((phi.rMin - table.rMin) / phi.spacing) * (phi.degree + 1);
    for (let n = 0; n < polynomials.length; n++) polynomials[n] += c * table.polynomials[offset + n];
  }
  return { ...phi, polynomials };
}
