import {
  debyeWaller,
  factorHessian,
  type PairModel,
  pseudoInverse,
  type System,
  selectedInverse,
  skeletonOf,
} from "softfield";

/** ⟨|x_i|²⟩/k_BT = tr (M⁺)_ii of every particle, N; NaN on rattlers. One factorisation and its selected inverse. */
export function debyeWallerJob(input: { readonly system: System; readonly model: PairModel }): Float64Array {
  const { system, model } = input;
  const whole = new Float64Array(system.species.length).fill(Number.NaN);
  const skeleton = skeletonOf(system, model);
  const { result } = factorHessian(skeleton);
  if (result.status !== "ok") return whole;
  const { factor } = result;
  const factors = debyeWaller(pseudoInverse(factor, selectedInverse(factor)));
  skeleton.particles.forEach((p, k) => {
    whole[p] = factors[k];
  });
  return whole;
}
