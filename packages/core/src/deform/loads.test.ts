import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { readReference } from "../../test/reference.ts";
import { ForceField } from "../dynamics/index.ts";
import { unitOf } from "../excitations/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { foretell } from "../pipeline/index.ts";
import { elasticConstants } from "../response/index.ts";
import { createBox, type System, volume } from "../space/index.ts";
import { Deformation } from "./deformation.ts";
import { makeGlass } from "./index.ts";
import { type Load, outer } from "./loads/load.ts";
import { loads } from "./loads/registry.ts";
import { shear } from "./session.ts";
import type { ShearOptions, ShearResult } from "./types.ts";

const swell: Load = {
  name: "swell",
  label: "expansion",
  description: "all edges by 1 + γ",
  isochoric: false,
  displace: (v, gamma) => Array.from(v, (x) => gamma * x),
  rates: (gamma, { s }) => ({
    rate: Float64Array.from({ length: s.length ** 2 }, (_, k) =>
      k % (s.length + 1) === 0 ? 1 / (1 + gamma) : 0,
    ),
    curvature: new Float64Array(s.length ** 2),
  }),
  gauge: (gamma) => ({ value: 1 + gamma, slope: 1 }),
};

/** |h·s|² of a bond with these fractional coordinates. */
function square(deformation: Deformation, strain: number, t: readonly number[], s: readonly number[]) {
  const { vectors } = deformation.at(strain, t).box;
  const d = s.length;
  return s.reduce((sum, _, c) => {
    const x = s.reduce((own, part, a) => own + part * vectors[a * d + c], 0);
    return sum + x * x;
  }, 0);
}

describe("loads and the free stretches of a box", () => {
  const solid = createBox(3, [7, 0, 0, 1, 8, 0, -0.5, 0.7, 6]);
  const words = fc.record({
    kind: fc.constantFrom("simple", "pure", "tension", "compression"),
    plane: fc.constantFrom("xy" as const, "xz" as const, "yz" as const),
    angle: fc.double({ min: -400, max: 400, noNaN: true }),
    direction: fc.constantFrom(1 as const, -1 as const),
    pressure: fc.constantFrom(undefined, 2),
  });
  const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

  test("rates, curvatures and mixed rates are the derivatives of all lengths", () => {
    const cases = fc.tuple(
      words,
      number(0.2),
      fc.tuple(number(0.1), number(0.1)),
      fc.tuple(...[1, 1, 1].map(number)),
    );
    fc.assert(
      fc.property(cases, ([options, strain, both, s]) => {
        const deformation = Deformation.of(solid, options);
        const t = both.slice(0, deformation.freedom);
        const { box, rate, curvature, free } = deformation.at(strain, t);
        const u = [0, 1, 2].map((c) => [0, 1, 2].reduce((x, a) => x + s[a] * box.vectors[a * 3 + c], 0));
        const times = (m: Float64Array) =>
          [0, 1, 2].map((a) => [0, 1, 2].reduce((x, b) => x + m[a * 3 + b] * u[b], 0));
        const inner = (v: number[], w: number[]) => v.reduce((x, y, k) => x + y * w[k], 0);
        const h = 1e-4;
        const at = (by: number, k?: number, more = 0) =>
          square(
            deformation,
            strain + by,
            t.map((x, l) => (l === k ? x + more : x)),
            s,
          );
        const moved = times(rate);
        expect((at(h) - at(-h)) / (2 * h)).toBeCloseTo(2 * inner(u, moved), 5);
        expect((at(h) - 2 * at(0) + at(-h)) / (h * h)).toBeCloseTo(
          2 * (inner(moved, moved) + inner(u, times(curvature))),
          3,
        );
        free.forEach((one, k) => {
          const own = times(one.rate);
          expect((at(0, k, h) - at(0, k, -h)) / (2 * h)).toBeCloseTo(2 * inner(u, own), 5);
          const mixed = (at(h, k, h) - at(h, k, -h) - at(-h, k, h) + at(-h, k, -h)) / (4 * h * h);
          expect(mixed).toBeCloseTo(2 * (inner(own, moved) + inner(u, times(one.mixed))), 3);
        });
        if (deformation.isochoric) expect(volume(box)).toBeCloseTo(volume(solid), 9);
      }),
      { numRuns: 300 },
    );
  });

  test("tension and compression change the length along their axis by γ, engineering strain", () => {
    const flat = createBox(2, [4, 0, 0, 6]);
    expect(Array.from(Deformation.of(flat, { kind: "tension" }).at(0.1, [0.02]).box.vectors)).toEqual([
      4 + 0.1 * 4,
      0,
      0,
      6 * 1.02,
    ]);
    const across = Deformation.of(flat, { kind: "compression", angle: 90 }).at(0.1, [0.02]).box.vectors;
    expect(across[0]).toBeCloseTo(4 * 1.02, 14);
    expect(across[3]).toBeCloseTo(6 * 0.9, 14);
  });

  test("an unknown word is refused with those that there are, and the likeliest", () => {
    expect(() => Deformation.of(solid, { kind: "tensoin" })).toThrow(
      'there is no load "tensoin", did you mean "tension"? there are simple, pure, tension, compression',
    );
    expect(() => Deformation.of(solid, { kind: "tension", pressure: Number.NaN })).toThrow(/no pressure NaN/);
    expect(() => loads.add({ ...swell, name: "No Name" })).toThrow(/is no name of a load/);
  });
});

