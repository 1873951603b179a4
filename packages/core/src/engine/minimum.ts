import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, wrapPositions } from "../space/index.ts";
import {
  analyze,
  type CholeskyFactor,
  factorize,
  type SelectedInverse,
  selectedInverse,
  solve,
  withoutMean,
} from "../sparse/index.ts";
import { maxNorm } from "../vectors.ts";
import { type DifferenceHessian, type Differences, hessianByDifferences } from "./differences.ts";
import { Calls, type EngineSystem } from "./engine.ts";
import { type DifferenceOptions, measured, missing, spacing } from "./probes.ts";

/** How a configuration is brought to its minimum by an engine's forces. */
export interface EngineMinimumOptions extends DifferenceOptions {
  /** Newton steps back to the minimum where the configuration has lost digits (default); false: refuse instead. */
  readonly refine?: boolean | undefined;
}

/** An energy minimum of an engine's energy, with its Hessian by differences, the factor and the inverse of that. */
export interface EngineMinimum extends DifferenceHessian, Differences {
  readonly calls: Calls;
  readonly box: Box;
  /** N×d, at the minimum. */
  readonly positions: Float64Array;
  /** U and, where the engine tells them, energies of the atoms there. */
  readonly energy: number;
  readonly energies: Float64Array | undefined;
  /** Largest component of a force, as given and at the minimum. */
  readonly forceGiven: number;
  readonly force: number;
  readonly refineSteps: number;
  /** Largest displacement by refinement. */
  readonly moved: number;
  /** |M·v − difference along v| over |M·v|. */
  readonly missing: number;
  readonly factor: CholeskyFactor;
  /** Blocks of M⁻¹, once. */
  readonly inverse: () => SelectedInverse;
  /** M⁻¹·b, N×d (`count` of them), up to a common translation. */
  readonly solve: (b: Float64Array, count?: number) => Float64Array;
}

/** Newton displacements over the mean distance of neighbours: no minimum close by; M is to be made anew; at the minimum. */
const [FAR, STALE, AT_REST] = [0.05, 1e-6, 1e-14];
const MOST_ROUNDS = 6;
const MOST_STEPS = 12;
/** Share of M·v that blocks beyond the range may have, by which the range is then made longer, and how often. */
const MISSING = 1e-5;
const LONGER = 1.3;
const MOST_RANGES = 4;
/** Asymmetry and drift beyond which an M is none. */
const UNSOUND = 0.02;

/**
 * Brings a configuration to its minimum by Newton steps with M by coloured differences of an engine's forces; its factor.
 * Calls: some 40, and 2·d a colour for each M (one, or two where the configuration moves), whatever the number of particles.
 *
 * Throws "not-a-minimum" where there is none close by, "numerics" where forces are not smooth, not conservative, or reach
 * further than asked, and what the engine throws.
 */
export async function engineMinimum(
  given: EngineSystem,
  options: EngineMinimumOptions = {},
  control: WorkControl = {},
): Promise<EngineMinimum> {
  const calls = new Calls(given, control);
  const { box, count } = calls;
  const d = box.dimension;
  const length = spacing(box, count);
  const begin = given.positions;
  control.onProgress?.({ stage: "probes", done: 0, total: 1 });
  let differences = await measured(calls, begin, options);
  let x = Float64Array.from(begin);
  let here = await calls.at(x);
  const forceGiven = maxNorm(here.gradient);
  let steps = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = await reliableHessian(calls, x, differences, options);
    differences = found.differences;
    const factor = factored(found.hessian, box, x, control);
    let last = Infinity;
    let left = 0;
    for (let step = 0; step < MOST_STEPS; step++) {
      const delta = withoutMean(solve(factor, here.gradient), d);
      left = maxNorm(delta) / length;
      if (left > FAR) throw farFrom(forceGiven, left * length);
      // as close as forces tell: the next step would be as large
      if (left <= AT_REST || left > 0.5 * last) break;
      if (options.refine === false) throw notRefined(forceGiven, left * length);
      const next = x.map((value, k) => value - delta[k]);
      const there = await calls.at(next);
      if (maxNorm(there.gradient) > maxNorm(here.gradient)) break;
      [x, here, last] = [next, there, left];
      steps++;
      control.onProgress?.({ stage: "refine", done: steps, total: steps + 1 });
    }
    const moved = maxNorm(x.map((value, k) => value - begin[k]));
    const since = maxNorm(x.map((value, k) => value - found.at[k])) / length;
    if (since > STALE) continue;
    let inverse: SelectedInverse | undefined;
    return {
      ...found.hessian,
      ...differences,
      calls,
      box,
      positions: x,
      energy: here.energy,
      energies: here.energies,
      forceGiven,
      force: maxNorm(here.gradient),
      refineSteps: steps,
      moved,
      missing: found.missing,
      factor,
      inverse: () => {
        inverse ??= selectedInverse(factor, control);
        return inverse;
      },
      solve: (b, vectors = 1) => solve(factor, b, { count: vectors, refine: 1 }),
    };
  }
  throw farFrom(forceGiven, maxNorm(x.map((value, k) => value - begin[k])));
}

