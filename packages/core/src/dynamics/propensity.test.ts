import { expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { minimumOf } from "../minimum/index.ts";
import { debyeWaller, pseudoInverse } from "../response/index.ts";
import { isoconfigurationalRun, PropensitySums } from "./propensity.ts";

const { system, model } = readReference("2dipl_400");

test("early on particles fly freely: the mean displacement is t√(πT/2) in 2D", () => {
  const [temperature, time] = [0.5, 0.01];
  const sums = new PropensitySums(1, 400);
  for (let seed = 0; seed < 20; seed++)
    sums.add(isoconfigurationalRun(system, model, { temperature, seed, times: [time], dt: 0.001 }));
  const { mean, error } = sums.at(0);
  const all = mean.reduce((sum, x) => sum + x, 0) / 400;
  expect(all / (time * Math.sqrt((Math.PI * temperature) / 2))).toBeCloseTo(1, 1);
  // the spread of a Rayleigh distribution, over √20
  const spread = time * Math.sqrt(temperature * (2 - Math.PI / 2));
  const typical = error.reduce((sum, x) => sum + x, 0) / 400;
  expect(typical / (spread / Math.sqrt(20))).toBeCloseTo(1, 1);
});

test("in a cold glass propensity in the plateau is that of the Debye–Waller factors", () => {
  const minimum = minimumOf(system, model);
  minimum.inverse();
  const factors = debyeWaller(pseudoInverse(minimum));
  const times = [5, 8, 11, 14, 17, 20];
  const sums = new PropensitySums(times.length, 400);
  for (let seed = 0; seed < 24; seed++)
    sums.add(isoconfigurationalRun(minimum.system, model, { temperature: 1e-4, seed, times, dt: 0.01 }));
  const mean = new Float64Array(400);
  for (const k of times.keys()) for (const [p, x] of sums.at(k).mean.entries()) mean[p] += x;
  const [x, y] = [mean, factors.map(Math.sqrt)];
  const average = (v: Float64Array) => v.reduce((sum, a) => sum + a, 0) / v.length;
  const [mx, my] = [average(x), average(y)];
  const covariance = x.reduce((sum, a, p) => sum + (a - mx) * (y[p] - my), 0);
  const norm = Math.sqrt(
    x.reduce((sum, a) => sum + (a - mx) ** 2, 0) * y.reduce((sum, b) => sum + (b - my) ** 2, 0),
  );
  expect(covariance / norm).toBeGreaterThan(0.8);
});

test("displacements are those of the time that was asked for, whatever the time step", () => {
  // from rest forces begin with the displacements: early flight is free to second order
  const run = (times: number[], dt: number) =>
    isoconfigurationalRun(system, model, { temperature: 0.3, seed: 1, times, dt, relaxation: 1e9 });
  const [one] = run([0.001], 1e-4);
  const [early, late] = run([0.00037, 0.00123], 1e-4);
  for (const [p, length] of one.entries()) {
    expect(early[p] / length).toBeCloseTo(0.37, 2);
    expect(late[p] / length).toBeCloseTo(1.23, 2);
  }
  const heavy = { ...system, masses: new Float64Array(400).fill(100) };
  const slow = isoconfigurationalRun(heavy, model, { temperature: 0.3, seed: 1, times: [1] });
  const light = isoconfigurationalRun(system, model, { temperature: 0.3, seed: 1, times: [0.1] });
  // ten times as slow, and so is the default time step
  slow[0].forEach((length, p) => {
    expect(length / light[0][p]).toBeCloseTo(1, 6);
  });
});

test("the same seed is the same run; another is not; times must ascend", () => {
  const run = (seed: number, times: number[]) =>
    isoconfigurationalRun(system, model, { temperature: 0.3, seed, times });
  const [early, late] = run(1, [0.1, 0.3]);
  expect(run(1, [0.1, 0.3])).toEqual([early, late]);
  expect(run(1, [0.1])).toEqual([early]);
  expect(run(2, [0.1])[0]).not.toEqual(early);
  expect(() => run(1, [1, 0.5])).toThrow("times must be positive and ascending, got 1, 0.5");
  const cold = { temperature: 0, seed: 1, times: [1] };
  expect(() => isoconfigurationalRun(system, model, cold)).toThrow("temperature must be positive, got 0");
});
