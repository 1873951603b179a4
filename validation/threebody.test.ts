import {
  createBox,
  ForceField,
  localThermalEnergy,
  makeGlass,
  minimumOf,
  observeGlass,
  parseModel,
  preset,
  type System,
  shear,
} from "softfield";
import { crystalAtRest, siliconUnits } from "softfield/internal";
import { describe, expect, test } from "vitest";
import { jitteredLattice } from "../packages/core/test/reference.ts";
import { twoElements, twoElementsInLammps } from "../packages/core/test/two-element.ts";
import { needs } from "../testing/needs.ts";
import { SILICON } from "./lammps.ts";
import { type Answer, askStyle, expectAlike, largest, own } from "./styles.ts";

const silicon = preset("sw-silicon");

const diamond = crystalAtRest(silicon, "diamond", { cells: 2 });

/** The crystal under x_a += Σ_b D_ab x_b, in a box that stays triangular. */
function strained({ box, positions, species }: System, rate: readonly number[]): System {
  const moved = (x: Float64Array) =>
    x.map((value, e) =>
      [0, 1, 2].reduce((sum, b) => sum + rate[3 * (e % 3) + b] * x[e - (e % 3) + b], value),
    );
  return { box: createBox(3, moved(box.vectors)), positions: moved(positions), species };
}

describe("diamond silicon", () => {
  test("has the cohesive energy −2ε an atom, no force and no pressure at bonds of 2^(1/6) σ", () => {
    const field = ForceField.create(diamond, silicon);
    expect(diamond.box.vectors[0] / 2).toBeCloseTo((4 * 2 ** (1 / 6)) / Math.sqrt(3), 9);
    expect(field.energy / field.count).toBeCloseTo(-2, 8);
    expect(largest(field.gradient())).toBeLessThan(1e-12);
    expect(largest(field.stress())).toBeLessThan(1e-12);
  });

  // Balamane, Halicioglu & Tiller, Phys. Rev. B 46, 2250 (1992): 151.4, 76.4, 56.4 GPa
  test("has the elastic constants C11 = 151.4, C12 = 76.4, C44 = 56.4 GPa, atoms relaxed", () => {
    const gigapascals = (siliconUnits.energy * 160.21766208) / siliconUnits.length ** 3;
    const { matrix } = observeGlass(minimumOf(diamond, silicon)).elastic;
    const published = [0, 1, 2, 3, 4, 5].flatMap((row) =>
      [0, 1, 2, 3, 4, 5].map((column) => {
        if (row > 2) return row === column ? 56.4 : 0;
        return row === column ? 151.4 : column < 3 ? 76.4 : 0;
      }),
    );
    published.forEach((value, k) => {
      expect(matrix[k] * gigapascals).toBeCloseTo(value, 1);
    });
  });

  test("has local thermal energies alike by symmetry, Nd − d in all", () => {
    const { energies, sumRuleError } = localThermalEnergy(minimumOf(diamond, silicon));
    expect(sumRuleError).toBeLessThan(1e-10);
    const [pair, triple] = energies.map(({ lte: values }) => {
      expect(largest(values.map((e) => e - values[0]))).toBeLessThan(1e-8);
      return values[0];
    }) as [number, number];
    // 128 pairs and 384 triples of 64 atoms
    expect(128 * pair + 384 * triple).toBeCloseTo(189, 8);
  });
});

/** LAMMPS's own pair_style sw. */
function askSw(system: System, model = silicon, parameters = SILICON): Answer {
  return askStyle(system, {
    types: model.species.length,
    lines: ["pair_style sw", `pair_coeff * * si.sw ${model.species.join(" ")}`],
    files: { "si.sw": parameters },
  });
}

/** Energy, gradient and stress of a configuration, shaken, are the same. */
function agree(system: System, model = silicon, parameters = SILICON): void {
  const shaken = { ...system, positions: system.positions.map((x, k) => x + 0.02 * Math.sin(7 * k)) };
  expectAlike(own(shaken, model), askSw(shaken, model, parameters), undefined, 1e-10);
}

describe("LAMMPS's pair_style sw agrees", needs("lmp"), () => {
  test.each([
    ["a shaken lattice", jitteredLattice(silicon, 4, 9, 0.08)],
    [
      "a glass",
      makeGlass({ model: silicon, particles: 64, seed: 5, protocol: { liquidTime: 2, annealTime: 2 } })
        .system,
    ],
    ["a strained crystal", strained(diamond, [0.01, 0.02, 0, 0, 0, -0.01, 0, 0, 0.005])],
  ])("energy, gradient and stress of %s: 1e-10 relative", (_, system) => agree(system));

  const model = parseModel(twoElements);
  test.each([
    ["a shaken lattice", jitteredLattice(model, 4, 9, 0.08)],
    [
      "a glass",
      makeGlass({ model, particles: 64, seed: 5, protocol: { liquidTime: 2, annealTime: 2 } }).system,
    ],
  ])("and so for two elements that differ in every parameter: %s", (_, system) =>
    agree(system, model, twoElementsInLammps()),
  );

  test("the stress of a sheared glass", () => {
    const { system } = makeGlass({
      model: silicon,
      particles: 64,
      seed: 1,
      protocol: { liquidTime: 4, annealTime: 4, dt: 0.015 },
    });
    const stopped = shear(system, silicon, { events: 9, maxStrain: 0.005 });
    expect(stopped.status).toBe("max-strain");
    const { strain, stress: sigma } = stopped.path.at(-1)!;
    expect(strain).toBe(stopped.strain);
    const answer = askSw(stopped.system);
    // x += γ·y: σ_xy
    expect(Math.abs(answer.stress[1] / sigma - 1)).toBeLessThan(1e-8);
  });
});
