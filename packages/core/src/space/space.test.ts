import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import {
  type Box,
  createBox,
  faceDistances,
  inverseVectors,
  minimumImage,
  neighborPairs,
  rectangularBox,
  wrapPositions,
} from "./index.ts";

/** Every image of every pair within the cutoff, by exhaustion over ±5 periods. */
function bruteForce(box: Box, positions: Float64Array, cutoff: number): string[] {
  const d = box.dimension;
  const h = box.vectors;
  const n = positions.length / d;
  const found: string[] = [];
  const range = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5];
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      for (const a of range) {
        for (const b of range) {
          for (const e of d === 3 ? range : [0]) {
            const turns = [a, b, e];
            if (i === j && (e < 0 || (e === 0 && (b < 0 || (b === 0 && a <= 0))))) continue;
            const du = Array.from({ length: d }, (_, c) => {
              let x = positions[j * d + c] - positions[i * d + c];
              for (let k = 0; k < d; k++) x += turns[k] * h[k * d + c];
              return x;
            });
            const r = Math.hypot(...du);
            if (r <= cutoff) found.push(`${i} ${j} ${r.toFixed(9)}`);
          }
        }
      }
    }
  }
  return found.sort();
}

function listed(box: Box, positions: Float64Array, cutoff: number): string[] {
  const d = box.dimension;
  const pairs = neighborPairs(box, positions, cutoff);
  return Array.from(pairs.i, (i, m) => {
    const r = Math.hypot(...pairs.du.subarray(m * d, (m + 1) * d));
    return `${i} ${pairs.j[m]} ${r.toFixed(9)}`;
  }).sort();
}

const coordinate = fc.double({ min: -7, max: 7, noNaN: true });

describe("neighborPairs", () => {
  test("equals brute force in tilted 2D boxes, also shorter than the cutoff", () => {
    const sample = fc.record({
      lx: fc.double({ min: 1.5, max: 8, noNaN: true }),
      ly: fc.double({ min: 1.5, max: 8, noNaN: true }),
      tilt: fc.double({ min: -0.9, max: 0.9, noNaN: true }),
      points: fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 25 }),
      cutoff: fc.double({ min: 0.3, max: 2.5, noNaN: true }),
    });
    fc.assert(
      fc.property(sample, ({ lx, ly, tilt, points, cutoff }) => {
        const box = createBox(2, [lx, 0, tilt * lx, ly]);
        const positions = wrapPositions(box, Float64Array.from(points.flat())).cartesian;
        expect(listed(box, positions, cutoff)).toEqual(bruteForce(box, positions, cutoff));
      }),
      { numRuns: 150 },
    );
  });

  test("equals brute force in tilted 3D boxes", () => {
    const sample = fc.record({
      edges: fc.tuple(
        ...([0, 1, 2].map(() => fc.double({ min: 2, max: 6, noNaN: true })) as [
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
        ]),
      ),
      tilt: fc.tuple(
        ...([0, 1, 2].map(() => fc.double({ min: -0.5, max: 0.5, noNaN: true })) as [
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
          fc.Arbitrary<number>,
        ]),
      ),
      points: fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(sample, ({ edges, tilt, points }) => {
        const [lx, ly, lz] = edges;
        const box = createBox(3, [lx, 0, 0, tilt[0] * lx, ly, 0, tilt[1] * lx, tilt[2] * ly, lz]);
        const positions = wrapPositions(box, Float64Array.from(points.flat())).cartesian;
        expect(listed(box, positions, 1.9)).toEqual(bruteForce(box, positions, 1.9));
      }),
      { numRuns: 60 },
    );
  });

  test("is sorted by i, then j, with i ≤ j", () => {
    const box = rectangularBox(6, 6);
    const positions = Float64Array.from({ length: 120 }, (_, k) => (k * 7.31) % 6);
    const { i, j } = neighborPairs(box, positions, 1.3);
    for (let m = 1; m < i.length; m++) {
      expect(i[m - 1] * 1000 + j[m - 1]).toBeLessThanOrEqual(i[m] * 1000 + j[m]);
    }
    expect(i.every((first, m) => first <= j[m])).toBe(true);
  });

  test("refuses a cutoff that reaches over thousands of images", () => {
    const box = rectangularBox(0.01, 0.01);
    expect(() => neighborPairs(box, new Float64Array(20), 2)).toThrow(SoftfieldError);
  });
});

describe("box", () => {
  test("wrapping moves by whole edges and leaves what is inside untouched", () => {
    const box = createBox(2, [5, 0, 1.25, 4]);
    const inverse = inverseVectors(box);
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const { cartesian, fractional } = wrapPositions(box, Float64Array.of(x, y));
        const dx = cartesian[0] - x;
        const dy = cartesian[1] - y;
        const turns = [dx * inverse[0] + dy * inverse[2], dy * inverse[3]];
        for (const t of turns) expect(Math.abs(t - Math.round(t))).toBeLessThan(1e-12);
        expect(fractional.every((s) => s >= 0 && s < 1)).toBe(true);
        const again = wrapPositions(box, cartesian).cartesian;
        expect(Math.abs(again[0] - cartesian[0]) % 5).toBeLessThan(1e-12);
      }),
    );
    expect(Array.from(wrapPositions(box, Float64Array.of(-1e-18, 0)).fractional)).toEqual([0, 0]);
  });

  test("face distances of a sheared box", () => {
    expect(faceDistances(createBox(2, [4, 0, 3, 4]))).toEqual([3.2, 4]);
  });

  test("minimum image in a tilted box", () => {
    expect(Array.from(minimumImage(createBox(2, [4, 0, 1, 4]), Float64Array.of(0.2, 3.5)))).toEqual([
      -0.8, -0.5,
    ]);
  });

  test("refuses what is not a lower-triangular box", () => {
    expect(() => createBox(2, [1, 0.5, 0, 1])).toThrow(/component 2/);
    expect(() => createBox(2, [1, 0, 0, -1])).toThrow(/positive/);
    expect(() => createBox(3, [1, 0, 0, 1])).toThrow(/9 numbers/);
    expect(() => rectangularBox(Number.NaN, 1)).toThrow(SoftfieldError);
  });
});
