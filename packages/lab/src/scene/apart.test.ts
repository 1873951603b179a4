import { expect, test } from "vitest";
import { apart, markRadius, pinDiscs, pinSize } from "./apart.ts";

test("marks never cover each other; the softest keeps its place, and each tells where its spot is", () => {
  const spots = Array.from({ length: 12 }, (_, k) => ({
    rank: k + 1,
    name: String(k + 1),
    bin: [],
    x: 100 + 7 * (k % 3),
    y: 100 + 9 * Math.floor(k / 3),
  }));
  for (const scale of [1, 1.8]) {
    const placed = apart(spots, scale);
    expect([placed[0]!.x, placed[0]!.y]).toEqual([100, 100]);
    placed.forEach((one, k) => {
      expect(one.x + one.toX).toBeCloseTo(spots[k]!.x, 9);
      expect(one.y + one.toY).toBeCloseTo(spots[k]!.y, 9);
      for (const other of placed.slice(0, k))
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(
          scale * (markRadius(one.rank) + markRadius(other.rank)),
        );
    });
  }
});

test("marks that are far enough from each other stand at their spots", () => {
  const placed = apart([
    { rank: 1, name: "1", bin: [], x: 0, y: 0 },
    { rank: 2, name: "A", bin: [], x: 30, y: 0 },
  ]);
  expect(placed.map(({ x, y, toX, toY }) => [x, y, toX, toY])).toEqual([
    [0, 0, 0, 0],
    [30, 0, 0, 0],
  ]);
});

test("a circle makes room for the pin at its spot, whose point stays in sight", () => {
  for (const y of [20, 300]) {
    const pin = pinDiscs(100, y, pinSize(1));
    const [{ x, y: at, toX, toY }] = apart([{ rank: 1, name: "1", bin: [], x: 104, y }], 1, pin);
    for (const disc of pin)
      expect(Math.hypot(x - disc.x, at - disc.y)).toBeGreaterThanOrEqual(markRadius(1) + disc.radius);
    expect([x + toX, at + toY]).toEqual([104, y]);
  }
});
