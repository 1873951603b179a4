import type { ReleaseOptions } from "./descent.ts";
import type { BranchEnd } from "./follow.ts";
import { type BranchPoint, type LoadedState, measure, stateOf } from "./point.ts";
import { settle } from "./release.ts";
import { fractionalOf, place, type Stage, workVolume } from "./stage.ts";

/** A minimum on the way of the coarse walk. */
export type CoarsePoint = Pick<BranchPoint, "strain" | "fractional"> & LoadedState;

export interface CoarseLimits {
  readonly maxStrain: number;
  readonly tolerance: number;
  readonly step: number;
  readonly minDrop: number;
  readonly release: ReleaseOptions;
}

/**
 * Quasistatic shear as it is mostly done: a fixed affine step, a minimisation, a look at the energy. An event is a
 * drop below the elastic energy V∫σ dγ; it is bracketed by going back to the last stable point with half the step.
 * Events whose drop is smaller than `minDrop`, or whose loop closes within a step, pass unseen.
 */
export class FixedStepWalker {
  readonly #stage: Stage;
  readonly #limits: CoarseLimits;
  #point: CoarsePoint;
  #step: number;

  constructor(stage: Stage, start: CoarsePoint, limits: CoarseLimits) {
    this.#stage = stage;
    this.#limits = limits;
    this.#point = start;
    this.#step = limits.step;
  }

  get point(): CoarsePoint {
    return this.#point;
  }

  /** The last stable point with its lowest mode; undefined where it is no minimum after all. */
  measured(): BranchPoint | undefined {
    place(this.#stage, this.#point.strain, this.#point.fractional);
    return measure(this.#stage, this.#point)?.point;
  }

  /** One step, or one halving of the step; the way the branch ended, or undefined where it goes on. */
  step(): BranchEnd | undefined {
    const { maxStrain, tolerance, minDrop, release } = this.#limits;
    const from = this.#point;
    if (from.strain >= maxStrain) return { kind: "max-strain" };
    const strain = Math.min(from.strain + this.#step, maxStrain);
    place(this.#stage, strain, from.fractional);
    if (!settle(this.#stage, strain, release)) return { kind: "stalled" };
    const to = this.#look(strain);
    const elastic = 0.5 * workVolume(this.#stage) * (from.stress + to.stress) * (strain - from.strain);
    const drop = elastic - (to.energy - from.energy);
    if (Math.abs(drop) <= minDrop) {
      this.#point = to;
      this.#step = Math.min(this.#limits.step, 2 * this.#step);
      return undefined;
    }
    if (this.#step > tolerance) {
      this.#step = Math.max(0.5 * this.#step, 0.999 * tolerance);
      return undefined;
    }
    // Energy can't jump up on the way of a minimum.
    if (drop < 0) return { kind: "lost" };
    return { kind: "unstable", strain: 0.5 * (from.strain + strain), upper: strain, fold: false };
  }

  #look(strain: number): CoarsePoint {
    return { strain, fractional: fractionalOf(this.#stage), ...stateOf(this.#stage, strain) };
  }
}
