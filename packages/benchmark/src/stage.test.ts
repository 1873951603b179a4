import type { Ensemble } from "@softfield/campaign";
import { type PresetName, preset } from "softfield";
import { expect, test } from "vitest";
import { benchmark } from "./stage.ts";
import { values } from "./values/stage.ts";

const asked = { loads: 8, events: 1, maxStrain: 0.1, indicators: ["lte", "modes"] };
const ensemble = (section: object, model: PresetName = "2dipl") =>
  ({ model: preset(model), compute: { benchmark: section } }) as unknown as Ensemble;

test("what is stored of the benchmark stays where scores by values are asked for beside", () => {
  expect(benchmark.options(ensemble(asked))).toEqual(asked);
  expect(benchmark.options(ensemble({ ...asked, values: true }))).toEqual(asked);
  expect(values.options(ensemble(asked))).toBeUndefined();
  expect(values.options(ensemble({ ...asked, values: true }))).toEqual({ indicators: asked.indicators });
});

test("what has changed since is another result: radii in Å, local yield by one direction", () => {
  expect(benchmark.options(ensemble(asked, "sw-silicon-metal"))).toEqual({
    ...{ ...asked, radii: "bond lengths", lengths: "bond lengths" },
  });
  const local = { ...asked, indicators: ["lte", "local-yield-stress"] };
  expect(benchmark.options(ensemble(local))).toEqual({ ...local, localYield: "projected" });
});
