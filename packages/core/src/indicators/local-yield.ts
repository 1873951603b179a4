import { type LocalYield, localYield } from "../excitations/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { lengthUnit, minimumImage } from "../space/index.ts";
import { product, transposed } from "../squarematrices.ts";
import { dot } from "../vectors.ts";
import { withoutRattlers } from "./cells.ts";
import { type Indicator, type IndicatorOptions, loadOf, ofParticles, type SiteValues } from "./indicator.ts";

/** Places are no further from each other than about this, bond lengths. */
const SPACING: Readonly<Record<2 | 3, number>> = { 2: 2, 3: 1.5 };
/** Beyond this strain nothing is looked for. */
const MAX_STRAIN = 0.3;

/**
 * 1/γ_c of the surroundings of a particle under a load (simple shear x += γ·y), by the frozen-shell method (Patinet,
 * Vandembroucq & Falk, Phys. Rev. Lett. 117, 045501, 2016; Barbot et al., Phys. Rev. E 97, 033001, 2018): a core of five bond
 * lengths in two dimensions (3.5 in three) relaxes while the shell of two cutoffs around follows the box, to the strain at which the
 * core's minimum goes. In two dimensions it is tried by the load and by the load turned by ±22.5°, and γ_c is the least of
 * γ_k/cos 2θ_k: the strain along the load whose part in that direction is γ_k. A load that changes the volume, too (tension
 * with free sides), is tried by itself alone. 0 where all last to 0.3; NaN where none yields and some branch could not be followed
 * so far. Particles have the value of the nearest place of a cover of the glass. Cost: some fifteen dense
 * factorisations a place and direction; directions that several loads share are done once.
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
 * 1/Δσ_c, by how much the stress along the load must rise until the core yields: the residual plastic strength Δτ_y of
 * Patinet, Vandembroucq & Falk (2016), the least of Δσ_k/cos 2θ_k over the same directions, Δσ_k the rise of the core's
 * stress up to its fold (NaN, too, where it has but fallen). Computed with `localYieldStrain`, at no cost beside it.
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

function softness(
  minimum: Minimum,
  options: IndicatorOptions,
  control: WorkControl,
  barrier: (found: PlaceYield) => number,
): readonly SiteValues[] {
  const cover = coverOf(minimum);
  const probes = probesOf(loadOf(minimum, options), minimum.system.box.dimension);
  const found = probes.map(({ load, share }) => ({ share, yields: cover.under(load, control) }));
  const values = cover.centres.map((_, place) => {
    let [least, lost] = [Infinity, false];
    for (const { share, yields } of found) {
      const along = barrier(yields[place]) / share;
      if (yields[place].status === "fold" && along > 0) least = Math.min(least, along);
      else lost ||= yields[place].status !== "max-strain";
    }
    return least === Infinity && lost ? Number.NaN : 1 / least;
  });
  return ofParticles(
    minimum,
    withoutRattlers(
      minimum,
      Float64Array.from(cover.nearest, (k) => values[k]),
    ),
  );
}

/** A load by which a core is tried, and how much of a strain along the first load is along it. */
interface Probe {
  readonly load: Float64Array;
  readonly share: number;
}

/**
 * The load, in two dimensions also R L Rᵀ, turned by ±22.5°: of eight directions over half a turn those that it has a part of.
 * That part is cos 2θ of a shear; what changes the volume is the same in all directions.
 */
function probesOf(load: Float64Array, d: 2 | 3): readonly Probe[] {
  if (d === 3 || Math.abs(load[0] + load[3]) > 1 / GRAIN) return [{ load, share: 1 }];
  const [c, s] = [Math.sqrt(2 + Math.SQRT2) / 2, Math.sqrt(2 - Math.SQRT2) / 2];
  return [
    { load, share: 1 },
    ...[s, -s].map((sine): Probe => {
      const turn = Float64Array.of(c, -sine, sine, c);
      return { load: product(product(turn, load, d), transposed(turn, d), d), share: Math.SQRT1_2 };
    }),
  ];
}

/** Places of a glass no further from each other than the spacing, and where they yield under loads. */
class Cover {
  /** N: the nearest place of each particle. */
  readonly nearest: Int32Array;
  /** The particles at the places. */
  readonly centres: readonly number[];
  readonly #minimum: Minimum;
  /** By load. */
  readonly #known = new Map<string, readonly PlaceYield[]>();

  constructor(minimum: Minimum) {
    this.#minimum = minimum;
    const { nearest, centres } = coveredBy(minimum, bondOf(minimum) * SPACING[minimum.system.box.dimension]);
    this.nearest = nearest;
    this.centres = centres;
  }

  /** The frozen-shell fold of each place under a load (displacement gradient per unit of strain, d×d). */
  under(exact: Float64Array, control: WorkControl): readonly PlaceYield[] {
    // turned to and fro it is the same load
    const load = exact.map((x) => Math.round(x * GRAIN) / GRAIN);
    const key = load.join(" ");
    const known = this.#known.get(key);
    if (known) return known;
    const made = this.centres.map((p, k): PlaceYield => {
      const { status, strain, rise } = this.#fold(p, load);
      control.onProgress?.({ stage: "local yield strains", done: k + 1, total: this.centres.length });
      return { status, strain, rise };
    });
    this.#known.set(key, made);
    return made;
  }

  #fold(particle: number, load: Float64Array): LocalYield {
    const { positions, box } = this.#minimum.system;
    const d = box.dimension;
    const [found] = localYield(
      this.#minimum,
      positions.subarray(particle * d, (particle + 1) * d),
      [load],
      // as long as the curve lets it: γ_c to 1 % is all that is asked for
      {
        shell: "frozen",
        radius: bondOf(this.#minimum) * (d === 2 ? 5 : 3.5),
        maxStrain: MAX_STRAIN,
        step: 0.02,
        tolerance: 1e-2,
      },
    );
    return found;
  }
}

/** Entries of loads are told apart to 2⁻⁴⁰. */
const GRAIN = 1099511627776;

const bondOf = ({ system: { box, positions } }: Minimum) => lengthUnit(box, positions.length / box.dimension);

/** Of the last glasses: strain and stress are asked for one after the other, and loads share directions. */
const covers = new WeakMap<Minimum, Cover>();

function coverOf(minimum: Minimum): Cover {
  const known = covers.get(minimum) ?? new Cover(minimum);
  covers.set(minimum, known);
  return known;
}

/** Particles no further than the spacing from one of the centres, and the nearest centre of each. */
function coveredBy(
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
