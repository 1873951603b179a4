import { expect, test } from "vitest";
import { testRandom } from "../../test/reference.ts";
import { crossValidatedRidge, type RidgeModel, type RidgeSample, ridge, ridgePrediction } from "./ridge.ts";

const P = 4;

/** Groups of rows: y = 3 + 2 x₀ − x₂ + noise, x₃ constant, features of very different sizes. */
function planted(seed: number, noise: number, groups = 5, rows = 80): RidgeSample[] {
  const random = testRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: groups }, () => {
    const features = new Float64Array(rows * P);
    const target = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      const x = [normal(), 1000 * normal(), 1e-3 * normal() + 5, 7];
      features.set(x, r * P);
      target[r] = 3 + 2 * x[0] - 1000 * (x[2] - 5) + noise * normal();
    }
    return { features, target };
  });
}

const predicted = (model: RidgeModel, { features }: RidgeSample) => ridgePrediction(model, features);

function pearson(x: Float64Array, y: Float64Array): number {
  const mean = (a: Float64Array) => a.reduce((s, v) => s + v, 0) / a.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  x.forEach((v, k) => {
    xx += (v - mx) ** 2;
    yy += (y[k] - my) ** 2;
    xy += (v - mx) * (y[k] - my);
  });
  return xy / Math.sqrt(xx * yy);
}

test("without noise the planted model is found, and told to be right", () => {
  const samples = planted(1, 0);
  const { model, correlation, error } = crossValidatedRidge(samples);
  expect(correlation).toBeGreaterThan(1 - 1e-9);
  expect(error).toBeLessThan(1e-9);
  expect(model.weights[0] / model.scales[0]).toBeCloseTo(2, 4);
  expect(model.weights[2] / model.scales[2]).toBeCloseTo(-1000, 1);
  expect([model.weights[3], model.scales[3]]).toEqual([0, 1]);
});

test("its weights make the penalised sum of squares stationary", () => {
  const samples = planted(2, 1);
  const penalty = 0.3;
  const model = ridge(samples, penalty);
  const cost = (weights: Float64Array) => {
    let [sum, count] = [0, 0];
    for (const sample of samples)
      predicted({ ...model, weights }, sample).forEach((y, r) => {
        sum += (sample.target[r] - y) ** 2;
        count++;
      });
    return sum / count + penalty * weights.reduce((s, w) => s + w * w, 0);
  };
  for (let k = 0; k < 3; k++) {
    const step = (h: number) => cost(model.weights.map((w, l) => (l === k ? w + h : w)));
    expect(Math.abs(step(1e-4) - step(-1e-4)) / 2e-4).toBeLessThan(1e-8);
    expect(step(1e-2)).toBeGreaterThan(step(0));
  }
});

test("correlations are those of explicit predictions of groups left out", () => {
  const samples = planted(3, 2);
  const { correlations } = crossValidatedRidge(samples, [0.1]);
  correlations.forEach((r, left) => {
    const model = ridge(
      samples.filter((_, k) => k !== left),
      0.1,
    );
    expect(r).toBeCloseTo(pearson(predicted(model, samples[left]), samples[left].target), 10);
  });
});

test("of pure noise it promises nothing", () => {
  const random = testRandom(4);
  const samples = planted(5, 0, 12).map(({ features, target }) => ({
    features,
    target: target.map(() => random()),
  }));
  const { correlation, error } = crossValidatedRidge(samples);
  expect(Math.abs(correlation)).toBeLessThan(4 * error);
  expect(error).toBeGreaterThan(0.005);
});

test("two groups can't be cross-validated, and rows must fit", () => {
  expect(() => crossValidatedRidge(planted(1, 0, 2))).toThrow(RangeError);
  expect(() => ridge([{ features: new Float64Array(7), target: new Float64Array(2) }], 1)).toThrow(
    RangeError,
  );
});
