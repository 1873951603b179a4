import fc from "fast-check";
import { expect, test } from "vitest";
import { chart, heatMap } from "../src/index.ts";
import { labelFaults, placedLabels } from "./svg-labels.ts";

const box = { dimension: 2 as const, vectors: [8, 0, 0, 6] };
const counts = [4, 3];
const values = Array.from({ length: 12 }, (_, k) => k / 11);
const anywhere = fc.tuple(
  fc.double({ min: 0, max: 8, noNaN: true }),
  fc.double({ min: 0, max: 6, noNaN: true }),
);
const marks = (most: number) =>
  fc
    .array(anywhere, { maxLength: most })
    .map((all) => all.map((position, k) => ({ number: k + 1, position })));

test("wherever spots and events lie, their numbers are on the page and drawn after what covers its margins", () => {
  fc.assert(
    fc.property(marks(10), marks(12), fc.constantFrom("paper", "slides"), (spots, events, style) => {
      const svg = heatMap({ box, counts, values, spots, events, style, legend: false });
      const [width, height] = ["width", "height"].map((name) =>
        Number(new RegExp(`${name}="([\\d.]+)`).exec(svg)![1]),
      );
      const outside = placedLabels(svg).filter(
        ({ left, right, top, bottom }) => left < 0 || right > width || top < 0 || bottom > height,
      );
      expect(outside).toEqual([]);
      const cover = svg.indexOf('fill-rule="evenodd"');
      expect(
        Math.min(Infinity, ...Array.from(svg.matchAll(/<circle|<text/g), ({ index }) => index)),
      ).toBeGreaterThan(cover);
    }),
  );
});

test("the last number of an axis ends on the page, however long", () => {
  for (const style of ["paper", "slides"] as const)
    for (const high of [1, 1.5, 1000, 120_000, 1e-4]) {
      const svg = chart({
        style,
        x: { label: "strain", domain: [0, high] },
        y: { label: "stress", domain: [0, high] },
        series: [{ x: [0, high], y: [0, high] }],
      });
      expect(labelFaults(svg).filter((fault) => /leaves/.test(fault))).toEqual([]);
    }
});

test("numbers of twenty events do not cover each other where rows below are free", () => {
  const at = [0.2, 0.21, 0.215, 0.22, 0.23, 0.3, 0.31, 0.5, 0.52, 0.53, 0.7, 0.72, 0.9, 0.91, 0.92, 0.93];
  const svg = chart({
    x: { label: "strain", domain: [0, 1] },
    y: { label: "stress", domain: [0, 10] },
    series: [{ x: [0, 1], y: [0.1, 0.2] }],
    guides: at.map((x, k) => ({ kind: "vertical", at: x, label: String(k + 10) })),
  });
  expect(labelFaults(svg)).toEqual([]);
});
