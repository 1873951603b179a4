import { describe, expect, test } from "vitest";
import { statistics } from "../../campaign/src/report/statistics.ts";
import { inventedEnsemble, inventedVibrations, sawtooth } from "./campaign-invented.ts";
import { paper as registry } from "./campaign-support.ts";

const tables = statistics(registry, [inventedEnsemble("soft spheres", 1), inventedEnsemble("others", 2)]);

/** Rows of a table under the names of its columns, numbers where they are. */
function named(table: string): Record<string, string | number>[] {
  const { columns, rows } = tables.find(({ name }) => name === table)!;
  return rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]])));
}

test("stress over strain: samples as they are, the mean as far as all of them go", () => {
  const means = named("stress_strain").filter(({ ensemble: name }) => name === "others");
  const end = 0.009 + 1 / 1e4;
  expect(means.at(-1)).toMatchObject({ samples: 12, unit: "ε/λ²" });
  expect(means.at(-1)!.strain).toBeCloseTo(end, 14);
  for (const { strain, value, low, high } of means as Record<string, number>[]) {
    // all samples are alike: linear, less what the events before took
    const drops = [0.003, 0.006, 0.008].filter((event) => event <= strain!).length;
    expect(value).toBeCloseTo(30 * strain! - 0.05 * drops, 12);
    expect(high! - low!).toBeLessThan(1e-12);
  }
  const samples = named("stress_samples").filter(
    ({ ensemble: name, seed }) => name === "others" && seed === 2,
  );
  expect(
    samples.filter(({ event }) => Number(event) > 0).map(({ strain, event }) => [event, strain]),
  ).toEqual([
    [1, 0.003],
    [2, 0.006],
    [3, 0.008],
  ]);
});

test("of samples that were sheared apart the mean is that of both, with an interval around it", () => {
  const stiff = { ...sawtooth(2, 0.02), seed: 2 };
  const two = [sawtooth(1, 0.01), { ...stiff, stress: stiff.stress.map((stress) => 2 * stress) }];
  const [{ rows }] = statistics(registry, [{ ...inventedEnsemble("two", 1), curves: two }]).filter(
    ({ name }) => name === "stress_strain",
  );
  for (const [, strain, value, low, high] of rows as [string, number, number, number, number][]) {
    const one = 30 * strain - 0.05 * [0.003, 0.006, 0.008].filter((event) => event <= strain).length;
    expect(value).toBeCloseTo(1.5 * one, 12);
    expect(low).toBeLessThanOrEqual(value + 1e-12);
    expect(high).toBeGreaterThanOrEqual(value - 1e-12);
  }
  expect(rows.at(-1)![1]).toBeCloseTo(0.01, 14);
});

test("the fitted tail of the invented samples is the one put in", () => {
  const tail = tables.find(({ name }) => name === "lte_tail")!.rows;
  for (const [, from, , value] of tail as [string, number, number, number][]) {
    // the invented tail ends at 1000
    if (from <= 5) expect(Math.abs(value - 9 / 4)).toBeLessThan(0.03);
  }
});

