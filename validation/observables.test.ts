import {
  bondLength,
  ForceField,
  factorHessian,
  findInteractions,
  gradient,
  MolecularDynamics,
  makeGlass,
  type Observable,
  observeGlass,
  particleEnergy,
  preset,
  solve,
  squaredDisplacement,
  thermalAverage,
} from "softfield";
import { expect, test } from "vitest";

/**
 * Eq. 1 against molecular dynamics: Langevin dynamics of a small glass, centre of mass at rest, block averages. The
 * temperature is low enough for terms of order T² to drown in the statistical error. Fluctuations ∼ √T of observables
 * with a gradient are taken out by a control variate: ⟨∂U/∂x⟩ = 0, so that A − A′·M⁻¹·∂U/∂x has the mean of A.
 */
const model = preset("2dipl");
const TEMPERATURE = 2e-5;
const [BLOCKS, SAMPLES, EVERY] = [24, 500, 20];

test("Debye–Waller factors, bond lengths and particle energies of a glass of 64 particles: MD within its error", () => {
  const { system } = makeGlass({
    model,
    particles: 64,
    seed: 4,
    protocol: { liquidTime: 5, annealTime: 20 },
  });
  const glass = observeGlass(system, model);
  expect(glass.skeleton.rattlers.length).toBe(0);
  const { interactions } = glass.skeleton;
  const { result } = factorHessian(glass.skeleton);
  if (result.status !== "ok") throw new Error("not a minimum");
  const { factor } = result;
  const field = ForceField.create(glass.system, model);
  const dynamics = new MolecularDynamics(field, { dt: 0.005, seed: 11 });
  dynamics.drawVelocities(TEMPERATURE);
  const thermostat = {
    kind: "langevin",
    temperature: TEMPERATURE,
    friction: 0.5,
    fixedCentre: true,
  } as const;
  dynamics.run(4000, thermostat);
  const start = glass.system.positions;
  const [squares, lengths, energies] = [64, interactions.r.length, 64].map(() => [] as Float64Array[]);
  for (let block = 0; block < BLOCKS; block++) {
    const square = new Float64Array(64);
    const length = new Float64Array(interactions.r.length);
    const energy = new Float64Array(64);
    const force = new Float64Array(128);
    for (let sample = 0; sample < SAMPLES; sample++) {
      dynamics.run(EVERY, thermostat);
      const positions = field.positions();
      const u = positions.map((x, k) => x - start[k]!);
      for (const axis of [0, 1]) {
        const mean = u.reduce((sum, x, k) => (k % 2 === axis ? sum + x / 64 : sum), 0);
        for (let k = axis; k < 128; k += 2) square[k >> 1]! += (u[k]! - mean) ** 2 / SAMPLES;
      }
      const { i, j, du } = interactions;
      for (let m = 0; m < length.length; m++) {
        const now = [0, 1].map((a) => du[2 * m + a]! + u[2 * j[m]! + a]! - u[2 * i[m]! + a]!);
        length[m]! += Math.hypot(now[0]!, now[1]!) / SAMPLES;
      }
      const present = findInteractions({ ...system, positions }, model);
      gradient(present).forEach((g, k) => {
        force[k]! += g / SAMPLES;
      });
      present.phi0.forEach((phi, m) => {
        energy[present.i[m]!]! += phi / 2 / SAMPLES;
        energy[present.j[m]!]! += phi / 2 / SAMPLES;
      });
    }
    const drift = solve(factor, force);
    const correct = (means: Float64Array, make: (k: number) => Observable) =>
      means.map((mean, k) => mean - slope(make(k), drift));
    squares!.push(square);
    lengths!.push(correct(length, (bond) => bondLength(interactions, bond)));
    energies!.push(correct(energy, (p) => particleEnergy(interactions, p)));
  }
  /** What Eq. 1 adds to the value at the minimum, and that value. */
  const predict = (count: number, make: (k: number) => Observable) =>
    Array.from({ length: count }, (_, k) => {
      const { value, coefficient } = thermalAverage(make(k), glass.response);
      return { value, shift: 0.5 * TEMPERATURE * coefficient };
    });
  for (const [blocks, predicted] of [
    [squares!, predict(64, (p) => squaredDisplacement(2, p))],
    [lengths!, predict(interactions.r.length, (bond) => bondLength(interactions, bond))],
    [energies!, predict(64, (p) => particleEnergy(interactions, p))],
  ] as const) {
    const z = predicted.map(({ value, shift }, k) =>
      deviation(
        blocks.map((block) => block[k]!),
        value + shift,
      ),
    );
    const without = predicted.map(({ value }, k) =>
      deviation(
        blocks.map((block) => block[k]!),
        value,
      ),
    );
    expect(rootMeanSquare(z)).toBeLessThan(1.6);
    // the test can tell: without the shift the means are far off
    expect(rootMeanSquare(without)).toBeGreaterThan(10);
  }
});

/** ∂A/∂x · v, v: N×d. */
function slope({ particles, gradient: own }: Observable, v: Float64Array): number {
  return own.reduce((sum, g, k) => sum + g * v[2 * particles[k >> 1]! + (k & 1)]!, 0);
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}

/** (mean − expected) in standard errors of the mean. */
function deviation(values: readonly number[], expected: number): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return (mean - expected) / Math.sqrt(variance / values.length);
}
