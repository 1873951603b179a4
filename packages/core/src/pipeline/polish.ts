import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Analysed, factorHessian } from "../response/index.ts";
import type { System } from "../space/index.ts";
import { solve } from "../sparse/index.ts";
import { type Skeleton, skeletonOf } from "./structure.ts";

/** A residual (over the typical pair force) up to this counts as mechanical equilibrium. */
export const EQUILIBRIUM = 1e-11;
/** With a larger residual than this, Newton's method is not trusted to find *this* configuration's minimum. */
const CLOSE = 0.25;
/** No particle may move farther than this fraction of the mean bond length. */
const FARTHEST = 0.05;
const MOST_STEPS = 25;
/** A factor serves on while a step with it shrinks the residual at least this much. */
const GOOD_STEP = 0.02;
/** Below this residual rounding decides; no further step with an old factor. */
const FLOOR = 1e-13;
const SHORTEST_STEP = 1 / 16;

/** A configuration at its minimum and what it took to get there. */
export interface Polished {
  readonly system: System;
  readonly skeleton: Skeleton;
  readonly analysed?: Analysed;
  /** Newton steps made; 0: the configuration was at its minimum as given. */
  readonly steps: number;
  /** Largest displacement of a particle, unit λ. */
  readonly moved: number;
  /** Residual as given, over the typical pair force. */
  readonly residualBefore: number;
}

/**
 * Brings a configuration that lost digits in a file back to its minimum, by Newton steps M·δ = −∂U/∂x with the
 * sparse factor; one that is in equilibrium to 1e-11 of the typical pair force is returned untouched.
 *
 * Throws "not-a-minimum" where the residual is large, M is not positive definite, a particle would move by more than
 * 5 % of a bond, or `allowed` is false. A factorisation a step, at most.
 */
export function polish(
  system: System,
  model: PairModel,
  options: { allowed?: boolean; relaxed?: boolean } = {},
  control: WorkControl = {},
): Polished {
  const start = skeletonOf(system, model);
  const untouched = { system, skeleton: start, steps: 0, moved: 0, residualBefore: start.residual };
  if (start.residual <= EQUILIBRIUM) return untouched;
  if (options.allowed === false || !(start.residual <= CLOSE))
    throw notAMinimum(start, options.allowed === false);
  return newton(untouched, model, options.relaxed ?? true, control);
}

function newton(start: Polished, model: PairModel, relaxed: boolean, control: WorkControl): Polished {
  let { system, skeleton } = start;
  let analysed: Analysed | undefined;
  for (let step = 1; step <= MOST_STEPS; step++) {
    control.onProgress?.({ stage: "polish", done: step - 1, total: MOST_STEPS });
    const { factor, ...next } = factorOrRefuse(
      skeleton,
      { relaxed, ...(analysed ? { reuse: analysed } : {}) },
      control,
    );
    analysed = next.analysed;
    const before = skeleton.residual;
    const fresh = dampedStep(system, skeleton, solve(factor, skeleton.gradient), model);
    const atFloor = before <= EQUILIBRIUM && !(fresh && fresh.skeleton.residual < 0.5 * before);
    if (atFloor)
      return { ...start, system, skeleton, steps: step, moved: farthest(start.system, system), analysed };
    if (!fresh) throw notConverging(start, skeleton);
    ({ system, skeleton } = fresh);
    // one factor serves for several steps while they converge fast
    for (let ratio = skeleton.residual / before; ratio < GOOD_STEP && skeleton.residual > FLOOR; ) {
      const again = moveBy(system, skeleton, solve(factor, skeleton.gradient));
      const after = skeletonOf(again, model);
      ratio = after.residual / skeleton.residual;
      if (ratio < 0.5) [system, skeleton] = [again, after];
    }
    checkDistance(start, system);
  }
  if (skeleton.residual > EQUILIBRIUM) throw notConverging(start, skeleton);
  const moved = farthest(start.system, system);
  return { ...start, system, skeleton, steps: MOST_STEPS, moved, ...(analysed ? { analysed } : {}) };
}

/**
 * x − t·δ with the largest t = 1, ½, ¼, … for which the slope along δ has fallen, |∂U/∂x·δ| < 0.9 of that at t = 0:
 * on the far side of a soft direction a whole Newton step overshoots. Undefined where no such t is found.
 */
