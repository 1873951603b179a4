import { expect, test } from "vitest";
import { coordinate, element, escapeXml, richText } from "./svg.ts";

test("coordinates are rounded to a hundredth of a point", () => {
  expect([1.23456, -0.001, 2, -7.999].map(coordinate)).toEqual(["1.23", "0", "2", "-8"]);
});

test("text and attributes are escaped", () => {
  expect(escapeXml(`a<b & "c"`)).toBe("a&lt;b &amp; &quot;c&quot;");
  expect(element("a", { title: `"<"`, x: 1.005, none: undefined }, "t")).toBe(
    '<a title="&quot;&lt;&quot;" x="1">t</a>',
  );
});

test("labels: italics, scripts that return to the baseline, escaped marks", () => {
  expect(richText("*E*_{α} b", 10)).toBe(
    '<tspan font-style="italic">E</tspan><tspan dy="2.2" font-size="7.2">α</tspan><tspan dy="-2.2"> b</tspan>',
  );
  expect(richText("10^{−3}", 10)).toBe('<tspan>10</tspan><tspan dy="-3.8" font-size="7.2">−3</tspan>');
  expect(richText("a\\*b\\_<", 10)).toBe(
    "<tspan>a</tspan><tspan>*</tspan><tspan>b</tspan><tspan>_</tspan><tspan>&lt;</tspan>",
  );
});
