import { descents, newton } from "../dynamics/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { relaxBox } from "./boxrelax.ts";
import { descend, type ReleaseOptions } from "./descent.ts";
import type { BranchPoint } from "./point.ts";
import {
  coordinatesOf,
  displacementsOf,
  fractionalOf,
  ofParticles,
  ofStretches,
  peak,
  place,
  type Stage,
} from "./stage.ts";

/** A push along the critical mode past the end of its branch, bond lengths of the particle that it moves most. */
const PUSH = 5e-3;
/** States that differ by less (bond lengths, any particle) are the same minimum. */
const SAME = 1e-4;
/** The trigger is the particle ahead when the first has gone so far (bond lengths), or this share of the way if that is less. */
const EARLY = { distance: 0.05, share: 0.5 };
/** Looks at who is ahead: the first at this distance (bond lengths), each further by this factor. */
const LOOKS = { first: 5e-3, factor: 1.25 };

/** The way down from the end of a branch. */
export interface Release {
  /** False where the minimiser stalled. */
  readonly ended: boolean;
  /** Fractional coordinates of the minimum, N×d, continuous with those of the last point. */
  readonly fractional: Float64Array;
  /** Displacements, N×d, λ, in the box at the end. */
  readonly displacements: Float64Array;
  /** The particle that had moved furthest early on the way. */
  readonly trigger: number;
}

/**
 * Takes the last minimum of a branch affinely to `strain` beyond its end, pushes it on along its critical mode, and
 * lets it go down to the minimum in which the field is left.
 */
export function release(stage: Stage, from: BranchPoint, strain: number, options: ReleaseOptions): Release {
  const { field } = stage;
  const d = field.dimension;
  const deformed = place(stage, strain, from.fractional);
  const { scale = 1, bond = 1, fold = true } = options;
  const push = fold ? (scale * PUSH) / peak(ofParticles(from.mode, stage), d).length : 0;
  const along = coordinatesOf(stage, from.mode, deformed);
  const pushed = from.fractional.map((s, k) => s + push * along[k]);
  const displacements = () => {
    const moved = fractionalOf(stage).map((s, k) => s - from.fractional[k]);
    return displacementsOf(stage, moved, field.box.vectors);
  };
  place(stage, strain, pushed);
  const gradient = 0.1 * (fold ? forceAlong(stage, from.mode) : field.maxGradient());
  const watched = lookahead(stage, displacements, bond, options.interrupted);
  if (options.method !== "fire") {
    // Other minimisers take longer steps: the way out of the saddle is watched on its own.
    descents.fire(field, {
      ...limitsOf(options),
      gradient,
      interrupted: () => watched.look() || watched.done(),
    });
    place(stage, strain, pushed);
  }
  const interrupted = options.method === "fire" ? watched.look : options.interrupted;
  const ended = settle(stage, strain, { ...options, interrupted }, gradient);
  const all = displacements();
  const enough = Math.min(bond * EARLY.distance, EARLY.share * peak(all, d).length);
  const early = watched.seen.find(({ length }) => length >= enough);
  const trigger = early?.particle ?? peak(ofParticles(from.mode, stage), d).particle;
  return { ended, fractional: fractionalOf(stage), displacements: all, trigger };
}

/** Notes, during a descent, which particle has moved furthest; `done` when that has been far enough for a trigger. */
function lookahead(
  stage: Stage,
  displacements: () => Float64Array,
  bond: number,
  interrupted?: () => boolean,
) {
  const { field } = stage;
  const start = field.newVector();
  field.toVector(field.wrappedPositions(), start);
  const seen: { particle: number; length: number }[] = [];
  let next = bond * LOOKS.first;
  const done = () => next > bond * EARLY.distance * LOOKS.factor;
  const look = () => {
    const square = field.kernels.maxDistance2(field.count, field.stride, field.x, start);
    // A particle that was wrapped into the box seems to have gone far: continuous positions tell.
    if (!done() && square >= next * next) {
      const ahead = peak(displacements(), field.dimension);
      if (ahead.length >= next) {
        seen.push(ahead);
        next = ahead.length * LOOKS.factor;
      }
    }
    return interrupted?.() ?? false;
  };
  return { seen, done, look };
}

/** Largest component of the part of the gradient that lies along a mode, ε/λ. */
function forceAlong({ field }: Stage, mode: Float64Array): number {
  const own = mode.subarray(0, field.count * field.dimension);
  return Math.abs(dot(field.gradient(), own)) * peak(own, field.dimension).length;
}

function limitsOf({ maxEvaluations, maxMove }: ReleaseOptions) {
  return { evaluations: maxEvaluations, maxMove };
}

/** `descend`, and what of the box is free goes down with the particles. */
export function settle(stage: Stage, strain: number, options: ReleaseOptions, first = Infinity): boolean {
  if (!descend(stage, options, first)) return false;
  return relaxBox(stage, strain, options.tolerance * options.typicalForce, options);
}

/** Shears back to the last stable strain: whether the system then is in another minimum than it was. */
export function staysAtDistance(
  stage: Stage,
  before: BranchPoint,
  down: Release,
  descent: ReleaseOptions,
): boolean {
  const { field } = stage;
  place(stage, before.strain, down.fractional);
  const { tolerance, maxMove, scale = 1 } = descent;
  if (newton(field, { tolerance, maxMove }).end !== "converged" && !descend(stage, descent)) return true;
  if (!relaxBox(stage, before.strain, tolerance * descent.typicalForce, descent)) return true;
  const back = fractionalOf(stage).map((s, k) => s - before.fractional[k]);
  const apart = withoutMean(ofParticles(back, stage).slice(), field.dimension);
  if (ofStretches(back, stage).some((t) => Math.abs(t) > SAME)) return true;
  return peak(displacementsOf(stage, apart, field.box.vectors), field.dimension).length > scale * SAME;
}
