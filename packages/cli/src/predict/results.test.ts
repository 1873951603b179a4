import { createBox, indicators, preset } from "softfield";
import { expect, test } from "vitest";
import { predictionText, summarisePrediction } from "./results.ts";

test("a forecast that had no memory for the places by the slopes of E says so", () => {
  const maps = [{ indicator: indicators.get("lte"), spots: { spots: [] } }];
  const told = ({ forecast, ...more }: { forecast?: []; unstrained?: string }) => {
    const found = { maps, scores: [], foretold: [], ...more } as unknown as Parameters<
      typeof predictionText
    >[1];
    const summary = {
      file: "glass",
      bins: [4, 4],
      status: "complete",
      load: "shear",
      forecast,
      outputs: [],
      warnings: [],
    };
    return predictionText(summary as unknown as Parameters<typeof predictionText>[0], found, preset("2dipl"));
  };
  const note = "the forecast tries the places of the census alone";
  expect(told({ forecast: [], unstrained: "too large" })).toContain(note);
  expect(told({ forecast: [] })).not.toContain(note);
  expect(told({ unstrained: "too large" })).not.toContain(note);
});

test("places of a forecast are told in the box of the file, as spots are", () => {
  const [box, origin] = [createBox(2, [10, 0, 0, 10]), Float64Array.of(-5, -5, 0)];
  const configuration = {
    file: "g",
    model: preset("2dipl"),
    snapshot: { origin },
    system: { box, species: [] },
  };
  const forecast = { folds: [{ strain: 0.1, particle: 3, position: Float64Array.of(8, 1) }] };
  const maps = [{ indicator: indicators.get("lte"), spots: { spots: [] }, field: { counts: [4, 4] } }];
  const found = {
    maps,
    scores: [],
    foretold: [],
    shear: { status: "complete" },
    forecast,
    unstrained: "too large",
  };
  type Given = Parameters<typeof summarisePrediction>;
  const summary = summarisePrediction(configuration as unknown as Given[0], found as unknown as Given[1], {
    outputs: [],
    load: "shear",
  });
  expect(summary.unstrained).toBe("too large");
  expect(summary.forecast).toEqual([{ strain: 0.1, particle: 3, position: [-2, 1] }]);
});
