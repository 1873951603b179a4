import { root } from "../elementary.ts";
import { type Box, volume } from "./box.ts";

/** Units of length within this factor of the mean distance of neighbours are such distances. */
const ALIKE = 1.5;

/**
 * What radii that are said in bond lengths stand for, λ: 1 where the unit of the model is about a bond length, as in reduced
 * units; else (Å, edges of the box) the mean spacing (V/N)^(1/d).
 */
export function lengthUnit(box: Box, particles: number): number {
  return spacingUnit(volume(box) / particles, box.dimension);
}

/** The same by the volume of a particle, λ^d. */
export function spacingUnit(volumePerParticle: number, dimension: 2 | 3): number {
  const spacing = root(volumePerParticle, dimension);
  return spacing > ALIKE || spacing < 1 / ALIKE ? spacing : 1;
}
