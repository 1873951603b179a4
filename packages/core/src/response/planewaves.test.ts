import { describe, expect, test } from "vitest";
import { differenceThirdDerivative } from "../../test/oracles/differences.ts";
import { jitteredLattice, readReference } from "../../test/reference.ts";
import { makeGlass } from "../deform/index.ts";
import { findInteractions } from "../interactions/index.ts";
import { factorHessian } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { solve } from "../sparse/index.ts";
import { allModes, largestWaveNumber, planeWaveCouplings } from "./index.ts";
import { planeWave } from "./planewaves.ts";

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);

describe.each(["2dipl", "3dipl"] as const)("plane waves of %s in a tilted box", (name) => {
  const model = preset(name);
  const system = jitteredLattice(model, model.dimension === 2 ? 6 : 4, 3);
  const d = system.box.dimension;

  test("are of unit length, directions at right angles, the first along the wave vector", () => {
    const waves = Array.from({ length: d }, (_, direction) => {
      return planeWave(system, { axis: 1, direction, number: 1, phase: 0.4 });
    });
    for (const psi of waves) expect(dot(psi, psi)).toBeCloseTo(1, 12);
    for (let a = 0; a < d; a++)
      for (let b = 0; b < a; b++) expect(dot(waves[a], waves[b])).toBeCloseTo(0, 12);
    // the wave vector is normal to the other edges of the box
    for (const edge of [0, 2].filter((axis) => axis < d)) {
      const vector = system.box.vectors.subarray(edge * d, (edge + 1) * d);
      expect(dot(waves[0].subarray(0, d), Float64Array.from(vector))).toBeCloseTo(0, 12);
    }
  });

  test("repeat n times along their edge and never along the others", () => {
    const wave = { axis: 1, direction: 0, number: 2, phase: 0.4 };
    const psi = planeWave(system, wave);
    const shifted = (edge: number, part: number) =>
      planeWave(
        {
          ...system,
          positions: system.positions.map((x, k) => x + part * system.box.vectors[edge * d + (k % d)]),
        },
        wave,
      );
    for (const other of [shifted(1, 0.5), shifted(0, 0.3)])
      other.forEach((x, k) => {
        expect(x).toBeCloseTo(psi[k], 11);
      });
    expect(dot(shifted(1, 0.25), psi)).toBeCloseTo(-1, 11);
    // a phase is a shift by phase/(2πn) of the edge
    const ahead = shifted(1, 0.1);
    planeWave(system, { ...wave, phase: 0.4 + 0.1 * 4 * Math.PI }).forEach((x, k) => {
      expect(x).toBeCloseTo(ahead[k], 11);
    });
  });
});

test("what is averaged are the couplings of Eq. 4, by differences of the Hessian", () => {
  const model = preset("2dipl");
  const system = jitteredLattice(model, 4, 3, 0.05);
  const interactions = findInteractions(system, model);
  const rows = planeWaveCouplings({ ...system, interactions }, { largest: 1, phases: 2 });
  const waves = [0, 1].flatMap((axis) =>
    [0, 1].flatMap((direction) =>
      [0, Math.PI / 2].map((phase) => {
        const psi = planeWave(system, { axis, direction, number: 1, phase });
        const third = differenceThirdDerivative(system, model, psi, 1e-3);
        const force = psi.map((_, k) => psi.reduce((sum, x, l) => sum + third[k * psi.length + l] * x, 0));
        return { axis, direction, psi, force };
      }),
    ),
  );
  const rms = (values: number[]) => Math.hypot(...values) / Math.sqrt(values.length);
  for (const { polarisation, selfCoupling, crossCoupling, waves: count } of rows) {
    const own = waves.filter(({ direction }) => (direction === 0) === (polarisation === "longitudinal"));
    expect(count).toBe(own.length);
    const others = own.flatMap((j) =>
      waves.filter((i) => i.axis !== j.axis || i.direction !== j.direction).map((i) => dot(i.psi, j.force)),
    );
    const self = rms(own.map(({ psi, force }) => dot(psi, force)));
    expect(Math.abs(selfCoupling / self - 1)).toBeLessThan(1e-4);
    expect(Math.abs(crossCoupling / rms(others) - 1)).toBeLessThan(1e-4);
  }
});

