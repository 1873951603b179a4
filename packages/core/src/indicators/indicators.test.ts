import { afterEach, describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { Deformation, makeGlass } from "../deform/index.ts";
import { ForceField, newton } from "../dynamics/index.ts";
import { localYield } from "../excitations/index.ts";
import { energy, findInteractions, pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { allModes, localThermalEnergy, normalModes } from "../response/index.ts";
import { minimumImage } from "../space/index.ts";
import { type Indicator, indicators, ofParticles } from "./index.ts";

const { system, model } = readReference("2dipl_400");
const minimum = minimumOf(system, model);
const valuesOf = (name: string) => indicators.get(name).run(minimum, {}, {})[0].values;
const largest = (values: Float64Array) => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const apart = (a: Float64Array, b: Float64Array) => largest(a.map((x, k) => x - b[k])) / largest(b);

test("what is built in: the paper's two first", () => {
  expect(indicators.names).toEqual([
    ...["lte", "modes", "debye-waller", "displacement", "energy", "nonaffinity", "softening"],
    ...[
      "lte-squared",
      "lte-around",
      "thermal-modes",
      "local-modulus",
      "pseudo-harmonic",
      "cubic-modes",
      "local-yield-strain",
      "local-yield-stress",
      "topological-charge",
    ],
    ...["pressure", "free-volume", "bond-order", "tong-tanaka", "two-body-entropy"],
  ]);
  for (const { name, of, run } of indicators.all) {
    const found = run(minimum, { modes: 5 }, {});
    const count = found.reduce((sum, { values }) => sum + values.length, 0);
    expect([name, count]).toEqual([name, of === "particles" ? 400 : minimum.interactions.families[0].count]);
    for (const { sites, values } of found) expect(sites.offsets.length).toBe(2 * values.length);
  }
});

test("LTE around: Σ E² within a Gaussian, by a double loop over particles and bonds", () => {
  const { energies } = localThermalEnergy(minimum);
  const [{ lte, sites }] = energies;
  const { positions, box } = minimum.system;
  const values = valuesOf("lte-around");
  for (const p of [0, 17, 399]) {
    let sum = 0;
    lte.forEach((e, t) => {
      const at = sites.members[0][t];
      const u = Float64Array.from(
        [0, 1],
        (a) => positions[2 * at + a] + sites.offsets[2 * t + a] - positions[2 * p + a],
      );
      const r2 = minimumImage(box, u).reduce((all, x) => all + x * x, 0);
      if (r2 <= 9) sum += e * e * Math.exp(-r2 / 2);
    });
    expect(values[p] / sum).toBeCloseTo(1, 12);
  }
});

test("local yield stress: what the core's stress rises by to the fold, of the order of modulus times strain", () => {
  const [strains, rises] = ["local-yield-strain", "local-yield-stress"].map(valuesOf);
  const moduli = Array.from(strains.keys())
    .filter((p) => rises[p] > 0)
    .map((p) => strains[p] / rises[p])
    .sort((a, b) => a - b);
  expect(moduli.length).toBeGreaterThan(200);
  // secant moduli up to the fold: below the affine modulus of 43, about that of the glass, 15
  const median = moduli[moduli.length >> 1];
  expect(median).toBeGreaterThan(5);
  expect(median).toBeLessThan(43);
});

describe("local yield: of each particle the fold of a core around a place close by, shell frozen", () => {
  const glass = minimumOf(
    makeGlass({ model, particles: 150, seed: 3, protocol: { kind: "instantaneous" } }).system,
    model,
  );
  const { positions } = glass.system;
  const options = { shell: "frozen", radius: 5, maxStrain: 0.3, step: 0.02, tolerance: 1e-2 } as const;
  /** Of the first particle, which is the first place of the cover, by shears at three angles. */
  const first = (deformation: { readonly angle: number; readonly direction?: 1 | -1 }) => {
    const folds = [0, 22.5, -22.5].map((turn) => {
      const load = { ...deformation, angle: deformation.angle + turn };
      const [{ status, strain, rise }] = localYield(glass, positions.subarray(0, 2), [load], options);
      const share = Math.cos((2 * turn * Math.PI) / 180);
      return status === "fold" ? { strain: share / strain, stress: share / rise } : { strain: 0, stress: 0 };
    });
    return {
      strain: Math.max(...folds.map(({ strain }) => strain)),
      stress: Math.max(...folds.map(({ stress }) => stress)),
    };
  };

  test.each([
    ["simple shear", undefined, { angle: 0 }],
    ["its opposite", Float64Array.of(0, -1, 0, 0), { angle: 0, direction: -1 }],
    ["along the diagonal", Float64Array.of(-0.5, 0.5, -0.5, 0.5), { angle: 45 }],
  ] as const)("%s", (_, load, deformation) => {
    const of = (name: string) => indicators.get(name).run(glass, load ? { load } : {}, {})[0].values;
    const expected = first(deformation);
    const strains = of("local-yield-strain");
    expect(strains[0] / expected.strain).toBeCloseTo(1, 6);
    expect(of("local-yield-stress")[0] / expected.stress).toBeCloseTo(1, 6);
    expect(strains.filter((x) => x > 0).length).toBeGreaterThan(75);
    for (const x of strains) expect(x === 0 || x >= Math.SQRT1_2 / 0.3).toBe(true);
  });

  test("tension, which changes the volume, too: by the load alone", () => {
    const load = Float64Array.of(0.8, 0, 0, -0.4);
    const [{ status, strain }] = localYield(glass, positions.subarray(0, 2), [load], options);
    expect(status).toBe("fold");
    const [{ values }] = indicators.get("local-yield-strain").run(glass, { load }, {});
    expect(values[0] * strain).toBeCloseTo(1, 6);
  });
});

test("lte, modes and displacement are those of the response", () => {
  const response = localThermalEnergy(minimum);
  expect(valuesOf("lte")).toEqual(response.energies[0].lte);
  expect(valuesOf("modes")).toEqual(normalModes(minimum).weights);
  const { displacement } = response;
  expect(valuesOf("displacement")[7]).toBeCloseTo(Math.hypot(displacement[14], displacement[15]), 12);
});

test("Debye–Waller factors are Σ |Ψ|²/ω² over all modes, thermal modes over the lowest", () => {
  const { values, vectors } = allModes(minimum.backbone.interactions);
  const expected = new Float64Array(400);
  for (let mode = 2; mode < 800; mode++) {
    if (mode === 2 + 20) {
      const [{ values: lowest }] = indicators.get("thermal-modes").run(minimum, { modes: 20 }, {});
      expect(apart(lowest, expected)).toBeLessThan(1e-8);
    }
    for (let k = 0; k < 800; k++) expected[k >> 1] += vectors[mode * 800 + k] ** 2 / values[mode];
  }
  expect(apart(valuesOf("debye-waller"), expected)).toBeLessThan(1e-8);
});

test("energies of particles sum to U, but for the lowest, from which they count", () => {
  const found = findInteractions(system, model);
  const { i, j, phi0 } = pairsOf(found);
  const own = new Float64Array(400);
  phi0.forEach((phi, m) => {
    own[i[m]] += phi / 2;
    own[j[m]] += phi / 2;
  });
  const lowest = Math.min(...own);
  const values = valuesOf("energy");
  expect(Math.min(...values)).toBe(0);
  const sum = values.reduce((all, e) => all + e + lowest, 0);
  expect(sum / energy(found)).toBeCloseTo(1, 12);
});

test("nonaffinity is how far particles stray when the glass is sheared by a little, over γ²", () => {
  // what an independent way gives: the box sheared by ±γ, minimised, affine motion taken off
  const gamma = 1e-6;
  const at = (strain: number) => {
    const { box } = Deformation.of(system.box, {}).at(strain);
    const affine = system.positions.map((x, k) => (k % 2 === 0 ? x + strain * system.positions[k + 1] : x));
    const field = ForceField.create({ ...system, box, positions: affine }, model);
    expect(newton(field, { tolerance: 1e-13, maxMove: 0.1 }).end).toBe("converged");
    return field.positions().map((x, k) => x - affine[k]);
  };
  const [forward, backward] = [at(gamma), at(-gamma)];
  const v = forward.map((x, k) => (x - backward[k]) / (2 * gamma));
  const mean = [0, 1].map((a) => v.reduce((sum, x, k) => (k % 2 === a ? sum + x / 400 : sum), 0));
  const expected = Float64Array.from({ length: 400 }, (_, p) =>
    [0, 1].reduce((sum, a) => sum + (v[2 * p + a] - mean[a]) ** 2, 0),
  );
  expect(apart(valuesOf("nonaffinity"), expected)).toBeLessThan(1e-5);
});

test("softening is half the slope of E² under a small shear of the box, where it grows", () => {
  const gamma = 2e-6;
  const squares = (strain: number) => {
    const { box } = Deformation.of(system.box, {}).at(strain);
    const sheared = system.positions.map((x, k) => (k % 2 === 0 ? x + strain * system.positions[k + 1] : x));
    const [{ lte }] = localThermalEnergy(minimumOf({ ...system, box, positions: sheared }, model)).energies;
    return lte.map((e) => e * e);
  };
  const slopes = (by: number) => {
    const [forward, backward] = [squares(by), squares(-by)];
    return forward.map((x, t) => (x - backward[t]) / (4 * by));
  };
  const [near, far] = [slopes(gamma), slopes(2 * gamma)];
  const expected = near.map((x, t) => Math.max(0, (4 * x - far[t]) / 3));
  expect(apart(valuesOf("softening"), expected)).toBeLessThan(1e-6);
});

describe("the registry", () => {
  const mine: Indicator = {
    ...indicators.get("energy"),
    name: "species",
    run: (minimum) => ofParticles(minimum, Float64Array.from(minimum.system.species)),
  };

  test("takes another, by a name that commands and links can hold", () => {
    expect(() => indicators.add({ ...mine, name: "My own" })).toThrow(/lower-case/);
    expect(() => indicators.get("species")).toThrow(/no indicator "species"/);
    indicators.add(mine);
    expect(indicators.names.at(-1)).toBe("species");
    expect(valuesOf("species")[3]).toBe(system.species[3]);
  });

  afterEach(() => indicators.remove("species"));
});
