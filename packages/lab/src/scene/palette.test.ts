import { expect, test } from "vitest";
import { heatAt, inkOn, rgb, SCENE } from "./palette.ts";

test("a spot's colour is the map's: the ends of its scale, and its glow where it climbs by decades", () => {
  for (const theme of [SCENE.light, SCENE.dark]) {
    expect(heatAt(theme, 0, 0)).toEqual(rgb(theme.heat[0]!));
    expect(heatAt(theme, 1, 0)).toEqual(rgb(theme.heat.at(-1)!));
    expect(heatAt(theme, 0.5, 0)).toEqual(rgb(theme.heat[(theme.heat.length - 1) / 2]!));
    for (const [c, x] of heatAt(theme, 1, 9).entries()) expect(x).toBeCloseTo(rgb(theme.glow)[c]!, 12);
    for (let level = 0; level <= 1; level += 0.05) {
      const colour = heatAt(theme, level, 0);
      expect(contrast(colour, rgb(inkOn(colour)))).toBeGreaterThan(3.8);
    }
  }
});

/** Contrast of WCAG. */
function contrast(...colours: readonly (readonly [number, number, number])[]): number {
  const [light, dark] = colours
    .map((colour) => {
      const [r, g, b] = colour.map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05;
    })
    .sort((a, b) => b - a);
  return light! / dark!;
}
