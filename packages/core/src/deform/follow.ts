import { pairsOf } from "../interactions/index.ts";
import { type Clusters, centre } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { stretchScale } from "./border.ts";
import { relaxBox } from "./boxrelax.ts";
import type { DeformedBox } from "./deformation.ts";
import { descend, type ReleaseOptions } from "./descent.ts";
import { type BranchPoint, factorised, loadedStiffness, measure } from "./point.ts";
import { type Course, course, courseAt, elasticWork, foldAhead } from "./predictor.ts";
import {
  coordinatesOf,
  deformedBox,
  displacementsOf,
  fractionalOf,
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
  /** A change of energy beyond the elastic one by more than this (ε) is a jump to another branch. */
  readonly unexplained: number;
  /** λ */
  readonly bond: number;
  /**
   * How to come to rest at a strain where φ″ or a lower derivative jumps: there a step may pass contacts that open and
   * close, which one factor does not see. Absent where φ is smooth.
   */
  readonly settle?: ReleaseOptions | undefined;
}

/** How following a branch ended, always with its last stable point. */
export type BranchEnd =
  | { readonly kind: "max-strain" }
  | { readonly kind: "stalled" }
  | { readonly kind: "lost" }
  /** Unstable from γ on; stable up to `point`; where a fold was seen, γ is its extrapolation, else the upper bracket. */
  | { readonly kind: "unstable"; readonly strain: number; readonly upper: number; readonly fold: boolean };

/** Bond lengths of displacement that count as much as a strain of 1, in the parameter of the curve. */
const WEIGHT = 50;
/** Of the way to a fold, what is gone at most in one step. */
const NEARER = { surely: 0.9, perhaps: 0.6 };
const CORRECTIONS = 12;
/** New factors at most in one correction, where contacts open and close. */
const FACTORS = 6;
/** A correction of more than this many times the largest error that is trusted ends the attempt. */
const WILD = 20;
/** A particle that hangs loosely between contacts may go so many times as far, where so much less energy is unexplained. */
const LOOSE = { error: 100, energy: 1e-3 };
const GROW = 2.5;
const SHRINK = 0.4;

interface Place {
  readonly strain: number;
  readonly fractional: Float64Array;
}

interface Tangent {
  readonly factored: Factored;
  readonly velocity: Float64Array;
  readonly rate: number;
}

