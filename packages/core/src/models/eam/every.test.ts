import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../../test/eam.ts";
import { describeModel, evaluatePairs, parseModel } from "../index.ts";

const metal = artificialMetal();
/** As files have them: nine digits behind the point. */
const rounded = {
  ...metal,
  pair: metal.pair.map((rows) => rows.map((value) => Number(value.toFixed(9)))),
};
const modelOf = (potential: typeof metal, every?: number) =>
  parseModel({ ...metalDefinition(potential), ...(every !== undefined && { every }) });

/** φ and φ‴ of a pair of A at distances between 0.9 and 1.9. */
function pairs(model: ReturnType<typeof modelOf>) {
  const r = Float64Array.from({ length: 200 }, (_, k) => 0.9 + k / 200);
  const [phi0, phi1, phi2, phi3] = [0, 1, 2, 3].map(() => new Float64Array(200));
  const [i, j] = [new Int32Array(200), new Int32Array(200).fill(1)];
  evaluatePairs(model, { species: Int32Array.of(0, 0) }, { i, j, r, phi0, phi1, phi2, phi3 });
  return { phi0, phi3 };
}

const apart = (a: Float64Array, b: Float64Array) => Math.max(...a.map((x, k) => Math.abs(x - b[k])));

test("rows of few digits: φ‴ is their rounding, every tenth row has the function's, smoothed rows have it better", () => {
  const exact = pairs(modelOf(metal));
  const [all, tenth, smooth] = [1, 10, undefined].map((every) => pairs(modelOf(rounded, every)));
  expect(apart(tenth.phi0, exact.phi0)).toBeLessThan(1e-8);
  expect(apart(smooth.phi0, exact.phi0)).toBeLessThan(1e-9);
  // 5e-10 over (1e-3)³ at each row, against (1e-2)³
  expect(apart(all.phi3, exact.phi3)).toBeGreaterThan(0.5);
  expect(apart(tenth.phi3, exact.phi3)).toBeLessThan(0.02);
  expect(apart(smooth.phi3, exact.phi3)).toBeLessThan(0.005);
});

test("it is told", () => {
  expect(modelOf(metal).notes).toBeUndefined();
  const [note] = modelOf(rounded).notes ?? [];
  expect(note).toMatch(/^φ: rows of few digits smoothed, a knot every \d+( to \d+)? rows/);
  expect(describeModel(modelOf(rounded))).toContain(note);
  expect(modelOf(rounded).warnings).toEqual([]);
  const [first] = modelOf(rounded, 1).warnings;
  expect(first).toContain("potential.pair of A and A: too coarse (or of too few digits)");
});

test("rows that do not divide: the last reaches the cutoff all the same", () => {
  const model = modelOf(metal, 7);
  const exact = pairs(modelOf(metal));
  expect(apart(pairs(model).phi0, exact.phi0)).toBeLessThan(1e-8);
  expect(() => modelOf(metal, 0)).toThrow("every");
});
