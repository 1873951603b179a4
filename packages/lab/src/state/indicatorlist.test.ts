import { indicators } from "softfield/internal";
import { expect, test } from "vitest";
import { INDICATORS, isDirectional } from "./indicatorlist.ts";

test("the page's list of indicators is the library's", () => {
  const own = indicators.names.map((name) => {
    const { short, description } = indicators.get(name);
    return { name, short, description };
  });
  expect(INDICATORS).toEqual(own);
  expect(indicators.names.filter(isDirectional)).toEqual(
    indicators.names.filter((name) => indicators.get(name).directional),
  );
});
