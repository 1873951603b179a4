import { type Clusters, centre } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { stretchScale } from "./border.ts";
import { type BranchPoint, factorised, loadedStiffness, measure } from "./point.ts";
import { type Course, course, courseAt, elasticWork, foldAhead } from "./predictor.ts";
import {
  coordinatesOf,
  displacementsOf,
  gradientOf,
  ofParticles,
  ofStretches,
  peak,
  place,
  residualOf,
  type Stage,
  workVolume,
} from "./stage.ts";
import { type Factored, solveCentred } from "./stiffness.ts";

export interface FollowLimits {
  /** Largest strain to go to. */
  readonly maxStrain: number;
  /** Width to which the end of a branch is bracketed. */
  readonly tolerance: number;
  /** Longest and first step in strain. */
  readonly maxStep: number;
  /** A prediction that is off by more than this (λ, any particle) is not trusted. */
  readonly maxError: number;
  /** Residual at which a point counts as a minimum, ε/λ. */
  readonly gradient: number;
}

/** How following a branch ended, always with its last stable point. */
export type BranchEnd =
  | { readonly kind: "max-strain" }
  | { readonly kind: "stalled" }
  | { readonly kind: "lost" }
  /** Unstable from γ on; stable up to `point`; where a fold was seen, γ is its extrapolation, else the upper bracket. */
  | { readonly kind: "unstable"; readonly strain: number; readonly upper: number; readonly fold: boolean };

/** A change of energy beyond the elastic one by more than this (ε) is a jump to another branch. */
const UNEXPLAINED = 3e-5;
/** λ of displacement that count as much as a strain of 1, in the parameter of the curve. */
const WEIGHT = 50;
/** Of the way to a fold, what is gone at most in one step. */
const NEARER = { surely: 0.9, perhaps: 0.6 };
const CORRECTIONS = 12;
/** A correction of more than this many times the largest error that is trusted ends the attempt. */
const WILD = 20;
const GROW = 2.5;
const SHRINK = 0.4;

type Corrected =
  | {
      readonly kind: "on";
      readonly strain: number;
      readonly fractional: Float64Array;
      readonly error: number;
      readonly factored: Factored;
    }
  | { readonly kind: "indefinite" | "off" };

/** Follows an elastic branch from point to point; one call of `step` makes one accepted point. */
export class ArcLengthWalker {
  readonly stage: Stage;
  readonly limits: FollowLimits;
  point: BranchPoint;
  accepted = 0;
  rejected = 0;
  #before: BranchPoint | undefined;
  #step: number;
  /** Whose translations cost nothing. */
  #clusters: Clusters;
  /** Where the last step saw the fold. */
  #fold = Infinity;

  constructor(stage: Stage, start: { point: BranchPoint; factored: Factored }, limits: FollowLimits) {
    this.stage = stage;
    this.limits = limits;
    this.point = start.point;
    this.#clusters = start.factored;
    this.#step = 0.02 * limits.maxStep * WEIGHT;
  }

  /** One step along the branch; the way it ended, or undefined where it goes on. */
  step(): BranchEnd | undefined {
    const { limits, point } = this;
    const left = limits.maxStrain - point.strain;
    if (left <= limits.tolerance) return { kind: "max-strain" };
    const ahead = course(point, this.#before, this.#functional(), WEIGHT);
    const fold = foldAhead(ahead);
    if (fold.strain - point.strain <= 0.5 * limits.tolerance) {
      return {
        kind: "unstable",
        strain: fold.strain,
        upper: fold.strain + 0.5 * limits.tolerance,
        fold: true,
      };
    }
    const step = Math.min(
      this.#step,
      Math.min(limits.maxStep, left) / ahead.rate,
      this.#towards(fold, point.strain),
    );
    if (courseAt(ahead, step).strain - point.strain <= 0.9 * left) return this.#advance(ahead, step);
    // The last step ends at the very strain: along γ itself.
    return this.#advance(course(point, this.#before, new Float64Array(point.mode.length), 1), left);
  }

  /** A step of at most this length (in the parameter of the course) that is accepted; or the end of the branch. */
  #advance(ahead: Course, longest: number): BranchEnd | undefined {
    const { limits, point } = this;
    for (let step = longest; ; step *= SHRINK) {
      const target = courseAt(ahead, step);
      const forward = target.strain - point.strain;
      if (forward > 0.01 * limits.tolerance) {
        const made = this.#correct(ahead, target);
        const trusted = made.kind === "on" && made.error <= 2 * limits.maxError && made.strain > point.strain;
        if (trusted && this.#accept(made, ahead, step)) return undefined;
        this.rejected++;
        if (forward <= 0.5 * limits.tolerance) {
          return { kind: "unstable", strain: target.strain, upper: target.strain, fold: false };
        }
      } else if (step * ahead.rate <= limits.tolerance) {
        // The curve turns before anything is reached.
        const upper = point.strain + limits.tolerance;
        return { kind: "unstable", strain: upper, upper, fold: false };
      }
    }
  }

  #towards(fold: { p: number; strain: number }, strain: number): number {
    if (!(fold.p < Infinity)) return Infinity;
    const sure = Math.abs(fold.strain - this.#fold) <= 0.2 * (fold.strain - strain);
    this.#fold = fold.strain;
    const left = Math.sqrt((0.25 * this.limits.tolerance) / (fold.strain - strain));
    return fold.p * Math.min(sure ? NEARER.surely : NEARER.perhaps, 1 - left);
  }

  /** ψ as a functional of fractional coordinates: ψ·(ds·h), and √N ψ_τ of the stretches. */
  #functional(): Float64Array {
    const { deformation, field } = this.stage;
    const d = field.dimension;
    const { mode, strain, fractional } = this.point;
    const h = deformation.at(strain, ofStretches(fractional, this.stage)).box.vectors;
    const out = new Float64Array(mode.length);
    const own = ofParticles(out, this.stage);
    for (let p = 0; p < own.length; p += d)
      for (let a = 0; a < d; a++) for (let c = 0; c <= a; c++) out[p + a] += h[a * d + c] * mode[p + c];
    for (let k = own.length; k < out.length; k++) out[k] = stretchScale(field.count) * mode[k];
    return out;
  }