describe("of invented vibrations the powers put in are found", () => {
  test("waves: c ∼ ω³, f·Ψ ∼ ω", () => {
    const rows = named("wave_exponents");
    expect(rows).toHaveLength(2 * 2 * 3);
    for (const { value, paper, samples, waves } of rows) {
      expect(value).toBeCloseTo(paper as number, 10);
      expect([samples, waves]).toEqual([2, 5]);
    }
    const [first] = named("waves");
    expect(first).toMatchObject({ polarisation: "transverse", wave: 1, samples: 2, frequency: 0.9 });
    expect(first!.self_coupling).toBeCloseTo(1e-3 * 0.9 ** 3 * Math.hypot(1.1, 1.2) * Math.SQRT1_2, 12);
  });

  test("paths to an event: ω ∼ (γ_c − γ)^¼, E ∼ ω⁻⁴", () => {
    const rows = named("approach_exponents");
    expect(rows).toHaveLength(2 * 4 * 5);
    for (const { value, paper } of rows) expect(value).toBeCloseTo(paper as number, 10);
    expect(rows.find(({ from }) => from === 0.99)).toMatchObject({ paths: 3, points: 9 });
    expect(named("approach")).toHaveLength(2 * 3 * 6);
  });

  test("D ∼ ω⁴, all of it complete, and the tail that follows", () => {
    const exponents = named("mode_exponents").filter(({ selection }) => selection === "all");
    const last = exponents.at(-1)!;
    expect(Math.abs((last.value as number) - 4)).toBeLessThan(3 * (last.error as number));
    const rows = named("mode_density").filter(({ ensemble, selection }) => {
      return ensemble === "soft spheres" && selection === "all";
    });
    const inside = rows.reduce((sum, { x, density }) => {
      return sum + (x as number) * (density as number) * (10 ** 0.05 - 10 ** -0.05);
    }, 0);
    expect(inside).toBeCloseTo(rows.reduce((sum, { count }) => sum + (count as number), 0) / (40 * 798), 12);
    const localised = named("mode_density").filter(({ selection }) => selection === "localised");
    for (const { x } of localised) expect(x as number).toBeLessThan(Math.sqrt(0.6) * 10 ** 0.05);
    for (const { predicted, beta, upto } of named("tail_prediction")) {
      expect(predicted).toBeCloseTo((5 + (beta as number)) / 4, 12);
      // below the first transverse wave
      expect(upto as number).toBeLessThan(0.72);
    }
  });

  test("the softest mode of each sample, and the share of the largest energy that it makes", () => {
    const rows = named("softest").filter(({ ensemble }) => ensemble === "others");
    expect(rows).toHaveLength(40);
    for (const row of rows) {
      const { frequency, self_coupling, projection, estimate } = row as Record<string, number>;
      expect(estimate).toBeCloseTo((self_coupling! * projection!) / frequency! ** 4, 10);
    }
    const shares = rows.map(({ estimate, lte_largest }) => (estimate as number) / (lte_largest as number));
    const whole = named("softest_share").find(
      ({ ensemble, samples }) => ensemble === "others" && samples === 40,
    )!;
    expect(shares.filter((share) => share < (whole.median as number))).toHaveLength(20);
    const flat = named("softest_exponents").filter(({ quantity }) => quantity === "projection");
    for (const { value } of flat) expect(Math.abs(value as number)).toBeLessThan(0.2);
  });

  test("medians of couplings by ω, of ensembles that have enough of them", () => {
    const rows = named("mode_couplings").filter(({ ensemble, quantity }) => {
      return ensemble === "others" && quantity === "self_coupling";
    });
    expect(rows.length).toBeGreaterThan(2);
    const { couplings } = inventedVibrations(Array.from({ length: 40 }, (_, k) => k + 1));
    for (const { x, count, low, median, high } of rows as Record<string, number>[]) {
      const own = couplings.flatMap(({ frequency, selfCoupling }) =>
        selfCoupling.filter((_, k) => Math.abs(Math.log10(frequency[k] / x!)) < 0.05),
      );
      expect(own).toHaveLength(count!);
      const below = (limit: number) => own.filter((c) => c < limit).length / own.length;
      for (const [limit, part] of [
        [low!, 0.25],
        [median!, 0.5],
        [high!, 0.75],
      ] as const)
        expect(Math.abs(below(limit) - part)).toBeLessThan(1 / own.length);
    }
  });

  test("the tail of the maxima is that of the energies", () => {
    const rows = named("maxima_tail");
    expect(rows.map(({ count }) => count)).toEqual([20, 20]);
    for (const { value } of rows) expect(Math.abs((value as number) - 9 / 4)).toBeLessThan(0.2);
    const curve = named("maxima").filter(({ ensemble }) => ensemble === "others");
    expect(curve[0].fraction).toBe(1);
    for (const { x, fraction } of curve)
      expect(Math.abs((fraction as number) - Math.min(1, (x as number) ** -1.25))).toBeLessThan(0.026);
  });

  test("thresholds of the tail go on while ten samples reach them", () => {
    const rows = named("tail_stability");
    for (const { samples } of rows) expect(samples as number).toBeGreaterThanOrEqual(10);
    const likelihood = rows.filter(({ method, from }) => method === "likelihood" && Number(from) < 6);
    expect(likelihood.length).toBeGreaterThan(5);
    for (const { from, value } of likelihood)
      if (Number(from) > 1) expect(Math.abs((value as number) - 9 / 4)).toBeLessThan(0.03);
    const hill = rows.filter(({ method }) => method === "hill");
    expect(hill.length).toBeGreaterThan(2);
    for (const { value, error } of hill)
      expect(Math.abs((value as number) - 9 / 4)).toBeLessThan(3 * (error as number));
  });
});