const silicon = preset("sw-silicon");
const glasses: Record<string, () => { system: System; model: ReturnType<typeof preset> }> = {
  "2dipl_400": () => readReference("2dipl_400"),
  "3dkablj_400": () => readReference("3dkablj_400"),
  "silicon 64": () => ({
    model: silicon,
    system: makeGlass({
      model: silicon,
      particles: 64,
      seed: 1,
      protocol: { liquidTime: 4, annealTime: 4, dt: 0.015 },
    }).system,
  }),
};

const metal = parseModel(metalDefinition(artificialMetal()));
glasses["a metal of 125 by embedded atoms"] = () => ({
  model: metal,
  system: makeGlass({
    model: metal,
    particles: 125,
    seed: 1,
    protocol: { liquidTime: 2, annealTime: 4 },
  }).system,
});

/** Cauchy's stress of a state along the axes s, n, … of an unturned load. */
const stressOf = (glass: { model: ReturnType<typeof preset> }, { system }: Pick<ShearResult, "system">) =>
  ForceField.create(system, glass.model).stress();

describe.each(Object.keys(glasses))("%s under tension", (name) => {
  let glass: ReturnType<(typeof glasses)[string]>;
  let d: 2 | 3;
  beforeAll(() => {
    glass = glasses[name]();
    d = glass.system.box.dimension;
  });

  test("Young's modulus and Poisson's ratios are those of the elastic constants", () => {
    const { matrix } = elasticConstants(minimumOf(glass.system, glass.model));
    const size = (d * (d + 1)) / 2;
    const c = (a: number, b: number) => matrix[a * size + b];
    const run = (options: Partial<ShearOptions>) =>
      shear(glass.system, glass.model, { kind: "tension", maxStrain: 1e-5, step: 1e-5, ...options });
    if (d === 2) {
      const { path } = run({});
      expect(path[0].modulus! / (c(0, 0) - (c(0, 1) * c(1, 0)) / c(1, 1))).toBeCloseTo(1, 10);
      const [first, last] = [path[0], path.at(-1)!];
      const poisson = -(last.stretches![0] - first.stretches![0]) / last.strain;
      expect(poisson / (c(1, 0) / c(1, 1))).toBeCloseTo(1, 3);
      return;
    }
    const { path } = run({});
    // what each direction across has beyond the mean is a force per area of the first box: dσ_k = −s_k (γ + t_other)
    const sigma = stressOf(glass, glass);
    const mean = (sigma[4] + sigma[8]) / 2;
    const [p, q] = [sigma[4] - mean, sigma[8] - mean];
    const [a, b] = [c(1, 2) + p, c(2, 1) + q];
    const [f, g] = [c(1, 0) + p, c(2, 0) + q];
    const det = c(1, 1) * c(2, 2) - a * b;
    const poisson = [(c(2, 2) * f - a * g) / det, (c(1, 1) * g - b * f) / det];
    const young = c(0, 0) - c(0, 1) * poisson[0] - c(0, 2) * poisson[1];
    expect(path[0].modulus! / young).toBeCloseTo(1, 9);
    // the load begins where the glass is, and the box follows as the census has it
    expect(Math.max(...path[0].stretches!.map(Math.abs))).toBeLessThan(1e-12);
    const { strain, stretches } = path[1];
    const unit = unitOf(minimumOf(glass.system, glass.model), { kind: "tension" });
    poisson.forEach((nu, k) => {
      expect(unit[4 * (k + 1)] / -nu).toBeCloseTo(1, 7);
      expect(-stretches![k] / strain / nu).toBeCloseTo(1, 3);
    });
  });

  test("the stress across stays, what one direction has beyond the mean by the first area; that along is shown, with its slope", () => {
    const options = { kind: "tension", step: 2e-4, events: 99 } as const;
    const h = 1e-5;
    const at = (maxStrain: number) => shear(glass.system, glass.model, { ...options, maxStrain });
    const [low, mid, high] = [1e-3 - h, 1e-3, 1e-3 + h].map(at);
    const across = low.path[0];
    const sigma = stressOf(glass, mid);
    const start = stressOf(glass, glass);
    const mean = d === 2 ? start[3] : (start[4] + start[8]) / 2;
    expect(across.strain).toBe(0);
    expect(across.energy).toBeCloseTo(ForceField.create(glass.system, glass.model).energy, 8);
    for (let a = 1; a < d; a++) {
      const grown = volume(mid.system.box) / volume(glass.system.box) / (1 + mid.stretches![a - 1]);
      expect(sigma[a * (d + 1)]).toBeCloseTo(mean + (start[a * (d + 1)] - mean) / grown, 9);
    }
    const last = mid.path.at(-1)!;
    expect(last.stress).toBeCloseTo(sigma[0], 10);
    const slope = (high.path.at(-1)!.stress - low.path.at(-1)!.stress) / (2 * h);
    expect(slope / last.modulus!).toBeCloseTo(1, 5);
  });

  test("compression is tension the other way", () => {
    const [tension, compression] = ["tension", "compression"].map(
      (kind) =>
        shear(glass.system, glass.model, { kind, direction: kind === "tension" ? -1 : 1, maxStrain: 2e-3 })
          .path,
    );
    expect(compression.at(-1)!.energy).toBeCloseTo(tension.at(-1)!.energy, 9);
    expect(compression.at(-1)!.stress).toBeCloseTo(tension.at(-1)!.stress, 9);
  });
});

