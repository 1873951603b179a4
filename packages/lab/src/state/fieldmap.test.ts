import { fieldAt, fieldOf, rectangularBox } from "softfield";
import { particleSites } from "softfield/internal";
import { expect, test } from "vitest";
import { mapOf } from "./fieldmap.ts";

test("spots are marked in the middle of the bins that are maxima, whatever the noise of their positions", () => {
  const box = rectangularBox(12, 8);
  const random = (k: number) => (Math.sin(12.9898 * k) * 43758.5453) % 1;
  const positions = Float64Array.from(
    { length: 800 },
    (_, k) => Math.abs(random(k)) * (k % 2 === 0 ? 12 : 8),
  );
  const values = Float64Array.from({ length: 400 }, (_, k) => Math.abs(random(7 * k)) ** 4);
  const field = fieldOf(box, positions, [{ sites: particleSites(400, 2), values }], {
    grid: { box, counts: [12, 8] },
    smoothing: "none",
  });
  const { spots, marks } = mapOf(field);
  expect(marks.length).toBeGreaterThan(5);
  marks.forEach(({ position, bin, score }, k) => {
    expect(Array.from(position)).toEqual(bin.map((number) => number + 0.5));
    expect(fieldAt(field, position)[0]).toBe(score);
    expect(spots.spots[k].position).not.toEqual(position);
  });
});
