import { bondMap, displacementMap, heatMap, panels, type StyleName } from "@softfield/figures";
import { SoftfieldError } from "softfield";
import type { PictureNeeds, SamplePicture } from "../sample.ts";

/** What a sample must have for the figure. */
export function needsOf(name: "1" | "3"): PictureNeeds {
  return name === "3" ? { stages: ["spots"], flat: true } : {};
}

/** Fig. 1 or 3 of one sample. SVG text. */
export function sampleFigure(name: "1" | "3", sample: SamplePicture, style: StyleName = "paper"): string {
  const { system, interactions, lte, displacement, field, spots, events } = sample;
  const common = { box: system.box, positions: system.positions, style };
  const bonds = bondMap({ ...common, i: interactions.i, du: interactions.du, values: lte });
  if (name === "1") {
    return panels([displacementMap({ ...common, displacements: displacement }), bonds], { style });
  }
  if (field === undefined) {
    throw new SoftfieldError(
      "usage",
      'Fig. 3 needs the softness field: add "spots" to what the campaign computes',
      {
        field: "fig",
      },
    );
  }
  return panels([bonds, heatMap({ box: system.box, ...field, spots, events, style })], { style });
}
