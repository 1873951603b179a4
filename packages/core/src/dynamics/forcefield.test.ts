import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { models } from "../../test/pairmodels.ts";
import {
  energy,
  findInteractions,
  gradient,
  type PairArrays,
  pairsOf,
  stress,
} from "../interactions/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { createBox, type System, volume } from "../space/index.ts";
import { ForceField } from "./forcefield.ts";
import { pairTypes } from "./pairtypes.ts";
import { tooRough } from "./terms/pairs.ts";

const hertzian = { name: "mixed", species: ["A"], form: "hertzian" as const };

/** Particles near the sites of a lattice that fills a tilted box, some of them some periods away. */
function shaken(model: PairModel, count: number, seed: number, edge?: number): System {
  const d = model.dimension ?? 2;
  const random = randomNumbers(seed);
  const length = edge ?? (count / (model.glass?.density ?? 1)) ** (1 / d);
  const [xy, xz, yz] = [0.6 * random() - 0.3, 0.4 * random() - 0.2, 0.4 * random() - 0.2].map(
    (t) => t * length,
  ) as [number, number, number];
  const box = createBox(d, d === 2 ? [length, 0, xy, length] : [length, 0, 0, xy, length, 0, xz, yz, length]);
  const along = Math.ceil(count ** (1 / d) - 1e-9);
  const positions = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    let site = p;
    for (let a = 0; a < d; a++) {
      const s = ((site % along) + 0.3 * random()) / along + Math.floor(3 * random()) - 1;
      site = Math.floor(site / along);
      for (let c = 0; c <= a; c++) positions[p * d + c] += s * box.vectors[a * d + c];
    }
  }
  const species = Int32Array.from({ length: count }, () => Math.floor(random() * model.species.length));
  return { box, positions, species };
}

/** Park and Miller's generator: test data must not come from the generator under test. */
function randomNumbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function largest(values: Iterable<number>): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

function expectClose(a: Float64Array, b: Float64Array, relative: number, scale = largest(b)): void {
  expect(a.length).toBe(b.length);
  expect(largest(a.map((v, k) => v - b[k]))).toBeLessThanOrEqual(relative * scale);
}

/** The field against pairs found and summed by room 5, which knows no list and no kernel. */
function expectSame(field: ForceField, system: System, model: PairModel): void {
  const all = findInteractions(system, model);
  const [brute, own] = [pairsOf(all), pairsOf(field.interactions())];
  expect(own.i).toEqual(brute.i);
  expect(own.j).toEqual(brute.j);
  for (const column of ["du", "r", "phi0", "phi1", "phi2", "phi3"] as const satisfies (keyof PairArrays)[]) {
    expectClose(own[column], brute[column], 1e-10);
  }
  // sums in which terms of both signs may cancel are as good as the sums of their magnitudes
  const { phi0, phi1, r } = brute;
  const energies = phi0.reduce((sum, e) => sum + Math.abs(e), 0);
  const virials = phi1.reduce((sum, f, m) => sum + Math.abs(f * r[m]), 0) / volume(system.box);
  expectClose(Float64Array.of(field.energy), Float64Array.of(energy(all)), 1e-12, energies);
  expectClose(field.gradient(), gradient(all), 1e-11);
  expectClose(field.stress(), stress(all, system.box), 1e-12, virials);
}

