import { expect, test } from "vitest";
import { CURVE_COLOURS, sequentialColour } from "./palette.ts";

/** Relative luminance of an sRGB hex colour. */
function luminance(hex: string): number {
  const linear = [1, 3, 5].map((k) => {
    const c = Number.parseInt(hex.slice(k, k + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

test("the palette darkens at every step, in even steps of perceived lightness", () => {
  const lightness = Array.from({ length: 65 }, (_, k) => Math.cbrt(luminance(sequentialColour(k / 64))));
  const steps = lightness.slice(1).map((l, k) => lightness[k] - l);
  expect(Math.min(...steps)).toBeGreaterThan(0.004);
  expect(Math.max(...steps)).toBeLessThan(0.03);
  expect(luminance(sequentialColour(0))).toBeGreaterThan(0.9);
  expect(luminance(sequentialColour(1))).toBeLessThan(0.05);
});

test("values outside 0 … 1 take the ends", () => {
  expect(sequentialColour(-3)).toBe(sequentialColour(0));
  expect(sequentialColour(9)).toBe(sequentialColour(1));
  expect(new Set(CURVE_COLOURS).size).toBe(CURVE_COLOURS.length);
});
