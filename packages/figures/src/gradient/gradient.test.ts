import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FigureError, type GradientInput, gradientFigure } from "../index.ts";

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
    const scale = (discs[2][0] - discs[1][0]) / 2;
    // mean bond √2, longest vector √2.5
    const reach = (0.3 * Math.SQRT2) / Math.sqrt(2.5);
    const expected = triple.vectors as number[];
    [0, 1, 2].forEach((k) => {
      const arrow = [0, 1].map((a) => tips[k][a] - starts[k][a]);
      expect(arrow[0] / scale).toBeCloseTo(reach * expected[2 * k], 2);
      expect(-arrow[1] / scale).toBeCloseTo(reach * expected[2 * k + 1], 2);
      const off = [0, 1].map((a) => starts[k][a] - discs[k][a]);
      expect(off[0] * arrow[1] - off[1] * arrow[0]).toBeCloseTo(0, 0);
    });
  });

  test("particles stand as their points do, y upwards", () => {
    const { discs } = drawn(gradientFigure(triple));
    expect(discs[1][1]).toBe(discs[2][1]);
    expect(discs[0][1]).toBeGreaterThan(discs[1][1]);
    expect(discs[0][0] - discs[1][0]).toBeCloseTo(discs[2][0] - discs[0][0], 1);
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

  test("labels cover no particle, no arrow and no other label, whatever the triple", () => {
    const angle = fc.double({ min: 0.6, max: Math.PI, noNaN: true });
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        angle,
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        fc.tuple(part, part, part, part),
        (theta, leg, f) => {
          const svg = gradientFigure({
            ...triple,
            points: [
              0,
              0,
              -Math.sin(theta / 2),
              Math.cos(theta / 2),
              leg * Math.sin(theta / 2),
              leg * Math.cos(theta / 2),
            ],
            vectors: [-f[0] - f[2], -f[1] - f[3], ...f],
            labels: ["*∂ε*/*∂x*_{i}", "*∂ε*/*∂x*_{j}", "*∂ε*/*∂x*_{k}"],
          });
          expect(hidden(svg)).toEqual([]);
        },
      ),
      { seed: 17, numRuns: 300 },
    );
  });
});

/** Labels of more than one letter that stand on a disc, an arrow or another such label. */
function hidden(svg: string): string[] {
  const { discs, starts, tips } = drawn(svg);
  const radius = Number(/ r="([\d.]+)"/.exec(svg)![1]);
  const boxes = Array.from(
    svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)"[^>]*>(.*?)<\/text>/g),
    ([, x, y, size, content]) => {
      const text = content!.replaceAll(/<[^>]*>/g, "");
      const half = 0.21 * Number(size) * text.length;
      const [at, bottom] = [Number(x), Number(y)];
      return { text, left: at - half, right: at + half, top: bottom - 0.65 * Number(size), bottom };
    },
  ).filter(({ text }) => text.includes("∂"));
  const near = (box: (typeof boxes)[number], [x, y]: readonly number[]) =>
    Math.hypot(Math.max(box.left - x!, x! - box.right, 0), Math.max(box.top - y!, y! - box.bottom, 0));
  const shafts = starts.flatMap((start, k) =>
    Array.from({ length: 21 }, (_, n) => start.map((s, a) => s + ((tips[k][a] - s) * n) / 20)),
  );
  return boxes.flatMap((box, k) => [
    ...discs.filter((disc) => near(box, disc) < radius).map((disc) => `${box.text} on the disc at ${disc}`),
    ...shafts
      .filter((point) => near(box, point) === 0)
      .map((point) => `${box.text} on the arrow at ${point}`),
    ...boxes
      .slice(k + 1)
      .filter((b) => box.left < b.right && b.left < box.right && box.top < b.bottom && b.top < box.bottom)
      .map((b) => `${box.text} on ${b.text}`),
  ]);
}
