import { type PresetName, preset } from "softfield";
import { expect, test } from "vitest";
import type { Ensemble } from "../plan/campaign.ts";
import { make } from "./make.ts";
import { shear } from "./shear.ts";

test("models and loads whose results have changed are another identity, all others are not", () => {
  const asked = { events: 5, maxStrain: 0.2 };
  const options = (name: PresetName, more: object = {}) =>
    shear.options({ model: preset(name), compute: { shear: { ...asked, ...more } } } as unknown as Ensemble);
  expect(options("2dipl")).toEqual(asked);
  expect(options("3dkablj", { load: "simple" })).toEqual({ ...asked, load: "simple" });
  expect(options("2dipl", { load: "tension" })).toEqual({ ...asked, load: "tension" });
  expect(options("sw-silicon-metal")).toEqual({ ...asked, lengths: "bond lengths" });
  const tension = { load: "tension", pressure: 1 };
  expect(options("3dkablj", tension)).toEqual({ ...asked, ...tension });
  const free = { load: "tension" };
  expect(options("3dkablj", free)).toEqual({ ...asked, ...free, across: "each its own" });
});

test("glasses are made anew where the unit of length is longer than their bonds alone", () => {
  const options = (density: number) => {
    const { glass, ...model } = preset("2dipl");
    return make.options({
      ...{ model: { ...model, glass: { ...glass, density } }, particles: 100, protocol: {} },
    } as unknown as Ensemble);
  };
  for (const density of [0.86, 0.05]) expect(options(density)).not.toHaveProperty("lengths");
  expect(options(50)).toHaveProperty("lengths", "bond lengths");
});
