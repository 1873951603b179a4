import { periodicDistance } from "../fields/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type LocalThermalEnergy, strainDerivatives } from "../response/index.ts";
import { lengthUnit } from "../space/index.ts";
import { symmetricPart } from "../squarematrices.ts";
import { whereDerivable } from "./derivable.ts";

/** Places are no closer than this, bond lengths. */
const APART = 3;

interface Loads {
  /** Displacement gradients per unit of strain, d×d each. */
  readonly units: readonly Float64Array[];
  /** How many places a load. */
  readonly places: number;
}

/** How the energies of a glass answer to a load, and where it softens them. */
export interface Softening {
  /** Σ E ∂E/∂γ of the interactions of each particle, N; undefined where the derivatives are not to be had (`whereDerivable`). */
  readonly slopes: Float64Array | undefined;
  /** Positions (d each, λ), the largest first; none without slopes. */
  readonly places: readonly Float64Array[];
}

/**
 * Under each load the particles around which most of Σ E ∂E/∂γ of the interactions is, where that is positive (the load
 * softens them), no two of one place. Cost: `strainDerivatives`, a component a load.
 */
export function softeningPlaces(
  minimum: Minimum,
  { energies }: LocalThermalEnergy,
  { units, places }: Loads,
  control: WorkControl = {},
): Softening[] {
  const { box, positions } = minimum.system;
  const d = box.dimension;
  const count = positions.length / d;
  const apart = APART * lengthUnit(box, count);
  const at = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const slopes = slopesUnder(minimum, units, control);
  return units.map((_, l) => {
    if (!slopes) return { slopes: undefined, places: [] };
    const sums = new Float64Array(count);
    energies.forEach(({ lte, sites }, f) => {
      const rates = slopes[f][l];
      for (const members of sites.members)
        members.forEach((p, t) => {
          sums[p] = sums[p] + lte[t] * rates[t];
        });
    });
    const order = Array.from(sums.keys())
      .filter((p) => sums[p] > 0)
      .sort((p, q) => sums[q] - sums[p] || p - q);
    const found: Float64Array[] = [];
    for (const p of order) {
      if (found.length === places) break;
      if (found.every((other) => periodicDistance(box, other, at(p)) >= apart)) found.push(at(p).slice());
    }
    return { slopes: sums, places: found };
  });
}

/** ∂E/∂γ by family and load; a turn of the box changes no energy. */
function slopesUnder(minimum: Minimum, units: readonly Float64Array[], control: WorkControl) {
  const d = minimum.system.box.dimension;
  const components = units.map((unit) => ({
    name: "load",
    strain: symmetricPart(unit, d),
  }));
  return whereDerivable(() => strainDerivatives(minimum, components, control).families).found;
}
