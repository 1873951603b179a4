import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { minimumOf } from "../minimum/index.ts";
import { elasticConstants, normalModes } from "../response/index.ts";
import { minimumImage, volume } from "../space/index.ts";
import { cellVolumes } from "./cells.ts";
import { indicators } from "./index.ts";
import { localModuli } from "./local-modulus.ts";
import { charge } from "./topological-charge.ts";

const valuesOf = (name: string, minimum: ReturnType<typeof minimumOf>, modes?: number) =>
  indicators.get(name).run(minimum, modes === undefined ? {} : { modes }, {})[0].values;

describe.each(["2dipl_400", "3dipl_400", "3dkablj_400"] as const)("%s", (name) => {
  const { system, model } = readReference(name);
  const minimum = minimumOf(system, model);

  test("local moduli, by their cells' volumes, sum to that of the glass", () => {
    const volumes = cellVolumes(minimum);
    const sum = localModuli(minimum).reduce((total, g, p) => total + g * volumes[p], 0);
    expect(sum / volume(system.box) / elasticConstants(minimum).shearModulus).toBeCloseTo(1, 10);
  });

  test("lte-squared are the squares of lte", () => {
    const [e, squares] = ["lte", "lte-squared"].map((which) => valuesOf(which, minimum));
    expect(squares).toEqual(e.map((x) => x * x));
  });
});

describe("defects", () => {
  const arms = [
    [1, 0.2],
    [-0.6, 0.9],
    [-0.3, -1],
  ];

  test("in 2D: a saddle, a source, a vortex, none", () => {
    const of = (field: (x: number, y: number) => number[]) => charge(arms.map(([x, y]) => field(x, y)));
    expect(of((x, y) => [x, -y])).toBe(-1);
    expect(of((x, y) => [x, y])).toBe(1);
    expect(of((x, y) => [-y, x])).toBe(1);
    expect(of((x, y) => [1 + 0.1 * x, 0.1 * y])).toBe(0);
  });

  test("in 3D the sign of the Jacobian where the field vanishes", () => {
    const corners = [
      [1, 1, 1],
      [1, -1, -1],
      [-1, 1, -1],
      [-1, -1, 1],
    ];
    const of = (signs: readonly number[]) =>
      charge(corners.map((x) => x.map((component, a) => component * signs[a])));
    const whole = of([1, 1, 1]);
    expect(Math.abs(whole)).toBe(1);
    expect(of([1, 1, -1])).toBe(-whole);
    expect(of([-1, -1, 1])).toBe(whole);
    expect(charge(corners.map((x) => x.map((component, a) => component + (a === 0 ? 4 : 0))))).toBe(0);
  });

  test("winding numbers of the lowest modes of a glass sum to 0 over a periodic box", () => {
    const { system, model } = readReference("2dipl_400");
    const minimum = minimumOf(system, model);
    const { vectors } = normalModes(minimum, { count: 3 });
    const values = valuesOf("topological-charge", minimum, 3);
    // every triangle is met at its three particles
    const negative = values.reduce((sum, x) => sum + x, 0) / 3;
    expect(Number.isInteger(Math.round(1e9 * negative) / 1e9)).toBe(true);
    expect(negative).toBeGreaterThan(0);
    expect(vectors.length).toBe(3 * 800);
  });
});

test.each(["thermal-modes", "lte-squared", "debye-waller", "pseudo-harmonic", "cubic-modes"])(
  "on the brink of an instability %s is largest where it will happen",
  (name) => {
    const { system, model } = readReference("2dipl_1600_sheared_soft");
    const minimum = minimumOf(system, model);
    const { vectors } = normalModes(minimum, { count: 1 });
    const place = peak(
      Float64Array.from({ length: 1600 }, (_, p) => Math.hypot(vectors[2 * p], vectors[2 * p + 1])),
    );
    const [{ sites, values }] = indicators.get(name).run(minimum, {}, {});
    const softest = sites.members[0][peak(values)];
    const away = system.positions
      .slice(2 * softest, 2 * softest + 2)
      .map((x, a) => x - system.positions[2 * place + a]);
    expect(Math.hypot(...minimumImage(system.box, away))).toBeLessThan(3);
  },
);

function peak(values: Float64Array): number {
  return values.reduce((best, x, k) => (x > values[best] ? k : best), 0);
}
