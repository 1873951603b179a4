import { describe, expect, test } from "vitest";
import { readReference, testRandom } from "../../test/reference.ts";
import { makeGlass, shear } from "../deform/index.ts";
import { energy, findInteractions, gradient, hessian, pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { type PairModel, preset } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { minimumImage, type System } from "../space/index.ts";
import { multiply, solve, symmetricEigen, toDense, withoutMean } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { normalised } from "./expansion.ts";
import {
  census,
  cubicModes,
  doubleWell,
  eshelbyFit,
  expansionAlong,
  pseudoHarmonicFields,
  softestThreshold,
  threshold,
} from "./index.ts";

const silicon = preset("sw-silicon");
const glasses: readonly (readonly [string, PairModel, System])[] = [
  ["2DIPL", preset("2dipl"), readReference("2dipl_400").system],
  [
    "silicon",
    silicon,
    makeGlass({ model: silicon, particles: 64, seed: 1, protocol: { liquidTime: 2, annealTime: 4 } }).system,
  ],
];

describe.each(glasses)("%s", (_, model, system) => {
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const { interactions } = minimum.backbone;
  const d = interactions.dimension;
  const factor = minimum.factor();
  const inverse = (b: Float64Array, count: number) => solve(factor, b, { count });
  const random = testRandom(5);
  const seeds = Array.from({ length: 6 }, () => {
    const force = new Float64Array(interactions.particleCount * d);
    const p = Math.floor(random() * interactions.particleCount);
    for (let a = 0; a < d; a++) force[p * d + a] = random() - 0.5;
    return inverse(withoutMean(force, d), 1);
  });

  test("κ and τ are the second and third derivatives of the energy along a direction", () => {
    const z = normalised(seeds[0], d);
    const { stiffness, anharmonicity } = expansionAlong(interactions, z);
    const forceAt = (s: number) => {
      const positions = minimum.system.positions.map((x, k) => x + s * z[k]);
      return dot(gradient(findInteractions({ ...minimum.system, positions }, model)), z);
    };
    const h = 1e-3;
    const [far, less, more, further] = [-2 * h, -h, h, 2 * h].map(forceAt);
    expect((8 * (more - less) - (further - far)) / (12 * h) / stiffness).toBeCloseTo(1, 7);
    const second = (-further + 16 * more - 30 * forceAt(0) + 16 * less - far) / (12 * h * h);
    expect(second / anharmonicity).toBeCloseTo(1, 4);
  });

  const { i, j } = pairsOf(interactions);
  const matrix = hessian(interactions);
  /** C(z) = (M:zz)²/Σ_⟨ij⟩ (z_ij·z_ij)² and its gradient. */
  const costOf = (z: Float64Array): { cost: number; slope: Float64Array } => {
    const linear = multiply(matrix, z);
    const stiffness = dot(linear, z);
    const apart = Array.from(i, (p, m) => {
      const u = Float64Array.from({ length: d }, (_, a) => z[j[m] * d + a] - z[p * d + a]);
      return dot(u, u);
    });
    const quartic = apart.reduce((sum, x) => sum + x * x, 0);
    const slope = linear.map((x) => (4 * stiffness * x) / quartic);
    i.forEach((p, m) => {
      for (let a = 0; a < d; a++) {
        const pull = (4 * stiffness ** 2 * apart[m] * (z[j[m] * d + a] - z[p * d + a])) / quartic ** 2;
        slope[j[m] * d + a] -= pull;
        slope[p * d + a] += pull;
      }
    });
    return { cost: stiffness ** 2 / quartic, slope };
  };

  const modes = cubicModes(interactions, inverse, seeds).filter((mode) => mode !== undefined);

  test("cubic modes solve M·z = (κ/τ) U‴:zz, and no neighbour has a stationary barrier's slope", () => {
    expect(modes.length).toBeGreaterThan(0);
    for (const { field, stiffness, anharmonicity, residual } of modes) {
      expect(residual).toBeLessThan(1e-6);
      const { quadratic } = expansionAlong(interactions, field);
      const linear = multiply(matrix, field);
      const scale = Math.sqrt(dot(linear, linear));
      linear.forEach((x, k) => {
        expect(Math.abs(x - (stiffness / anharmonicity) * quadratic[k]) / scale).toBeLessThan(1e-4);
      });
      const barrierAt = (direction: Float64Array, s: number) => {
        const near = field.map((x, k) => x + s * direction[k]);
        const { stiffness: k2, anharmonicity: k3 } = expansionAlong(interactions, near);
        return (k2 * k2 * k2) / (k3 * k3);
      };
      const direction = normalised(seeds[3], d);
      const b = barrierAt(direction, 0);
      const slope = (barrierAt(direction, 1e-4) - barrierAt(direction, -1e-4)) / 2e-4;
      expect(Math.abs(slope / b)).toBeLessThan(1e-3);
    }
  });

  test("pseudo-harmonic fields lower C(z) step by step to a stationary value", () => {
    const cost = (z: Float64Array) => costOf(z).cost;
    let before = cost(normalised(seeds[1], d));
    for (const steps of [1, 2, 5, 20]) {
      const [z] = pseudoHarmonicFields(interactions, inverse, [seeds[1]], steps);
      expect(cost(z)).toBeLessThanOrEqual(before * (1 + 1e-12));
      before = cost(z);
    }
    const [z] = pseudoHarmonicFields(interactions, inverse, [seeds[1]], 300);
    const direction = normalised(seeds[2], d);
    const at = (s: number) => cost(z.map((x, k) => x + s * direction[k]));
    expect(Math.abs((at(1e-4) - at(-1e-4)) / 2e-4 / at(0))).toBeLessThan(1e-3);
  });

  test("pseudo-harmonic modes are those of a direct minimisation of C(z) from nearby", () => {
    const [mode] = pseudoHarmonicFields(interactions, inverse, [seeds[1]], 2000);
    const off = Float64Array.from(mode, (x) => x + (0.2 * (random() - 0.5)) / Math.sqrt(mode.length));
    const { z, cost } = descended(costOf, normalised(off, d), d);
    expect(cost / costOf(mode).cost).toBeCloseTo(1, 6);
    expect(Math.abs(dot(z, mode))).toBeGreaterThan(1 - 1e-4);
  });

  test("the census: each mode once, by barrier; its force under a strain is that of the strained box", () => {
    const found = census(minimum, localThermalEnergy(minimum), { modes: 3, bonds: 5 });
    expect(found.length).toBeGreaterThan(0);
    found.forEach((one, k) => {
      if (k > 0) expect(one.barrier).toBeGreaterThanOrEqual(found[k - 1].barrier);
      for (const other of found.slice(0, k)) expect(Math.abs(dot(one.field, other.field))).toBeLessThan(0.9);
      expect(one.anharmonicity).toBeGreaterThan(0);
    });
    const [{ field, coupling }] = found;
    // unit of pure shear e_xx = ½, e_yy = −½ of box and particles
    const strained = (s: number) => {
      const factors = Array.from({ length: d }, (__, a) => 1 + s * [0.5, -0.5, 0][a]);
      const { box, positions, species } = minimum.system;
      const vectors = box.vectors.map((x, k) => x * factors[k % d]);
      const moved = positions.map((x, k) => x * factors[k % d]);
      return { species, box: { ...box, vectors }, positions: moved };
    };
    const force = (s: number) => dot(gradient(findInteractions(strained(s), model)), field);
    const slope = (force(1e-5) - force(-1e-5)) / 2e-5;
    expect(Math.abs(slope - (coupling[0] - coupling[d + 1]) / 2)).toBeLessThan(
      1e-6 * Math.max(...coupling.map(Math.abs)),
    );
  });

  test("thresholds: the fold of the cubic energy; no shear has a smaller one than the softest", () => {
    const [one] = census(minimum, localThermalEnergy(minimum), { modes: 1, bonds: 1 });
    const { stiffness: k, anharmonicity: t, coupling } = one;
    const strain = new Float64Array(d * d);
    [strain[1], strain[d]] = [0.5, 0.5];
    const force = coupling.reduce((sum, x, e) => sum + x * strain[e], 0);
    const fold = threshold(one, strain);
    // dU/ds = κ s + ½ τ s² + γ ν has one root at the fold
    expect(Math.abs(k * k - 2 * t * fold * force) / (k * k)).toBeLessThan(1e-12);
    expect(Math.abs(fold)).toBeGreaterThanOrEqual(softestThreshold(one) * (1 - 1e-12));
  });
});

/** Conjugate gradients (Polak–Ribière), halving and doubling steps: a minimum of C on unit vectors without a mean. */
function descended(
  costOf: (z: Float64Array) => { cost: number; slope: Float64Array },
  from: Float64Array,
  d: number,
): { z: Float64Array; cost: number } {
  let z = from;
  let { cost, slope } = costOf(z);
  let move = slope.map((x) => -x);
  let length = 1e-3 / Math.sqrt(dot(move, move));
  for (let step = 0; step < 4000; step++) {
    const at = (s: number) =>
      normalised(
        z.map((x, k) => x + s * move[k]),
        d,
      );
    const costAt = (s: number) => costOf(at(s)).cost;
    if (costAt(length) < cost) while (costAt(2 * length) < costAt(length)) length *= 2;
    else while (!(costAt(length) < cost) && length > 1e-18) length /= 2;
    if (!(costAt(length) < cost)) break;
    z = at(length);
    const next = costOf(z);
    const turn = Math.max(
      0,
      dot(
        next.slope,
        next.slope.map((x, k) => x - slope[k]),
      ) / dot(slope, slope),
    );
    if (cost - next.cost < 1e-13 * cost) break;
    move = move.map((x, k) => turn * x - next.slope[k]);
    if (dot(move, next.slope) > 0) move = next.slope.map((x) => -x);
    ({ cost, slope } = next);
  }
  return { z, cost };
}

describe("seen from afar", () => {
  const { system, model } = readReference("2dipl_1600");
  const minimum = minimumOf(system, model);
  const medium = { bulkModulus: 3, shearModulus: 1 };
  const position = Float64Array.of(20, 20);

  test("the field of a pair of forces in the medium is fitted exactly, with a translation and a rotation beside", () => {
    // Kelvin's solution in the plane, by its own differences
    const lame = medium.bulkModulus - medium.shearModulus;
    const green = (x: number, y: number, i: number, j: number) => {
      const r2 = x * x + y * y;
      const scale = 1 / (4 * Math.PI * medium.shearModulus * (lame + 2 * medium.shearModulus));
      const n = [x, y];
      return (
        scale *
        (-(lame + 3 * medium.shearModulus) * 0.5 * Math.log(r2) * (i === j ? 1 : 0) +
          ((lame + medium.shearModulus) * n[i] * n[j]) / r2)
      );
    };
    const dipole = [0.7, -0.3, -0.3, 0.2];
    const h = 1e-4;
    const field = system.positions.map((_, k) => {
      const p = k - (k % 2);
      const u = minimumImage(
        system.box,
        Float64Array.of(system.positions[p] - position[0], system.positions[p + 1] - position[1]),
      );
      let sum = 0.01 + (k % 2 === 0 ? -0.002 * u[1] : 0.002 * u[0]);
      for (let j = 0; j < 2; j++) {
        const x = (green(u[0] + h, u[1], k % 2, j) - green(u[0] - h, u[1], k % 2, j)) / (2 * h);
        const y = (green(u[0], u[1] + h, k % 2, j) - green(u[0], u[1] - h, k % 2, j)) / (2 * h);
        sum -= dipole[2 * j] * x + dipole[2 * j + 1] * y;
      }
      return sum;
    });
    const found = eshelbyFit(minimum, { field, position }, medium);
    found.dipole.forEach((x, k) => {
      expect(Math.abs(x - dipole[k])).toBeLessThan(1e-5);
    });
    expect(found.explained).toBeCloseTo(1, 8);
  });

  test("the dipole of a soft excitation is that of its coupling to strain, and opposite: it relieves what drives it", () => {
    const [one] = census(minimum, localThermalEnergy(minimum)).sort((a, b) => a.stiffness - b.stiffness);
    const { dipole, explained } = eshelbyFit(minimum, one);
    const doubled = (m: Float64Array) => Math.atan2(2 * m[1], m[0] - m[3]);
    const apart = Math.abs(doubled(dipole.map((x) => -x)) - doubled(one.coupling));
    expect(Math.min(apart, 2 * Math.PI - apart) / 2).toBeLessThan(0.2);
    expect(explained).toBeGreaterThan(0.5);
  });
});

test("a census is followed through a strain: the modes of the one before are found again, at less cost", () => {
  const { system, model } = readReference("2dipl_400");
  const before = minimumOf(system, model);
  const known = census(before, localThermalEnergy(before));
  const after = minimumOf(shear(system, model, { maxStrain: 1e-3 }).system, model);
  let [fresh, kept] = [0, 0];
  const count = (add: (n: number) => void) => ({
    onProgress: ({ stage, total }: { stage: string; total: number }) => {
      if (stage === "local modes") add(total);
    },
  });
  const anew = census(
    after,
    localThermalEnergy(after),
    {},
    count((n) => (fresh = n)),
  );
  const updated = census(
    after,
    localThermalEnergy(after),
    { from: known },
    count((n) => (kept = n)),
  );
  expect(kept).toBeLessThan(0.5 * fresh);
  const found = (one: (typeof anew)[number]) =>
    updated.some((other) => Math.abs(dot(one.field, other.field)) > 0.9);
  expect(anew.slice(0, 5).filter(found)).toHaveLength(5);
});

describe("double wells of 2DIPL, N = 400, sheared to shortly before its first event", () => {
  const { system, model } = readReference("2dipl_400");
  const [{ strain }] = shear(system, model, { events: 1 }).events;
  const [far, near] = [1e-5, 1e-7].map((left) => {
    const minimum = minimumOf(shear(system, model, { events: 1, maxStrain: strain - left }).system, model);
    const [softest] = census(minimum, localThermalEnergy(minimum), { modes: 10, bonds: 20 });
    const well = doubleWell(minimum, softest);
    if (well.status !== "found") throw new Error(well.reason);
    return { minimum, softest, well };
  });

  test("the softer, the closer is the cubic barrier to the true one, and its saddle to the true saddle", () => {
    const off = [far, near].map(({ well, softest }) => Math.abs(well.barrier / softest.barrier - 1));
    expect(off[1]).toBeLessThan(0.3 * off[0]);
    expect(off[1]).toBeLessThan(0.1);
    const { well, softest } = near;
    expect(well.toSaddle / ((2 * softest.stiffness) / softest.anharmonicity)).toBeCloseTo(1, 1);
    // a fold: E ∼ left^(3/2)
    expect(far.well.barrier / near.well.barrier / 1e3).toBeCloseTo(1, 0);
  });

  test.each([
    ["1e-5", far],
    ["1e-7", near],
  ])(
    "%s before: at saddle and minima there is no force; energies are those of the interactions",
    (_, { minimum, well }) => {
      const at = (by: Float64Array) =>
        findInteractions(
          { ...minimum.system, positions: minimum.system.positions.map((x, k) => x + by[k]) },
          model,
        );
      const start = energy(at(new Float64Array(well.saddle.length)));
      expect(Math.abs(energy(at(well.saddle)) - start - well.barrier)).toBeLessThan(1e-10);
      expect(Math.abs(energy(at(well.other)) - start - well.difference)).toBeLessThan(1e-9);
      expect(well.back - well.barrier).toBeCloseTo(-well.difference, 12);
      for (const place of [well.saddle, well.other])
        expect(Math.max(...gradient(at(place)).map(Math.abs))).toBeLessThan(1e-9);
      expect(well.returns).toBe(true);
      expect(well.index).toBe(1);
    },
  );

  test("by dense diagonalisation, too, M has one negative eigenvalue at the saddle", () => {
    const { minimum, well } = far;
    const positions = minimum.system.positions.map((x, k) => x + well.saddle[k]);
    const { values } = symmetricEigen(
      toDense(hessian(findInteractions({ ...minimum.system, positions }, model))),
    );
    const scale = values[values.length - 1];
    expect(values.filter((x) => x < -1e-9 * scale)).toHaveLength(1);
    expect(values.filter((x) => Math.abs(x) < 1e-9 * scale)).toHaveLength(2);
  });
});

test("a glass about to yield: the census's smallest threshold is at the softest pair, and next to no strain away", () => {
  const { system, model } = readReference("2dipl_1600_sheared_soft");
  const minimum = minimumOf(system, model);
  const found = census(minimum, localThermalEnergy(minimum), { modes: 10, bonds: 20 });
  const shear = Float64Array.of(0, 1, 0, 0);
  const ahead = found
    .filter((one) => threshold(one, shear) > 0)
    .sort((a, b) => threshold(a, shear) - threshold(b, shear));
  expect(threshold(ahead[0], shear)).toBeLessThan(1e-5);
  const [{ lte, sites }] = localThermalEnergy(minimum).energies;
  const softest = lte.reduce((most, e, m) => (Math.abs(e) > Math.abs(lte[most]) ? m : most), 0);
  const at = sites.members[0][softest];
  const away = minimumImage(
    system.box,
    ahead[0].position.map((x, a) => x - minimum.system.positions[2 * at + a]),
  );
  expect(Math.sqrt(dot(away, away))).toBeLessThan(3);
});
