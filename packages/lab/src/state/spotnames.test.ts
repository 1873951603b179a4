import { fieldOf, rectangularBox } from "softfield";
import { particleSites } from "softfield/internal";
import { expect, test } from "vitest";
import { type FieldMap, mapOf } from "./fieldmap.ts";
import { letters, SpotNames } from "./spotnames.ts";

const box = rectangularBox(24, 16);

/** A map whose spots are at these bins, the softest first. */
function mapWith(bins: readonly (readonly [number, number])[]): FieldMap {
  const positions = new Float64Array(2 * 24 * 16);
  const values = new Float64Array(24 * 16).fill(1);
  for (let k = 0; k < values.length; k++) {
    positions[2 * k] = (k % 24) + 0.5;
    positions[2 * k + 1] = Math.floor(k / 24) + 0.5;
  }
  bins.forEach(([x, y], k) => {
    values[24 * y + x] = 10 - k;
  });
  const field = fieldOf(box, positions, [{ sites: particleSites(values.length, 2), values }], {
    grid: { box, counts: [24, 16] },
    smoothing: "none",
  });
  return mapOf(field);
}
const namesOf = (map: FieldMap) => map.marks.map(({ name }) => name).slice(0, 3);

test("spots keep their names where their order changes, where they move by a bin, and across the edges", () => {
  const unsheared = mapWith([
    [3, 3],
    [12, 8],
    [0, 12],
  ]);
  expect(namesOf(unsheared)).toEqual(["1", "2", "3"]);
  const names = new SpotNames(unsheared);
  const later = mapWith([
    [13, 9],
    [23, 12],
    [3, 3],
  ]);
  expect(namesOf(names.apply(later, 12))).toEqual(["2", "3", "1"]);
});

test("a spot that comes later gets a letter, and keeps it", () => {
  const names = new SpotNames(mapWith([[3, 3]]));
  const first = names.apply(
    mapWith([
      [18, 8],
      [3, 3],
    ]),
    12,
  );
  expect(namesOf(first).slice(0, 2)).toEqual(["A", "1"]);
  const next = names.apply(
    mapWith([
      [10, 13],
      [3, 4],
      [18, 8],
    ]),
    12,
  );
  expect(namesOf(next)).toEqual(["B", "1", "A"]);
  expect([0, 25, 26, 27, 701, 702].map(letters)).toEqual(["A", "Z", "AA", "AB", "ZZ", "AAA"]);
});
