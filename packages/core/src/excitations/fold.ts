import { type BranchCurve, course, courseAt, foldAhead } from "../deform/index.ts";
import { denseFactor, denseSolve } from "../sparse/index.ts";
import { dot, norm, unit } from "../vectors.ts";
import type { LoadedRegion } from "./region.ts";

/** How far a branch is followed, and how exactly its end is found. */
export interface FoldOptions {
  /** Largest strain; default 0.2. */
  readonly maxStrain?: number;
  /** Longest step in strain; default 5e-3. */
  readonly step?: number;
  /** The branch is followed until what is left of it is this fraction of its length; default 1e-3; its square root is the error of the mode. */
  readonly tolerance?: number;
}

/** Where the branch of a region under a load ends. */
export interface Fold {
  /** fold: γ_c; max-strain: none up to there; lost: the branch could be followed no further than the strain given. */
  readonly status: "fold" | "max-strain" | "lost";
  readonly strain: number;
  /** n, of the core, unit length: the critical mode, in the direction in which the branch moves. */
  readonly mode: Float64Array;
  /** n, λ: displacements of the core beyond the affine ones, at the last point. */
  readonly displacement: Float64Array;
  readonly steps: number;
}

/** Bond lengths of displacement that count as much as a strain of 1, in the parameter of the curve. */
const WEIGHT = 50;
/** Bond lengths: a prediction off by more, of any coordinate, is not trusted. */
const MAX_ERROR = 3e-3;
const CORRECTIONS = 12;
/** A gradient below this fraction of the largest spring of the core times 1 bond length is none. */
const RESIDUAL = 1e-11;
const MAX_STEPS = 200;

interface Point extends BranchCurve {
  /** The largest diagonal entry of the stiffness. */
  readonly stiffest: number;
}

/**
 * Follows the minimum of a region under a load to its fold γ_c by arc-length steps: predicted by cubic Hermite
 * interpolation in the amplitude of the soft mode, corrected by Newton's method for displacements and strain at once; γ_c is
 * extrapolated from the last two points. Cost: n³/3 a step, some fifteen steps.
 */
export function foldOf(region: LoadedRegion, size: number, options: FoldOptions = {}): Fold {
  const { maxStrain = 0.2, step: longest = 5e-3, tolerance = 1e-3 } = options;
  const weight = WEIGHT * region.unit;
  const start = region.gradient(new Float64Array(size), 0);
  const scale = Math.max(norm(start), 0);
  let point = measured(region, new Float64Array(size), 0);
  if (!point)
    return { status: "fold", strain: 0, mode: start, displacement: new Float64Array(size), steps: 0 };
  const accuracy = RESIDUAL * region.unit * point.stiffest + 10 * scale;
  let before: Point | undefined;
  let step = 0.05 * longest * weight;
  let last = Infinity;
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const ended = (status: Fold["status"], strain: number): Fold => ({
      status,
      strain,
      mode: point!.mode,
      displacement: point!.fractional,
      steps,
    });
    if (point.strain >= maxStrain) return ended("max-strain", point.strain);
    const ahead = course(point, before, point.mode, weight);
    const fold = foldAhead(ahead);
    const left = fold.strain - point.strain;
    if (left < Infinity && (left <= tolerance * Math.abs(fold.strain) || left <= 1e-9))
      return ended("fold", fold.strain);
    const sure = Math.abs(fold.strain - last) <= 0.2 * left;
    last = fold.strain;
    let length = Math.min(step, longest / ahead.rate, fold.p * (sure ? 0.92 : 0.6));
    let made: { readonly point: Point; readonly error: number } | undefined;
    while (!made) {
      made = corrected(region, point, courseAt(ahead, length), ahead, accuracy);
      if (made) break;
      length *= 0.4;
      if (length * ahead.rate < 1e-9) return ended("lost", point.strain);
    }
    before = point;
    point = made.point;
    step =
      length *
      Math.min(
        2.5,
        Math.max(0.4, 0.9 * Math.sqrt(Math.sqrt(MAX_ERROR / Math.max(made.error / region.unit, 1e-12)))),
      );
  }
  return {
    status: "lost",
    strain: point.strain,
    mode: point.mode,
    displacement: point.fractional,
    steps: MAX_STEPS,
  };
}

function corrected(
  region: LoadedRegion,
  from: Point,
  target: { readonly strain: number; readonly fractional: Float64Array },
  { functional, weight }: { readonly functional: Float64Array; readonly weight: number },
  accuracy: number,
): { readonly point: Point; readonly error: number } | undefined {
  const y = target.fractional.slice();
  let { strain } = target;
  if (!(strain > from.strain)) return undefined;
  let g = region.gradient(y, strain);
  const { matrix, force } = region.stiffness();
  const factor = denseFactor(matrix, matrix);
  if (!factor) return undefined;
  const velocity = denseSolve(factor, force).map((x) => -x);
  const rate = dot(functional, velocity) + weight;
  let size = norm(g);
  for (let k = 0; size > accuracy; k++) {
    if (k === CORRECTIONS) return undefined;
    const move = denseSolve(factor, g);
    const turn = dot(functional, move) / rate;
    let most = 0;
    for (let p = 0; p < y.length; p++) {
      const by = turn * velocity[p] - move[p];
      y[p] += by;
      most = Math.max(most, Math.abs(by));
    }
    strain += turn;
    if (!(most < 20 * MAX_ERROR * region.unit && strain > from.strain)) return undefined;
    g = region.gradient(y, strain);
    const now = norm(g);
    if (!(now < 0.7 * size || k < 2)) return undefined;
    size = now;
  }
  let error = 0;
  for (let p = 0; p < y.length; p++) error = Math.max(error, Math.abs(y[p] - target.fractional[p]));
  if (error > 2 * MAX_ERROR * region.unit) return undefined;
  const point = measured(region, y, strain, from.mode);
  return point && { point, error };
}

/** The point of the branch where the region stands; undefined where it is no minimum. */
function measured(
  region: LoadedRegion,
  y: Float64Array,
  strain: number,
  guess?: Float64Array,
): Point | undefined {
  const { matrix, force } = region.stiffness();
  let stiffest = 0;
  for (let k = 0; k < matrix.length; k += y.length + 1) stiffest = Math.max(stiffest, matrix[k]);
  const factor = denseFactor(matrix, matrix);
  if (!factor) return undefined;
  const velocity = denseSolve(factor, force).map((x) => -x);
  let mode = unit(guess ?? velocity);
  for (let k = 0; k < 4; k++) mode = unit(denseSolve(factor, mode));
  if (dot(mode, velocity) < 0) mode = mode.map((x) => -x);
  return { strain, fractional: y, velocity, mode, stiffest };
}
