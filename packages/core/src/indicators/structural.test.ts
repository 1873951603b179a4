import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { stress } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { crystal, minimumImage, volume } from "../space/index.ts";
import { cellVolumes, radiiOf } from "./cells.ts";
import { indicators } from "./index.ts";
import { particlePressures } from "./pressure.ts";
import { angle } from "./tong-tanaka.ts";

const glasses = (["2dipl_400", "3dipl_400", "3dkablj_400"] as const).map((name) => {
  const { system, model } = readReference(name);
  return { name, minimum: minimumOf(system, model) };
});
const valuesOf = (name: string, minimum: (typeof glasses)[number]["minimum"]) =>
  indicators.get(name).run(minimum, {}, {})[0].values;

/** One species of spheres that touch at 1, in a perfect crystal. */
function perfect(name: Parameters<typeof crystal>[0], cells: number, density: number) {
  const model = parseModel({
    ...{ name: "soft spheres", form: "inverse-power-law", species: ["A"], exponent: 10, lambda: 1 },
    ...{ cutoff: name === "bcc" ? 1.8 : 1.48, smoothing: 3 },
  });
  return minimumOf(crystal(name, cells, density), model, { refine: false });
}

describe.each(glasses)("$name", ({ minimum }) => {
  const { system, model } = minimum;
  const { box } = system;
  const d = box.dimension;

  test("pressures of particles, by their cells' volumes, sum to that of the glass", () => {
    const volumes = cellVolumes(minimum);
    const sum = particlePressures(minimum).reduce((total, p, k) => total + p * volumes[k], 0);
    const sigma = stress(minimum.interactions, box);
    const trace = sigma.reduce((total, x, k) => (k % (d + 1) === 0 ? total + x : total), 0);
    expect(sum / volume(box)).toBeCloseTo(-trace / d, 9);
    const below = valuesOf("pressure", minimum);
    expect(Math.min(...below)).toBe(0);
  });

  test("free volumes are cells over particles", () => {
    const radii = radiiOf(minimum);
    const own = (p: number) => (d === 2 ? Math.PI * radii[p] ** 2 : (4 / 3) * Math.PI * radii[p] ** 3);
    const total = valuesOf("free-volume", minimum).reduce((sum, ratio, p) => sum + ratio * own(p), 0);
    expect(total / volume(box)).toBeCloseTo(1, 11);
    const [small, large] = model.name === "3dkablj" ? [1, 0] : [0, 1];
    expect(radii[system.species.indexOf(small)]).toBeLessThan(radii[system.species.indexOf(large)]);
  });

  test("two-body entropy of a particle: its own sum over shells", () => {
    const values = valuesOf("two-body-entropy", minimum);
    const count = system.species.length;
    const spacing = (volume(box) / count) ** (1 / d);
    // two particles, from all distances one by one; the offset cancels
    const s2 = (p: number) => {
      let entropy = 0;
      for (const s of model.species.keys()) {
        const others = Array.from(system.species.keys()).filter((q) => system.species[q] === s);
        const rho = others.length / volume(box);
        const near = others
          .filter((q) => q !== p)
          .map((q) => {
            const away = system.positions
              .slice(q * d, q * d + d)
              .map((x, a) => x - system.positions[p * d + a]);
            return Math.hypot(...minimumImage(box, away)) / spacing;
          });
        for (let r = 0.02; r < 4; r += 0.04) {
          const shell = (d === 2 ? 2 * Math.PI * r : 4 * Math.PI * r * r) * spacing ** d;
          const density = near.reduce((sum, at) => sum + Math.exp(-0.5 * ((r - at) / 0.09) ** 2), 0);
          const g = density / (0.09 * Math.sqrt(2 * Math.PI)) / (rho * shell);
          entropy -= 0.5 * rho * ((g > 0 ? g * Math.log(g) : 0) - g + 1) * shell * 0.04;
        }
      }
      return entropy;
    };
    // by minimum images, where the box is long enough
    if (Math.min(...box.vectors.filter((x) => x > 0)) < 2 * 4.5 * spacing) {
      expect(Math.min(...values)).toBe(0);
      return;
    }
    expect(values[5] - values[77]).toBeCloseTo(s2(5) - s2(77), 5);
  });
});

