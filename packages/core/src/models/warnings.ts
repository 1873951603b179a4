import type { ModelDefinition } from "./schema.ts";

/** Where local thermal energies need more derivatives than a form has. */
export function smoothnessWarnings(definition: ModelDefinition): string[] {
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
  if (smoothing === "none") {
    return [
      'smoothing is "none": φ itself jumps at the cutoff, so energies and forces do not belong together there; set it to 3 or more',
    ];
  }
  if (smoothing >= 3) return [];
  const jumping = ["φ′", "φ″", "φ‴"][smoothing];
  return [
    `smoothing is ${smoothing}: ${jumping} jumps at the cutoff, while local thermal energies need φ‴ to be continuous; set it to 3 or more`,
  ];
}

/** Largest q such that φ and its first q derivatives vanish where the interaction ends; −1 for none. */
export function smoothnessOf(definition: ModelDefinition): number {
  if (definition.form === "harmonic") return 1;
  if (definition.form === "hertzian") return 2;
  if (definition.form === "stillinger-weber") return Number.POSITIVE_INFINITY;
  return definition.smoothing === "none" ? -1 : definition.smoothing;
}
