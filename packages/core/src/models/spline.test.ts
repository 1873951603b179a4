import fc from "fast-check";
import { expect, test } from "vitest";
import { lennardJonesColumns } from "../../test/pairmodels.ts";
import { coarsenessWarning, parseTableColumns, tableCoarseness, tableFromColumns } from "./columns.ts";
import {
  COEFFICIENT_STRIDE,
  Coefficient,
  evaluatePairs,
  type PairModel,
  pairCutoff,
  parseModel,
} from "./index.ts";
import { jet } from "./jet.ts";
import { interpolatingSpline } from "./spline.ts";
import { evaluateTable } from "./table.ts";
import type { PotentialTable } from "./types.ts";

const degrees = [5, 7] as const;
const place = { file: "m.json", field: "tables" };

function jetAt(table: PotentialTable, x: number): number[] {
  evaluateTable(table, x);
  return [jet.d0, jet.d1, jet.d2, jet.d3];
}

test.each(degrees)(
  "degree %i: polynomials of that degree are reproduced, with their derivatives",
  (degree) => {
    const coefficients = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: degree + 1,
      maxLength: degree + 1,
    });
    fc.assert(
      fc.property(
        coefficients,
        fc.integer({ min: degree + 1, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (c, rows, where) => {
          const derivative = (f: number[]) => f.slice(1).map((value, k) => value * (k + 1));
          const value = (f: number[], x: number) =>
            f.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
          const spacing = 2 / (rows - 1);
          const table = interpolatingSpline(
            { rMin: -1, spacing },
            Array.from({ length: rows }, (_, k) => value(c, -1 + k * spacing)),
            degree,
          );
          const x = -1 + 2 * where;
          let f = c;
          jetAt(table, x).forEach((computed, k) => {
            expect(Math.abs(computed - value(f, x))).toBeLessThan(1e-11 / spacing ** k);
            f = derivative(f);
          });
        },
      ),
      { seed: 5 },
    );
  },
);

test.each(degrees)(
  "degree %i: neighbouring polynomials join with degree − 1 derivatives, through every row",
  (degree) => {
    const { r, phi } = lennardJonesColumns(0.8, 2.5, 60);
    const { polynomials } = tableFromColumns({ r, phi }, degree, place);
    const width = degree + 1;
    for (let k = 0; k + 1 < r.length; k++) {
      const local = polynomials.subarray(k * width, (k + 1) * width);
      expect(Math.abs(local[0] - phi[k])).toBeLessThan(1e-12 * Math.max(1, Math.abs(phi[k])));
      const size = local.reduce((sum, c) => sum + Math.abs(c), 0);
      for (let order = 0; order < degree; order++) {
        const next = k + 2 < r.length ? polynomials[(k + 1) * width + order] : undefined;
        if (next === undefined && order > 0) continue;
        let end = 0;
        let choose = 1;
        for (let l = order; l <= degree; l++) {
          end += choose * local[l];
          choose = (choose * (l + 1)) / (l + 1 - order);
        }
        expect(Math.abs(end - (next ?? phi[k + 1]))).toBeLessThan(1e-10 * size);
      }
    }
  },
);

test.each(degrees)("degree %i: the error of φ‴ falls as spacing^{degree − 2}", (degree) => {
  const error = (rows: number) => {
    const spacing = 3 / (rows - 1);
    const phi = Array.from({ length: rows }, (_, k) => Math.sin(4 * (1 + k * spacing)));
    const table = interpolatingSpline({ rMin: 1, spacing }, phi, degree);
    let largest = 0;
    for (let x = 1.7; x < 3.3; x += 0.00317) {
      largest = Math.max(largest, Math.abs(jetAt(table, x)[3] + 64 * Math.cos(4 * x)));
    }
    return largest;
  };
  const rate = Math.log2(error(61) / error(121));
  expect(Math.abs(rate - (degree - 2))).toBeLessThan(0.35);
});