describe("plane waves in a glass", () => {
  const { system, model } = readReference("2dipl_1600");
  const interactions = findInteractions(system, model);
  const structure = { ...system, interactions };
  const slope = (points: readonly (readonly [number, number])[]) => {
    const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
    const mean = (k: 0 | 1) => logs.reduce((sum, p) => sum + p[k], 0) / logs.length;
    const [mx, my] = [mean(0), mean(1)];
    const xx = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
    return logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / xx;
  };

  test.each(["transverse", "longitudinal"] as const)("%s: c ∼ ω³ and f_α·Ψ ∼ ω", (polarisation) => {
    const rows = planeWaveCouplings(structure, { largest: 8 }).filter(
      (row) => row.polarisation === polarisation,
    );
    const against = (of: (row: (typeof rows)[number]) => number) =>
      slope(rows.map((row) => [row.frequency, of(row)]));
    expect(Math.abs(against(({ selfCoupling }) => selfCoupling) - 3)).toBeLessThan(0.3);
    expect(Math.abs(against(({ crossCoupling }) => crossCoupling) - 3)).toBeLessThan(0.3);
    expect(Math.abs(against(({ projection }) => projection) - 1)).toBeLessThan(0.01);
    expect(Math.abs(rows[1].frequency / rows[0].frequency - 2)).toBeLessThan(0.02);
  });

  test("relaxed they are softer, as soft as Ψ·M⁻¹Ψ over all modes says, whichever particle is pinned", () => {
    const protocol = { liquidTime: 0.5, annealTime: 0.5 };
    const { system: small } = makeGlass({ model, particles: 80, seed: 1, protocol });
    const glass = { ...small, interactions: findInteractions(small, model) };
    const [first, last] = [0, 79].map((pin) => {
      const { result } = factorHessian(glass, { pin });
      if (result.status !== "ok") throw new Error("indefinite");
      return planeWaveCouplings(glass, { largest: 1, phases: 4, solve: (b) => solve(result.factor, b) });
    });
    const { values, vectors } = allModes(glass.interactions);
    first!.forEach(({ relaxedFrequency, frequency, polarisation }, k) => {
      const direction = polarisation === "longitudinal" ? 0 : 1;
      const waves = [0, 1].flatMap((axis) =>
        [0, 1, 2, 3].map((turn) => ({ axis, phase: (turn * Math.PI) / 4 })),
      );
      const compliances = waves.map((wave) => {
        const psi = planeWave(glass, { ...wave, direction, number: 1 });
        let sum = 0;
        for (let mode = 2; mode < values.length; mode++)
          sum += dot(psi, vectors.subarray(mode * psi.length, (mode + 1) * psi.length)) ** 2 / values[mode];
        return sum;
      });
      const mean = compliances.reduce((sum, x) => sum + x, 0) / 8;
      expect(relaxedFrequency).toBeCloseTo(mean ** -0.5, 7);
      expect(last![k].relaxedFrequency).toBeCloseTo(relaxedFrequency, 8);
      expect(relaxedFrequency).toBeLessThan(frequency);
    });
    expect(planeWaveCouplings(glass, { largest: 1 })[0].relaxedFrequency).toBeNaN();
  });

  test("waves shorter than two particle distances are refused, and left out unasked", () => {
    expect([largestWaveNumber(1600, 2), largestWaveNumber(1000, 3)]).toEqual([20, 5]);
    for (const largest of [0, 21, 1.5])
      expect(() => planeWaveCouplings(structure, { largest })).toThrow(/from 1 to 20/);
    expect(() => planeWaveCouplings(structure, { phases: 0 })).toThrow(/0 phases/);
    const few = jitteredLattice(model, 6, 1, 0);
    const rows = planeWaveCouplings({ ...few, interactions: findInteractions(few, model) }, { phases: 1 });
    expect(rows.map(({ number }) => number)).toEqual([1, 1, 2, 2, 3, 3]);
  });
});
