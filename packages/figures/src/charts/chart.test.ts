import { describe, expect, test } from "vitest";
import { chart } from "../index.ts";
import { makeAxis } from "./axis.ts";

const series = { x: [1, 10, 100], y: [100, 1, 0.01] };
const log = { label: "a", scale: "log" as const };

describe("axes", () => {
  test("linear ticks are round numbers within the domain", () => {
    const axis = makeAxis("x", { label: "", domain: [-0.3, 0.31] }, []);
    expect(axis.ticks.map(({ label }) => label)).toEqual(["−0.2", "0.0", "0.2"]);
    expect(axis.position(-0.3)).toBe(0);
    expect(axis.position(0.31)).toBe(1);
  });

  test("logarithmic ticks are decades; equal ratios are equal distances", () => {
    const axis = makeAxis("x", { ...log, domain: [1e-3, 1e3] }, []);
    expect(axis.ticks.map(({ label }) => label)).toEqual([
      "10^{−3}",
      "10^{−2}",
      "10^{−1}",
      "1",
      "10",
      "10^{2}",
      "10^{3}",
    ]);
    expect(axis.position(10) - axis.position(1)).toBeCloseTo(1 / 6, 12);
    expect(axis.minor).toHaveLength(6 * 8);
    expect(makeAxis("x", { ...log, domain: [2, 9] }, []).ticks.map(({ value }) => value)).toEqual([2, 5]);
  });

  test("the domain holds the data and leaves out what a logarithm cannot show", () => {
    const axis = makeAxis("y", log, [0, -4, Number.NaN, 2, 50]);
    expect(axis.domain[0]).toBeLessThan(2);
    expect(axis.domain[0]).toBeGreaterThan(1);
    expect(axis.domain[1]).toBeGreaterThan(50);
    expect(makeAxis("y", { label: "" }, [0.01, 1]).domain[0]).toBe(0);
    expect(makeAxis("y", { label: "" }, [3, 3]).domain[0]).toBeLessThan(3);
    expect(() => makeAxis("y", { ...log, domain: [0, 1] }, [])).toThrow(/axis y from 0 to 1 .*logarithmic/);
  });
});

