import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBox, volume } from "../space/index.ts";
import { cosineSine, Deformation, type DeformationOptions } from "./deformation.ts";

const flat = createBox(2, [11, 0, 2, 9]);
const solid = createBox(3, [7, 0, 0, 1, 8, 0, -0.5, 0.7, 6]);

const anyOptions = fc.record({
  kind: fc.constantFrom("simple" as const, "pure" as const),
  plane: fc.constantFrom("xy" as const, "xz" as const, "yz" as const),
  angle: fc.double({ min: -400, max: 400, noNaN: true }),
  direction: fc.constantFrom(1 as const, -1 as const),
});

/** |u|² of the bond that has these fractional coordinates. */
function square(deformation: Deformation, strain: number, s: readonly number[]): number {
  const { vectors } = deformation.at(strain).box;
  const d = s.length;
  let sum = 0;
  for (let c = 0; c < d; c++) {
    let x = 0;
    for (let a = 0; a < d; a++) x += s[a] * vectors[a * d + c];
    sum += x * x;
  }
  return sum;
}

describe("Deformation", () => {
  test("simple shear at angle 0 is x += γ·y, exactly, and nothing else", () => {
    const { box, rate } = Deformation.of(flat).at(0.25);
    expect(Array.from(box.vectors)).toEqual([11, 0, 2 + 0.25 * 9, 9]);
    expect(Array.from(rate)).toEqual([0, 1, 0, 0]);
    const back = Deformation.of(flat, { direction: -1 }).at(0.25);
    expect(Array.from(back.box.vectors)).toEqual([11, 0, 2 - 0.25 * 9, 9]);
    expect(Array.from(back.rate)).toEqual([0, -1, 0, 0]);
  });

  test("planes of 3D: the displacement is along the first axis, the gradient along the second", () => {
    const sheared = (plane: "xy" | "xz" | "yz") =>
      Array.from(Deformation.of(solid, { plane }).at(0.1).box.vectors);
    const h = Array.from(solid.vectors);
    const plus = (entries: Record<number, number>) => h.map((x, k) => x + (entries[k] ?? 0));
    expect(sheared("xy")).toEqual(plus({ 3: 0.1 * 8, 6: 0.1 * 0.7 }));
    expect(sheared("xz")).toEqual(plus({ 6: 0.1 * 6 }));
    expect(sheared("yz")).toEqual(plus({ 7: 0.1 * 6 }));
  });

  test("pure shear stretches by ℓ along its axis and by 1/ℓ across, ℓ − 1/ℓ = γ", () => {
    const rectangle = createBox(2, [4, 0, 0, 6]);
    const [x, , , y] = Deformation.of(rectangle, { kind: "pure" }).at(0.3).box.vectors;
    expect((x! / 4) * (y! / 6)).toBeCloseTo(1, 14);
    expect(x! / 4 - 4 / x!).toBeCloseTo(0.3, 14);
    expect(x).toBeGreaterThan(4);
  });

  test("volume and handedness stay, and rate and curvature are the derivatives of bond lengths", () => {
    const strains = fc.double({ min: 0, max: 0.6, noNaN: true });
    const bonds = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -0.3, max: 0.3, noNaN: true })));
    fc.assert(
      fc.property(anyOptions, strains, bonds, (options, strain, s) => {
        const deformation = Deformation.of(solid, options);
        const { box, rate, curvature } = deformation.at(strain);
        expect(volume(box)).toBeCloseTo(volume(solid), 9);
        const u = [0, 1, 2].map((c) => [0, 1, 2].reduce((x, a) => x + s[a] * box.vectors[a * 3 + c], 0));
        const times = (m: Float64Array) =>
          [0, 1, 2].map((a) => [0, 1, 2].reduce((x, b) => x + m[a * 3 + b] * u[b], 0));
        const inner = (v: number[], w: number[]) => v.reduce((x, y, k) => x + y * w[k], 0);
        const moved = times(rate);
        const h = 1e-3;
        const [low, mid, high] = [-h, 0, h].map((by) => square(deformation, strain + by, s)) as [
          number,
          number,
          number,
        ];
        expect((high - low) / (2 * h)).toBeCloseTo(2 * inner(u, moved), 4);
        const second = 2 * (inner(moved, moved) + inner(u, times(curvature)));
        expect((high - 2 * mid + low) / (h * h)).toBeCloseTo(second, 3);
      }),
      { numRuns: 500 },
    );
  });

  test("a turn by 180° is no turn, one by 90° of pure shear is the other direction", () => {
    const same = (a: DeformationOptions, b: DeformationOptions) => {
      const [p, q] = [a, b].map((o) => Deformation.of(flat, o).at(0.2).box.vectors) as [
        Float64Array,
        Float64Array,
      ];
      p.forEach((x, k) => {
        expect(x).toBeCloseTo(q[k], 12);
      });
    };
    same({ angle: 180 }, {});
    same({ kind: "pure", angle: 90 }, { kind: "pure", direction: -1 });
    same({ kind: "pure", angle: 27 }, { kind: "pure", angle: 117, direction: -1 });
  });

  test("a tilt beyond half an edge is reduced to the same lattice", () => {
    const deformation = Deformation.of(flat);
    expect(deformation.reduced(0.3)).toBeUndefined();
    const strain = 2.9;
    const shorter = deformation.reduced(strain) as Deformation;
    const { vectors } = shorter.at(strain).box;
    expect(Math.abs(vectors[2])).toBeLessThanOrEqual(5.5);
    const turns = (deformation.at(strain).box.vectors[2] - vectors[2]) / 11;
    expect(turns).toBeCloseTo(Math.round(turns), 12);
    expect(Array.from(shorter.turns)).toEqual([1, 0, -Math.round(turns), 1]);
    expect(shorter.reduced(strain)).toBeUndefined();
    expect(Deformation.of(flat, {}, shorter.turns).at(strain).box).toEqual(shorter.at(strain).box);
  });

  test("in 3D all three tilts are reduced", () => {
    const shorter = Deformation.of(solid, { plane: "yz", angle: 33 }).reduced(3.1) as Deformation;
    const h = shorter.at(3.1).box.vectors;
    expect(Math.abs(h[3] / h[0])).toBeLessThanOrEqual(0.5 + 1e-9);
    expect(Math.abs(h[6] / h[0])).toBeLessThanOrEqual(0.5 + 1e-9);
    expect(Math.abs(h[7] / h[4])).toBeLessThanOrEqual(0.5 + 1e-9);
    expect(volume(shorter.at(3.1).box)).toBeCloseTo(volume(solid), 9);
  });

  test.each([
    [{ kind: "twist" as "pure" }, /no load "twist"/],
    [{ plane: "zx" as "xz" }, /no plane/],
    [{ angle: Number.NaN }, /no angle/],
    [{ direction: 2 as 1 }, /no direction/],
  ])("refuses %j", (options, message) => {
    expect(() => Deformation.of(solid, options)).toThrow(message);
  });

  test("refuses planes that 2D does not have", () => {
    expect(() => Deformation.of(flat, { plane: "xz" })).toThrow(/two dimensions/);
  });
});

test("cosine and sine of degrees by own arithmetic", () => {
  for (let degrees = -720; degrees <= 720; degrees += 7.3) {
    const [cosine, sine] = cosineSine(degrees);
    expect(cosine).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 14);
    expect(sine).toBeCloseTo(Math.sin((degrees * Math.PI) / 180), 14);
  }
  expect(cosineSine(0)).toEqual([1, 0]);
  expect(cosineSine(-180)[0]).toBe(-1);
});
