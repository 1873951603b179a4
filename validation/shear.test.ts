import { describe, expect, test } from "vitest";
import {
  localThermalEnergy,
  minimumOf,
  type PathPoint,
  QuasistaticShear,
  type System,
  shear,
  volume,
} from "../packages/core/src/index.ts";
import { readReference } from "../packages/core/test/reference.ts";

const { system, model } = readReference("2dipl_1600");
const v = volume(system.box);

/** Slope of the best line through (x, y). */
function line(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [x, y].map((list) => list.reduce((sum, value) => sum + value, 0) / list.length) as [
    number,
    number,
  ];
  let [xy, xx] = [0, 0];
  x.forEach((value, k) => {
    xy += (value - mx) * (y[k] - my);
    xx += (value - mx) ** 2;
  });
  return xy / xx;
}

interface Reached {
  readonly point: PathPoint;
  readonly system: System;
}

/** The minima at ascending strains of one branch or several, each from the one before: simple shears add up. */
function minimaAt(strains: readonly number[]): Reached[] {
  const reached: Reached[] = [];
  let from = { strain: 0, system };
  for (const strain of strains) {
    const result = shear(from.system, model, {
      maxStrain: strain - from.strain,
      tolerance: 1e-10,
      events: 9,
    });
    expect(result.status).toBe("max-strain");
    from = { strain, system: result.system };
    reached.push({ point: { ...result.path.at(-1)!, strain }, system: result.system });
  }
  return reached;
}

describe("towards the first event of 2dipl_1600", () => {
  const [event] = shear(system, model, { events: 1, tolerance: 1e-10 }).events;
  const strain = event!.strain;
  const steps = minimaAt([3e-6, 1e-6, 3e-7, 1e-7, 3e-8, 1e-8].map((distance) => strain - distance));
  const gap = steps.map(({ point }) => Math.log(strain - point.strain));

  test("the lowest eigenvalue falls as (γ_c − γ)^½", () => {
    const exponent = line(
      gap,
      steps.map(({ point }) => Math.log(point.eigenvalue!)),
    );
    expect(Math.abs(exponent - 0.5)).toBeLessThan(0.03);
  });

  test("the largest local thermal energy grows as (γ_c − γ)^−1", () => {
    const largest = steps.map(({ system: at }) =>
      localThermalEnergy(minimumOf(at, model)).energies[0].lte.reduce(
        (most, e) => Math.max(most, Math.abs(e)),
        0,
      ),
    );
    const exponent = line(gap, largest.map(Math.log));
    expect(Math.abs(exponent + 1)).toBeLessThan(0.03);
  });

  test("the modulus goes to −∞ as −(γ_c − γ)^−½", () => {
    const exponent = line(
      gap.slice(2),
      steps.slice(2).map(({ point }) => Math.log(-point.modulus!)),
    );
    expect(Math.abs(exponent + 0.5)).toBeLessThan(0.03);
  });
});

describe("along the elastic branches of 2dipl_1600", () => {
  test.each([1e-3, 6e-3, 0.02])("at γ = %d: σ = dU/dγ/V and dσ/dγ = Born less non-affine", (strain) => {
    const h = 1e-5;
    const [low, mid, high] = minimaAt([-h, 0, h].map((by) => strain + by)).map(({ point }) => point) as [
      PathPoint,
      PathPoint,
      PathPoint,
    ];
    const width = high.strain - low.strain;
    expect(Math.abs((high.energy - low.energy) / (width * v) / mid.stress - 1)).toBeLessThan(1e-6);
    expect(Math.abs((high.stress - low.stress) / width / mid.modulus! - 1)).toBeLessThan(1e-4);
  });

  test("the shear modulus at γ = 0 is the slope of the stress there", () => {
    const run = QuasistaticShear.start(system, model);
    const modulus = run.result().path[0].modulus!;
    const slope = (h: number) => {
      const forwards = shear(system, model, { maxStrain: h, tolerance: 1e-10 }).path.at(-1)!;
      const backwards = shear(system, model, { maxStrain: h, tolerance: 1e-10, direction: -1 }).path.at(-1)!;
      return (forwards.stress + backwards.stress) / (forwards.strain + backwards.strain);
    };
    expect(Math.abs(slope(2e-5) / modulus - 1)).toBeLessThan(1e-5);
  });
});
