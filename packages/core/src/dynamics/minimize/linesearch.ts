import type { Address } from "../../kernels/index.ts";
import type { ForceField } from "../forcefield.ts";

export interface LineSearchOptions {
  /** First step to try, and the longest one allowed, in units of the direction. */
  readonly first: number;
  readonly longest: number;
  /** Accept where the slope has fallen to this fraction of the one at the start. */
  readonly slopeRatio: number;
}

/** A step that was made, 0 where none goes down; the field is left at it, evaluated. */
export interface Step {
  readonly length: number;
  readonly slope: number;
}

const MAX_TRIALS = 30;
/** Energies are sums: differences below this fraction of them are rounding, and slopes decide instead. */
const ENERGY_NOISE = 1e-13;

/**
 * Moves along `direction` (read; a descent direction with slope g·d = `slope` < 0) to where the energy is no higher
 * and the slope is small: |g·d| ≤ slopeRatio·|slope|. Brackets the zero of the slope, then takes secants.
 */
export function lineSearch(
  field: ForceField,
  direction: Address,
  slope: number,
  options: LineSearchOptions,
): Step {
  const { kernels, length, x, g } = field;
  const start = field.energy;
  const noise = ENERGY_NOISE * (Math.abs(start) + field.count);
  let low = { length: 0, slope };
  let high: { length: number; slope: number } | undefined;
  let at = 0;
  const go = (to: number) => {
    kernels.axpy(length, to - at, direction, x);
    at = to;
    field.moved();
    field.evaluate();
    return { length: to, slope: kernels.dot(length, g, direction) };
  };
  let next = Math.min(options.first, options.longest);
  for (let trial = 0; trial < MAX_TRIALS; trial++) {
    const here = go(next);
    // NaN compares false: a step into an overlap counts as too far.
    const lower = field.energy <= start + noise;
    if (lower && Math.abs(here.slope) <= options.slopeRatio * -slope) return here;
    if (lower && here.slope < 0) {
      if (next >= options.longest) return here;
      low = here;
      next = high ? between(low, high) : Math.min(options.longest, beyond(low, slope));
    } else {
      high = here;
      next = between(low, high);
    }
    if (high && high.length - low.length <= 1e-12 * high.length) break;
  }
  return low.length === at ? { length: low.length, slope: low.slope } : go(low.length);
}

/** Zero of the slope's secant, kept away from both ends. */
function between(low: Step, high: Step): number {
  const width = high.length - low.length;
  const t = high.slope > 0 ? low.slope / (low.slope - high.slope) : 0.25;
  return low.length + width * Math.min(0.9, Math.max(0.1, t));
}

/** Extrapolates the slope from 0 to `low` to its zero; two to ten times as far. */
function beyond(low: Step, slope: number): number {
  const t = slope / (slope - low.slope);
  return low.length * (t > 1 ? Math.min(10, Math.max(2, t)) : 4);
}
