import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { energy, findInteractions } from "../interactions/index.ts";
import { type EamFile, parseModel } from "../models/index.ts";
import { createBox, type System } from "../space/index.ts";
import { doubtsOfFit } from "./fit.ts";

/** A cubic lattice of both species; shaken, where forces are wanted. */
function lattice(spacing: number, shake = 0): System {
  const along = 6;
  const edge = along * spacing;
  const count = along ** 3;
  const positions = Float64Array.from({ length: 3 * count }, (_, k) => {
    const p = Math.floor(k / 3);
    return spacing * (Math.floor(p / along ** (k % 3)) % along) + shake * Math.sin(k * k);
  });
  const box = createBox(3, [edge, 0, 0, 0, edge, 0, 0, 0, edge]);
  return { box, positions, species: Int32Array.from({ length: count }, (_, p) => p % 2) };
}

const doubtsAt = (spacing: number, change: (metal: EamFile) => Partial<EamFile>, shake = 0) => {
  const metal = artificialMetal();
  const { glass: _, ...definition } = metalDefinition({ ...metal, ...change(metal) });
  return doubtsOfFit(lattice(spacing, shake), parseModel(definition));
};

test("nothing is doubtful of a metal as it is", () => {
  expect(doubtsAt(0.95, () => ({}))).toEqual([]);
  expect(doubtsAt(0.95, () => ({}), 0.02)).toEqual([]);
});

test("atoms denser than the table of F", () => {
  const [doubt, ...others] = doubtsAt(0.95, ({ embedding }) => ({
    embedding: embedding.map((rows) => rows.slice(0, 40)),
  }));
  expect(doubt).toMatch(
    /216 particles, 0 the first, are denser than their table of F, which ends at ρ = 1\.95 /,
  );
  expect(others).toEqual([]);
});

test("negative densities", () => {
  const [doubt] = doubtsAt(0.95, ({ density }) => ({ density: density.map((rows) => rows.map((f) => -f)) }));
  expect(doubt).toMatch(/216 particles, 0 the first, are of negative density/);
});

test("densities near 0 of a square root, not of a smooth function", () => {
  const root = Array.from({ length: 1501 }, (_, k) => -Math.sqrt(k * 0.05));
  const doubts = doubtsAt(2.1, ({ embedding }) => ({ embedding: [root, embedding[1]] }));
  expect(doubts).toEqual([
    expect.stringMatching(/108 particles, 0 the first, are of a density within the first rows of F/),
  ]);
});

test("rows with a kink: how far LAMMPS's splines are off, and what has them", () => {
  const kinked = (rows: readonly number[]) => rows.map((value, k) => value + 0.02 * Math.max(0, 950 - k));
  const [doubt, ...others] = doubtsAt(0.95, ({ pair }) => ({ pair: pair.map(kinked) }), 0.02);
  expect(doubt).toMatch(/^rows of the potential file are few or have kinks: forces differ .* by up to /);
  expect(doubt).toContain('"interpolation": "lammps"');
  expect(others).toEqual([]);
});

test("another gauge of LAMMPS's splines is the same energy", () => {
  const { glass: _, ...definition } = metalDefinition(artificialMetal());
  const energyOf = (more: object) => {
    const model = parseModel({ ...definition, interpolation: "lammps", ...more });
    return energy(findInteractions(lattice(0.95, 0.02), model));
  };
  const own = energyOf({});
  expect(Math.abs(energyOf({ gauge: { A: 8, B: 12 } }) / own - 1)).toBeLessThan(1e-12);
});