function dampedStep(
  system: System,
  skeleton: Skeleton,
  delta: Float64Array,
  model: PairModel,
): { system: System; skeleton: Skeleton } | undefined {
  const slope = (gradient: Float64Array) => Math.abs(gradient.reduce((sum, g, k) => sum + g * delta[k], 0));
  const initial = slope(skeleton.gradient);
  for (let t = 1; t >= SHORTEST_STEP; t /= 2) {
    const moved = moveBy(system, skeleton, t === 1 ? delta : delta.map((x) => t * x));
    const after = skeletonOf(moved, model);
    if (after.gradient.length !== delta.length) return undefined; // a bond broke and left a rattler
    if (slope(after.gradient) < 0.9 * initial) return { system: moved, skeleton: after };
  }
  return undefined;
}

/** The factor of M, or an error that names the particle at which M is not positive definite. */
export function factorOrRefuse(
  skeleton: Skeleton,
  options: Parameters<typeof factorHessian>[1],
  control: WorkControl,
): {
  factor: Extract<ReturnType<typeof factorHessian>["result"], { status: "ok" }>["factor"];
  analysed: Analysed;
} {
  const { analysed, result } = factorHessian(skeleton, options, control);
  if (result.status === "ok") return { factor: result.factor, analysed };
  const particle = skeleton.particles[result.particle];
  throw new SoftfieldError(
    "not-a-minimum",
    `the configuration is a saddle, not a minimum: the Hessian has a pivot ${result.pivot.toExponential(2)} ≤ 0 at ` +
      `particle ${particle}${positionOf(skeleton, result.particle)}. Bring it to a minimum with 'softfield minimize'`,
    { particle },
  );
}

/** x − δ for M·δ = ∂U/∂x, without a common translation. */
function moveBy(system: System, { particles }: Skeleton, delta: Float64Array): System {
  const d = system.box.dimension;
  const mean = new Float64Array(d);
  delta.forEach((value, k) => {
    mean[k % d] = mean[k % d] + value / particles.length;
  });
  const positions = system.positions.slice();
  particles.forEach((p, k) => {
    for (let a = 0; a < d; a++) {
      const by = delta[k * d + a] - mean[a];
      positions[p * d + a] = positions[p * d + a] - by;
    }
  });
  return { ...system, positions };
}

function farthest(from: System, to: System): number {
  const d = from.box.dimension;
  let most = 0;
  for (let p = 0; p < from.positions.length; p += d) {
    let length2 = 0;
    for (let a = 0; a < d; a++) length2 += square(to.positions[p + a] - from.positions[p + a]);
    most = Math.max(most, length2);
  }
  return Math.sqrt(most);
}

function checkDistance(start: Polished, system: System): void {
  const { r } = start.skeleton.interactions;
  const bond = r.reduce((sum, length) => sum + length / r.length, 0);
  const moved = farthest(start.system, system);
  if (moved <= FARTHEST * bond) return;
  throw new SoftfieldError(
    "not-a-minimum",
    `${residualWords(start.skeleton)}, and the nearest minimum lies ${moved.toPrecision(3)} away (more than 5 % of a ` +
      "bond): this is not the configuration of a minimum with lost digits. Bring it to one with 'softfield minimize'",
    { particle: start.skeleton.worst },
  );
}

function notAMinimum(skeleton: Skeleton, forbidden: boolean): SoftfieldError {
  const way = forbidden
    ? "--no-polish forbids moving it: leave that out, or minimise it with 'softfield minimize'"
    : "check that model, species and box are those it was made with, or minimise it with 'softfield minimize'";
  return new SoftfieldError("not-a-minimum", `${residualWords(skeleton)}; ${way}`, {
    particle: skeleton.worst,
  });
}

function notConverging(start: Polished, after: Skeleton): SoftfieldError {
  return new SoftfieldError(
    "not-a-minimum",
    `${residualWords(start.skeleton)}, and Newton steps do not bring it down (${after.residual.toExponential(2)} after ` +
      "the last): there is no minimum close by. Bring it to one with 'softfield minimize'",
    { particle: start.skeleton.worst },
  );
}

function residualWords({ residual, typicalForce, worst }: Skeleton): string {
  return (
    `not an energy minimum: the largest residual gradient is ${(residual * typicalForce).toExponential(2)} at particle ` +
    `${worst}, ${residual.toExponential(2)} of the typical pair force ${typicalForce.toPrecision(3)}`
  );
}

function positionOf({ positions, box }: Skeleton, k: number): string {
  const d = box.dimension;
  return ` at (${Array.from(positions.subarray(k * d, (k + 1) * d), (x) => x.toPrecision(5)).join(", ")})`;
}
