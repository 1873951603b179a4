import { expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { energy, findInteractions, pressureOf, stress } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { normalModes } from "../response/index.ts";
import { minimumImage, volume } from "../space/index.ts";
import { particleFeatures } from "./features.ts";

test.each([
  ["2dipl_400", "2dipl", 2],
  ["3dkablj_400", "3dkablj", 3],
] as const)("features of %s add up to what they are shares of", (file, name, d) => {
  const model = preset(name);
  const minimum = minimumOf(readReference(file).system, model);
  const { system } = minimum;
  const count = system.species.length;
  const columns = new Map(particleFeatures(minimum, { widths: [0.8] }).map((one) => [one.name, one.values]));
  const of = (column: string) => Float64Array.from(columns.get(column) ?? [], Number);
  const sum = (values: Float64Array) => values.reduce((s, x) => s + (Number.isNaN(x) ? 0 : x), 0);
  const interactions = findInteractions(system, model);
  expect(sum(of("energy")) / energy(interactions)).toBeCloseTo(1, 10);
  expect(sum(of("virial")) / (pressureOf(stress(interactions, system.box)) * volume(system.box))).toBeCloseTo(
    1,
    10,
  );
  expect(sum(of("neighbours"))).toBe(2 * minimum.interactions.families[0].sites().members[0].length);
  expect(sum(of("lte"))).toBeCloseTo(d * (count - minimum.rattlers.length - 1), 6);
  const parts = of("harmonic").map((h, p) => h + of("anharmonic")[p] - of("lte")[p]);
  expect(sum(parts.map(Math.abs))).toBeLessThan(1e-9 * count);
  const trace = of("dlte_trace").map(
    (t, p) => t - ["xx", "yy", "zz"].slice(0, d).reduce((s, a) => s + of(`dlte_${a}`)[p], 0),
  );
  expect(sum(trace.map(Math.abs))).toBeLessThan(1e-8);
  // means over Gaussians, by all pairs
  const f = of("debye_waller");
  const mean = of("debye_waller_g0.8");
  for (const p of [0, 17, 200]) {
    if (Number.isNaN(f[p])) continue;
    let [top, bottom] = [0, 0];
    for (let q = 0; q < count; q++) {
      if (Number.isNaN(f[q])) continue;
      const du = Float64Array.from(
        { length: d },
        (_, a) => system.positions[q * d + a] - system.positions[p * d + a],
      );
      const square = minimumImage(system.box, du).reduce((s, x) => s + x * x, 0);
      if (square > 2.4 * 2.4) continue;
      top += f[q] * Math.exp(-square / 1.28);
      bottom += Math.exp(-square / 1.28);
    }
    expect(mean[p]).toBeCloseTo(top / bottom, 12);
  }
});

test("anisotropies are those of the eigenvalues of M⁺_ii, from all normal modes", () => {
  const model = preset("2dipl");
  const minimum = minimumOf(readReference("2dipl_400").system, model);
  const { squares, vectors } = normalModes(minimum, { count: 798 });
  const found = particleFeatures(minimum, { widths: [] }).find(({ name }) => name === "anisotropy")?.values;
  for (const p of [0, 5, 399]) {
    const g = [0, 0, 0];
    squares.forEach((square, m) => {
      const [x, y] = vectors.subarray(m * 800 + 2 * p, m * 800 + 2 * p + 2);
      [x * x, x * y, y * y].forEach((term, k) => {
        g[k] += term / square;
      });
    });
    const half = Math.hypot((g[0] - g[2]) / 2, g[1]);
    expect(found?.[p]).toBeCloseTo((2 * half) / (g[0] + g[2]), 6);
  }
});

test("widths that do not fit the box are refused; by default those are taken that do", () => {
  const minimum = minimumOf(readReference("3dkablj_400").system, preset("3dkablj"));
  expect(() => particleFeatures(minimum, { widths: [5] })).toThrow(
    "width 5: give lengths above 0 and up to 1.",
  );
  expect(() => particleFeatures(minimum, { widths: [-1] })).toThrow("width -1");
  const names = particleFeatures(minimum).map(({ name }) => name);
  expect(names.filter((name) => name.startsWith("lte_g"))).toEqual(["lte_g1"]);
});
