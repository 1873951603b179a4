import { bondMap, displacementMap, heatMap, panels, type StyleName } from "@softfield/figures";
import { pairsOf, SoftfieldError } from "softfield";
import type { SamplePicture } from "../sample.ts";
import { namerOf } from "../units.ts";

/** Fig. 1: thermal displacement and local thermal energies of one sample. SVG text. */
export function responseFigure(sample: SamplePicture, style: StyleName): string {
  const displacements = displacementMap({
    ...placeOf(sample, style),
    displacements: sample.displacement,
    unit: namerOf(sample.ensemble.model)("λ/ε"),
  });
  return panels([displacements, bondsOf(sample, style)], { style });
}

/** Fig. 3: local thermal energies and softness field of one sample with its spots and first events. SVG text. */
export function softnessFigure(sample: SamplePicture, style: StyleName): string {
  const { system, field, spots, events } = sample;
  if (field === undefined) {
    throw new SoftfieldError(
      "usage",
      'Fig. 3 needs the softness field: add "spots" to what the campaign computes',
      { field: "fig" },
    );
  }
  const { lengthUnit } = placeOf(sample, style);
  const heat = heatMap({ box: system.box, ...field, spots, events, style, lengthUnit });
  return panels([bondsOf(sample, style), heat], { style });
}

function bondsOf(sample: SamplePicture, style: StyleName): string {
  const { i, du } = pairsOf(sample.interactions);
  return bondMap({ ...placeOf(sample, style), i, du, values: sample.lte });
}

function placeOf({ ensemble: { model }, system: { box, positions } }: SamplePicture, style: StyleName) {
  return { box, positions, style, lengthUnit: namerOf(model)("λ") };
}
