import { SoftfieldError } from "../errors.ts";
import type { Interactions } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import { withoutMean } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { type EnergyExpansion, expansionAlong, normalised } from "./expansion.ts";

/** A direction in which the estimate κ³/τ² of the barrier is stationary. */
export interface CubicMode {
  /** N×d, unit length, τ ≥ 0: it points to the barrier's other side along −z. */
  readonly field: Float64Array;
  /** κ = M:zz, ε/λ² */
  readonly stiffness: number;
  /** τ = U‴:zzz, ε/λ³ */
  readonly anharmonicity: number;
  /** Steps, and ‖(κ/τ) G U‴:zz − z‖ at the end. */
  readonly steps: number;
  readonly residual: number;
}

/** When a cubic mode is found, and when its seed is given up. */
export interface CubicModeOptions {
  /** Residual at which a mode is found; default 1e-6. */
  readonly tolerance?: number;
  /** Steps after which a seed is given up; default 100. */
  readonly maxSteps?: number;
}

/** Solves M·x = b for `count` right-hand sides, one after the other. */
export type Solve = (b: Float64Array, count: number) => Float64Array;

/** Seeds whose solves share a pass over the factor. */
const TOGETHER = 8;
/** Step of the damped mapping, and the least that is tried. */
const [STEP, LEAST_STEP] = [0.7, 1e-3];

/**
 * Cubic modes (Gartner and Lerner 2016; Kapteijns, Richard, Lerner 2020): stationary points of b(z) = (M:zz)³/(U‴:zzz)²,
 * M·z = (κ/τ) U‴:zz, by the damped mapping z ← z + a((κ/τ) G U‴:zz − z), which never lets b rise; one solve a step.
 * One mode a seed (N×d, read), `undefined` where a seed does not converge. Cost about twenty solves a seed.
 */
export function cubicModes(
  interactions: Interactions,
  solve: Solve,
  seeds: readonly Float64Array[],
  options: CubicModeOptions = {},
  control: WorkControl = {},
): (CubicMode | undefined)[] {
  const found: (CubicMode | undefined)[] = [];
  for (let from = 0; from < seeds.length; from += TOGETHER) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "cubic modes: stopped on request");
    found.push(...together(interactions, solve, seeds.slice(from, from + TOGETHER), options));
    control.onProgress?.({ stage: "cubic modes", done: found.length, total: seeds.length });
  }
  return found;
}

interface Walker {
  field: Float64Array;
  energy: EnergyExpansion;
  steps: number;
  residual: number;
}

function together(
  interactions: Interactions,
  solve: Solve,
  seeds: readonly Float64Array[],
  { tolerance = 1e-6, maxSteps = 100 }: CubicModeOptions,
): (CubicMode | undefined)[] {
  const d = interactions.dimension;
  const walkers = seeds.map((seed): Walker => {
    const field = normalised(seed, d);
    return { field, energy: expansionAlong(interactions, field), steps: 0, residual: Infinity };
  });
  const length = interactions.particleCount * d;
  let moving = walkers.filter(({ energy }) => energy.anharmonicity !== 0);
  while (moving.length > 0) {
    const b = new Float64Array(moving.length * length);
    moving.forEach(({ energy }, k) => {
      b.set(energy.quadratic, k * length);
    });
    const answers = solve(b, moving.length);
    moving = moving.filter((walker, k) => {
      const scale = walker.energy.stiffness / walker.energy.anharmonicity;
      const goal = withoutMean(answers.subarray(k * length, (k + 1) * length), d).map((x) => scale * x);
      return advance(interactions, walker, goal) && walker.residual > tolerance && walker.steps < maxSteps;
    });
  }
  return walkers.map((walker) => (walker.residual <= tolerance ? modeOf(walker) : undefined));
}

/** One step towards `goal`; false where none lowers b any more. */
function advance(interactions: Interactions, walker: Walker, goal: Float64Array): boolean {
  const { field } = walker;
  const by = goal.map((x, k) => x - field[k]);
  walker.residual = Math.sqrt(dot(by, by));
  walker.steps++;
  const before = barrier(walker.energy);
  for (let a = STEP; a >= LEAST_STEP; a /= 2) {
    const next = normalised(
      field.map((x, k) => x + a * by[k]),
      interactions.dimension,
    );
    const energy = expansionAlong(interactions, next);
    if (barrier(energy) > before * (1 + 1e-12)) continue;
    Object.assign(walker, { field: next, energy });
    return true;
  }
  return false;
}

const barrier = ({ stiffness: k, anharmonicity: t }: EnergyExpansion) => (k * k * k) / (t * t);

function modeOf({ field, energy, steps, residual }: Walker): CubicMode {
  const sign = energy.anharmonicity < 0 ? -1 : 1;
  return {
    field: sign < 0 ? field.map((x) => -x) : field,
    stiffness: energy.stiffness,
    anharmonicity: sign * energy.anharmonicity,
    steps,
    residual,
  };
}
