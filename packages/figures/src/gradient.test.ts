import { describe, expect, test } from "vitest";
import { FigureError, type GradientInput, gradientFigure } from "./index.ts";

const triple: GradientInput = {
  points: [0, 0, -1, 1, 1, 1],
  vectors: [0, -1, 1.5, 0.5, -1.5, 0.5],
  names: ["*i*", "*j*", "*k*"],
  labels: ["a", "b", "c"],
  bonds: [
    [0, 1],
    [0, 2],
  ],
  angle: { at: 0, from: 1, to: 2, label: "*θ*" },
  caption: ["*θ* = 90°"],
};

/** Centres of the discs, and tips of the arrows with the starts of their shafts; y downwards. */
function drawn(svg: string) {
  const pairs = (pattern: RegExp) =>
    Array.from(svg.matchAll(pattern), (match) => match.slice(1).map(Number) as number[]);
  return {
    discs: pairs(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g),
    starts: pairs(/<path d="M([\d.-]+) ([\d.-]+)l/g),
    tips: pairs(/<path d="M([\d.-]+) ([\d.-]+)L[^"]*Z" fill/g),
  };
}

describe("the gradient of an interaction", () => {
  test("arrows stand on their particles, along their vectors, in proportion", () => {
    const { discs, starts, tips } = drawn(gradientFigure(triple));
    const scale = (discs[2]![0]! - discs[1]![0]!) / 2;
    // mean bond √2, longest vector √2.5
    const reach = (0.3 * Math.SQRT2) / Math.sqrt(2.5);
    const expected = triple.vectors as number[];
    [0, 1, 2].forEach((k) => {
      const arrow = [0, 1].map((a) => tips[k]![a]! - starts[k]![a]!);
      expect(arrow[0]! / scale).toBeCloseTo(reach * expected[2 * k]!, 2);
      expect(-arrow[1]! / scale).toBeCloseTo(reach * expected[2 * k + 1]!, 2);
      const off = [0, 1].map((a) => starts[k]![a]! - discs[k]![a]!);
      expect(off[0]! * arrow[1]! - off[1]! * arrow[0]!).toBeCloseTo(0, 0);
    });
  });

  test("particles stand as their points do, y upwards", () => {
    const { discs } = drawn(gradientFigure(triple));
    expect(discs[1]![1]).toBe(discs[2]![1]);
    expect(discs[0]![1]!).toBeGreaterThan(discs[1]![1]!);
    expect(discs[0]![0]! - discs[1]![0]!).toBeCloseTo(discs[2]![0]! - discs[0]![0]!, 1);
  });

  test("a vector of no length has no arrow and no label", () => {
    const svg = gradientFigure({ ...triple, vectors: [0, 0, 1, 0, -1, 0] });
    expect(drawn(svg).tips.length).toBe(2);
    expect(svg).not.toContain(">a<");
  });

  test.each([
    [{ points: [] }, /0 coordinates/],
    [{ bonds: [] }, /0 bonds/],
    [{ vectors: [1, 2] }, /vectors/],
    [{ names: ["i"] }, /names/],
    [{ points: [0, 0, 0, 0, 0, 0] }, /particles apart/],
    [{ vectors: [Number.NaN, 0, 0, 0, 0, 0] }, /finite/],
  ])("%j is refused", (change, message) => {
    expect(() => gradientFigure({ ...triple, ...change })).toThrow(message);
    expect(() => gradientFigure({ ...triple, ...change })).toThrow(FigureError);
  });
});
