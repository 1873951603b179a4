import { isoconfigurationalRun, makeGlass, normalModes, PropensitySums, shear } from "softfield";
import { pearson } from "softfield/internal";
import { expect, test } from "vitest";
import { readReference } from "../../../core/test/reference.ts";
import { thermalConfiguration } from "./configuration.ts";
import { flowOf } from "./flow.ts";

const total = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0);
const { system, model } = readReference("2dipl_400");
const limits = { events: 1, maxStrain: 0.05, every: 0.002, plane: "xy" } as const;

test("flow at next to no temperature, slowly, rearranges first where athermal shear does, not before", () => {
  const athermal = flowOf(system, model, { temperature: 0, rate: 0 }, limits, 1, {}).events[0];
  const [event] = flowOf(system, model, { temperature: 1e-7, rate: 2e-3 }, limits, 1, {}).events;
  const own = shear(system, model, { events: 1, maxStrain: 0.05 }).events[0];
  expect(athermal.strain).toBeCloseTo(own.strain, 6);
  expect(event.strain).toBeGreaterThan(athermal.strain);
  expect(event.strain).toBeLessThan(athermal.strain + 5 * limits.every);
  const d = [0, 1].map((a) => {
    const edge = system.box.vectors[0];
    const du = system.positions[2 * event.particle + a] - system.positions[2 * athermal.particle + a];
    return du - edge * Math.round(du / edge);
  });
  expect(Math.hypot(...d)).toBeLessThan(3);
});

test("the same seed flows to the same bits; another one does not", () => {
  const flow = (seed: number) =>
    flowOf(system, model, { temperature: 0.1, rate: 0.05 }, { ...limits, maxStrain: 0.01 }, seed, {});
  expect(flow(3)).toEqual(flow(3));
  expect(flow(4).path.at(-1)!.stress).not.toBe(flow(3).path.at(-1)!.stress);
});

test("deep in the glass particles go as far as normal modes carry them", () => {
  const [count, temperature, time] = [100, 1e-6, 1];
  const protocol = { liquidTime: 0.5, annealTime: 0.5 };
  const { system: glass } = makeGlass({ model, particles: count, seed: 1, protocol });
  const { system: warm, inherent } = thermalConfiguration(
    glass,
    model,
    { temperature, time: 2, seed: 5 },
    {},
  );
  const edge = glass.box.vectors[0];
  const between = (to: Float64Array, from: Float64Array) => {
    const u = to.map((x, k) => x - from[k] - edge * Math.round((x - from[k]) / edge));
    const mean = [0, 1].map((a) => u.reduce((sum, x, k) => sum + (k % 2 === a ? x / count : 0), 0));
    return u.map((x, k) => x - mean[k % 2]);
  };
  // nothing has happened: the minimum below is the glass again, but for a translation
  for (const x of between(inherent.system.positions, glass.positions)) expect(Math.abs(x)).toBeLessThan(1e-6);
  const sums = new PropensitySums(1, count);
  const totals = Array.from({ length: 60 }, (_, k) => {
    const run = isoconfigurationalRun(warm, model, { temperature, times: [time], seed: k + 1 });
    sums.add(run);
    return total(run[0].map((x) => x * x));
  });
  // u(t) − u(0) = (cos Ωt − 1) u(0) + Ω⁻¹ sin Ωt v, Ω² = M, ⟨v v⟩ = T
  const { squares, vectors } = normalModes(inherent, { count: 2 * count - 2 });
  const u = between(warm.positions, inherent.system.positions);
  const drift = new Float64Array(2 * count);
  const thermal = new Float64Array(count);
  squares.forEach((square, m) => {
    const mode = vectors.subarray(2 * count * m, 2 * count * (m + 1));
    const omega = Math.sqrt(square);
    const along = (Math.cos(omega * time) - 1) * mode.reduce((sum, x, k) => sum + x * u[k], 0);
    mode.forEach((x, k) => {
      drift[k] += along * x;
      thermal[k >> 1] += (temperature * x * x * Math.sin(omega * time) ** 2) / square;
    });
  });
  const square = thermal.map((x, p) => x + drift[2 * p] ** 2 + drift[2 * p + 1] ** 2);
  const n = sums.runs;
  const found = sums.squares.map((sum) => sum / n);
  expect(pearson(square, found)).toBeGreaterThan(0.9);
  const mean = total(totals) / n;
  const error = Math.sqrt(total(totals.map((x) => (x - mean) ** 2)) / n / (n - 1));
  expect(Math.abs(total(square) - mean)).toBeLessThan(3 * error);
  expect(error / mean).toBeLessThan(0.1);
});
