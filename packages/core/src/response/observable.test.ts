import { describe, expect, test } from "vitest";
import { withPairs } from "../../test/families.ts";
import { readReference } from "../../test/reference.ts";
import { factored, respondedBy, solvedBy } from "../../test/solved.ts";
import { SoftfieldError } from "../errors.ts";
import {
  energy,
  findInteractions,
  gradient,
  hessian,
  hessianPattern,
  type Interactions,
  pairsOf,
  stress,
} from "../interactions/index.ts";
import { createBox, type System } from "../space/index.ts";
import { logDeterminant, solve, symmetricEigen, toDense } from "../sparse/index.ts";
import {
  bondLength,
  bondObservable,
  debyeWaller,
  displacementOf,
  type Observable,
  particleEnergy,
  particleStress,
  potentialEnergy,
  pseudoInverse,
  squaredDisplacement,
  termEnergy,
  termVirial,
  thermalAverage,
  thermalExpansion,
} from "./index.ts";

const { system: glass, model } = readReference("2dipl_400");
const d = 2;

function at(system: System, positions: Float64Array): Interactions {
  return findInteractions({ ...system, positions }, model);
}

function solved(system: System, pin = 0) {
  return respondedBy(system, at(system, system.positions), { pin });
}

const base = solved(glass);
const bonds = pairsOf(base.interactions);
const [ofBonds] = base.lte.energies;
const softest = ofBonds.anharmonic.reduce(
  (best, a, m, all) => (Math.abs(a) > Math.abs(all[best]) ? m : best),
  0,
);

/** Newton steps with (U + λA) given by its gradient and Hessian, to rounding; the factor at the end. */
function minimiseWith(edit: (interactions: Interactions) => Interactions) {
  let positions = glass.positions.slice();
  for (let step = 0; step < 6; step++) {
    const interactions = edit(at(glass, positions));
    const { factor } = factored(glass, interactions);
    const delta = solve(factor, gradient(interactions), { refine: 1 });
    positions = positions.map((x, k) => x - delta[k]);
  }
  return factored(glass, edit(at(glass, positions))).factor;
}

