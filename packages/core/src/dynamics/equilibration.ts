import { type Box, lengthUnit, neighborPairs, volume } from "../space/index.ts";

/** Whether a liquid forgot where it started: an answer that goes with a glass. */
export interface Equilibration {
  /** "equilibrated": the run was at least ten times, of dynamics fifty times, as long as the longer of both times. */
  readonly status: "equilibrated" | "aged";
  /** ε/k_B */
  readonly temperature: number;
  /** How long the run was: in sweeps, of Monte Carlo with swaps. */
  readonly sweeps?: number;
  /** How long the run was: in units of time, of dynamics (htl, esl, gq). */
  readonly time?: number;
  /** Until the diameters' autocorrelation had fallen to 1/e, in the same; undefined where it did not, and of dynamics. */
  readonly diameterTime?: number | undefined;
  /** Until the overlap with the earlier structure had; undefined where it did not. */
  readonly overlapTime?: number | undefined;
}

/** What a check compares with; plain typed arrays. */
export interface EquilibrationState {
  /** N×d and N at half the run; empty before, and where no diameters change places. */
  readonly earlierPositions: Float64Array;
  readonly earlierDiameters: Float64Array;
  /** diameterTime, overlapTime, NaN where not yet; the sweep, or the time, that both count from; the box's first edge then. */
  readonly times: Float64Array;
}

/** Particles overlap with an earlier configuration where one was within this distance, in mean diameters or bond lengths. */
const OVERLAP = 0.3;
/** Looks at whether a liquid has forgotten its start, in a run. */
export const LOOKS = 200;
/** 1/e: what a correlation falls to in its relaxation time. */
const FORGOTTEN = 0.36787944117144233;
/**
 * Runs are this many times as long as what they have to forget. Dynamics has no diameters to forget, and inherent energies go
 * on falling long after the overlap: of the model of Falk & Langer at 0.94 T_MCT from −2.25 after 100 τ₀, when overlaps
 * were forgotten within 30, to −2.31 after 1,000.
 */
const ENOUGH = { sweeps: 10, time: 50 } as const;

/** C_σ = ⟨δσ_i(t) δσ_i(0)⟩/⟨δσ²⟩ of N diameters, which are the same numbers before and after. */
export function diameterCorrelation(before: Float64Array, now: Float64Array): number {
  const mean = meanOf(before);
  let product = 0;
  let square = 0;
  before.forEach((sigma, p) => {
    product += (sigma - mean) * (now[p] - mean);
    square += (sigma - mean) * (sigma - mean);
  });
  return square > 0 ? product / square : 1;
}

/**
 * The share of particles that lie within a distance of where any was before, less what chance gives, as a share of the
 * rest: 1 for the same structure, 0 for an unrelated one. N×d each, read.
 */
export function overlap(box: Box, before: Float64Array, now: Float64Array, distance: number): number {
  const d = box.dimension;
  const n = now.length / d;
  const both = new Float64Array(2 * now.length);
  both.set(before);
  both.set(now, before.length);
  const found = new Uint8Array(n);
  const { i, j } = neighborPairs(box, both, distance);
  for (let m = 0; m < i.length; m++) if (i[m] < n && j[m] >= n) found[j[m] - n] = 1;
  const share = found.reduce((sum, one) => sum + one, 0) / n;
  const ball = (d === 2 ? Math.PI : (4 / 3) * Math.PI * distance) * distance * distance;
  const chance = (n * ball) / volume(box);
  return (share - chance) / (1 - chance);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Follows a run of so many sweeps, or of so long a time, from its half on. */
export class EquilibrationCheck {
  readonly #total: number;
  readonly #unit: "sweeps" | "time";
  readonly #temperature: number;
  #positions = new Float64Array();
  #diameters = new Float64Array();
  readonly #times = new Float64Array(4).fill(Number.NaN);

  constructor(total: number, unit: "sweeps" | "time", temperature: number) {
    this.#total = total;
    this.#unit = unit;
    this.#temperature = temperature;
  }

  /**
   * To be called every now and then; relaxation times are known to within that. A box that breathes is seen in its own
   * edges. `diameters`: where they change places. O(N)
   */
  look(box: Box, now: number, positions: Float64Array, diameters?: Float64Array): void {
    if (2 * now < this.#total) return;
    if (this.#positions.length === 0) {
      this.#positions = positions.slice();
      this.#diameters = diameters?.slice() ?? new Float64Array();
      this.#times[2] = now;
      this.#times[3] = box.vectors[0];
      return;
    }
    if (this.#known) return;
    const length = diameters ? meanOf(diameters) : lengthUnit(box, positions.length / box.dimension);
    // checkpoints of before this was kept are of boxes that do not breathe
    const growth = Number.isNaN(this.#times[3]) ? 1 : box.vectors[0] / this.#times[3];
    const before = growth === 1 ? this.#positions : this.#positions.map((x) => x * growth);
    const left = [
      diameters ? diameterCorrelation(this.#diameters, diameters) : 0,
      overlap(box, before, positions, OVERLAP * length),
    ];
    left.forEach((value, k) => {
      if (Number.isNaN(this.#times[k]) && value < FORGOTTEN) this.#times[k] = now - this.#times[2];
    });
  }

  /** Both times are. */
  get #known(): boolean {
    return !(Number.isNaN(this.#times[0]) || Number.isNaN(this.#times[1]));
  }

  get result(): Equilibration {
    const [diameterTime, overlapTime] = Array.from(this.#times.subarray(0, 2), (time) =>
      Number.isNaN(time) ? undefined : time,
    );
    const longest = Math.max(diameterTime ?? Infinity, overlapTime ?? Infinity);
    return {
      status: ENOUGH[this.#unit] * longest <= this.#total ? "equilibrated" : "aged",
      temperature: this.#temperature,
      [this.#unit]: this.#total,
      ...(this.#unit === "sweeps" && { diameterTime }),
      overlapTime,
    };
  }

  state(): EquilibrationState {
    return {
      earlierPositions: this.#positions.slice(),
      earlierDiameters: this.#diameters.slice(),
      times: this.#times.slice(),
    };
  }

  restore(state: EquilibrationState): void {
    this.#positions = state.earlierPositions.slice();
    this.#diameters = state.earlierDiameters.slice();
    this.#times.set(state.times);
  }
}
