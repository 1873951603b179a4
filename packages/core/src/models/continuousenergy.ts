import { compileModel } from "./compile.ts";
import type { ModelDefinition, PairModel } from "./types.ts";

/**
 * The model with the same forces whose φ does not jump: where it is cut off ("none", or a window that leaves φ as it is
 * within), shifted to zero at the cutoff. The model itself where φ is continuous.
 *
 * Energies of the two differ by φ(r_c) a pair. Work and energy belong together for the second alone: a pair that crosses
 * the cutoff of the first changes U by what no force has done.
 */
export function withContinuousEnergy(model: PairModel): PairModel {
  if (model.smoothness >= 0) return model;
  return compileModel({ definition: shifted(model.definition), file: undefined });
}

function shifted(definition: ModelDefinition): ModelDefinition {
  const { smoothing, terms } = definition as ModelDefinition & {
    readonly terms?: readonly ModelDefinition[];
  };
  const below = terms && { terms: terms.map(shifted) };
  if (smoothing === "none") return { ...definition, smoothing: "shifted", ...below };
  if (typeof smoothing !== "object" || !("window" in smoothing) || smoothing.shift !== false)
    return { ...definition, ...below };
  return { ...definition, smoothing: { window: smoothing.window, from: smoothing.from }, ...below };
}