/** M, with the range made longer until it holds all that M·v needs. */
async function reliableHessian(
  calls: Calls,
  x: Float64Array,
  differences: Differences,
  { range: asked }: EngineMinimumOptions,
): Promise<{ hessian: DifferenceHessian; differences: Differences; missing: number; at: Float64Array }> {
  const most = Math.max(MISSING, 30 * differences.noise);
  let now = differences;
  for (let tries = 1; ; tries++) {
    const hessian = await hessianByDifferences(calls, x, now);
    const share = await missing(calls, x, hessian.matrix, now.step);
    const sound = hessian.asymmetry < UNSOUND && hessian.drift < UNSOUND;
    if (share <= most && sound) return { hessian, differences: now, missing: share, at: x };
    const { name } = calls.engine;
    const words =
      `blocks of the Hessian within ${now.range.toPrecision(4)} miss ${percent(share)} of what a random displacement of all ` +
      `particles does, its halves differ by ${percent(hessian.asymmetry)}, a common displacement leaves ${percent(hessian.drift)}`;
    if (now.range === Infinity || tries === MOST_RANGES || asked !== undefined) {
      const way =
        asked !== undefined
          ? "forces reach further than that: leave --range out, and it is measured"
          : "these are not the forces of one smooth energy that knows no place: walls, fields, or neural networks in single precision do this";
      throw new SoftfieldError("numerics", `${name}: ${words}; ${way}`);
    }
    now = { ...now, range: tries + 1 === MOST_RANGES ? Infinity : LONGER * now.range };
  }
}

function factored(
  { matrix }: DifferenceHessian,
  box: Box,
  x: Float64Array,
  control: WorkControl,
): CholeskyFactor {
  const { fractional } = wrapPositions(box, x);
  const symbolic = analyze(matrix, { dimension: box.dimension, fractional });
  const result = factorize(symbolic, matrix, { pins: [0] }, control);
  if (result.status === "ok") return result.factor;
  throw new SoftfieldError(
    "not-a-minimum",
    `the configuration is no minimum of the engine's energy: its Hessian has a pivot ${result.pivot.toExponential(2)} ≤ 0 at particle ` +
      `${result.particle}. Minimise it with the engine (LAMMPS: minimize 0 1e-12 10000 100000); a particle that nothing holds has none`,
    { particle: result.particle },
  );
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(2)} %`;
}

function farFrom(force: number, distance: number): SoftfieldError {
  return new SoftfieldError(
    "not-a-minimum",
    `the largest force is ${force.toExponential(2)}, and Newton's method would move particles by ${distance.toPrecision(2)}: no minimum is close ` +
      "by. Minimise the configuration with the engine first (LAMMPS: minimize 0 1e-12 10000 100000)",
  );
}

function notRefined(force: number, distance: number): SoftfieldError {
  return new SoftfieldError(
    "not-a-minimum",
    `the largest force is ${force.toExponential(2)}, the minimum ${distance.toPrecision(2)} away, and --no-refine forbids moving there`,
  );
}
