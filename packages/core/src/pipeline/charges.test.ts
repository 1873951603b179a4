import { describe, expect, test } from "vitest";
import { differenceHessianRow } from "../../test/oracles/differences.ts";
import { makeGlass } from "../deform/index.ts";
import { ForceField, minimize } from "../dynamics/index.ts";
import { localYield } from "../excitations/index.ts";
import { extxyzText, frameOfSystem, readSnapshot, toSystem } from "../formats/index.ts";
import { energy, findInteractions, gradient, hessian } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { toDense } from "../sparse/index.ts";
import { doubtsOfFit } from "./index.ts";

const definition = {
  name: "salt",
  dimension: 3,
  species: ["P", "M"],
  form: "sum",
  terms: [
    { form: "inverse-power-law", lambda: 1, exponent: 9, cutoff: 2, smoothing: 3 },
    { form: "coulomb", damping: 0.5, cutoff: 2.6, smoothing: "force-shifted", charges: { P: 1, M: -1 } },
  ],
  glass: {
    density: 0.6,
    fractions: [0.5, 0.5],
    liquidTemperature: 0.5,
    annealTemperature: 0.1,
    glassTransition: 0.12,
    annealTime: 2,
  },
};
const [core, coulomb] = definition.terms;
const bySpecies = parseModel(definition);
const { glass: _, ...bare } = definition;
const fromFile = parseModel({ ...bare, terms: [core, { ...coulomb, charges: "file" }] });
const { system: glass } = makeGlass({
  model: bySpecies,
  particles: 150,
  seed: 1,
  protocol: { liquidTime: 2 },
});
const alike = { ...glass, charges: Float64Array.from(glass.species, (s) => (s === 0 ? 1 : -1)) };
const own = alike.charges.map((q, p) => q * (1 + 0.2 * Math.sin(p * p)));
const mean = own.reduce((sum, q) => sum + q / 150, 0);
const different = { ...glass, charges: own.map((q) => q - mean) };

describe("charges of the configuration", () => {
  test("those of the species, particle by particle: the same energy, gradient and E", () => {
    const [a, b] = [findInteractions(glass, bySpecies), findInteractions(alike, fromFile)];
    expect(Math.abs(energy(b) / energy(a) - 1)).toBeLessThan(1e-12);
    gradient(a).forEach((g, k) => {
      expect(Math.abs(gradient(b)[k] - g)).toBeLessThan(1e-11);
    });
    const [mine, theirs] = [
      localThermalEnergy(minimumOf(alike, fromFile)),
      localThermalEnergy(minimumOf(glass, bySpecies)),
    ];
    const off = mine.energies[0].lte.map((e, m) => Math.abs(e - theirs.energies[0].lte[m]));
    expect(Math.max(...off)).toBeLessThan(1e-8);
  });

  test("a core of the glass keeps the charges of its particles", () => {
    const [a, b] = [minimumOf(glass, bySpecies), minimumOf(alike, fromFile)].map((minimum) => {
      const options = { radius: 2, shell: "frozen", tolerance: 1e-2 } as const;
      return localYield(minimum, [0, 0, 0], [{}], options)[0];
    });
    expect(b.status).toBe(a.status);
    expect(b.strain / a.strain).toBeCloseTo(1, 9);
    expect(b.rise / a.rise).toBeCloseTo(1, 9);
  });

  const field = ForceField.create(different, fromFile);
  minimize(field);
  const still = field.system();

  test("different ones go with their particles: forces of the dynamics, Hessian by differences, Σ E = Nd − d", () => {
    const interactions = findInteractions(still, fromFile);
    field.gradient().forEach((g, k) => {
      expect(Math.abs(g - gradient(interactions)[k])).toBeLessThan(1e-10);
    });
    const dense = toDense(hessian(interactions));
    for (const k of [0, 100, 449]) {
      const row = differenceHessianRow(still, fromFile, k, 1e-5);
      const off = row.map((h, l) => Math.abs(h - dense[k * 450 + l]));
      expect(Math.max(...off)).toBeLessThan(1e-6);
    }
    const { energies } = localThermalEnergy(minimumOf(still, fromFile));
    const sum = energies.reduce((all, { lte }) => all + lte.reduce((a, b) => a + b, 0), 0);
    expect(Math.abs(sum - 447)).toBeLessThan(1e-8);
  });

  test("they are written and read back", () => {
    const text = [...extxyzText(frameOfSystem(still, fromFile))].join("");
    const back = toSystem(readSnapshot(text), fromFile).system;
    expect(back.charges).toEqual(still.charges);
    const named = text.replace(":q:R:1", ":initial_charges:R:1");
    expect(toSystem(readSnapshot(named), fromFile).system.charges).toEqual(still.charges);
  });

  test("what is missing or wrong is said, with the way out", () => {
    const text = [...extxyzText(frameOfSystem(glass, bySpecies))].join("");
    expect(() => toSystem(readSnapshot(text, { source: "salt.xyz" }), fromFile)).toThrow(
      /salt\.xyz: model salt takes the charges of the configuration, which has no column q or charge: add one/,
    );
    expect(() => findInteractions(glass, fromFile)).toThrow(/give it a column q or charge/);
    expect(() => ForceField.create(glass, fromFile)).toThrow(/give it a column q or charge/);
    expect(() => makeGlass({ model: fromFile, particles: 100, seed: 1 })).toThrow(/glass/);
    expect(doubtsOfFit(different, fromFile)).toEqual([]);
    expect(doubtsOfFit({ ...glass, charges: own }, fromFile).join()).toMatch(
      /the charges do not sum to zero: .* correct the file's column of charges/,
    );
    const unlike = { ...glass, species: glass.species.map((s, p) => (p < 10 ? 0 : s)) };
    expect(doubtsOfFit(unlike, bySpecies).join()).toMatch(/do not sum to zero: .* check species/);
    expect(() => parseModel({ ...bare, terms: [core, coulomb, { ...coulomb, charges: "file" }] })).toThrow(
      /terms: one term has its charges from the file, another by species/,
    );
  });
});
