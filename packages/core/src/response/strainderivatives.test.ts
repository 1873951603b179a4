import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { readReference } from "../../test/reference.ts";
import { makeGlass } from "../dynamics/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { createBox, type System } from "../space/index.ts";
import { localThermalEnergy } from "./lte.ts";
import { strainComponents, strainDerivatives } from "./strainderivatives.ts";

const silicon = preset("sw-silicon");
const bondOrders = preset("tersoff-silicon");
const metal = parseModel(metalDefinition(artificialMetal()));
const CASES: readonly (readonly [string, PairModel, () => System])[] = [
  ["2DIPL, N = 400", preset("2dipl"), () => readReference("2dipl_400").system],
  ["3DKABLJ, N = 400", preset("3dkablj"), () => readReference("3dkablj_400").system],
  [
    "silicon, N = 64",
    silicon,
    () =>
      makeGlass({ model: silicon, particles: 64, seed: 1, protocol: { liquidTime: 2, annealTime: 4 } })
        .system,
  ],
  [
    "silicon of bond orders, N = 40",
    bondOrders,
    () =>
      makeGlass({ model: bondOrders, particles: 40, seed: 4, protocol: { liquidTime: 40, annealTime: 60 } })
        .system,
  ],
  [
    "embedded atoms, N = 110",
    metal,
    () =>
      makeGlass({ model: metal, particles: 110, seed: 2, protocol: { liquidTime: 2, annealTime: 4 } }).system,
  ],
];

/** The configuration in a box strained by h·e (d×d), particles carried along; turned so that its edges stay triangular. */
function strainedBy(system: System, strain: ArrayLike<number>, h: number): System {
  const d = system.box.dimension;
  const carried = (vectors: ArrayLike<number>) =>
    Float64Array.from(vectors, (x, k) => {
      const [row, a] = [k - (k % d), k % d];
      let sum = x + h * strain[a * d + a] * x;
      for (let b = a + 1; b < d; b++) sum += h * (strain[a * d + b] + strain[b * d + a]) * vectors[row + b];
      return sum;
    });
  const { box } = system;
  return { ...system, box: createBox(d, carried(box.vectors)), positions: carried(system.positions) };
}

describe.each(CASES)("∂E/∂e of %s", (_, model, make) => {
  const minimum = minimumOf(make(), model, { arithmetic: "reproducible" });
  const { families, components } = strainDerivatives(minimum);
  const d = minimum.interactions.dimension;
  const energiesAt = (strain: ArrayLike<number>, h: number) => {
    const there = minimumOf(strainedBy(minimum.system, strain, h), model, { arithmetic: "reproducible" });
    return localThermalEnergy(there).energies.map(({ lte }) => lte);
  };

  test("is the slope of E between re-minimised strained boxes, tension and shear", () => {
    const h = 2e-6;
    components.forEach(({ name, strain }, c) => {
      if (d === 3 && name !== "yy" && name !== "xz") return; // enough of a second's work
      const [less, more, wide, wider] = [-h, h, -2 * h, 2 * h].map((step) => energiesAt(strain, step));
      families.forEach((own, f) => {
        const largest = own[c].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        const error = own[c].reduce((most, x, t) => {
          const narrow = (more[f][t] - less[f][t]) / (2 * h);
          const broad = (wider[f][t] - wide[f][t]) / (4 * h);
          return Math.max(most, Math.abs((4 * narrow - broad) / 3 - x));
        }, 0);
        expect(error / largest).toBeLessThan(1e-7);
      });
    });
  });

  test("sums to 0 over all interactions", () => {
    components.forEach((__, c) => {
      const all = families.flatMap((own) => Array.from(own[c]));
      const size = all.reduce((sum, x) => sum + Math.abs(x), 0);
      expect(Math.abs(all.reduce((sum, x) => sum + x, 0)) / size).toBeLessThan(1e-10);
    });
  });

  test("a rotation changes nothing, so simple shear is the symmetric strain", () => {
    const shear = new Float64Array(d * d);
    shear[1] = 1;
    const turned = strainDerivatives(minimum, [{ name: "simple shear", strain: shear }]);
    const xy = components.findIndex(({ name }) => name === "xy");
    families.forEach((own, f) => {
      const largest = own[xy].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      own[xy].forEach((x, t) => {
        expect(Math.abs(turned.families[f][0][t] - x) / largest).toBeLessThan(1e-10);
      });
    });
  });
});

test("components: tension along the axes, then shears", () => {
  expect(strainComponents(2).map(({ name }) => name)).toEqual(["xx", "yy", "xy"]);
  expect(strainComponents(3).map(({ name }) => name)).toEqual(["xx", "yy", "zz", "xy", "xz", "yz"]);
  expect(Array.from(strainComponents(2)[2].strain)).toEqual([0, 0.5, 0.5, 0]);
});
