import { indicators, minimumOf, simpleShear } from "softfield";
import { expect, test } from "vitest";
import { readReference } from "../../core/test/reference.ts";
import { foretellingBy } from "./foretold.ts";
import { indicatorField } from "./score.ts";

test("where memory holds no derivative of the factor energies foretell no strains, and it is told", () => {
  const { system, model } = readReference("2dipl_400");
  const minimum = minimumOf(system, model);
  const { workspace, ...factor } = minimum.factor();
  const { banks } = workspace;
  const cut = { ...factor, workspace: { ...workspace, banks: [...banks, ...banks] } };
  const lte = indicators.get("lte");
  const field = indicatorField(minimum, lte, { control: {} });
  const told = [minimum, { ...minimum, factor: () => cut }].map((one) => {
    let gaps = 0;
    const ways = {
      field: { ...field },
      load: simpleShear(2, 0),
      seed: 1,
      control: {},
      onGap: () => void gaps++,
    };
    const of = foretellingBy(one, lte, ways);
    return {
      gaps,
      strains: Array.from({ length: 400 }, (_, p) => of(p)).filter((x) => !Number.isNaN(x)).length,
    };
  });
  expect(told[0].gaps).toBe(0);
  expect(told[0].strains).toBeGreaterThan(10);
  expect(told[1]).toEqual({ gaps: 1, strains: 0 });
});
