import type { ForceField } from "../forcefield.ts";

/** Overlaps below this fraction of the distance are what rounding of positions leaves of a contact. */
const CONTACT = 1e-13;

/**
 * Whether no overlap is left: no pair interacts, or each that does is within rounding of where its energy begins. Near
 * that point φ ∝ δ^α in the overlap δ, so φ/|φ′| = δ/α. A packing below jamming ends so; its forces never fall below
 * a fraction of the typical one, which falls with them.
 *
 * @param most max |∂U/∂x|, at hand in every minimiser. Cost: O(1) where the energy is not that small, else O(N)
 */
export function isUnjammed(field: ForceField, most: number): boolean {
  const { energy, count } = field;
  if (!(energy >= 0 && energy <= CONTACT * count * most)) return false;
  const [{ r, phi0, phi1 }, ...others] = field.interactions().families;
  if (others.some((family) => family.count > 0)) return false;
  return phi0.every((value, m) => value >= 0 && value <= CONTACT * r[m] * Math.abs(phi1[m]));
}