  /** Newton's method on ∂H/∂x = 0 (and ∂H/∂t = 0) at fixed p, for positions, strain and stretches at once. */
  #correct(c: Course, target: { strain: number; fractional: Float64Array }): Corrected {
    const { field } = this.stage;
    const d = field.dimension;
    const fractional = this.#withoutDrift(target.fractional);
    let strain = target.strain;
    let deformed = place(this.stage, strain, fractional);
    const { stiffness, pull } = loadedStiffness(this.stage, deformed);
    const factored = factorised(this.stage, stiffness);
    if (!factored) return { kind: "indefinite" };
    const velocity = coordinatesOf(this.stage, solveCentred(factored, pull), deformed);
    const rate = dot(c.functional, velocity) + c.weight;
    let before = Infinity;
    for (let k = 0; ; k++) {
      const residual = residualOf(this.stage, deformed);
      if (residual <= this.limits.gradient) break;
      if (k === CORRECTIONS || !(residual < 0.7 * before || k < 2)) return { kind: "off" };
      before = residual;
      const g = gradientOf(this.stage, deformed);
      centre(factored, g);
      const { vectors } = deformed.box;
      const move = coordinatesOf(this.stage, solveCentred(factored, g), deformed);
      const turn = dot(c.functional, move) / rate;
      for (let p = 0; p < move.length; p++) move[p] = turn * velocity[p] - move[p];
      // A prediction that far off is no use, and a wild one may leave the range of the model.
      if (!(peak(displacementsOf(this.stage, move, vectors), d).length <= WILD * this.limits.maxError))
        return { kind: "off" };
      if (!(Math.abs(turn) <= target.strain - c.last.strain)) return { kind: "off" };
      for (let p = 0; p < move.length; p++) fractional[p] += move[p];
      strain += turn;
      deformed = place(this.stage, strain, fractional);
    }
    const off = fractional.map((s, p) => s - target.fractional[p]);
    centre(factored, off);
    const error = peak(displacementsOf(this.stage, off, deformed.box.vectors), d).length;
    return { kind: "on", strain, fractional, error, factored };
  }

  /** Extrapolation would amplify translations, which no force corrects: they are kept as they were. */
  #withoutDrift(fractional: Float64Array): Float64Array {
    const { fractional: last } = this.point;
    const move = fractional.map((s, k) => s - last[k]);
    centre(this.#clusters, move);
    return move.map((s, k) => s + last[k]);
  }

  #accept(made: Extract<Corrected, { kind: "on" }>, ahead: Course, step: number): boolean {
    const measured = measure(this.stage, made, made.factored, this.point.mode);
    if (!measured) return false;
    const elastic = elasticWork(ahead, measured.point, step, workVolume(this.stage));
    if (Math.abs(measured.point.energy - this.point.energy - elastic) > UNEXPLAINED) return false;
    this.#before = this.point;
    this.point = measured.point;
    this.#clusters = measured.factored;
    this.accepted++;
    const growth = 0.9 * Math.sqrt(Math.sqrt(this.limits.maxError / Math.max(made.error, 1e-12)));
    // In units of the parameter that has this weight, whatever the step was made in.
    this.#step = (WEIGHT / ahead.weight) * step * Math.min(GROW, Math.max(SHRINK, growth));
    return true;
  }
}
