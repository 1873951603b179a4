import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { readSnapshot, toSystem } from "../formats/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { createBox, crystal, type System } from "../space/index.ts";
import { doubtsOfFit, speciesExchange } from "./fit.ts";

const scaled = ({ box, positions, ...rest }: System, factor: number): System => ({
  ...rest,
  box: createBox(
    box.dimension,
    box.vectors.map((x) => x * factor),
  ),
  positions: positions.map((x) => x * factor),
});

test.each(["2dipl_400", "3dipl_400", "3dkablj_400"] as const)("nothing is doubtful of %s", (name) => {
  const { system, model } = readReference(name);
  expect(doubtsOfFit(system, model)).toEqual([]);
});

test("exchanged types of Kob and Andersen's mixture are seen, another composition is said", () => {
  const { system, model } = readReference("3dkablj_400");
  const exchanged = { ...system, species: system.species.map((s) => 1 - s) };
  expect(doubtsOfFit(exchanged, model)).toEqual([
    "the composition is 20 % A, 80 % B; the model's glasses are 80 % A, 20 % B. Are the types exchanged? A map by " +
      "--species that says so, from the file's names or types, puts them right",
  ]);
  const half = { ...system, species: system.species.map((_, a) => a % 2) };
  expect(doubtsOfFit(half, model)).toEqual([
    "the composition is 50 % A, 50 % B; the model's glasses are 80 % A, 20 % B",
  ]);
});

test("silicon in Å: the density says by how much lengths are off", () => {
  const file = new URL("../../test/cases/03-minimize-nothing-interacts/si-angstrom.extxyz", import.meta.url);
  const { system } = toSystem(readSnapshot(readFileSync(file)), preset("sw-silicon"));
  const [doubt] = doubtsOfFit(system, preset("sw-silicon"));
  expect(doubt).toContain("with lengths multiplied by 0.477 it would be the same"); // 1/2.0951
  expect(doubt).toContain("--model sw-silicon-metal is the same potential in Å and eV");
  expect(doubtsOfFit(system, preset("sw-silicon-metal"))).toEqual([]);
});

test("a glass in too large a unit of length overlaps hopelessly, random positions and soft discs do not", () => {
  const { system, model } = readReference("3dipl_400");
  expect(() => doubtsOfFit(scaled(system, 0.4), model)).toThrow("they overlap hopelessly");
  expect(() => doubtsOfFit(scaled(system, 0.4), model)).toThrow("by 2.5 its density would be");
  let state = 1;
  const random = {
    ...system,
    positions: system.positions.map(() => {
      state = (state * 48271) % 0x7fffffff;
      return (state / 0x7fffffff) * system.box.vectors[0];
    }),
  };
  expect(doubtsOfFit(random, model)).toEqual([]);
  const discs = parseModel({ name: "soft", species: ["A"], form: "harmonic", lambda: 1 });
  expect(doubtsOfFit(scaled({ ...system, species: new Int32Array(400) }, 0.4), discs)).toEqual([]);
});

test("a potential that reaches hundreds of neighbours is doubted", () => {
  const lj = parseModel({ name: "lj", species: ["A"], form: "lennard-jones", lambda: 1, cutoff: 8 });
  const system = crystal("fcc", 6, 1);
  expect(doubtsOfFit(system, lj)).toEqual([
    "each particle has some 2100 others within the potential's reach of 8: is the file's unit of length the model's?",
  ]);
});

test.each(["2dipl_400", "3dkablj_400"] as const)(
  "%s with its species exchanged is known by its forces",
  (name) => {
    const { system, model } = readReference(name);
    expect(speciesExchange(system, model)).toBeUndefined();
    const found = speciesExchange({ ...system, species: system.species.map((s) => 1 - s) }, model)!;
    expect(found.to).toEqual([1, 0]);
    expect(found.exchanged).toBeLessThan(1e-10);
    expect(found.residual).toBeGreaterThan(1);
  },
);

test("a liquid is nearly a minimum by no exchange", () => {
  const { system, model } = readReference("2dipl_400");
  const shaken = { ...system, positions: system.positions.map((x, k) => x + 0.2 * Math.sin(7 * k)) };
  expect(speciesExchange(shaken, model)).toBeUndefined();
});
