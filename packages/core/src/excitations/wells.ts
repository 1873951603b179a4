import { type ForceField, minimize } from "../dynamics/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { maxNorm, moments, norm } from "../vectors.ts";
import { bondOf } from "./minimummode.ts";

/** What lies on both sides of a saddle. */
export interface Wells {
  /** E_saddle − E from this minimum, and from the other one, ε. */
  readonly barrier: number;
  readonly back: number;
  /** E of the other minimum − E of this one, ε. */
  readonly difference: number;
  /** |x′ − x| from minimum to minimum, and from this one to the saddle, λ; without the common translation. */
  readonly displacement: number;
  readonly toSaddle: number;
  /** (Σ|u_i|²)²/Σ|u_i|⁴ of the displacement between the minima. */
  readonly participation: number;
  /** From the saddle the way back leads to the minimum it came from. */
  readonly returns: boolean;
  /** N×d, λ: from this minimum to the saddle, and to the other minimum. */
  readonly saddle: Float64Array;
  readonly other: Float64Array;
}

/** From the saddle down, bond lengths of the whole displacement. */
const PUSH = 0.05;
/** Minima closer than this (bond lengths, any coordinate) are one. */
const SAME = 1e-4;

/**
 * Down from the saddle at x, where the field is, against the `direction` (unit) to the minimum at `start` of that
 * `energy`, and along it to the one behind; or why there is none. Cost: two minimisations.
 */
export function wellsBeside(
  field: ForceField,
  x: Float64Array,
  { start, energy, direction }: { start: Float64Array; energy: number; direction?: Float64Array },
): Wells | string {
  const d = field.dimension;
  const bond = bondOf(field);
  const away = (to: Float64Array) =>
    withoutMean(
      to.map((value, k) => value - start[k]),
      d,
    );
  const saddle = away(x);
  const top = field.energy;
  const length = norm(saddle);
  const way = direction ?? saddle.map((value) => value / length);
  const down = (sign: number) => {
    field.setPositions(x.map((value, k) => value + sign * PUSH * bond * way[k]));
    const ended = minimize(field);
    return { ended, moved: away(field.positions()), energy: field.energy };
  };
  const home = down(-1);
  const there = down(1);
  if (there.ended.status !== "converged") return "the descent from the saddle found no minimum";
  if (maxNorm(there.moved) < SAME * bond) return "both sides of the saddle lead to the same minimum";
  const { second, fourth } = moments(there.moved, d);
  return {
    barrier: top - energy,
    back: top - there.energy,
    difference: there.energy - energy,
    displacement: norm(there.moved),
    toSaddle: length,
    participation: (second * second) / fourth,
    returns: maxNorm(home.moved) < SAME * bond,
    saddle,
    other: there.moved,
  };
}
