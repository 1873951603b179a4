import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { hessian, pairsOf } from "../interactions/index.ts";
import { hasKinks, type PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import { nearBox, type System } from "../space/index.ts";
import { type Arithmetic, createWorkspace, factorize, solve, withoutMean } from "../sparse/index.ts";
import { type Backbone, backboneOf } from "./backbone.ts";
import { type Analysed, factorHessian } from "./factor.ts";
import { iteratedStep } from "./iterated.ts";
import { settled } from "./settle.ts";
import { movedBy, softestMode, zeroModeWords } from "./softest.ts";

/** A residual (over the typical pair force) up to this counts as mechanical equilibrium. */
const EQUILIBRIUM = 1e-11;
/** With a larger residual than this, Newton's method is not trusted to find *this* configuration's minimum. */
const CLOSE = 0.25;
/** No particle may move farther than this fraction of the mean bond length. */
const MAX_MOVE = 0.05;
const MAX_STEPS = 25;
/** A factor serves on while a step with it shrinks the residual at least this much. */
const GOOD_STEP = 0.02;
/** Below this residual rounding decides; no further step with an old factor. */
const FLOOR = 1e-13;
const MIN_STEP = 1 / 16;

/** A configuration at its minimum and what it took to get there. */
export interface Refined {
  readonly system: System;
  readonly backbone: Backbone;
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
 * 5 % of a bond, or `allowed` is false. A factorisation a step, at most; without `byFactor` by conjugate gradients.
 */
export function refined(
  system: System,
  model: PairModel,
  options: { readonly allowed: boolean; readonly arithmetic: Arithmetic; readonly byFactor: boolean },
  control: WorkControl,
): Refined {
  const backbone = backboneOf(system, model);
  const untouched = { system, backbone, steps: 0, moved: 0, residualBefore: backbone.residual };
  if (backbone.residual <= EQUILIBRIUM) return untouched;
  if (!options.allowed || !(backbone.residual <= CLOSE)) throw notAMinimum(backbone, !options.allowed);
  const near = { ...untouched, system: { ...system, positions: nearBox(system.box, system.positions) } };
  if (!options.byFactor) return iteratedSteps(near, model, options.arithmetic, control);
  try {
    return newtonSteps(near, model, options.arithmetic, control);
  } catch (error) {
    if (!hasKinks(model) || !(error instanceof SoftfieldError) || error.code !== "not-a-minimum") throw error;
    return throughContacts(near, model, options.arithmetic, control, error);
  }
}

/** Where lost digits have opened or closed contacts, one M does not lead to the minimum. Throws `refusal` where none is near. */
function throughContacts(
  start: Refined,
  model: PairModel,
  arithmetic: Arithmetic,
  control: WorkControl,
  refusal: SoftfieldError,
): Refined {
  const found = settled(start.system, model, arithmetic, control);
  if (!found) throw refusal;
  const { system, steps } = found;
  checkDistance(start, system);
  const backbone = backboneOf(system, model);
  const settledStart = { ...start, system, backbone };
  const done = newtonSteps(settledStart, model, arithmetic, control);
  return { ...done, steps: steps + done.steps, moved: farthest(start.system, done.system) };
}

function newtonSteps(
  start: Refined,
  model: PairModel,
  arithmetic: Arithmetic,
  control: WorkControl,
): Refined {
  let { system, backbone } = start;
  let analysed: Analysed | undefined;
  for (let step = 1; step <= MAX_STEPS; step++) {
    control.onProgress?.({ stage: "refine", done: step - 1, total: MAX_STEPS });
    const { factor, ...next } = factorOrRefuse(backbone, { arithmetic, reuse: analysed }, control);
    analysed = next.analysed;
    const before = backbone.residual;
    const fresh = dampedStep(system, backbone, solve(factor, backbone.gradient), model);
    const atFloor = before <= EQUILIBRIUM && !(fresh && fresh.backbone.residual < 0.5 * before);
    if (atFloor)
      return { ...start, system, backbone, steps: step, moved: farthest(start.system, system), analysed };
    if (!fresh) throw notConverging(start, backbone);
    ({ system, backbone } = fresh);
    // one factor serves for several steps while they converge fast
    for (let ratio = backbone.residual / before; ratio < GOOD_STEP && backbone.residual > FLOOR; ) {
      const again = moveBy(system, backbone, solve(factor, backbone.gradient));
      const after = backboneOf(again, model);
      ratio = after.residual / backbone.residual;
      if (ratio < 0.5) [system, backbone] = [again, after];
    }
    checkDistance(start, system);
  }
  if (backbone.residual > EQUILIBRIUM) throw notConverging(start, backbone);
  const moved = farthest(start.system, system);
  return { ...start, system, backbone, steps: MAX_STEPS, moved, analysed };
}

/** The same without a factor, as far as the residual that counts as equilibrium. */
function iteratedSteps(
  start: Refined,
  model: PairModel,
  arithmetic: Arithmetic,
  control: WorkControl,
): Refined {
  let { system, backbone } = start;
  for (let step = 1; step <= MAX_STEPS; step++) {
    control.onProgress?.({ stage: "refine", done: step - 1, total: MAX_STEPS });
    const { gradient, residual, interactions } = backbone;
    const distance = { residual, goal: EQUILIBRIUM };
    const delta = iteratedStep(hessian(interactions), gradient, distance, arithmetic, control);
    const next = dampedStep(system, backbone, delta, model);
    if (!next) break;
    ({ system, backbone } = next);
    checkDistance(start, system);
    if (backbone.residual > EQUILIBRIUM) continue;
    return { ...start, system, backbone, steps: step, moved: farthest(start.system, system) };
  }
  throw notConverging(start, backbone);
}

/**
 * x − t·δ with the largest t = 1, ½, ¼, … for which the slope along δ has fallen, |∂U/∂x·δ| < 0.9 of that at t = 0:
 * on the far side of a soft direction a whole Newton step overshoots. Undefined where no such t is found.
 */
function dampedStep(
  system: System,
  backbone: Backbone,
  delta: Float64Array,
  model: PairModel,
): { system: System; backbone: Backbone } | undefined {
  const slope = (gradient: Float64Array) => Math.abs(gradient.reduce((sum, g, k) => sum + g * delta[k], 0));
  const initial = slope(backbone.gradient);
  for (let t = 1; t >= MIN_STEP; t /= 2) {
    const moved = moveBy(system, backbone, t === 1 ? delta : delta.map((x) => t * x));
    const after = backboneOf(moved, model);
    if (after.gradient.length !== delta.length) return undefined; // a bond broke and left a rattler
    if (slope(after.gradient) < 0.9 * initial) return { system: moved, backbone: after };
  }
  return undefined;
}

/** The factor of M, or an error that names the particle at which M is not positive definite. */
export function factorOrRefuse(
  backbone: Backbone,
  options: Parameters<typeof factorHessian>[1],
  control: WorkControl,
): {
  factor: Extract<ReturnType<typeof factorHessian>["result"], { status: "ok" }>["factor"];
  analysed: Analysed;
} {
  const { analysed, result } = factorHessian(backbone, options, control);
  if (result.status === "ok") return { factor: result.factor, analysed };
  throw notPositiveDefinite(backbone, { ...result, ...analysed, arithmetic: options?.arithmetic ?? "fast" });
}

/** A saddle, or a part that moves freely: which of them the lowest mode says. */
function notPositiveDefinite(
  backbone: Backbone,
  at: Analysed & { readonly particle: number; readonly pivot: number; readonly arithmetic: Arithmetic },
): SoftfieldError {
  const { interactions, particles, rattlers } = backbone;
  const matrix = hessian(interactions, at.pattern);
  const { symbolic, arithmetic, workspace = createWorkspace(symbolic, { arithmetic }) } = at;
  const mode = softestMode(
    matrix,
    (shift) => factorize(symbolic, matrix, { shift, workspace }),
    (x) => withoutMean(x, interactions.dimension),
  );
  if (mode && !mode.unstable) {
    const free = movedBy(mode.vector, interactions.dimension).map((p) => particles[p]);
    const words = zeroModeWords(free, particles.length + rattlers.length);
    return new SoftfieldError("not-a-minimum", words, { particle: free[0] });
  }
  const particle = particles[at.particle];
  const sign =
    at.pivot <= 0
      ? `a pivot ${at.pivot.toExponential(2)} ≤ 0`
      : `a negative eigenvalue${mode ? ` ${mode.eigenvalue.toExponential(2)}` : ""}, found`;
  return new SoftfieldError(
    "not-a-minimum",
    `the configuration is a saddle, not a minimum: the Hessian has ${sign} at ` +
      `particle ${particle}${positionOf(backbone, at.particle)}. Bring it to a minimum with 'softfield minimize'`,
    { particle },
  );
}

/** x − δ for M·δ = ∂U/∂x, without a common translation. */
function moveBy(system: System, { particles }: Backbone, delta: Float64Array): System {
  const d = system.box.dimension;
  const positions = system.positions.slice();
  withoutMean(delta, d).forEach((by, k) => {
    positions[particles[Math.floor(k / d)] * d + (k % d)] -= by;
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

function checkDistance(start: Refined, system: System): void {
  const { r } = pairsOf(start.backbone.interactions);
  const bond = r.reduce((sum, length) => sum + length / r.length, 0);
  const moved = farthest(start.system, system);
  if (moved <= MAX_MOVE * bond) return;
  throw new SoftfieldError(
    "not-a-minimum",
    `${residualWords(start.backbone)}, and the nearest minimum lies ${moved.toPrecision(3)} away (more than 5 % of a ` +
      "bond): this is not the configuration of a minimum with lost digits. Bring it to one with 'softfield minimize'",
    { particle: start.backbone.worst },
  );
}

function notAMinimum(backbone: Backbone, forbidden: boolean): SoftfieldError {
  const way = forbidden
    ? "--no-refine forbids moving it: leave that out, or minimise it with 'softfield minimize'"
    : "check that model, species and box are those it was made with, or minimise it with 'softfield minimize'";
  return new SoftfieldError("not-a-minimum", `${residualWords(backbone)}; ${way}`, {
    particle: backbone.worst,
  });
}

function notConverging(start: Refined, after: Backbone): SoftfieldError {
  return new SoftfieldError(
    "not-a-minimum",
    `${residualWords(start.backbone)}, and Newton steps do not bring it down (${after.residual.toExponential(2)} after ` +
      "the last): no minimum is reached by them alone, as where contacts open or close on the way. Bring it to one with 'softfield minimize'",
    { particle: start.backbone.worst },
  );
}

function residualWords({ residual, typicalForce, worst }: Backbone): string {
  return (
    `not an energy minimum: the largest residual gradient is ${(residual * typicalForce).toExponential(2)} at particle ` +
    `${worst}, ${residual.toExponential(2)} of the typical pair force ${typicalForce.toPrecision(3)}`
  );
}

function positionOf({ positions, box }: Backbone, k: number): string {
  const d = box.dimension;
  return ` at (${Array.from(positions.subarray(k * d, (k + 1) * d), (x) => x.toPrecision(5)).join(", ")})`;
}
