import type { Compiled } from "./forms/form.ts";
import { formOf } from "./forms/registry.ts";
import { jet0, jet1, jet2, jet3 } from "./jets.ts";
import { addSmoothing, highestSmoothing } from "./smoothing.ts";
import { COEFFICIENT_STRIDE, Coefficient } from "./types.ts";

/** Where local thermal energies need more derivatives than a form has. */
export function smoothnessWarnings(model: Compiled): string[] {
  const form = formOf(model.definition);
  if (form.series === undefined) return [...(form.warnings ?? [])];
  const { smoothing } = model.definition;
  const smoothness = smoothnessOf(model);
  if (smoothness >= 3) return [];
  if (smoothness < 0) {
    return [
      'smoothing is "none": φ itself jumps at the cutoff, so energies and forces do not belong together there; set it to 3 or more',
    ];
  }
  const given = smoothing === "none" ? '"none"' : smoothing;
  const jumping = ["φ′", "φ″", "φ‴"][smoothness];
  return [
    `smoothing is ${given}: ${jumping} jumps at the cutoff, while local thermal energies need φ‴ to be continuous; set it to 3 or more`,
  ];
}

/** Largest q such that φ and its first q derivatives vanish where the interaction ends; −1 for none. */
export function smoothnessOf(model: Compiled): number {
  const form = formOf(model.definition);
  if (form.series === undefined) return form.smoothness ?? 3;
  const { smoothing } = model.definition;
  const known = typeof smoothing === "number" ? smoothing : -1;
  if (known >= 3) return known;
  return Math.max(known, (form.jump?.(model) ?? jumpAtCutoff(model)) - 1);
}

/** A derivative counts as zero at the cutoff where it has a zero within this fraction of it: φ′ of WCA at 1.1225. */
const NEAR = 1e-4;

/** Order, 0 … 3, of the lowest derivative of φ that jumps at the cutoff of any pair. O(pairs). */
function jumpAtCutoff({ definition, coefficients, tables }: Compiled): number {
  const form = formOf(definition);
  const highest = highestSmoothing(coefficients);
  let lowest = 3;
  for (let row = 0; row < coefficients.length; row += COEFFICIENT_STRIDE) {
    const x = coefficients[row + Coefficient.Cutoff];
    if (x === 0) continue;
    form.jet(coefficients, row + Coefficient.Parameters, x, tables);
    addSmoothing(coefficients, row + Coefficient.Smoothing, highest, x);
    const end = [jet0, jet1, jet2, jet3].map(Math.abs);
    const jump = [0, 1, 2].find((order) => end[order] > NEAR * x * end[order + 1]) ?? 3;
    lowest = Math.min(lowest, jump);
  }
  return lowest;
}