test("compression of silicon yields first where its own surroundings say, not where a box let go would", () => {
  const { system } = makeGlass({ model: silicon, particles: 64, seed: 7156 });
  const load = { kind: "compression", plane: "yz" } as const;
  const [event] = shear(system, silicon, { ...load, events: 1 }).events;
  const [fold] = foretell(minimumOf(system, silicon), load);
  expect(event.strain).toBeCloseTo(0.0130257, 6);
  expect(event.particle).toBe(fold.particle);
  expect(Math.abs(fold.strain / event.strain - 1)).toBeLessThan(0.03);
});

describe("2dipl_400 to its events", () => {
  const glass = readReference("2dipl_400");

  test("under tension, neither step, bracket nor axes of the box matter, and the box follows down", () => {
    const options = { kind: "tension", angle: 30, events: 2 } as const;
    const { events, system, stretches } = shear(glass.system, glass.model, options);
    const again = shear(glass.system, glass.model, { ...options, step: 1e-4, tolerance: 1e-9 });
    for (const [k, event] of events.entries()) {
      expect(Math.abs(event.strain - again.events[k].strain)).toBeLessThan(1e-8);
      expect(event.particle).toBe(again.events[k].particle);
      expect(event.drop).toBeGreaterThan(0);
      expect(event.irreversible).toBe(true);
    }
    expect(stretches![0]).toBeLessThan(0);
    // σ across the axis, which the box's frame has turned with the glass: by the trace and what is along
    const sigma = stressOf(glass, { system });
    const start = stressOf(glass, { system: glass.system });
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    const held = start[0] * s * s - 2 * start[1] * s * c + start[3] * c * c;
    expect(sigma[0] + sigma[3] - events[1].stressAfter).toBeCloseTo(held, 6);
  });

  test("fixed steps and energies alone see the same first event of tension", () => {
    const options = { kind: "tension", events: 1 } as const;
    const [exact] = shear(glass.system, glass.model, options).events;
    const coarse = shear(glass.system, glass.model, {
      ...options,
      strategy: "coarse",
      step: 5e-4,
      tolerance: 1e-6,
    });
    expect(Math.abs(coarse.events[0].strain - exact.strain)).toBeLessThan(2e-6);
    expect(coarse.events[0].particle).toBe(exact.particle);
    expect(coarse.events[0].drop / exact.drop).toBeCloseTo(1, 2);
  });

  test("pure shear is simple shear turned by 45°, to first order", () => {
    const [pure, simple] = [
      { kind: "pure", angle: 20 },
      { kind: "simple", angle: -25 },
    ].map((options) => shear(glass.system, glass.model, { ...options, maxStrain: 1e-4 }).path[0]);
    expect(pure.stress).toBeCloseTo(simple.stress, 12);
    // ½(FᵀF − 1) differs at second order: n nᵀ/2 of the one, (s sᵀ + n nᵀ)/4 of the other
    const sigma = stressOf(glass, { system: glass.system });
    const angle = (-25 * Math.PI) / 180;
    const n = [-Math.sin(angle), Math.cos(angle)];
    const across = n[0] * n[0] * sigma[0] + 2 * n[0] * n[1] * sigma[1] + n[1] * n[1] * sigma[3];
    expect(simple.modulus! - pure.modulus!).toBeCloseTo(across - (sigma[0] + sigma[3]) / 2, 9);
  });

  test("simple shear at a constant pressure keeps it, while its volume changes", () => {
    const { path, system, stretches } = shear(glass.system, glass.model, { pressure: 15, maxStrain: 0.01 });
    const sigma = stressOf(glass, { system });
    expect(-(sigma[0] + sigma[3]) / 2).toBeCloseTo(15, 9);
    expect(stretches![0]).not.toBeCloseTo(path[0].stretches![0], 6);
    expect(path.at(-1)!.stress).toBeCloseTo(sigma[1], 9);
  });

  test("a pressure at which nothing holds is said to be none", () => {
    const { status, message } = shear(glass.system, glass.model, { kind: "tension", pressure: 0 });
    expect(status).toBe("not-a-minimum");
    expect(message).toContain("the box found no minimum at the pressure 0");
  });

  test("an added load serves as those that are there: an expansion measures the bulk modulus", () => {
    loads.add(swell);
    try {
      const { path } = shear(glass.system, glass.model, { kind: "swell", maxStrain: 1e-3 });
      const sigma = stressOf(glass, { system: glass.system });
      expect(path[0].stress).toBeCloseTo(sigma[0] + sigma[3], 10);
      const { bulkModulus } = elasticConstants(minimumOf(glass.system, glass.model));
      expect(path[0].modulus! / (4 * bulkModulus)).toBeCloseTo(1, 9);
    } finally {
      loads.remove("swell");
    }
    expect(outer([1, 2], [3, 4])).toEqual(Float64Array.of(3, 4, 6, 8));
  });
});
