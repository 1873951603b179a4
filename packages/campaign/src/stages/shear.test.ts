import { type PresetName, preset } from "softfield";
import { expect, test } from "vitest";
import type { Ensemble } from "../plan/campaign.ts";
import { shear } from "./shear.ts";

test("what has rearranged is another result in Å alone", () => {
  const asked = { events: 5, maxStrain: 0.2 };
  const options = (name: PresetName) =>
    shear.options({ model: preset(name), compute: { shear: asked } } as unknown as Ensemble);
  expect(options("2dipl")).toEqual(asked);
  expect(options("sw-silicon-metal")).toEqual({ ...asked, rearranged: "bond lengths" });
});
