import { type Box, neighborPairs, volume } from "../space/index.ts";

/** Whether a liquid forgot where it started: an answer that goes with a glass. */
export interface Equilibration {
  /** "equilibrated": the run was at least ten times as long as the longer of both times. */
  readonly status: "equilibrated" | "aged";
  /** ε/k_B */
  readonly temperature: number;
  readonly sweeps: number;
  /** Sweeps until the diameters' autocorrelation had fallen to 1/e; undefined where it did not. */
  readonly diameterTime?: number | undefined;
  /** Sweeps until the overlap with the earlier structure had; undefined where it did not. */
  readonly overlapTime?: number | undefined;
}

/** What a check compares with; plain typed arrays. */
export interface EquilibrationState {
  /** N×d and N at half the run; empty before. */
  readonly earlierPositions: Float64Array;
  readonly earlierDiameters: Float64Array;
  /** diameterTime, overlapTime, NaN where not yet; the sweep that both count from. */
  readonly times: Float64Array;
}

/** Particles overlap with an earlier configuration where one was within this distance, in mean diameters. */
const OVERLAP = 0.3;
/** 1/e: what a correlation falls to in its relaxation time. */
const FORGOTTEN = 0.36787944117144233;
/** Runs are this many times as long as what they have to forget. */
const ENOUGH = 10;

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

/** Follows a run of so many sweeps, from its half on. */
export class EquilibrationCheck {
  readonly #total: number;
  readonly #temperature: number;
  #positions = new Float64Array();
  #diameters = new Float64Array();
  readonly #times = new Float64Array(3).fill(Number.NaN);

  constructor(total: number, temperature: number) {
    this.#total = total;
    this.#temperature = temperature;
  }

  /** To be called every so many sweeps; relaxation times are known to within that. O(N) */
  look(box: Box, sweeps: number, positions: Float64Array, diameters: Float64Array): void {
    if (2 * sweeps < this.#total) return;
    if (this.#positions.length === 0) {
      this.#positions = positions.slice();
      this.#diameters = diameters.slice();
      this.#times[2] = sweeps;
      return;
    }
    if (!this.#times.some(Number.isNaN)) return;
    const now = [
      diameterCorrelation(this.#diameters, diameters),
      overlap(box, this.#positions, positions, OVERLAP * meanOf(diameters)),
    ];
    now.forEach((value, k) => {
      if (Number.isNaN(this.#times[k]) && value < FORGOTTEN) this.#times[k] = sweeps - this.#times[2];
    });
  }

  get result(): Equilibration {
    const [diameterTime, overlapTime] = Array.from(this.#times.subarray(0, 2), (time) =>
      Number.isNaN(time) ? undefined : time,
    );
    const longest = Math.max(diameterTime ?? Infinity, overlapTime ?? Infinity);
    return {
      status: ENOUGH * longest <= this.#total ? "equilibrated" : "aged",
      temperature: this.#temperature,
      sweeps: this.#total,
      diameterTime,
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