describe("Eq. 1", () => {
  test("of a pair's energy is its local thermal energy, part by part", () => {
    for (const bond of [0, 7, 311, softest]) {
      const { harmonic, anharmonic } = thermalAverage(termEnergy(bonds, bond), base.response);
      expect(harmonic).toBeCloseTo(ofBonds.harmonic[bond], 10);
      expect(anharmonic / ofBonds.anharmonic[bond]).toBeCloseTo(1, 10);
    }
  });

  test("of the total energy counts the non-zero modes", () => {
    const { value, harmonic, anharmonic } = thermalAverage(potentialEnergy(base.interactions), base.response);
    expect(value).toBeCloseTo(energy(base.interactions), 9);
    expect(harmonic / (400 * d - d)).toBeCloseTo(1, 10);
    expect(Math.abs(anharmonic)).toBeLessThan(1e-6);
  });

  test.each([3, 250, softest])("is d/dλ ln det M at the minimum of U + λε_α, bond %i", (bond) => {
    const logDet = (lambda: number) =>
      logDeterminant(
        minimiseWith((interactions) => {
          const scaled = (values: Float64Array) => values.map((v, m) => (m === bond ? v * (1 + lambda) : v));
          const { phi1, phi2, phi3 } = pairsOf(interactions);
          return withPairs(interactions, { phi1: scaled(phi1), phi2: scaled(phi2), phi3: scaled(phi3) });
        }),
      );
    const expected = thermalAverage(termEnergy(bonds, bond), base.response).coefficient;
    const slope = (h: number) => (logDet(h) - logDet(-h)) / (2 * h);
    const h = 2e-4;
    const [coarse, fine] = [slope(2 * h) - expected, slope(h) - expected];
    // Richardson: what is left when the error of second order is taken out
    expect(Math.abs((4 * fine - coarse) / 3)).toBeLessThan(2e-5 * Math.abs(expected) + 1e-6);
  });

  test("of a displacement is X, of its square the Debye–Waller factor", () => {
    for (const particle of [0, 17, 399]) {
      for (const axis of [0, 1]) {
        const { coefficient } = thermalAverage(displacementOf(2, particle, axis), base.response);
        expect(coefficient).toBe(base.lte.displacement[particle * d + axis]);
      }
      const { coefficient } = thermalAverage(squaredDisplacement(2, particle), base.response);
      const factors = debyeWaller(
        pseudoInverse(solvedBy({ box: glass.box, interactions: base.interactions }, base.factor)),
      );
      expect(coefficient / (2 * factors[particle])).toBeCloseTo(1, 12);
    }
  });

  test("of particles' energies and stresses adds up to that of the whole", () => {
    const sum = (make: (particle: number) => Observable) =>
      Array.from({ length: 400 }, (_, p) => thermalAverage(make(p), base.response)).reduce(
        (total, { value, coefficient }) => [total[0] + value, total[1] + coefficient],
        [0, 0],
      );
    const [u, count] = sum((p) => particleEnergy(base.interactions, p));
    expect(u! / energy(base.interactions)).toBeCloseTo(1, 12);
    expect(count! / (400 * d - d)).toBeCloseTo(1, 9);
    for (const axes of [
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const [sigma] = sum((p) =>
        particleStress({ interactions: base.interactions, box: glass.box }, p, axes),
      );
      expect(sigma! / 400).toBeCloseTo(stress(base.interactions, glass.box)[axes[0] * 2 + axes[1]], 10);
    }
  });

  test("refuses what does not fit", () => {
    const bad = { ...displacementOf(2, 0, 0), particles: Int32Array.of(400) };
    expect(() => thermalAverage(bad, base.response)).toThrow(/no particle 400 \(0…399\)/);
    expect(() => thermalAverage({ ...bad, particles: new Int32Array(2) }, base.response)).toThrow(
      SoftfieldError,
    );
    const { hessian: _, ...linear } = bondLength(bonds, 0);
    const short = {
      ...linear,
      hessian: { first: Int32Array.of(0), second: Int32Array.of(0), blocks: new Float64Array(1) },
    };
    expect(() => thermalAverage(short, base.response)).toThrow(/1 Hessian blocks/);
  });
});

describe("what does not exist has no average", () => {
  const { interactions } = base;
  const at = { interactions, box: glass.box };
  const last = bonds.count - 1;
  const zero = { value: 0, gradient: new Float64Array(2), hessian: new Float64Array(4) };

  test.each<[string, () => Observable, string]>([
    ["stress of a particle", () => particleStress(at, 999, [0, 1]), "no particle 999 (0…399)"],
    ["stress along an axis", () => particleStress(at, 0, [0, 2]), "no axis 2 (0…1)"],
    ["energy behind the last", () => particleEnergy(interactions, 400), "no particle 400 (0…399)"],
    ["energy before the first", () => particleEnergy(interactions, -1), "no particle -1 (0…399)"],
    ["energy between two", () => particleEnergy(interactions, 1.5), "no particle 1.5 (0…399)"],
    ["pair energy", () => termEnergy(bonds, 99999), `no bond 99999 (0…${last})`],
    ["bond length", () => bondLength(bonds, -1), `no bond -1 (0…${last})`],
    ["virial", () => termVirial(bonds, last + 1, [0, 0]), `no bond ${last + 1} (0…${last})`],
    ["virial along an axis", () => termVirial(bonds, 0, [-1, 0]), "no axis -1 (0…1)"],
    ["function of a bond", () => bondObservable("f", bonds, 0.5, zero), `no bond 0.5 (0…${last})`],
    ["displacement along an axis", () => displacementOf(2, 3, 5), "no axis 5 (0…1)"],
    ["displacement of a particle", () => displacementOf(2, 1.5, 0), "no particle 1.5 (give a whole number"],
    ["squared displacement", () => squaredDisplacement(2, -1), "no particle -1 (give a whole number"],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(`there is ${message}`);
    expect(make).toThrow(expect.objectContaining({ code: "usage" }));
  });

  test("a bond's derivatives must be of the dimension", () => {
    const spatial = { ...zero, gradient: new Float64Array(3) };
    expect(() => bondObservable("f", bonds, 0, spatial)).toThrow(
      'observable "f": gradient and Hessian by a bond vector have 2 and 4 components, got 3 and 4',
    );
  });

  const own = {
    name: "mine",
    value: 1,
    particles: Int32Array.of(2),
    gradient: Float64Array.of(1, 2),
    hessian: { first: Int32Array.of(2), second: Int32Array.of(3), blocks: Float64Array.of(1, 2, 3, 4) },
  };
  const withHessian = (change: Partial<typeof own.hessian>) => ({
    ...own,
    hessian: { ...own.hessian, ...change },
  });

  test.each<[Observable, string]>([
    [{ ...own, value: Number.NaN }, "its value is NaN"],
    [{ ...own, gradient: Float64Array.of(1, Number.NaN) }, "number 1 of its gradient is NaN"],
    [
      withHessian({ blocks: Float64Array.of(1, 2, Number.POSITIVE_INFINITY, 4) }),
      "number 2 of its Hessian blocks is Infinity",
    ],
    [withHessian({ first: Int32Array.of(-1) }), "there is no particle -1 (0…399)"],
    [withHessian({ second: Int32Array.of(400) }), "there is no particle 400 (0…399)"],
    [withHessian({ second: Int32Array.of(2, 3) }), "1 Hessian blocks need as many columns and 4 numbers"],
    [withHessian({ blocks: new Float64Array(9) }), "1 Hessian blocks need as many columns and 4 numbers"],
    [{ ...own, gradient: new Float64Array(3) }, "1 particles need 2 gradient components, got 3"],
  ])("one of one's own, %#", (observable, message) => {
    expect(Number.isFinite(thermalAverage(own, base.response).coefficient)).toBe(true);
    const average = () => thermalAverage(observable, base.response);
    expect(average).toThrow(`observable "mine": ${message}`);
    expect(average).toThrow(expect.objectContaining({ code: "usage" }));
  });
});

describe("derivatives of the built-in observables", () => {
  const { interactions } = base;
  const [i, j] = [bonds.i[softest], bonds.j[softest]];
  const makers: [string, (x: Interactions) => Observable][] = [
    ["pair energy", (x) => termEnergy(pairsOf(x), softest)],
    ["bond length", (x) => bondLength(pairsOf(x), softest)],
    ["particle energy", (x) => particleEnergy(x, i)],
    ["particle stress xx", (x) => particleStress({ interactions: x, box: glass.box }, i, [0, 0])],
    ["particle stress xy", (x) => particleStress({ interactions: x, box: glass.box }, i, [0, 1])],
  ];

  test.each(makers)("of a %s are those of central differences, error ∼ h²", (_, make) => {
    const moved = (p: number, a: number, by: number) => {
      const positions = glass.positions.slice();
      positions[p * d + a] += by;
      return make(at(glass, positions));
    };
    const gradientOf = (o: Observable) => {
      const g = new Float64Array(800);
      o.particles.forEach((p, k) => {
        for (let a = 0; a < d; a++) g[p * d + a] += o.gradient[k * d + a];
      });
      return g;
    };
    const o = make(interactions);
    const g = gradientOf(o);
    const row = (p: number, a: number) => {
      const result = new Float64Array(800);
      o.hessian!.first.forEach((q, t) => {
        const s = o.hessian!.second[t];
        for (let b = 0; b < d; b++) {
          const block = (x: number, y: number) => o.hessian!.blocks[(t * d + x) * d + y];
          if (q === p) result[s * d + b] += block(a, b);
          if (s === p && q !== s) result[q * d + b] += block(b, a);
        }
      });
      return result;
    };
    const scale = Math.max(...g.map(Math.abs), 1);
    for (const [p, a] of [
      [i, 0],
      [i, 1],
      [j, 0],
      [j, 1],
    ] as const) {
      const h = 1e-4;
      const first = (moved(p, a, h).value - moved(p, a, -h).value) / (2 * h);
      expect(Math.abs(first - g[p * d + a])).toBeLessThan(3e-6 * scale);
      const [up, down] = [gradientOf(moved(p, a, h)), gradientOf(moved(p, a, -h))];
      const exact = row(p, a);
      const largest = Math.max(...exact.map(Math.abs));
      exact.forEach((e, k) => {
        expect(Math.abs((up[k] - down[k]) / (2 * h) - e)).toBeLessThan(1e-5 * largest);
      });
    }
  });
});

describe("the pseudo-inverse", () => {
  const dense = symmetricEigen(toDense(hessian(base.interactions, hessianPattern(base.interactions))));
  const n = 400 * d;
  const exact = (row: number, column: number) => {
    let sum = 0;
    for (let l = d; l < n; l++)
      sum += (dense.vectors[l * n + row] * dense.vectors[l * n + column]) / dense.values[l];
    return sum;
  };

  test("has the dense one's entries, on the pattern and off it, and no pin", () => {
    const { i, j } = bonds;
    const pairs: [number, number][] = [
      [0, 0],
      [5, 5],
      [j[9], i[9]],
      [i[9], j[9]],
      [0, 200],
      [399, 3],
    ];
    const other = solved(glass, 137).response;
    for (const [p, q] of pairs) {
      const block = base.response.covariance(p, q);
      const again = other.covariance(p, q);
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          expect(Math.abs(block[a * d + b] - exact(p * d + a, q * d + b))).toBeLessThan(1e-10);
          expect(Math.abs(block[a * d + b] - again[a * d + b])).toBeLessThan(1e-10);
        }
      }
    }
  });
});

