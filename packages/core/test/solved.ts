import type { Structure } from "../src/minimum/index.ts";
import { type CholeskyFactor, selectedInverse, solve } from "../src/sparse/index.ts";

/** What responses ask of a `Minimum`, of any structure and factor: also of those that `minimumOf` would refuse. */
export function solvedBy(backbone: Pick<Structure, "box" | "interactions">, factor: CholeskyFactor) {
  const inverse = selectedInverse(factor);
  return {
    backbone,
    factor: () => factor,
    inverse: () => inverse,
    solve: (b: Float64Array, count = 1) => solve(factor, b, { count, refine: 1 }),
  };
}
