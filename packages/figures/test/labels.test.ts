import fc from "fast-check";
import { expect, test } from "vitest";
import { makeAxis } from "../src/charts/axis.ts";
import { chart, heatMap, panels, polarPlot, withCaption } from "../src/index.ts";
import { plainText, textWidth } from "../src/text.ts";
import { fontWidth } from "./font.ts";
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
const styles = fc.constantFrom("paper" as const, "slides" as const);

test("widths of labels are those of the font that pictures are set in", () => {
  for (const letter of "0123456789.,()-−×=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZαγδεθλσφψωΔΨΣ≤≥–°Å/| ")
    expect(Math.abs(textWidth(letter, 1) - fontWidth(letter))).toBeLessThan(0.06);
  expect(textWidth("stress *σ* (*ε*/*λ*^{2})", 8)).toBeCloseTo(
    8 * (fontWidth("stress σ (ε/λ)") + 0.72 * fontWidth("2")),
    0,
  );
  expect(plainText("|*E*_{α}|^{−5/4}, \\*")).toBe("|Eα|−5/4, *");
});

test("wherever spots and events lie, their numbers are on the page and drawn after what covers its margins", () => {
  fc.assert(
    fc.property(marks(10), marks(12), styles, (spots, events, style) => {
      const svg = heatMap({ box, counts, values, spots, events, style, legend: false });
      expect(labelFaults(svg).filter((fault) => /leaves/.test(fault))).toEqual([]);
      const cover = svg.indexOf('fill-rule="evenodd"');
      expect(
        Math.min(Infinity, ...Array.from(svg.matchAll(/<circle|<text/g), ({ index }) => index)),
      ).toBeGreaterThan(cover);
    }),
  );
});

test("numbers of spots do not cover each other, those of spots at one place neither", () => {
  fc.assert(
    fc.property(fc.array(anywhere, { minLength: 1, maxLength: 3 }), styles, (places, style) => {
      // each place twice: two spots of a slab, one behind the other
      const spots = [...places, ...places].map((position, k) => ({ number: k + 1, position }));
      expect(labelFaults(heatMap({ box, counts, values, spots, style, legend: false }))).toEqual([]);
    }),
  );
});

test("the last number of an axis ends on the page, however long", () => {
  for (const style of ["paper", "slides"] as const)
    for (const high of [1, 1.5, 1000, 120_000, 1e-4, 3e9, 7e-12]) {
      const svg = chart({
        style,
        x: { label: "strain", domain: [0, high] },
        y: { label: "stress", domain: [0, high] },
        series: [{ x: [0, high], y: [0, high] }],
      });
      expect(labelFaults(svg)).toEqual([]);
    }
});

