import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { readReference } from "../../test/reference.ts";
import { makeGlass } from "../deform/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { createBox, type System } from "../space/index.ts";
import { localThermalEnergy } from "./lte.ts";
import { strainComponents, strainDerivatives } from "./strainderivatives.ts";

const silicon = preset("sw-silicon");
const bondOrders = preset("tersoff-silicon");
const metal = parseModel(metalDefinition(artificialMetal()));
/** A step of strain in which no pair crosses the cutoff, and that rounding does not spoil. */
const CASES: readonly (readonly [string, PairModel, () => System, number])[] = [
  ["2DIPL, N = 400", preset("2dipl"), () => readReference("2dipl_400").system, 5e-6],
  ["3DKABLJ, N = 400", preset("3dkablj"), () => readReference("3dkablj_400").system, 1e-6],
  [
    "silicon, N = 64",
    silicon,
    () =>
      makeGlass({ model: silicon, particles: 64, seed: 1, protocol: { liquidTime: 2, annealTime: 4 } })
        .system,
    1e-5,
  ],
  [
    "silicon of bond orders, N = 40",
    bondOrders,
    () =>
      makeGlass({ model: bondOrders, particles: 40, seed: 4, protocol: { liquidTime: 40, annealTime: 60 } })
        .system,
    2e-5,
  ],
  [
    "embedded atoms, N = 110",
    metal,
    () =>
      makeGlass({ model: metal, particles: 110, seed: 2, protocol: { liquidTime: 2, annealTime: 4 } }).system,
    5e-6,
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

describe.each(CASES)("∂E/∂e of %s", (_, model, make, h) => {
  const minimum = minimumOf(make(), model, { arithmetic: "reproducible" });
  const { families, components } = strainDerivatives(minimum);
  const d = minimum.interactions.dimension;
  const energiesAt = (strain: ArrayLike<number>, h: number) => {
    const there = minimumOf(strainedBy(minimum.system, strain, h), model, { arithmetic: "reproducible" });
    return localThermalEnergy(there).energies.map(({ lte }) => lte);
  };

  test("is the slope of E between re-minimised strained boxes, tension and shear", () => {
    components.forEach(({ name, strain }, c) => {
      if (d === 3 && name !== "yy" && name !== "xz") return; // enough of a second's work
      const steps = [1, 2, 3].map((k) => [energiesAt(strain, -k * h), energiesAt(strain, k * h)] as const);
      families.forEach((own, f) => {
        const largest = own[c].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
        const error = own[c].reduce((most, x, t) => {
          const [near, far, furthest] = steps.map(([less, more]) => more[f][t] - less[f][t]);
          return Math.max(most, Math.abs((45 * near - 9 * far + furthest) / (60 * h) - x));
        }, 0);
        expect(error / largest).toBeLessThan(1e-8);
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

  test("a shear turned by 90° does the opposite; in between it is the sum of the components", () => {
    const [a, b] = [0, d - 1];
    const along = (angle: number) => {
      const strain = new Float64Array(d * d);
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (const [p, x] of [
        [a, cosine],
        [b, sine],
      ])
        for (const [q, y] of [
          [a, -sine],
          [b, cosine],
        ])
          strain[p * d + q] += x * y;
      return strain;
    };
    const angles = [0.4, 0.4 + Math.PI / 2];
    const turned = strainDerivatives(
      minimum,
      angles.map((angle) => ({ name: `${angle}`, strain: along(angle) })),
    );
    const of = (name: string) => components.findIndex((one) => one.name === name);
    const [xx, zz, xz] = d === 2 ? ["xx", "yy", "xy"].map(of) : ["xx", "zz", "xz"].map(of);
    families.forEach((own, f) => {
      const [first, second] = turned.families[f];
      const largest = first.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      first.forEach((x, t) => {
        expect(Math.abs(x + second[t]) / largest).toBeLessThan(1e-9);
        const sum = Math.cos(0.8) * own[xz][t] + (Math.sin(0.8) * (own[zz][t] - own[xx][t])) / 2;
        expect(Math.abs(x - sum) / largest).toBeLessThan(1e-9);
      });
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
