import { existsSync, readFileSync } from "node:fs";
import { chart } from "@softfield/figures";
import { describe, expect, test } from "vitest";
import { FONT_FILES } from "../fonts.ts";
import { svgToPng } from "./index.ts";

const axes = { x: { label: "*x*_{γ}" }, y: { label: "⟶" } };
const svg = chart({ ...axes, series: [{ x: [0, 1], y: [0, 1] }] });
const size = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe("pictures", () => {
  test("a PNG has the width asked for and the figure's shape", () => {
    const png = svgToPng(svg, { width: 494 });
    expect(Array.from(png.subarray(1, 4), (c) => String.fromCharCode(c)).join("")).toBe("PNG");
    const [width, height] = size(png) as [number, number];
    expect(width).toBe(494);
    expect(height / width).toBeCloseTo(0.78, 2);
  });

  test("text is set in the bundled font, on every machine the same", () => {
    for (const file of FONT_FILES) expect(existsSync(file)).toBe(true);
    const blank = svg.replace(/<text[\s\S]*?<\/text>/g, "");
    expect(svgToPng(svg).length).toBeGreaterThan(svgToPng(blank).length + 500);
    expect(Buffer.compare(svgToPng(svg), svgToPng(svg))).toBe(0);
  });

  test("the licence of the font is shipped with it", () => {
    expect(readFileSync(new URL("../../fonts/LICENSE.txt", import.meta.url), "utf8")).toContain(
      "SIL OPEN FONT LICENSE",
    );
  });

  test("impossible widths and broken SVG are refused", () => {
    for (const width of [0, 12.5, 1e6, Number.NaN])
      expect(() => svgToPng(svg, { width })).toThrow(/choose 16 to/);
    expect(() => svgToPng("<svg")).toThrow(/could not be rendered/);
  });
});
