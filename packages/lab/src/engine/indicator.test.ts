import { readFileSync } from "node:fs";
import { indicatorMaps, indicators, minimumOf, preset, readSnapshot, toSystem } from "softfield/internal";
import { expect, test } from "vitest";
import { mapsOf } from "../state/fieldmap.ts";
import { indicatorJob } from "./indicator.ts";
import { readJob } from "./read.ts";

const model = preset("2dipl");
const file = readFileSync(new URL("../../../../examples/reference/2dipl_400.extxyz", import.meta.url));
const { system } = toSystem(readSnapshot(file, { source: "glass.extxyz" }), model);
const input = { state: 1, system, model };

test("the page's map of every indicator is that of 'softfield spots'", () => {
  const values = Object.fromEntries(
    indicators.names
      .filter((name) => name !== "lte")
      .map((name) => [name, structuredClone(indicatorJob({ ...input, name }, () => {}))]),
  );
  const maps = mapsOf(
    { reading: readJob({ ...input, kept: 1.1, corner: new Float64Array(3) }, () => {}), values },
    1.1,
  );
  const expected = indicatorMaps(minimumOf(system, model), { indicators: indicators.names });
  expect(Object.keys(maps)).toEqual(indicators.names);
  for (const { indicator, field, spots } of expected) {
    expect([indicator.name, maps[indicator.name]?.field.values]).toEqual([indicator.name, field.values]);
    expect(maps[indicator.name]?.spots).toEqual(spots);
  }
});
