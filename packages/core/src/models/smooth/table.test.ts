import { describe, expect, test } from "vitest";
import { jet } from "../jet.ts";
import { interpolatingSpline } from "../spline.ts";
import { evaluateTable } from "../table.ts";
import { Taylor } from "../taylor.ts";
import { roundingOf } from "./digits.ts";
import { rowNoise } from "./noise.ts";
import { smoothTable } from "./table.ts";

const END = 6;
const FIRST = 0.5;

/** A core, a well and an end with five vanishing derivatives, in Taylor arithmetic. */
function potential(x: Taylor): Taylor {
  const core = x.times(-2.2).exponential().times(90);
  const well = x.times(-0.9).exponential().times(-6);
  return core.plus(well).times(
    x
      .times(-1 / END)
      .plus(1)
      .power(6),
  );
}

/** φ … φ‴ of it. */
function exactAt(r: number): [number, number, number, number] {
  const [value, slope, second, third] = potential(new Taylor([r, 1, 0, 0])).coefficients;
  return [value, slope, 2 * second, 6 * third];
}

/** Rows of a function, printed with so many decimals where they are finite. */
function rowsOf(f: (r: number) => number, spacing: number, decimals: number): number[] {
  const count = Math.round((END - FIRST) / spacing) + 1;
  return Array.from({ length: count }, (_, k) => {
    const value = f(FIRST + k * spacing);
    return Number.isFinite(decimals) ? Number(value.toFixed(decimals)) : value;
  });
}

/** Root mean square deviations of φ … φ‴ from what is exact, between 1.5 and 5. */
function deviations(table: ReturnType<typeof interpolatingSpline>, exact = exactAt): number[] {
  const points = 3000;
  const sums = [0, 0, 0, 0];
  for (let k = 0; k < points; k++) {
    const r = 1.5 + (3.5 * (k + 0.5)) / points;
    evaluateTable(table, r);
    const at = exact(r);
    [jet.d0, jet.d1, jet.d2, jet.d3].forEach((value, order) => {
      sums[order] += (value - at[order]) ** 2;
    });
  }
  return sums.map((sum) => Math.sqrt(sum / points));
}

const typicalThird = Math.sqrt(
  Array.from({ length: 700 }, (_, k) => exactAt(1.5 + k / 200)[3] ** 2).reduce((a, b) => a + b) / 700,
);

describe("rows of an analytic potential, rounded", () => {
  test.each([
    [5, 1e-3, 10],
    [5, 1e-3, 8],
    [5, 4e-4, 9],
    [5, 4e-3, 7],
    [7, 1e-3, 9],
  ] as const)(
    "degree %i, rows %f apart, %i decimals: φ‴ to 2e-3, φ within the decimals",
    (degree, spacing, decimals) => {
      const grid = { rMin: FIRST, spacing };
      const rows = rowsOf((r) => exactAt(r)[0], spacing, decimals);
      const raw = deviations(interpolatingSpline(grid, rows, degree));
      const { table, smoothing } = smoothTable(grid, rows, degree, roundingOf(rows));
      const [value, slope, , third] = deviations(table);
      // what noise of the rows was, and is said to be
      const scatter = 10 ** -decimals / Math.sqrt(12);
      expect(raw[3] / ((10.2 * scatter) / spacing ** 3)).toBeCloseTo(1, 0);
      expect(smoothing?.before).toBeGreaterThan(0.7 * raw[3]);
      expect(smoothing?.before).toBeLessThan(1.4 * raw[3]);
      expect(third).toBeLessThan(2e-3 * typicalThird);
      expect(third).toBeLessThan(0.03 * raw[3]);
      expect(value).toBeLessThan(scatter);
      expect(slope).toBeLessThan(scatter / spacing);
      expect(smoothing?.typical).toBeLessThan(1.3);
    },
  );

  test("rows of sixteen digits are taken as they are, to the bit", () => {
    const grid = { rMin: FIRST, spacing: 2e-3 };
    const rows = rowsOf((r) => exactAt(r)[0], 2e-3, Number.POSITIVE_INFINITY);
    expect(smoothTable(grid, rows, 5)).toEqual({ table: interpolatingSpline(grid, rows, 5) });
    expect(smoothTable(grid, rows.slice(0, 60), 5).smoothing).toBeUndefined();
  });

  test("a kink keeps its place: knots come near it", () => {
    const [spacing, quantum, kink] = [1e-3, 1e-10, 3.0017];
    const grid = { rMin: FIRST, spacing };
    // φ‴ jumps by 30
    const cubic = (r: number) => 5 * Math.max(0, kink - r) ** 3;
    const rows = rowsOf((r) => exactAt(r)[0] + cubic(r), spacing, 10);
    const { table } = smoothTable(grid, rows, 5, roundingOf(rows));
    for (const r of [kink - 0.05, kink + 0.05]) {
      evaluateTable(table, r);
      expect(Math.abs(jet.d0 - exactAt(r)[0] - cubic(r))).toBeLessThan(2 * quantum);
      expect(Math.abs(jet.d3 - exactAt(r)[3] + (r < kink ? 30 : 0))).toBeLessThan(0.02);
    }
    evaluateTable(table, kink);
    expect(Math.abs(jet.d0 - exactAt(kink)[0])).toBeLessThan(20 * quantum);
  });
});

describe("the scatter of rows", () => {
  test("of rounding, over orders of magnitude of the function", () => {
    const rows = rowsOf((r) => exactAt(r)[0], 1e-3, 9);
    const noise = rowNoise(rows, roundingOf(rows));
    for (let k = 200; k < rows.length - 600; k += 100) {
      expect(noise.rough(k)).toBe(true);
      expect(noise.at(k) / (1e-9 / Math.sqrt(12))).toBeGreaterThan(0.6);
      expect(noise.at(k) / (1e-9 / Math.sqrt(12))).toBeLessThan(1.3);
    }
  });

  test("decimals and significant digits are told apart", () => {
    const values = Array.from({ length: 200 }, (_, k) => 20 * Math.exp(-0.1 * k));
    const fixed = roundingOf(values.map((value) => Number(value.toFixed(7))));
    const each = roundingOf(values.map((value) => Number(value.toPrecision(8))));
    values.forEach((value, k) => {
      expect(fixed[k] * Math.sqrt(12)).toBeCloseTo(1e-7, 20);
      const quantum = 10 ** (Math.floor(Math.log10(value)) - 7);
      expect((each[k] * Math.sqrt(12)) / quantum).toBeCloseTo(1, 10);
    });
  });

  test("none is seen where rows are coarse or exact", () => {
    for (const spacing of [2e-2, 1e-3]) {
      const rows = rowsOf((r) => exactAt(r)[0], spacing, Number.POSITIVE_INFINITY);
      const noise = rowNoise(rows);
      expect(rows.some((_, k) => noise.rough(k) && noise.at(k) > 1e-14)).toBe(false);
    }
  });
});
