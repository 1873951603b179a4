import { expect, test } from "vitest";
import { labelFaults, placedLabels } from "../../figures/test/svg-labels.ts";
import { leagueFigure } from "./figure.ts";
import { propensityFigure, temperatureFigure } from "./thermal/figures.ts";

const options = {
  style: "paper",
  unit: (unit: string) => unit.replace("ε", "eV").replace("τ₀", "ps"),
} as const;

/** Colours of the lines in keys, by label, in the order of the panels. */
function keyColours(svg: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [, colour, , label] of svg.matchAll(
    /<path d="M[^"]*h11.9" stroke="([^"]*)"[^>]*\/>(<path[^>]*\/>)?<text[^>]*>(?:<tspan[^>]*>)?([^<]*)/g,
  ))
    found.set(label!, [...(found.get(label!) ?? []), colour!]);
  return found;
}

const league = ["slow", "fast"].flatMap((ensemble, e) => {
  const names = ["lte", "modes", "energy", "displacement", "pressure"];
  return (e === 0 ? names : names.toReversed()).flatMap((indicator, k) =>
    [0.01, 0.1, 1].map((x) => ({ ensemble, indicator, x, value: Math.min(1, x * (5 - k)) })),
  );
});

test("an indicator has one colour in all panels, whatever its place in each", () => {
  const svg = leagueFigure(league, "paper");
  expect(labelFaults(svg)).toEqual([]);
  const colours = keyColours(svg);
  expect(colours.size).toBe(6);
  for (const own of colours.values()) {
    expect(own).toHaveLength(2);
    expect(new Set(own).size).toBe(1);
  }
  expect(new Set([...colours.values()].flat()).size).toBe(6);
});

const flows = [0, 0.01].flatMap((rate) =>
  ["lte", "modes"].flatMap((indicator, k) =>
    (rate === 0 ? [0] : [0.05, 0.1]).map((temperature) => {
      const value = 0.8 - 4 * temperature - 0.1 * k;
      return { ensemble: "a", rate, indicator, temperature, value, low: value - 0.05, high: value + 0.05 };
    }),
  ),
);
const motion = ["A", "B"].flatMap((species) =>
  ["debye_waller", "energy", "pressure"].flatMap((feature, k) =>
    [0.1, 1, 10].map((time) => ({
      ensemble: "a",
      species,
      feature,
      time,
      value: 0.2 * k,
      low: 0,
      high: 0.5,
    })),
  ),
);

test.each([
  ["temperature", temperatureFigure(flows, options), "temperature T (eV/kB)", []],
  ["propensity", propensityFigure(motion, options), "time (ps)", ["(a)", "(b)"]],
] as const)("%s: units on the axes, letters of panels, nothing covered", (_, svg, label, letters) => {
  expect(labelFaults(svg)).toEqual([]);
  const labels = placedLabels(svg);
  expect(labels.filter(({ kind }) => kind === "letter").map(({ text }) => text)).toEqual(letters);
  const across = labels.filter(({ kind }) => kind === "x-label").map(({ text }) => text);
  expect(new Set(across)).toEqual(new Set([label]));
});

test("C against temperature is of the first ensemble whose flows rearranged; where none has, that is said", () => {
  const athermal = flows.filter(({ rate }) => rate === 0);
  const still = athermal.map((row) => ({ ...row, ensemble: "still" }));
  const text = (svg: string) => placedLabels(svg).map((label) => label.text);
  expect(text(temperatureFigure([...still, ...flows], options))).toEqual(
    text(temperatureFigure(flows, options)),
  );
  expect(() => temperatureFigure(still, options)).toThrow(/no flow rearranged/);
});