test("thermal expansion is −(1/K) d/dη ln det of the Hessian with the box, at the minimum under pressure", () => {
  const { coefficient, bulkModulus } = thermalExpansion(
    solvedBy({ interactions: base.interactions, box: glass.box }, base.factor),
    base.spreads,
  );
  const v0 = glass.box.vectors[0] * glass.box.vectors[3];
  const pressureOf = (x: Interactions, box: System["box"]) => {
    const s = stress(x, box);
    return -(s[0] + s[3]) / 2;
  };
  const p0 = pressureOf(base.interactions, glass.box);
  /** ln det M + ln K at a relaxed configuration whose box is (1+η) times that of the glass, in coordinates of the glass. */
  const logDet = (eta: number) => {
    const box = createBox(
      2,
      glass.box.vectors.map((x) => x * (1 + eta)),
    );
    let positions = glass.positions.map((x) => x * (1 + eta));
    let interactions = findInteractions({ ...glass, box, positions }, model);
    for (let step = 0; step < 6; step++) {
      const { factor } = factored({ ...glass, box, positions }, interactions);
      const delta = solve(factor, gradient(interactions), { refine: 1 });
      positions = positions.map((x, k) => x - delta[k]);
      interactions = findInteractions({ ...glass, box, positions }, model);
    }
    const { factor } = factored({ ...glass, box, positions }, interactions);
    // bond vectors change by du⁰ a unit of η, where du⁰ = x⁰_j − x⁰_i of the glass through the same image
    const { i, j, du, r, phi1, phi2 } = pairsOf(interactions);
    const coupling = new Float64Array(800);
    let k = p0 * v0 * 2;
    for (let m = 0; m < i.length; m++) {
      const reference = [0, 1].map((a) => {
        const moved = (p: number) => positions[p * 2 + a] - (1 + eta) * glass.positions[p * 2 + a];
        return (du[m * 2 + a] - moved(j[m]) + moved(i[m])) / (1 + eta);
      });
      const along = reference[0] * du[m * 2] + reference[1] * du[m * 2 + 1];
      const across = phi1[m] / r[m];
      for (let a = 0; a < 2; a++) {
        const f = (phi2[m] - across) * (along / r[m] ** 2) * du[m * 2 + a] + across * reference[a];
        coupling[j[m] * 2 + a] += f;
        coupling[i[m] * 2 + a] -= f;
        k += f * reference[a];
      }
    }
    const w = solve(factor, coupling, { refine: 1 });
    w.forEach((x, q) => {
      k -= x * coupling[q];
    });
    return { log: logDeterminant(factor) + Math.log(k), k, pressure: pressureOf(interactions, box) };
  };
  const slope = (h: number) => (logDet(h).log - logDet(-h).log) / (2 * h);
  const h = 1e-5;
  const centre = logDet(0).k;
  expect((bulkModulus * 4 * v0) / centre).toBeCloseTo(1, 10);
  const expected = -(4 * slope(h) - slope(2 * h)) / 3 / centre;
  expect(coefficient / expected).toBeCloseTo(1, 4);
  const compressed = (logDet(h).pressure - logDet(-h).pressure) / (4 * h);
  expect(-compressed / bulkModulus).toBeCloseTo(1, 4);
});