test("bond order of crystals: hexagonal discs lack none, others what the literature gives for q₆", () => {
  expect(Math.max(...valuesOf("bond-order", perfect("hexagonal", 8, 1)))).toBeLessThan(1e-12);
  // Mickel et al. 2013, table I: 0.575, 0.354; bcc by facets: 8 of the hexagons, 6 of the squares
  for (const [name, q6] of [["fcc", 0.57452]] as const) {
    for (const lack of valuesOf("bond-order", perfect(name, 4, Math.SQRT2)))
      expect(1 - lack).toBeCloseTo(q6, 4);
  }
});

describe("Tong and Tanaka's disorder", () => {
  test("is 0 where discs of one size touch six others", () => {
    expect(Math.max(...valuesOf("tong-tanaka", perfect("hexagonal", 8, 1)))).toBeLessThan(1e-7);
  });

  test("of a glass in 2D: its angles are the full turn, its ideal ones those of triangles with sides λ", () => {
    const { minimum } = glasses[0];
    const { system } = minimum;
    const values = valuesOf("tong-tanaka", minimum);
    const lambda = [
      [1, 1.18],
      [1.18, 1.4],
    ];
    // neighbours of one particle by their angle around it; those that make a corner of its cell are next to each other
    for (const p of [3, 200]) {
      const arms = Array.from(system.species.keys())
        .filter((q) => q !== p)
        .map((q) => {
          const away = system.positions
            .slice(2 * q, 2 * q + 2)
            .map((x, a) => x - system.positions[2 * p + a]);
          minimumImage(system.box, away);
          return { q, x: away[0], y: away[1], r: Math.hypot(away[0], away[1]) };
        })
        .sort((a, b) => a.r - b.r)
        .slice(0, 30);
      const a2 = (q: number) => (lambda[system.species[q]][system.species[q]] / 2) ** 2;
      const power = (arm: (typeof arms)[number]) => (arm.r ** 2 + a2(p) - a2(arm.q)) / 2;
      // a pair makes a corner where no other plane cuts off the point where theirs meet
      const sums: number[] = [];
      let turn = 0;
      arms.forEach((b, k) => {
        for (const c of arms.slice(k + 1)) {
          const det = b.x * c.y - b.y * c.x;
          const [hb, hc] = [power(b), power(c)];
          const [x, y] = [(hb * c.y - hc * b.y) / det, (hc * b.x - hb * c.x) / det];
          if (!arms.every((e) => e === b || e === c || e.x * x + e.y * y < power(e))) continue;
          const theta = Math.acos((b.x * c.x + b.y * c.y) / (b.r * c.r));
          const [ab, ac] = [
            lambda[system.species[p]][system.species[b.q]],
            lambda[system.species[p]][system.species[c.q]],
          ];
          const bc = lambda[system.species[b.q]][system.species[c.q]];
          turn += theta;
          sums.push(Math.abs(theta - Math.acos((ab ** 2 + ac ** 2 - bc ** 2) / (2 * ab * ac))));
        }
      });
      expect(turn).toBeCloseTo(2 * Math.PI, 10);
      expect(values[p]).toBeCloseTo(sums.reduce((sum, x) => sum + x, 0) / sums.length, 10);
    }
  });

  test("solid angles: an octant, a regular tetrahedron's corner", () => {
    expect(angle([0, 0, 0])).toBeCloseTo(Math.PI / 2, 14);
    expect(angle([0.5, 0.5, 0.5])).toBeCloseTo(3 * Math.acos(1 / 3) - Math.PI, 14);
  });
});

test("structure without a model glass: diameters of particles count", () => {
  const { system } = readReference("2dipl_400");
  const poly = preset("poly2d");
  const diameters = Float64Array.from(system.species, (s) => (s === 0 ? 1 : 1.4));
  const species = new Int32Array(400);
  const radii = radiiOf({ system: { ...system, species, diameters }, model: poly });
  expect([...new Set(radii)].sort()).toEqual([0.5, 0.7]);
});
