import type { Address, DynamicsKernels } from "../../kernels/index.ts";
import type { ForceField } from "../forcefield.ts";
import { lineSearch } from "./linesearch.ts";
import { type Descent, type DescentLimits, descentEnd, longest } from "./types.ts";

/** Steps and gradient changes that are remembered. */
const MEMORY = 6;
const SLOPE_RATIO = 0.9;

interface Pair {
  readonly s: Address;
  readonly y: Address;
  /** 1/(s·y) */
  rho: number;
}

/**
 * Limited-memory BFGS (Nocedal 1980): little more than one evaluation an iteration.
 */
export function limitedMemoryBfgs(field: ForceField, limits: DescentLimits): Descent {
  const { kernels, length, g } = field;
  const [direction, previous, zero, ...rest] = field.workVectors(3 + 2 * MEMORY) as [
    number,
    number,
    number,
    ...number[],
  ];
  field.arena.f64(zero, length).fill(0);
  const free: Pair[] = Array.from({ length: MEMORY }, (_, k) => ({
    s: rest[2 * k],
    y: rest[2 * k + 1],
    rho: 0,
  }));
  /** Oldest first. */
  const pairs: Pair[] = [];
  const first = field.evaluations;
  field.evaluate();
  for (;;) {
    const over = descentEnd(field, limits, first);
    if (over) return over;
    kernels.scaleAdd(length, 0, direction, -1, g);
    multiplyInverse(kernels, length, pairs, direction);
    let slope = kernels.dot(length, g, direction);
    if (!(slope < 0)) {
      forget(pairs, free);
      kernels.scaleAdd(length, 0, direction, -1, g);
      slope = -kernels.dot(length, g, g);
    }
    kernels.scaleAdd(length, 0, previous, 1, g);
    const farthest = limits.maxMove / longest(field, direction, zero);
    const made = lineSearch(field, direction, slope, {
      first: pairs.length > 0 ? 1 : 0.1 * farthest,
      longest: farthest,
      slopeRatio: SLOPE_RATIO,
    });
    if (made.length === 0) {
      if (pairs.length === 0) return { end: "stuck", evaluations: field.evaluations - first };
      forget(pairs, free);
      continue;
    }
    const pair = free.pop() ?? pairs.shift()!;
    kernels.scaleAdd(length, 0, pair.s, made.length, direction);
    kernels.scaleAdd(length, 0, pair.y, 1, g);
    kernels.axpy(length, -1, previous, pair.y);
    const curvature = kernels.dot(length, pair.s, pair.y);
    if (curvature > 0) {
      pair.rho = 1 / curvature;
      pairs.push(pair);
    } else {
      free.push(pair);
    }
  }
}

function forget(pairs: Pair[], free: Pair[]): void {
  free.push(...pairs.splice(0));
}

/** d ← H·d, H the inverse Hessian that the pairs imply (two-loop recursion). */
function multiplyInverse(kernels: DynamicsKernels, length: number, pairs: readonly Pair[], d: Address): void {
  const newest = pairs.at(-1);
  if (!newest) return;
  const alpha = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, rho } = pairs[k];
    alpha[k] = rho * kernels.dot(length, s, d);
    kernels.axpy(length, -alpha[k], y, d);
  }
  const scale = 1 / (newest.rho * kernels.dot(length, newest.y, newest.y));
  kernels.scaleAdd(length, scale, d, 0, d);
  pairs.forEach(({ s, y, rho }, k) => {
    const beta = rho * kernels.dot(length, y, d);
    kernels.axpy(length, alpha[k] - beta, s, d);
  });
}
