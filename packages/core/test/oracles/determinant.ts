import {
  findInteractions,
  gradient,
  type Interactions,
  interactionsOf,
  Pairs,
  pairsOf,
} from "../../src/interactions/index.ts";
import { factorHessian, type Minimum } from "../../src/minimum/index.ts";
import type { System } from "../../src/space/index.ts";
import { logDeterminant, solve } from "../../src/sparse/index.ts";

/** Changes energies of terms by the factor 1 + λ. */
type Edit = (lambda: number) => (at: Interactions) => Interactions;

/**
 * E_α = d/dλ ln det M at the minimum of U + λε_α: what local thermal energies are (the derivative of the free energy of
 * small vibrations), without the formulas that they are computed by. Differences of steps h and 2h, each at a minimum found
 * by so many Newton steps.
 */
export function energyByDeterminant(
  { system: start, model }: Minimum,
  { h, newtonSteps }: { readonly h: number; readonly newtonSteps: number },
): { of: (edit: Edit) => number; ofPair: (m: number) => number } {
  const factored = ({ box, positions }: System, interactions: Interactions) => {
    const { result } = factorHessian({ box, positions, interactions }, { arithmetic: "reproducible" });
    if (result.status !== "ok") throw new Error("not a minimum");
    return result.factor;
  };
  const determinant = (edit: (at: Interactions) => Interactions) => {
    let system = start;
    for (let step = 0; step < newtonSteps; step++) {
      const now = edit(findInteractions(system, model));
      const move = solve(factored(system, now), gradient(now), { refine: 1 });
      system = { ...system, positions: system.positions.map((x, k) => x - move[k]) };
    }
    return logDeterminant(factored(system, edit(findInteractions(system, model))));
  };
  const of = (edit: Edit) => {
    const slope = (by: number) => (determinant(edit(by)) - determinant(edit(-by))) / (2 * by);
    return (4 * slope(h) - slope(2 * h)) / 3;
  };
  const ofPair = (m: number) =>
    of((lambda) => (x) => {
      const pairs = pairsOf(x);
      const scaled = (values: Float64Array) => values.map((f, k) => (k === m ? f * (1 + lambda) : f));
      const changed = { phi1: scaled(pairs.phi1), phi2: scaled(pairs.phi2), phi3: scaled(pairs.phi3) };
      return interactionsOf(new Pairs({ ...pairs, ...changed }), x.families.slice(1));
    });
  return { of, ofPair };
}

/** The term with the largest |E|. */
export function softest(values: Float64Array): number {
  return values.reduce((best, e, k) => (Math.abs(e) > Math.abs(values[best]) ? k : best), 0);
}