/** Strains of events: increasing, many of them close together. */
const events = (least: number, most: number) =>
  fc
    .array(
      fc.oneof(
        fc.double({ min: 1e-6, max: 1e-3, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
      ),
      {
        minLength: least,
        maxLength: most,
      },
    )
    .map((steps) => {
      let at = 0;
      return steps.map((step) => {
        at += step;
        return at;
      });
    });

test("numbers of twenty events, however close, stand each by itself above the frame; of any number none covers another", () => {
  const drawn = (at: readonly number[], style: "paper" | "slides") => {
    const svg = chart({
      style,
      x: { label: "strain *γ*" },
      y: { label: "stress *σ*", unit: "*ε*/*λ*^{2}" },
      series: [{ x: [0, ...at], y: [0, ...at.map((_, k) => k)] }],
      numbers: at.map((x, k) => ({ at: x, label: String(k + 1) })),
    });
    expect(labelFaults(svg)).toEqual([]);
    return placedLabels(svg).filter(({ kind }) => kind === "number");
  };
  fc.assert(
    fc.property(events(20, 20), (at) => {
      expect(drawn(at, "paper").map(({ text }) => text)).toEqual(at.map((_, k) => String(k + 1)));
    }),
  );
  fc.assert(
    fc.property(events(1, 120), styles, (at, style) => {
      // whatever is put together, every event is in one label
      const named = drawn(at, style).flatMap(({ text }) => {
        const [first, last = first] = text.split("–").map(Number) as [number, number?];
        return Array.from({ length: last - first + 1 }, (_, k) => first + k);
      });
      expect(named).toEqual(at.map((_, k) => k + 1));
    }),
  );
});

test("numbers of a load the other way stand from right to left, and name the same events", () => {
  const at = Array.from({ length: 60 }, (_, k) => -0.001 * (k + 1) ** 1.3);
  const svg = chart({
    x: { label: "x" },
    y: { label: "y" },
    series: [{ x: [0, ...at], y: [0, ...at] }],
    numbers: at.map((x, k) => ({ at: x, label: String(k + 1) })),
  });
  expect(labelFaults(svg)).toEqual([]);
  const texts = placedLabels(svg).filter(({ kind }) => kind === "number");
  expect(texts[0].text).toMatch(/–60$/);
  const named = texts.flatMap(({ text }) => {
    const [first, last = first] = text.split("–").map(Number) as [number, number?];
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  });
  expect(named.sort((a, b) => a - b)).toEqual(at.map((_, k) => k + 1));
});

test("a number with room stands above its line", () => {
  const at = [0.1, 0.5, 0.9];
  const svg = chart({
    x: { label: "x", domain: [0, 1] },
    y: { label: "y" },
    series: [{ x: [0, 1], y: [0, 1] }],
    numbers: at.map((x, k) => ({ at: x, label: String(k + 1) })),
  });
  const [, left, width] = /<svg x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/.exec(svg)!.map(Number) as [
    number,
    number,
    number,
  ];
  const middles = placedLabels(svg).filter(({ kind }) => kind === "number");
  middles.forEach(({ left: a, right: b }, k) => {
    expect((a + b) / 2).toBeCloseTo(left + at[k] * width, 1);
  });
});

const magnitude = fc.double({ min: -14, max: 14, noNaN: true });

test("every axis, of any range, has at least two numbers, and none touches another", () => {
  fc.assert(
    fc.property(
      magnitude,
      fc.double({ min: 0.001, max: 20, noNaN: true }),
      fc.constantFrom("log" as const, "linear" as const),
      styles,
      fc.constantFrom(120, 247, 480),
      (low, decades, scale, style, width) => {
        const domain = [10 ** low, 10 ** Math.min(low + decades, 300)] as const;
        const options = { label: "stress *σ*", unit: "*ε*", scale, domain };
        const axis = makeAxis("x", options, []);
        expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
        for (const { value } of axis.ticks) expect(axis.position(value)).toBeGreaterThanOrEqual(-1e-9);
        for (const { value } of axis.ticks) expect(axis.position(value)).toBeLessThanOrEqual(1 + 1e-9);
        // numbers differ, and mean what they say
        const labels = axis.ticks.map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
        const power = Number(/10\^\{(−?\d+)\}/.exec(axis.label)?.[1].replace("−", "-") ?? 0);
        axis.ticks.forEach(({ value, label }) => {
          expect(Math.abs(numberIn(label) * 10 ** power - value)).toBeLessThanOrEqual(
            1e-6 * Math.abs(value) + 1e-12 * domain[1],
          );
        });
        if (style === "paper" && width >= 247) {
          const svg = chart({ style, width, x: options, y: options, series: [] });
          expect(labelFaults(svg)).toEqual([]);
          expect(
            placedLabels(svg)
              .filter(({ kind }) => kind?.endsWith("-label"))
              .map(({ text }) => text),
          ).toEqual([plainText(axis.label), plainText(axis.label)]);
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** What a tick's label says: 0.2, −5, 10^{−3}, 2×10^{−7}. */
function numberIn(label: string): number {
  const [, digits, power] = /^(?:([−\d.]+)(?:×|$))?(?:10\^\{([−\d]+)\})?$/.exec(label)!;
  return Number((digits ?? "1").replace("−", "-")) * 10 ** Number((power ?? "0").replace("−", "-"));
}

test("panels are lettered by themselves, each letter over its panel; a single one is not", () => {
  const one = chart({ x: { label: "x" }, y: { label: "y" }, series: [] });
  const letters = placedLabels(panels([one, one, one], { columns: 2 })).filter(
    ({ kind }) => kind === "letter",
  );
  expect(letters.map(({ text }) => text)).toEqual(["(a)", "(b)", "(c)"]);
  expect(letters[1].left).toBeGreaterThan(247);
  expect(letters[2].top).toBeGreaterThan(190);
  expect(placedLabels(panels([one])).some(({ kind }) => kind === "letter")).toBe(false);
});

test("labels of a polar plot do not cover each other", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 1e-3, max: 500, noNaN: true }), { minLength: 4, maxLength: 40 }),
      styles,
      (radii, style) => {
        const curves = Array.from({ length: 6 }, (_, k) => ({
          label: `spot ${k + 1}`,
          radii: radii.map((r) => r / (k + 1)),
        }));
        expect(labelFaults(polarPlot({ style, label: "1/*γ*_{c}", curves }))).toEqual([]);
      },
    ),
  );
});

test("a caption is there for readers who do not see the picture, without mark-up", () => {
  const svg = chart({ x: { label: "x" }, y: { label: "y" }, series: [] });
  const told = withCaption(svg, { title: "|*E*_{α}| & more", description: "of <3 glasses" });
  expect(told).toContain('role="img">\n<title>|Eα| &amp; more</title>\n<desc>of &lt;3 glasses</desc>');
  expect(told.replace(/ role="img"|\n<title>.*<\/title>\n<desc>.*<\/desc>/g, "")).toBe(svg);
  // panels take it as before
  expect(panels([told, told])).toContain("(b)");
});