test("a fine table passes; a coarse one and one of few digits are told, with what halving changes", () => {
  const warning = (columns: { r: number[]; phi: number[] }) => {
    const table = tableFromColumns(columns, 7, place);
    return coarsenessWarning(table, tableCoarseness(table, columns.phi), "tables");
  };
  expect(warning(lennardJonesColumns(0.8, 2.5, 171))).toBeUndefined();
  expect(warning(lennardJonesColumns(0.8, 2.5, 172))).toBeUndefined();
  expect(warning(lennardJonesColumns(0.8, 2.5, 31))).toMatch(
    /^tables: too coarse .* below r = \d\.\d+: .* by more than 1 % \(by \d+ % near r = \d/,
  );
  const { r, phi } = lennardJonesColumns(0.8, 2.5, 171);
  expect(warning({ r, phi: phi.map((value) => Number(value.toPrecision(6))) })).toMatch(
    /of too few digits.* below r = 2\.5:/,
  );
});

test("a core that no pair reaches is told, but does not spoil the judgement of what lies beyond it", () => {
  const columns = lennardJonesColumns(0.05, 2.5, 246);
  const table = tableFromColumns(columns, 7, place);
  const { fineFrom } = tableCoarseness(table, columns.phi);
  expect(fineFrom).toBeGreaterThan(0.3);
  expect(fineFrom).toBeLessThan(0.8);
  for (const x of [0.85, 1, 1.7]) {
    const exact = 4 * (-12 * 13 * 14 * x ** -15 + 6 * 7 * 8 * x ** -9);
    expect(Math.abs(jetAt(table, x)[3] / exact - 1)).toBeLessThan(1e-5);
  }
});

test("what halving changes is measured, not guessed", () => {
  const { r, phi } = lennardJonesColumns(0.8, 2.5, 171);
  const every = <T>(_: T, k: number) => k % 2 === 0;
  const table = tableFromColumns({ r, phi }, 7, place);
  const half = tableFromColumns({ r: r.filter(every), phi: phi.filter(every) }, 7, place);
  const { change, at, fineFrom } = tableCoarseness(table, phi);
  const nearby = [-0.75, -0.25, 0.25, 0.75].map((t) => at + t * table.spacing);
  const changes = nearby.map((x) => Math.abs(jetAt(table, x)[3] - jetAt(half, x)[3]));
  const sizes = nearby.map((x) => {
    const [, first, second, third] = jetAt(table, x) as [number, number, number, number];
    return Math.abs(third) + 3 * Math.abs(second / x) + 3 * Math.abs(first / x ** 2);
  });
  expect(change / (Math.max(...changes) / Math.max(...sizes))).toBeCloseTo(1, 9);
  expect(fineFrom).toBe(0.8);
});

test("the judgement of a table that fades out does not depend on the unit of energy", () => {
  const r = Array.from({ length: 201 }, (_, k) => 1 + 0.01 * k);
  const judge = (unit: number) => {
    const phi = r.map((x) => (x < 2 ? unit * Math.exp(-1 / (2 - x)) : 0));
    return tableCoarseness(tableFromColumns({ r, phi }, 7, place), phi);
  };
  const [small, large] = [judge(1e-4), judge(1e4)];
  expect(large.fineFrom).toBe(small.fineFrom);
  expect(large.change / small.change).toBeCloseTo(1, 6);
});

test("a table of the fewest rows is judged from its first row", () => {
  const { r, phi } = lennardJonesColumns(0.8, 2.5, 16);
  const table = tableFromColumns({ r, phi }, 7, place);
  expect(tableCoarseness(table, phi).fineFrom).toBeCloseTo(0.8 + 14 * table.spacing, 12);
});

test("each pair of three species has its own table", () => {
  const species = ["A", "B", "C"];
  const pairs = ["A A", "A B", "A C", "B B", "B C", "C C"];
  const tables = Object.fromEntries(
    pairs.map((pair, k) => [pair, lennardJonesColumns(0.8, 2 + 0.1 * k, 99)]),
  );
  const model = parseModel({ name: "t", species, form: "table", tables });
  const cutoffs = [0, 1, 2].map((s) => [0, 1, 2].map((t) => Math.round(10 * pairCutoff(model, s, t))));
  expect(cutoffs).toEqual([
    [20, 21, 22],
    [21, 23, 24],
    [22, 24, 25],
  ]);
  const parameters = [0, 1, 2].map((s) =>
    [0, 1, 2].map((t) => model.coefficients[(3 * s + t) * COEFFICIENT_STRIDE + Coefficient.Parameters]),
  );
  expect(parameters).toEqual([
    [0, 1, 2],
    [1, 3, 4],
    [2, 4, 5],
  ]);
});

test("a table of Lennard-Jones gives the model itself", () => {
  const shared = { species: ["A"], cutoff: 2.2, lambda: 1.1, epsilon: 2 };
  const table = parseModel({
    ...shared,
    name: "t",
    form: "table",
    tables: { "A A": lennardJonesColumns(0.8, 2.5, 681) },
  });
  const exact = parseModel({ ...shared, name: "e", form: "lennard-jones" });
  expect(table.warnings).toEqual([]);
  const evaluate = (model: PairModel) => {
    const r = Float64Array.from({ length: 100 }, (_, k) => 1 + 0.014 * k);
    const zeros = () => new Float64Array(r.length);
    const out = {
      i: new Int32Array(r.length),
      j: new Int32Array(r.length),
      r,
      phi0: zeros(),
      phi1: zeros(),
      phi2: zeros(),
      phi3: zeros(),
    };
    evaluatePairs(model, { species: new Int32Array(1) }, out);
    return [out.phi0, out.phi1, out.phi2, out.phi3];
  };
  const expected = evaluate(exact);
  evaluate(table).forEach((values, k) => {
    values.forEach((value, l) => {
      const tolerance = [1e-10, 1e-9, 1e-7, 1e-5][k] * Math.abs(expected[k][0]);
      expect(Math.abs(value - expected[k][l])).toBeLessThan(tolerance);
    });
  });
});

test("property: a table ends with its last row, however its spacing rounds", () => {
  const grid = fc.record({
    from: fc.double({ min: 0.7, max: 1, noNaN: true }),
    to: fc.double({ min: 2, max: 4, noNaN: true }),
    rows: fc.integer({ min: 60, max: 200 }),
  });
  fc.assert(
    fc.property(grid, ({ from, to, rows }) => {
      const columns = lennardJonesColumns(from, to, rows);
      const model = parseModel({ name: "t", species: ["A"], form: "table", tables: { "A A": columns } });
      const cutoff = pairCutoff(model, 0, 0);
      expect(Math.abs(cutoff - to)).toBeLessThan(1e-14 * to);
      const c = Array.from(model.coefficients.subarray(Coefficient.Smoothing, Coefficient.Smoothing + 4));
      const smoothing = c.reduceRight((sum, value) => sum * cutoff * cutoff + value, 0);
      expect(Math.abs(columns.phi[rows - 1] + smoothing)).toBeLessThan(1e-13);
    }),
    { seed: 17, numRuns: 300 },
  );
});

test("columns may stand in a file, and the model then holds them itself", () => {
  const text = "# reduced Lennard-Jones\n0.8\t-1, extra\n\n0.9,-2 # note\n";
  expect(parseTableColumns(text, "lj.dat")).toEqual({ r: [0.8, 0.9], phi: [-1, -2] });
  const definition = { name: "t", species: ["A"], form: "table", tables: { "A A": { file: "lj.dat" } } };
  const model = parseModel(definition, "m.json", { "lj.dat": lennardJonesColumns(0.8, 2.5, 200) });
  expect(parseModel(model.definition).coefficients).toEqual(model.coefficients);
  expect(() => parseModel(definition, "m.json")).toThrow(
    /tables\["A A"\]: refers to the file "lj.dat", whose columns were not handed in/,
  );
});

test.each([
  ["0.8 1\n0.9\n", 2, '"0.9"'],
  ["0.8 1\n0.9 x\n", 2, '"0.9 x"'],
  ["nan 1\n", 1, '"nan 1"'],
  ["0.8 inf\n", 1, '"0.8 inf"'],
])("a malformed line of columns %j is placed", (text, line, found) => {
  expect(() => parseTableColumns(text, "lj.dat")).toThrow(
    `lj.dat, line ${line}: expected two finite numbers, r and φ, found ${found}`,
  );
});

test.each<[string, object, RegExp]>([
  [
    "too few rows",
    { tables: { "A A": lennardJonesColumns(0.8, 2.5, 15) } },
    /tables\["A A"\]: has 15 rows: a spline of degree 7/,
  ],
  ["unequal columns", { tables: { "A A": { r: [1, 2], phi: [1] } } }, /has 2 values of r and 1 of phi/],
  [
    "unequal spacing",
    { tables: { "A A": spoiled("r", 3, 0.83) } },
    /r\[3\] is 0.83 where 0.83\d+ was expected/,
  ],
  ["descending rows", { tables: { "A A": reversed() } }, /must be positive, ascending and equally spaced/],
  [
    "a missing pair",
    { species: ["A", "B"], tables: { "A A": lennardJonesColumns(0.8, 2.5, 99) } },
    /tables: the pair A–B is missing: give it$/,
  ],
  [
    "a column missing",
    { tables: { "A A": { r: [1] } } },
    /tables\["A A"\].phi: must be a list, it is missing/,
  ],
  [
    "a misspelt file",
    { tables: { "A A": { fiel: "a" } } },
    /tables\["A A"\].fiel: unknown field; did you mean "file"\?/,
  ],
  [
    "a number that is none",
    { tables: { "A A": spoiled("phi", 3, Number.NaN) } },
    /tables\["A A"\].phi\[3\]: must be a number/,
  ],
  [
    "a cutoff beyond the table",
    { cutoff: 2.6, tables: { "A A": lennardJonesColumns(0.8, 2.5, 99) } },
    /cutoff: is 2.6 for A–A, outside its table, which spans 0.8 to 2.5/,
  ],
])("a table with %s is refused", (_, change, message) => {
  expect(() => parseModel({ name: "t", species: ["A"], form: "table", ...change })).toThrow(message);
});

function spoiled(column: "r" | "phi", row: number, value: number) {
  const columns = lennardJonesColumns(0.8, 2.5, 151);
  columns[column][row] = value;
  return columns;
}

function reversed() {
  const { r, phi } = lennardJonesColumns(0.8, 2.5, 51);
  return { r: r.reverse(), phi: phi.reverse() };
}