describe("chart", () => {
  /** Points of the first path with the given attribute text. */
  const points = (svg: string, having: RegExp) =>
    Array.from(
      Array.from(svg.matchAll(/<path ([^>]*)>/g), ([, a]) => a!)
        .find((a) => having.test(a))!
        .matchAll(/[ML"](-?[\d.]+) (-?[\d.]+)/g),
      ([, x, y]) => [Number(x), Number(y)] as const,
    );

  test("a power law is straight on logarithmic axes, parallel to its guide", () => {
    const svg = chart({
      x: log,
      y: log,
      series: [{ ...series, colour: "#123456" }],
      guides: [{ kind: "power", exponent: -2, through: [10, 5], between: [2, 50] }],
    });
    const slope = (p: (readonly [number, number])[]) => (p.at(-1)![1] - p[0][1]) / (p.at(-1)![0] - p[0][0]);
    const curve = points(svg, /#123456/);
    expect(curve).toHaveLength(3);
    expect(slope(curve.slice(0, 2))).toBeCloseTo(slope(curve.slice(1)), 2);
    expect(slope(points(svg, /#9a9a9a/))).toBeCloseTo(slope(curve), 2);
    expect(slope(curve)).toBeGreaterThan(0); // falls: y grows downwards on the page
  });

  test("points that a logarithm cannot show leave a gap", () => {
    const svg = chart({
      x: log,
      y: log,
      series: [{ x: [1, 2, 3, 4, 5], y: [1, 2, 0, 4, 5], colour: "#123456" }],
    });
    const d = /<path d="([^"]*)"[^>]*#123456/.exec(svg)![1];
    expect(d.match(/M/g)).toHaveLength(2);
  });

  test("an interval that is not known is not drawn, on a logarithmic axis either", () => {
    const axes = { x: { label: "x" }, y: { label: "y", scale: "log" } } as const;
    const [x, y, unknown] = [
      [1, 2, 3],
      [1, 2, 4],
      [Number.NaN, Number.NaN, Number.NaN],
    ];
    const plain = chart({ ...axes, series: [{ x, y }] });
    for (const interval of ["bars", "band"] as const) {
      expect(chart({ ...axes, series: [{ x, y, low: unknown, high: unknown, interval }] })).toBe(plain);
      const one = { x, y, low: [Number.NaN, 1, Number.NaN], high: [Number.NaN, 3, Number.NaN], interval };
      expect(chart({ ...axes, series: [one] })).not.toBe(plain);
    }
  });

  test("a guide's label stands where it hides no point, a key shrinks rather than hide one", () => {
    const textOf = (svg: string, label: string): Record<string, string> => {
      const attributes = new RegExp(`<text ([^>]*)><tspan>${label}`).exec(svg)![1];
      return Object.fromEntries(Array.from(attributes.matchAll(/([\w-]+)="([^"]*)"/g), ([, k, v]) => [k, v]));
    };
    const axes = { x: { label: "x", domain: [0, 12] }, y: { label: "y", domain: [0, 12] } } as const;
    const guides = [{ kind: "power", exponent: 1, through: [1, 2], between: [1, 6], label: "here" }] as const;
    const free = textOf(chart({ ...axes, series: [], guides }), "here");
    // points all around the middle of the guide, where its label stands without them
    const around = Array.from(
      { length: 100 },
      (_, k) => [2 + (k % 10) / 3, 5.5 + Math.floor(k / 10) / 3] as const,
    );
    const points = {
      x: around.map(([x]) => x),
      y: around.map(([, y]) => y),
      line: "none",
      markers: "disc",
    } as const;
    expect(textOf(chart({ ...axes, series: [points], guides }), "here")).not.toMatchObject({
      x: free.x,
      y: free.y,
    });
    const sizeOf = (label: string) => {
      const upright = { x: [6, 6], y: [0, 12], label };
      return Number(textOf(chart({ ...axes, series: [upright] }), label)["font-size"]);
    };
    expect(sizeOf("short")).toBe(7);
    expect(sizeOf("a name of 40 characters and a few more")).toBeLessThan(7);
  });

  test("the key goes where it hides least, to the corner that was asked for where nothing is", () => {
    const x = Array.from({ length: 30 }, (_, k) => k);
    const axes = { x: { label: "x" }, y: { label: "y" } };
    const keyOf = (y: number[], low?: number[]) => {
      const band = low ? { low, high: y } : {};
      const svg = chart({ ...axes, series: [{ x, y, ...band, label: "the key" }] });
      const [, left, top] = /<text x="([\d.]+)" y="([\d.]+)"[^>]*><tspan>the key/.exec(svg)!;
      return `${Number(top) < 96 ? "top" : "bottom"}-${Number(left) > 123 ? "right" : "left"}`;
    };
    expect(keyOf(x.map((v) => 29 - v))).toBe("top-right");
    expect(keyOf(x)).toBe("top-left");
    expect(keyOf(x.map(() => 1))).toBe("top-right");
    expect(keyOf(x.map((v) => Math.max(v, 29 - v)))).toBe("bottom-right");
    // a band counts by its edges
    expect(
      keyOf(
        x.map((v) => (v > 15 ? 29 : 12)),
        x.map((v) => (v > 15 ? 0 : 11)),
      ),
    ).toBe("top-left");
  });

  test("columns of different lengths and half an interval are named", () => {
    const axes = { x: { label: "x" }, y: { label: "y" } };
    expect(() => chart({ ...axes, series: [{ x: [1, 2], y: [1] }] })).toThrow(/y has 1 entries, x has 2/);
    expect(() => chart({ ...axes, series: [{ x: [1], y: [1], low: [0] }] })).toThrow(/both low and high/);
  });

  test("as reviewed: bands, bars, steps, markers, guides, key and inset", async () => {
    const input = {
      x: { label: "|*E*_{α}|", scale: "log" as const },
      y: { label: "*p*", scale: "log" as const },
      title: "A title",
      series: [
        { ...series, low: [80, 0.8, 0], high: [120, 1.2, 0.03], markers: "disc" as const, label: "band" },
        {
          ...series,
          low: [80, 0.8, 0],
          high: [120, 1.2, 0.03],
          interval: "bars" as const,
          markers: "open-triangle" as const,
          line: "none" as const,
          label: "bars",
        },
        { ...series, line: "steps" as const, label: "steps" },
        { ...series, line: "dashed" as const, markers: "ring" as const },
      ],
      guides: [
        { kind: "vertical" as const, at: 5, label: "v" },
        { kind: "horizontal" as const, at: 3, label: "h" },
      ],
      inset: {
        at: [0.05, 0.05, 0.45, 0.5] as const,
        chart: {
          x: { label: "*t*" },
          y: { label: "*q*" },
          series: [{ x: [0, 1], y: [0, 1], line: "dotted" as const }],
        },
      },
    };
    const svg = chart(input);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(chart(input)).toBe(svg);
    await expect(svg).toMatchFileSnapshot("./snapshots/chart.svg");
  });
});
