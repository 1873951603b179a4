import { type LocalYield, localYield } from "../excitations/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { lengthUnit, minimumImage } from "../space/index.ts";
import { dot } from "../vectors.ts";
import { withoutRattlers } from "./cells.ts";
import { type Indicator, type IndicatorOptions, loadOf, ofParticles, type SiteValues } from "./indicator.ts";

/** Places are no further from each other than about this, bond lengths. */
const SPACING: Readonly<Record<2 | 3, number>> = { 2: 2, 3: 1.5 };
/** Beyond this strain nothing is looked for. */
const MAX_STRAIN = 0.3;

/**
 * 1/γ_c of the surroundings of a particle under a load (simple shear x += γ·y), by the frozen-shell method (Patinet,
 * Vandembroucq & Falk, Phys. Rev. Lett. 117, 045501, 2016; Barbot et al., Phys. Rev. E 97, 033001, 2018): a core of 5 λ
 * in two dimensions (3.5 in three) relaxes while the shell of two cutoffs around follows the box, to the strain γ_c at which
 * the core's minimum goes; 0 where it lasts to 0.3. A region a place of a cover of the glass, whose value its particles
 * have. Cost: some fifteen dense factorisations a place: seconds a hundred places.
 */
export const localYieldStrain: Indicator = {
  name: "local-yield-strain",
  short: "local yield strain",
  label: "1/*γ*_{c}",
  unit: "1",
  description: "one over the strain at which surroundings of a particle yield under a load, shell frozen",
  of: "particles",
  directional: true,
  yields: "sites",
  threshold: 0,
  run: (minimum, options, control) => softness(minimum, options, control, ({ strain }) => strain),
};

/**
 * 1/Δσ_c, by how much the stress of the core rises up to its fold: the residual plastic strength Δτ_y of Patinet,
 * Vandembroucq & Falk (2016), for one load; computed with `localYieldStrain`, at no cost beside it.
 */
export const localYieldStress: Indicator = {
  name: "local-yield-stress",
  short: "local yield stress",
  label: "1/Δ*σ*_{c}",
  unit: "λ^d/ε",
  description:
    "one over the rise of stress at which surroundings of a particle yield under a load, shell frozen",
  of: "particles",
  directional: true,
  threshold: 0,
  run: (minimum, options, control) => softness(minimum, options, control, ({ rise }) => rise),
};

type PlaceYield = Pick<LocalYield, "status" | "strain" | "rise">;

/** Where each place of a cover of a glass yields, and to which of them each particle belongs. */
export interface YieldCover {
  /** N */
  readonly nearest: Int32Array;
  readonly places: readonly PlaceYield[];
}

function softness(
  minimum: Minimum,
  options: IndicatorOptions,
  control: WorkControl,
  barrier: (found: PlaceYield) => number,
): readonly SiteValues[] {
  const { nearest, places } = yieldCover(minimum, loadOf(minimum, options), control);
  const values = places.map((found) =>
    found.status === "fold" && barrier(found) > 0 ? 1 / barrier(found) : 0,
  );
  return ofParticles(
    minimum,
    withoutRattlers(
      minimum,
      Float64Array.from(nearest, (k) => values[k]),
    ),
  );
}

/** Of the last glass, by load: strain and stress are asked for one after the other. */
const last = new WeakMap<Minimum, Map<string, YieldCover>>();

/** The frozen-shell folds of a cover of the glass under a load (displacement gradient per unit of strain, d×d). */
function yieldCover(minimum: Minimum, load: Float64Array, control: WorkControl = {}): YieldCover {
  const known = last.get(minimum) ?? new Map<string, YieldCover>();
  last.set(minimum, known);
  const key = load.join(" ");
  const found = known.get(key);
  if (found) return found;
  const { positions, box } = minimum.system;
  const d = box.dimension;
  const bond = lengthUnit(box, positions.length / d);
  const { nearest, centres } = coverOf(minimum, bond * SPACING[d]);
  const options = {
    shell: "frozen",
    radius: bond * (d === 2 ? 5 : 3.5),
    maxStrain: MAX_STRAIN,
    // as long as the curve lets it: γ_c to 1 % is all that is asked for
    step: 0.02,
    tolerance: 1e-2,
  } as const;
  const places = centres.map((p, k): PlaceYield => {
    const [{ status, strain, rise }] = localYield(
      minimum,
      positions.subarray(p * d, (p + 1) * d),
      [load],
      options,
    );
    control.onProgress?.({ stage: "local yield strains", done: k + 1, total: centres.length });
    return { status, strain, rise };
  });
  const made = { nearest, places };
  known.set(key, made);
  return made;
}

/** Particles no further than the spacing from one of the centres, and the nearest centre of each. */
function coverOf(
  { system: { positions, box } }: Minimum,
  spacing: number,
): { nearest: Int32Array; centres: number[] } {
  const d = box.dimension;
  const count = positions.length / d;
  const nearest = new Int32Array(count).fill(-1);
  const away = new Float64Array(count).fill(Infinity);
  const u = new Float64Array(d);
  const centres: number[] = [];
  for (let p = 0; p < count; p++) {
    if (away[p] < spacing) continue;
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
  return { nearest, centres };
}
