import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { makeGlass } from "../deform/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, withAllRows, withLammpsSplines } from "../models/index.ts";
import { localThermalEnergy, rereadEnergies } from "../response/index.ts";
import { rereadingNotes } from "./splines.ts";

const metal = artificialMetal();
/** As files have them: nine digits behind the point. */
const pair = metal.pair.map((rows) => rows.map((value) => Number(value.toFixed(9))));
const smoothed = parseModel(metalDefinition({ ...metal, pair }));
const protocol = { liquidTime: 2, annealTime: 2 };
const { system } = makeGlass({ model: smoothed, particles: 60, seed: 3, protocol });
const minimum = minimumOf(system, smoothed);
const response = localThermalEnergy(minimum);

/** √(Σ (x − y)²/Σ x²) */
function off(x: Float64Array, y: Float64Array): number {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value * value, 0);
  return Math.sqrt(sum(x.map((value, t) => value - y[t])) / sum(x));
}

test.each([
  ["all rows", withAllRows],
  ["LAMMPS's splines", withLammpsSplines],
] as const)("energies by %s, to first order, are those of a glass of that model", (_, other) => {
  const model = other(smoothed)!;
  const there = localThermalEnergy(minimumOf(system, model));
  const { energies } = rereadEnergies(minimum, model)!;
  energies.forEach(({ lte }, f) => {
    const exact = there.energies[f];
    const far = off(response.energies[f].lte, exact.lte);
    expect(far).toBeGreaterThan(1e-3);
    expect(off(lte, exact.lte)).toBeLessThan(0.02 * far);
  });
});

test("it is told over the energies' root mean square", () => {
  const notes = rereadingNotes(minimum, response);
  expect(notes).toHaveLength(2);
  expect(notes[0]).toContain('all rows as they are ("every": 1) E would differ by ');
  expect(notes[1]).toContain('("interpolation": "lammps") E would differ by ');
  const exact = localThermalEnergy(minimumOf(system, withAllRows(smoothed)!)).energies[0];
  const [bonds] = /(?<=differ by )[\d.]+/.exec(notes[0])!;
  expect(Number(bonds) / off(response.energies[0].lte, exact.lte)).toBeCloseTo(1, 1);
});

test("nothing is said where rows are taken as they are", () => {
  const exact = parseModel(metalDefinition(metal));
  expect(rereadingNotes(minimumOf(system, exact), response)).toEqual([]);
  expect([withAllRows(exact), withAllRows(withAllRows(smoothed)!)]).toEqual([undefined, undefined]);
});
