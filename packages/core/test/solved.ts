import type { Interactions } from "../src/interactions/index.ts";
import { type FactorHessianOptions, factorHessian, type Structure } from "../src/minimum/index.ts";
import { respond, spreadsOf, thermalResponse } from "../src/response/index.ts";
import type { System } from "../src/space/index.ts";
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

/** The factor of M of interactions that are at a minimum of theirs. */
export function factored(
  { box, positions }: System,
  interactions: Interactions,
  options: FactorHessianOptions = {},
) {
  const { analysed, result } = factorHessian({ box, positions, interactions }, options);
  if (result.status !== "ok") throw new Error("not a minimum");
  return { factor: result.factor, pattern: analysed.pattern };
}

/** Local thermal energies and responses of them. */
export function respondedBy(system: System, interactions: Interactions, options: FactorHessianOptions = {}) {
  const { factor, pattern } = factored(system, interactions, options);
  const inverse = selectedInverse(factor);
  const spreads = spreadsOf(interactions, pattern, inverse);
  const lte = respond(interactions, spreads, (b) => solve(factor, b, { refine: 1 }));
  const response = thermalResponse(solvedBy({ box: system.box, interactions }, factor), lte.displacement);
  return { system, interactions, factor, inverse, spreads, lte, response };
}
