import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../../test/eam.ts";
import { modelToJson, parseModel, preset, withLammpsSplines } from "../index.ts";
import { jet } from "../jet.ts";
import { evaluateTable } from "../table.ts";
import { lammpsDensity, lammpsEmbedding, lammpsPair } from "./lammps-spline.ts";

const at = (table: Parameters<typeof evaluateTable>[0], x: number) => {
  evaluateTable(table, x);
  return { value: jet.d0, slope: jet.d1, second: jet.d2 };
};

describe("the cubic splines of LAMMPS", () => {
  const spacing = 0.01;
  const rows = Array.from({ length: 400 }, (_, k) => Math.sin(3 * k * spacing) + Number(k === 200));

  test("rows are met; slopes there are differences over five rows; φ″ jumps", () => {
    const table = lammpsDensity(rows, spacing, 3.99);
    for (const k of [2, 57, 199, 200, 201, 396]) {
      const here = at(table, k * spacing * (1 + 1e-15));
      expect(here.value).toBeCloseTo(rows[k], 12);
      const slope = (rows[k - 2] - rows[k + 2] + 8 * (rows[k + 1] - rows[k - 1])) / (12 * spacing);
      expect(here.slope).toBeCloseTo(slope, 9);
    }
    const [below, above] = [at(table, 1.99 - 1e-9), at(table, 1.99 + 1e-9)];
    expect(Math.abs(above.slope - below.slope)).toBeLessThan(1e-3);
    expect(Math.abs(above.second - below.second)).toBeGreaterThan(1000);
  });

  test("beyond the last row a straight line, of F for ever, of f to the cutoff", () => {
    const end = 399 * spacing;
    const slope = (rows[399] - rows[398]) / spacing;
    for (const table of [lammpsEmbedding(rows, spacing), lammpsDensity(rows, spacing, end + 0.02)]) {
      const { value, slope: found } = at(table, end + 0.017);
      expect(found).toBeCloseTo(slope, 9);
      expect(value).toBeCloseTo(rows[399] + 0.017 * slope, 10);
    }
  });

  test("φ is the spline of r·φ over r", () => {
    const [product, pair] = [lammpsDensity(rows, spacing, 3.99), lammpsPair(rows, spacing, 3.99)];
    for (const r of [0.513, 1.2345, 2.004, 3.71]) {
      const { value, slope } = at(product, r);
      const phi = at(pair, r);
      expect(Math.abs(phi.value / (value / r) - 1)).toBeLessThan(1e-10);
      expect(Math.abs(phi.slope - (slope / r - value / (r * r)))).toBeLessThan(1e-8 * Math.abs(slope));
    }
  });
});

test("a model of them, and what has none", () => {
  const model = parseModel(metalDefinition(artificialMetal()));
  const theirs = withLammpsSplines(model)!;
  expect(modelToJson(theirs)).toMatchObject({ form: "eam", interpolation: "lammps" });
  expect(theirs.notes).toEqual([expect.stringContaining("cubic splines of LAMMPS")]);
  expect(withLammpsSplines(theirs)).toBeUndefined();
  expect(withLammpsSplines(preset("2dipl"))).toBeUndefined();
  expect(() => parseModel({ ...modelToJson(theirs), every: 2 })).toThrow(
    'every: does not go with "interpolation"',
  );
});
