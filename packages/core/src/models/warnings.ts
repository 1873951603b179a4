import { rounded } from "../rounded.ts";
import type { Compiled } from "./forms/form.ts";
import { formOf } from "./forms/registry.ts";
import { jet } from "./jet.ts";
import { jumpsOf, NEAR } from "./jumps.ts";
import { pairName } from "./pairs.ts";
import { addSmoothing, highestSmoothing } from "./smoothing.ts";
import { COEFFICIENT_STRIDE, Coefficient, type ModelDefinition, type PairTerm } from "./types.ts";

/** A glass belongs to the potential that made it: nothing else may be put in its place. */
const KEEP = "keep it for a glass that was made with it";

/** Where local thermal energies need more derivatives than a form has. */
export function smoothnessWarnings(model: Compiled): string[] {
  const form = formOf(model.definition);
  if (form.smoothness !== undefined) return [...(form.warnings ?? [])];
  const { smoothing } = model.definition;
  const smoothness = smoothnessOf(model);
  if (smoothness >= 3) return [];
  if (smoothness < 0) {
    return [
      `smoothing is "none": φ itself jumps at the cutoff, so energies and forces do not belong together there; ${KEEP}`,
    ];
  }
  const given = smoothing === "none" ? '"none"' : smoothing;
  const jumping = ["φ′", "φ″", "φ‴"][smoothness];
  return [
    `smoothing is ${given}: ${jumping} jumps at the cutoff, while local thermal energies need φ‴ to be continuous; ${KEEP}`,
  ];
}

/** Largest q such that φ and its first q derivatives vanish where the interaction ends; −1 for none. */
export function smoothnessOf(model: Compiled): number {
  const form = formOf(model.definition);
  if (form.smoothness !== undefined) return form.smoothness;
  const { smoothing } = model.definition;
  const known = typeof smoothing === "number" ? smoothing : -1;
  if (known >= 3) return known;
  return Math.max(known, (form.jump?.(model) ?? jumpAtCutoff(model)) - 1);
}

/** Order, 0 … 3, of the lowest derivative of φ that jumps at the cutoff of any pair. O(pairs). */
function jumpAtCutoff({ definition, coefficients, tables }: Compiled): number {
  const form = formOf(definition);
  const highest = highestSmoothing(coefficients);
  let lowest = 3;
  for (let row = 0; row < coefficients.length; row += COEFFICIENT_STRIDE) {
    const x = coefficients[row + Coefficient.Cutoff];
    if (x === 0) continue;
    form.jet!(coefficients, row + Coefficient.Parameters, x, tables);
    addSmoothing(coefficients, row + Coefficient.Smoothing, highest, x);
    const end = [jet.d0, jet.d1, jet.d2, jet.d3].map(Math.abs);
    const jump = [0, 1, 2].find((order) => end[order] > NEAR * x * end[order + 1]) ?? 3;
    lowest = Math.min(lowest, jump);
  }
  return lowest;
}

/** Largest q such that φ and its first q derivatives are continuous, of all pairs. */
export function smoothnessOfTerms(terms: readonly (readonly PairTerm[])[]): number {
  const orders = terms.flat().flatMap((term) => jumpsOf(term).map(({ order }) => order - 1));
  return Math.min(Number.POSITIVE_INFINITY, ...orders);
}

/** Which derivatives of φ jump where, for potentials of terms. */
export function termWarnings(terms: readonly (readonly PairTerm[])[], definition: ModelDefinition): string[] {
  const count = definition.species.length;
  const mixed = definition.diameters !== undefined;
  const pairs = new Map<string, string[]>();
  terms.forEach((list, k) => {
    const [s, t] = [Math.floor(k / count), k % count];
    if (s > t) return;
    for (const term of list) {
      for (const { x, order } of jumpsOf(term)) {
        if (order > 3) continue;
        const place = mixed ? `${rounded(x, 6)} λ_ij` : rounded(x * term.lambda, 6);
        const jump = `${["φ itself", "φ′", "φ″", "φ‴"][order]} jumps at r = ${place}`;
        const names = pairs.get(jump) ?? [];
        if (!names.includes(pairName(definition, s, t))) names.push(pairName(definition, s, t));
        pairs.set(jump, names);
      }
    }
  });
  return [...pairs].map(([jump, names]) => {
    const what = jump.startsWith("φ itself")
      ? "energies and forces do not belong together there"
      : "local thermal energies need φ‴ to be continuous and mean little for pairs that thermal motion carries across";
    return `${names.join(", ")}: ${jump}: ${what}; keep the truncation for a glass that was made with it`;
  });
}