describe("list and forces = brute force", () => {
  test.each(["2dipl", "3dipl", "3dkablj"] as const)(
    "%s, random states in tilted boxes of any size",
    (name) => {
      const model = preset(name);
      fc.assert(
        fc.property(fc.integer({ min: 30, max: 300 }), fc.nat(), (count, seed) => {
          const system = shaken(model, count, seed);
          expectSame(ForceField.create(system, model), system, model);
        }),
        { numRuns: 20 },
      );
    },
  );

  test("boxes shorter than two cutoffs: one pair through several images", () => {
    const model = preset("3dkablj");
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 30 }), fc.nat(), (count, seed) => {
        const system = shaken(model, count, seed, 3.2);
        const { i, j } = pairsOf(findInteractions(system, model));
        expect(new Set(i.map((a, k) => a * count + j[k])).size).toBeLessThan(i.length);
        expectSame(ForceField.create(system, model), system, model);
      }),
      { numRuns: 15 },
    );
  });

  test.each(models.filter(({ dimension }) => dimension !== 3).map((model) => [model.name, model] as const))(
    "every form: %s",
    (_, model) => {
      const system = shaken(model, 200, 5, 17);
      expectSame(ForceField.create(system, model), system, model);
    },
  );

  test("rows of particles on the faces of a tilted box, where rounding puts them outside on either", () => {
    const model = preset("2dipl");
    for (let length = 10.01; length < 12; length += 0.01) {
      const tilt = 0.3 * length;
      const box = createBox(2, [length, 0, tilt, length]);
      const rows = [-0.5, -0.25, 0, 0.25].flatMap((s) => [0.5 * length + tilt * s, length * s]);
      const system = { box, positions: Float64Array.from(rows), species: new Int32Array(4) };
      const field = ForceField.create(system, model);
      expectClose(field.positions(), system.positions, 1e-15);
      const wrapped = field.wrappedPositions();
      for (let p = 0; p < wrapped.length; p += 2) {
        const s = (wrapped[p] - (wrapped[p + 1] / length) * tilt) / length;
        expect(Math.abs(s)).toBeLessThanOrEqual(0.5 + 1e-15);
      }
    }
  });

  test("a table whose rows have six digits, too rough for the kernels' own tables", () => {
    const r = Array.from({ length: 8001 }, (_, k) => 0.6 + k / 8000);
    const phi = r.map((x) => Number((x ** -10 - 10 * x ** -4).toPrecision(6)));
    const definition = { name: "rough", species: ["A"], form: "table", tables: { "A A": { r, phi } } };
    const model = parseModel({ ...definition, dimension: 2, every: 1 });
    expect(tooRough(model, pairTypes(model, undefined))).toBe(true);
    const system = shaken(model, 100, 3);
    expectSame(ForceField.create(system, model), system, model);
    // smoothed within those digits they are not
    const smooth = parseModel({ ...definition, dimension: 2 });
    expect(tooRough(smooth, pairTypes(smooth, undefined))).toBe(false);
    expectSame(ForceField.create(system, smooth), system, smooth);
  });

  test("per-particle diameters", () => {
    const model = parseModel({ ...hertzian, diameters: { nonAdditivity: 0.2 } });
    const bare = shaken(model, 200, 3, 13);
    const random = randomNumbers(8);
    const system = {
      ...bare,
      diameters: bare.positions.filter((_, k) => k % 2 === 0).map(() => 0.7 + random()),
    };
    expectSame(ForceField.create(system, model), system, model);
  });
});

