import type { ModelDefinition } from "./schema.ts";
import { jumpAtTableEnd } from "./tableend.ts";
import type { PotentialTable } from "./types.ts";

/** What of a compiled model is asked: a table's end is measured, other forms are known. */
interface Compiled {
  readonly definition: ModelDefinition;
  readonly coefficients: Float64Array;
  readonly tables: readonly PotentialTable[];
}

/** Where local thermal energies need more derivatives than a form has. */
export function smoothnessWarnings(model: Compiled): string[] {
  const { definition } = model;
  if (definition.form === "harmonic") {
    return [
      "harmonic spheres: φ″ jumps at contact, so local thermal energies hold only as long as no contact opens or closes",
    ];
  }
  if (definition.form === "hertzian") {
    return [
      "Hertzian spheres: φ‴ diverges at contact as (1 − x)^{−1/2}, so local thermal energies of contacts that barely touch are not meaningful",
    ];
  }
  if (definition.form === "stillinger-weber") return [];
  const { smoothing } = definition;
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
export function smoothnessOf({ definition, coefficients, tables }: Compiled): number {
  if (definition.form === "harmonic") return 1;
  if (definition.form === "hertzian") return 2;
  if (definition.form === "stillinger-weber") return Number.POSITIVE_INFINITY;
  const known = definition.smoothing === "none" ? -1 : definition.smoothing;
  if (definition.form !== "table" || known >= 3) return known;
  return Math.max(known, jumpAtTableEnd(coefficients, tables) - 1);
}
