import { describe, expect, test } from "vitest";
import { findInteractions, gradient, stress } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { observeGlass } from "../response/index.ts";
import { crystal, crystalDimension, crystalNames, volume } from "../space/index.ts";
import { crystalAtRest } from "./index.ts";

const argon = preset("3dkablj");

describe("lattices", () => {
  const neighbours = { diamond: 4, fcc: 12, bcc: 8, sc: 6, hexagonal: 6, square: 4 };

  test.each(crystalNames)("%s: its density, its number of nearest neighbours", (name) => {
    const d = crystalDimension(name);
    const { box, positions, species } = crystal(name, 3, 0.7);
    expect(species.length / volume(box)).toBeCloseTo(0.7, 12);
    const distances = (i: number) =>
      Array.from(species, (_, j) => {
        let sum = 0;
        for (let a = 0; a < d; a++) {
          const edge = box.vectors[a * (d + 1)];
          const x = positions[j * d + a] - positions[i * d + a];
          sum += (x - edge * Math.round(x / edge)) ** 2;
        }
        return Math.sqrt(sum);
      }).filter((r) => r > 0);
    const nearest = Math.min(...distances(0));
    for (const i of [0, species.length - 1])
      expect(distances(i).filter((r) => r < nearest * (1 + 1e-9))).toHaveLength(neighbours[name]);
  });

  test.each([
    [0, 1, /whole number of cells along an edge, got 0/],
    [1.5, 1, /got 1.5/],
    [2, -1, /density must be positive, got -1/],
    [2, Number.NaN, /got NaN/],
  ])("%d cells at density %d are refused", (cells, density, message) => {
    expect(() => crystal("fcc", cells, density)).toThrow(message);
  });
});

describe("a crystal at rest", () => {
  test("has no pressure and no forces; of a pair potential, cubic, Cauchy's c12 = c44", () => {
    const system = crystalAtRest(argon, "fcc", { cells: 3 });
    const interactions = findInteractions(system, argon);
    for (const entry of stress(interactions, system.box)) expect(Math.abs(entry)).toBeLessThan(1e-11);
    for (const force of gradient(interactions)) expect(Math.abs(force)).toBeLessThan(1e-11);
    const { matrix } = observeGlass(minimumOf(system, argon)).elastic;
    expect(matrix[1] / matrix[21]).toBeCloseTo(1, 10);
  });

  test.each([
    { form: "lennard-jones", lambda: 1.3, cutoff: 2.5 },
    { form: "morse", lambda: 1, steepness: 5, minimum: 1.2, cutoff: 2 },
    { form: "buckingham", A: 1000, rho: 0.1, C: 0.05, cutoff: 2, smoothing: "force-shifted" },
  ])("finds its density by itself where the model has no glass: %j", (form) => {
    const model = parseModel({ name: "m", species: ["A"], ...form });
    for (const lattice of ["fcc", "hexagonal"] as const) {
      const system = crystalAtRest(model, lattice, { cells: 4 });
      const sigma = stress(findInteractions(system, model), system.box);
      for (const entry of sigma) expect(Math.abs(entry)).toBeLessThan(1e-10);
    }
  });

  test("has no such density where nothing attracts", () => {
    const model = parseModel({ name: "m", species: ["A"], form: "harmonic", lambda: 1 });
    expect(() => crystalAtRest(model, "fcc", { cells: 3 })).toThrow(
      /A and A of "m" do not attract each other.*give a density/,
    );
  });

  test("is hexagonal and so isotropic in 2D, at the density that is asked for: c66 = (c11 − c12)/2", () => {
    const model = preset("2dipl");
    const system = crystalAtRest(model, "hexagonal", { cells: 8, density: 0.86 });
    expect(128 / volume(system.box)).toBeCloseTo(0.86, 12);
    const { matrix, affine } = observeGlass(minimumOf(system, model)).elastic;
    expect((matrix[0] - matrix[1]) / 2 / matrix[8]).toBeCloseTo(1, 10);
    // every site is a centre of inversion: nothing moves but with the box
    for (let k = 0; k < 9; k++) expect(Math.abs(matrix[k] - affine[k])).toBeLessThan(1e-9);
  });

  test("of either species of a model", () => {
    const lengths = [0, 1].map(
      (species) => crystalAtRest(argon, "fcc", { cells: 3, species }).box.vectors[0],
    );
    expect(lengths[1] / lengths[0]).toBeCloseTo(0.88, 9);
  });

  test.each([
    ["3dipl", "fcc", {}, /vanishes at no density from 0\.41 to 1\.64: give a density/],
    ["2dipl", "fcc", {}, /the lattice fcc is 3D, the model "2dipl" 2D/],
    ["3dkablj", "fcc", { species: 2 }, /has no species 2/],
  ] as const)("%s %s %j is refused", (name, lattice, options, message) => {
    expect(() => crystalAtRest(preset(name), lattice, { cells: 2, ...options })).toThrow(message);
  });
});
