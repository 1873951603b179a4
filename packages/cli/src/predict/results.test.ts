import { indicators, preset } from "softfield";
import { expect, test } from "vitest";
import { predictionText } from "./results.ts";

test("a forecast that had no memory for the places by the slopes of E says so", () => {
  const maps = [{ indicator: indicators.get("lte"), spots: { spots: [] } }];
  const told = (more: object) => {
    const found = { maps, scores: [], foretold: [], ...more } as unknown as Parameters<
      typeof predictionText
    >[1];
    const summary = { file: "glass", bins: [4, 4], status: "complete", load: "shear", outputs: [] };
    return predictionText(summary as unknown as Parameters<typeof predictionText>[0], found, preset("2dipl"));
  };
  const note = "the forecast tries the places of the census alone";
  expect(told({ forecast: { folds: [] }, unstrained: "too large" })).toContain(note);
  expect(told({ forecast: { folds: [] } })).not.toContain(note);
  expect(told({ unstrained: "too large" })).not.toContain(note);
});