type Corrected =
  | {
      readonly kind: "on";
      readonly strain: number;
      readonly fractional: Float64Array;
      readonly error: number;
      readonly factored: Factored;
      /** Not found with one factor: if contacts opened or closed on the way, what lies before is no guide to what comes. */
      readonly hard: boolean;
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
  /** λ of displacement that count as a strain of 1. */
  readonly #weight: number;
  /** Whose translations cost nothing. */
  #clusters: Clusters;
  /** Of the pairs at the last point. */
  #contacts: number;
  /** Where the last step saw the fold. */
  #fold = Infinity;

  constructor(stage: Stage, start: { point: BranchPoint; factored: Factored }, limits: FollowLimits) {
    this.stage = stage;
    this.limits = limits;
    this.point = start.point;
    this.#clusters = start.factored;
    this.#contacts = signature(start.factored);
    this.#weight = WEIGHT * limits.bond;
    this.#step = 0.02 * limits.maxStep * this.#weight;
  }

  /** One step along the branch; the way it ended, or undefined where it goes on. */
  step(): BranchEnd | undefined {
    const { limits, point } = this;
    const left = limits.maxStrain - point.strain;
    if (left <= limits.tolerance) return { kind: "max-strain" };
    const ahead = course(point, this.#before, this.#functional(), this.#weight);
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
        if (this.#trusted(this.#correct(ahead, target), ahead, step)) return undefined;
        if (limits.settle && this.#settled(target, limits.settle)) {
          this.#step /= this.#weight * ahead.rate; // in the parameter of the course again
          return undefined;
        }
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

  /** `loose`: further off than predictions mostly are, a point is trusted that costs no energy. */
  #trusted(made: Corrected, ahead: Course, step: number, loose = false): boolean {
    if (made.kind !== "on" || !(made.strain > this.point.strain)) return false;
    const { maxError, unexplained } = this.limits;
    if (made.error <= 2 * maxError) return this.#accept(made, ahead, step, unexplained);
    return (
      loose &&
      made.error <= LOOSE.error * maxError &&
      this.#accept(made, ahead, step, LOOSE.energy * unexplained)
    );
  }

  /** Whether the minimum that lies below a predicted place, at its strain, goes on with the branch. */
  #settled(target: Place, options: ReleaseOptions): boolean {
    const { stage, limits } = this;
    const { strain } = target;
    place(stage, strain, this.#withoutDrift(target.fractional));
    if (!descend(stage, options) || !relaxBox(stage, strain, limits.gradient, options)) return false;
    const factored = factorised(stage, loadedStiffness(stage, deformedBox(stage, strain)).stiffness);
    if (!factored) return false;
    const made = this.#found({ strain, fractional: fractionalOf(stage) }, target, factored, true);
    const along = course(this.point, this.#before, new Float64Array(this.point.mode.length), 1);
    return this.#trusted(made, along, strain - this.point.strain, true);
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
    let tangent = this.#tangent(c, deformed);
    if (!tangent) return { kind: "indefinite" };
    let before = Infinity;
    let factors = 1;
    for (let k = 0; ; k++) {
      const residual = residualOf(this.stage, deformed);
      if (residual <= this.limits.gradient) break;
      if (k === CORRECTIONS * factors || !(residual < 0.7 * before || k < 2)) {
        // Another set of contacts has another M.
        if (!this.limits.settle || factors === FACTORS) return { kind: "off" };
        tangent = this.#tangent(c, deformed);
        if (!tangent) return { kind: "indefinite" };
        factors++;
      }
      before = residual;
      const { factored, velocity, rate } = tangent;
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
    return this.#found({ strain, fractional }, target, tangent.factored, factors > 1);
  }

  /** M's factor at the present place and, of a motion along the branch, d(fractional)/dγ and dp/dγ. */
  #tangent(c: Course, deformed: DeformedBox): Tangent | undefined {
    const { stiffness, pull } = loadedStiffness(this.stage, deformed);
    const factored = factorised(this.stage, stiffness);
    if (!factored) return undefined;
    const velocity = coordinatesOf(this.stage, solveCentred(factored, pull), deformed);
    return { factored, velocity, rate: dot(c.functional, velocity) + c.weight };
  }

  #found(at: Place, target: Place, factored: Factored, hard: boolean): Corrected {
    const { vectors } = deformedBox(this.stage, at.strain).box;
    const off = at.fractional.map((s, p) => s - target.fractional[p]);
    centre(factored, off);
    const error = peak(displacementsOf(this.stage, off, vectors), this.stage.field.dimension).length;
    return { kind: "on", ...at, error, factored, hard };
  }

  /** Extrapolation would amplify translations, which no force corrects: they are kept as they were. */
  #withoutDrift(fractional: Float64Array): Float64Array {
    const { fractional: last } = this.point;
    const move = fractional.map((s, k) => s - last[k]);
    centre(this.#clusters, move);
    return move.map((s, k) => s + last[k]);
  }

  #accept(
    made: Extract<Corrected, { kind: "on" }>,
    ahead: Course,
    step: number,
    unexplained: number,
  ): boolean {
    const measured = measure(this.stage, made, made.factored, this.point.mode);
    if (!measured) return false;
    const elastic = elasticWork(ahead, measured.point, step, workVolume(this.stage));
    if (Math.abs(measured.point.energy - this.point.energy - elastic) > unexplained) return false;
    const contacts = signature(made.factored);
    this.#before =
      made.hard && (contacts !== this.#contacts || made.error > this.limits.maxError)
        ? undefined
        : this.point;
    this.#contacts = contacts;
    this.point = measured.point;
    this.#clusters = measured.factored;
    this.accepted++;
    const growth = 0.9 * Math.sqrt(Math.sqrt(this.limits.maxError / Math.max(made.error, 1e-12)));
    // In units of the parameter that has this weight, whatever the step was made in.
    this.#step = (this.#weight / ahead.weight) * step * Math.min(GROW, Math.max(SHRINK, growth));
    return true;
  }
}

/** A number that tells one set of pairs from another, whatever their order. */
function signature({ interactions }: Factored): number {
  const { i, j } = pairsOf(interactions);
  let sum = i.length;
  for (let m = 0; m < i.length; m++) {
    const [low, high] = i[m] < j[m] ? [i[m], j[m]] : [j[m], i[m]];
    sum = (sum + Math.imul(Math.imul(low + 1, 0x9e3779b1) ^ (high + 1), 0x85ebca6b)) | 0;
  }
  return sum;
}
