import { localYield } from "../excitations/index.ts";
import { minimumImage } from "../space/index.ts";
import { dot } from "../vectors.ts";
import { withoutRattlers } from "./cells.ts";
import { type Indicator, loadOf, ofParticles } from "./indicator.ts";

/** Places are no further from each other than about this, λ. */
const SPACING: Readonly<Record<2 | 3, number>> = { 2: 2, 3: 1.5 };
/** Beyond this strain nothing is looked for. */
const MAX_STRAIN = 0.1;

/**
 * 1/γ_c of the surroundings of a particle under a load (simple shear x += γ·y), by the frozen-shell method (Patinet, Vandembroucq &
 * Falk, Phys. Rev. Lett. 117, 045501, 2016; Barbot et al., Phys. Rev. E 97, 033001, 2018): a core of 5 λ in two
 * dimensions (3.5 in three) relaxes while the shell of two cutoffs around follows the box, to the strain γ_c at which the
 * core's minimum goes; 0 where it lasts to 0.1. A region a place of a cover of the glass, whose value its particles
 * have. Cost: some fifteen dense factorisations a place: seconds a hundred places.
 */
export const localYieldStrain: Indicator = {
  name: "local-yield-strain",
  short: "local yield strain",
  label: "1/*γ*_{c}",
  unit: "1",
  description: "one over the strain at which surroundings of a particle yield, shell frozen",
  of: "particles",
  directional: true,
  threshold: 0,
  run: (minimum, options, control) => {
    const { positions, box } = minimum.system;
    const d = box.dimension;
    const count = positions.length / d;
    const nearest = new Int32Array(count).fill(-1);
    const away = new Float64Array(count).fill(Infinity);
    const u = new Float64Array(d);
    const centres: number[] = [];
    for (let p = 0; p < count; p++) {
      if (away[p] < SPACING[d]) continue;
      for (let q = 0; q < count; q++) {
        for (let a = 0; a < d; a++) u[a] = positions[q * d + a] - positions[p * d + a];
        minimumImage(box, u);
        const length = Math.sqrt(dot(u, u));
        if (length >= away[q]) continue;
        away[q] = length;
        nearest[q] = centres.length;
      }
      centres.push(p);
    }
    const load = loadOf(minimum, options);
    const softness = centres.map((p, k) => {
      const centre = positions.subarray(p * d, (p + 1) * d);
      const place = {
        shell: "frozen",
        radius: d === 2 ? 5 : 3.5,
        maxStrain: MAX_STRAIN,
        tolerance: 1e-2,
      } as const;
      const [found] = localYield(minimum, centre, [load], place);
      control.onProgress?.({ stage: "local yield strains", done: k + 1, total: centres.length });
      return found.status === "fold" ? 1 / found.strain : 0;
    });
    return ofParticles(
      minimum,
      withoutRattlers(
        minimum,
        Float64Array.from(nearest, (k) => softness[k]),
      ),
    );
  },
};