describe("a field that moves", () => {
  test("after any motion and shear it is what a fresh field is", () => {
    const model = preset("2dipl");
    fc.assert(
      fc.property(
        fc.nat(),
        fc.array(fc.double({ min: -0.06, max: 0.06, noNaN: true }), { maxLength: 6 }),
        (seed, steps) => {
          const random = randomNumbers(seed);
          const start = shaken(model, 150, seed);
          const field = ForceField.create(start, model);
          for (const step of steps) {
            const vectors = field.box.vectors.slice();
            vectors[2] += step * vectors[3];
            field.setBox(createBox(2, vectors));
            field.setPositions(field.positions().map((x) => x + 0.1 * (random() - 0.5)));
            const { box, positions, species } = field.system();
            expectSame(field, { box, positions, species }, model);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test("a box carries particles along, and its pairs stay while the skin covers that", () => {
    const model = preset("2dipl");
    const start = shaken(model, 400, 2);
    const field = ForceField.create(start, model);
    const before = field.positions();
    const vectors = start.box.vectors.slice();
    vectors[2] += 0.01 * vectors[3];
    field.setBox(createBox(2, vectors));
    expect(field.rebuilds).toBe(1);
    const sheared = before.map((x, k) => (k % 2 === 0 ? x + 0.01 * before[k + 1] : x));
    expectClose(field.positions(), sheared, 1e-14);
    expectSame(field, { ...start, box: field.box, positions: sheared }, model);
  });

  test("positions() is continuous over periods, wrappedPositions() lies in the box around 0", () => {
    const model = preset("2dipl");
    const start = shaken(model, 100, 4);
    const field = ForceField.create(start, model);
    expectClose(field.positions(), start.positions, 1e-14);
    const moved = start.positions.map((x) => x + 2.5);
    field.setPositions(moved);
    field.rebuild({ reorder: true });
    expectClose(field.positions(), moved, 1e-14);
    expect(largest(field.wrappedPositions().filter((_, k) => k % 2 === 1))).toBeLessThanOrEqual(
      0.5 * start.box.vectors[3] * (1 + 1e-12),
    );
  });

  test("dU/dγ of a simple shear is V·σ_xy: central differences, error ∝ h²", () => {
    const model = preset("2dipl");
    const start = shaken(model, 200, 6);
    const slope = (h: number) => {
      const at = (gamma: number) => {
        const field = ForceField.create(start, model);
        const vectors = start.box.vectors.slice();
        vectors[2] += gamma * vectors[3];
        field.setBox(createBox(2, vectors));
        return field.energy;
      };
      return (at(h) - at(-h)) / (2 * h);
    };
    const [v, field] = [start.box.vectors[0] * start.box.vectors[3], ForceField.create(start, model)];
    const exact = v * field.stress()[1];
    const errors = [1e-3, 5e-4].map((h) => Math.abs(slope(h) - exact));
    expect(errors[0] / errors[1]).toBeGreaterThan(3.9);
    expect(errors[0] / errors[1]).toBeLessThan(4.1);
  });

  test("state and restore: the same bits", () => {
    const model = preset("3dkablj");
    const field = ForceField.create(shaken(model, 300, 9), model);
    field.setPositions(field.positions().map((x, k) => x + 0.02 * Math.sin(k)));
    const state = field.state();
    const before = field.gradient();
    field.setPositions(field.positions().map((x) => x + 1.7));
    field.rebuild({ reorder: true });
    field.restore(state);
    expect(field.gradient()).toEqual(before);
  });
});

describe("refusals", () => {
  const model = preset("2dipl");
  const system = shaken(model, 100, 1);
  const create = (changes: Partial<System>, m = model) => ForceField.create({ ...system, ...changes }, m);

  test("a box shorter than the cutoff", () => {
    expect(() => create({ box: createBox(2, [30, 0, 0, 2]) })).toThrow(
      /2\.000 wide.*cutoff 2\.072.*own images/,
    );
  });
  test("a species that the model lacks", () => {
    expect(() => create({ species: system.species.map((s, k) => (k === 7 ? 2 : s)) })).toThrow(
      /particle 7 is of species 2/,
    );
  });
  test("another dimension", () => {
    expect(() => create({}, preset("3dipl"))).toThrow(/lives in 3D, the box in 2D/);
  });
  test("diameters that are missing", () => {
    const mixed = parseModel({ ...hertzian, diameters: { nonAdditivity: 0 } });
    expect(() => create({ species: new Int32Array(100) }, mixed)).toThrow(/column of diameters/);
  });
  test("a coordinate that is no number", () => {
    const field = create({});
    expect(() => field.setPositions(system.positions.map((x, k) => (k === 3 ? Number.NaN : x)))).toThrow(
      /left for infinity/,
    );
  });
  test.each([0, -1, Number.NaN])("a skin of %d", (skin) => {
    expect(() => ForceField.create(system, model, { skin })).toThrow(/skin must be positive/);
  });
});

test.each([
  ["hertzian", "hertz"],
  ["harmonic", "square"],
  ["lennard-jones", "hertz"],
])(
  "%s of strengths that go with diameters (%s): energy and gradient are those of the interactions",
  (form, strength) => {
    for (const dimension of [2, 3]) {
      const cut = form === "lennard-jones" ? { cutoff: 1.8 } : {};
      const model = parseModel({
        ...hertzian,
        dimension,
        form,
        ...cut,
        diameters: { nonAdditivity: 0.1, strength },
      });
      const system = shaken(model, dimension === 2 ? 100 : 125, 4, dimension === 2 ? 9 : 4.5);
      const diameters = Float64Array.from(system.species, (_, p) => 0.8 + 0.4 * ((p * 0.618) % 1));
      const field = ForceField.create({ ...system, diameters }, model);
      const found = findInteractions({ ...system, diameters }, model);
      expect(field.energy / energy(found)).toBeCloseTo(1, 10);
      const [mine, theirs] = [field.gradient(), gradient(found)];
      const size = theirs.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
      mine.forEach((g, k) => {
        expect(Math.abs(g - theirs[k])).toBeLessThan(1e-10 * size);
      });
    }
  },
);
