import { plainText } from "@softfield/figures";
import {
  createLogHistogram,
  findInteractions,
  localThermalEnergy,
  minimumOf,
  preset,
  softnessField,
  softSpots,
} from "softfield";
import { describe, expect, test } from "vitest";
import { captionOf } from "../../campaign/src/report/caption.ts";
import type { EventScoreRow, SampleCurve } from "../../campaign/src/report/collect.ts";
import type { SampleFigureEntry } from "../../campaign/src/report/entries.ts";
import { figureNamed, tableFigure } from "../../campaign/src/report/figures.ts";
import type { SamplePicture } from "../../campaign/src/report/sample.ts";
import { statistics } from "../../campaign/src/report/statistics.ts";
import { HISTOGRAM_BINS } from "../../campaign/src/stages/lte.ts";
import { readReference } from "../../core/test/reference.ts";
import { labelFaults, placedLabels } from "../../figures/test/svg-labels.ts";
import type { VibrationData, Vibrations } from "../../reproduction/src/vibrations.ts";
import { paper as registry } from "./campaign-support.ts";

/** Samples whose tail falls as E^−9/4 and whose events are foretold better by energies than by modes. */
function ensemble(name: string, factor: number): VibrationData {
  const seeds = Array.from({ length: 40 }, (_, k) => k + 1);
  const histogram = (seed: number, exponent: number) => {
    const found = createLogHistogram(HISTOGRAM_BINS);
    for (let bin = 40; bin < 140; bin++) {
      const x = 10 ** (bin / 20 - 4);
      const bulk = x < 1 ? x : x ** (1 - exponent);
      found.counts[bin] = 1000 * factor * bulk * (1 + 0.2 * Math.sin(bin * seed));
    }
    return found;
  };
  const score = (seed: number, ordinal: number, scale: number): EventScoreRow => {
    const u = (seed - 0.5) / 40;
    return {
      standardized: 1 + scale * u * ordinal,
      area: Math.min(1, 0.3 * u * scale * ordinal),
      distance: 8 * u * u,
      correlation: 1 - u,
    };
  };
  return {
    name,
    model: "2dipl",
    particles: 400,
    seeds,
    energies: seeds.map((seed) => histogram(seed, 2.25)),
    others: [],
    forces: seeds.map((seed) => histogram(seed, 4)),
    energyPerParticle: seeds.map((seed) => 4 + Math.sin(seed) / 50),
    spots: { lte: seeds.map((seed) => [1, 1.5, seed]), modes: seeds.map(() => [1, 1.1]) },
    events: seeds.map((seed) => ({
      seed,
      strains: [0.003, 0.006, 0.008],
      scores: {
        lte: [1, 2, 3].map((n) => score(seed, n, 1)),
        modes: [1, 2, 3].map((n) => score(seed, n, 1.6)),
      },
    })),
    shares: {
      lte: seeds.map((seed) => ({ seed, standardized: [1, 1.5, seed], share: [0.1, 0.3, 0.6] })),
      modes: seeds.map((seed) => ({ seed, standardized: [1, 1.1], share: [0.5, 0.5] })),
    },
    dimension: 2,
    // σ = 30γ, which drops by 0.05 at each event; sheared to 0.009 or a little further
    curves: seeds.slice(0, 12).map((seed) => sawtooth(seed, 0.009 + seed / 1e4)),
    unit: (unit) => unit,
    stressUnit: "ε/λ^{2}",
    quality: { residual: 1e-13, sumRule: 2e-14, withRattlers: 0 },
    // P(max ≥ x) = x^−5/4
    maxima: seeds.map((seed) => ((seed - 0.5) / 40) ** -0.8),
    largest: seeds.map((seed) => Array.from({ length: 5 }, (_, k) => ((seed - 0.5 + k / 5) / 40) ** -0.8)),
    vibrations: vibrationsOf(seeds),
  };
}

/** Events at 0.003, 0.006 and 0.008, up to a last strain. */
function sawtooth(seed: number, last: number): SampleCurve {
  const events = [0.003, 0.006, 0.008].map((strain, k) => ({ strain, stress: 30 * strain - 0.05 * k }));
  const strain = [0, ...events.flatMap((event) => [event.strain, event.strain]), last];
  const drops = [0, 0, 1, 1, 2, 2, 3, 3];
  return { seed, events, strain, stress: strain.map((x, k) => 30 * x - 0.05 * drops[k]) };
}

/** Vibrations as Eqs. 4 and 5 want them: D ∼ ω⁴, c and f·Ψ of waves ∼ ω³ and ω, E = ω⁻⁴ on the way to an event. */
function vibrationsOf(seeds: readonly number[]): Vibrations {
  const modes = seeds.map((seed) => {
    const frequency = Array.from({ length: 10 }, (_, k) => 1.2 * ((k + ((0.618 * seed) % 1)) / 10) ** 0.2);
    return { seed, frequency, participation: frequency.map((omega) => omega ** 2 / 2) };
  });
  return {
    modes,
    couplings: modes.map((sample) => ({
      ...sample,
      selfCoupling: sample.frequency.map((_, k) => 1 + 0.5 * Math.sin(7 * sample.seed + k)),
      crossCoupling: sample.frequency.map((_, k) => 0.3 + 0.1 * Math.cos(5 * sample.seed + k)),
      projection: sample.frequency.map((_, k) => 0.8 + 0.1 * Math.sin(3 * sample.seed + k)),
    })),
    waves: ["transverse", "longitudinal"].flatMap((polarisation, p) =>
      [1, 2, 3, 4, 5].flatMap((wave) =>
        [1, 2].map((seed) => {
          const frequency = (1 + p) * wave * 0.9;
          const c = 1e-3 * frequency ** 3;
          return {
            ...{ seed, polarisation, wave, frequency, relaxedFrequency: 0.8 * frequency },
            ...{ selfCoupling: c * (1 + seed / 10), crossCoupling: c / 2, projection: 0.01 * frequency },
          };
        }),
      ),
    ),
    paths: [1, 2, 3].map((seed) => {
      const fraction = [0.7, 0.9, 0.97, 0.99, 0.997, 0.999];
      const distance = fraction.map((part) => (1 - part) * 0.01 * seed);
      const frequency = distance.map((gap) => 1.5 * gap ** 0.25);
      const largest = frequency.map((omega) => seed * omega ** -4);
      const steady = fraction.map(() => 1);
      return { seed, fraction, distance, frequency, selfCoupling: steady, projection: steady, largest };
    }),
  };
}

const tables = statistics(registry, [ensemble("soft spheres", 1), ensemble("others", 2)]);

const FIGURES = ["stress", "2", "4", "area", "eq4", "eq5", "modes", "tail", "maxima", "si2", "si3"] as const;

test.each(FIGURES)("Fig. %s of a table is the picture that was looked at", async (name) => {
  await expect(tableFigure(registry, name, tables)).toMatchFileSnapshot(`snapshots/fig-${name}.svg`);
});

test.each(FIGURES)("Fig. %s: no label covers another or leaves the page, in print and on slides", (name) => {
  for (const style of ["paper", "slides"] as const) {
    const svg = tableFigure(registry, name, tables, { style });
    expect(placedLabels(svg).length).toBeGreaterThan(5);
    expect(labelFaults(svg)).toEqual([]);
  }
});

/** What has no dimension: strains, fractions, exponents, scores, energies over k_B T/2. */
const NUMBERS =
  /^(strain γ|standardised score Δε|(fraction|exponent|ratio|softest part|share|Fn over).*|.*(\|Eα\||thermal energy x).*)$/;

test.each(FIGURES)("Fig. %s: every axis says what it is and in which unit, in those of the model", (name) => {
  const metal: Readonly<Record<string, string>> = { λ: "Å", ε: "eV", "τ₀": "ps" };
  const unit = (reduced: string) => reduced.replace(/λ|ε|τ₀/g, (symbol) => metal[symbol]);
  const [own, theirs] = [
    tableFigure(registry, name, tables),
    tableFigure(registry, name, tables, { unit }),
  ].map((svg) => placedLabels(svg).filter(({ kind }) => kind === "x-label" || kind === "y-label"));
  expect(own.length).toBeGreaterThanOrEqual(2);
  own.forEach(({ text }, k) => {
    if (NUMBERS.test(text)) return;
    // Greek letters of units in brackets at the end
    expect(text).toMatch(/ \([^()]*(λ|ε|τ₀)[^()]*\)$/);
    // that of stresses stands in its table
    if (name !== "stress") expect(theirs[k].text).toMatch(/ \([^()λετ]*(Å|eV|ps)[^()λετ]*\)$/);
  });
});

test.each(FIGURES)(
  "Fig. %s: letters of panels where there are several, and a caption that tells them",
  (name) => {
    const svg = tableFigure(registry, name, tables);
    const letters = placedLabels(svg).filter(({ kind }) => kind === "letter");
    const panels = placedLabels(svg).filter(({ kind }) => kind === "x-label").length;
    expect(letters.map(({ text }) => text)).toEqual(
      panels === 1 ? [] : ["(a)", "(b)", "(c)"].slice(0, panels),
    );
    const caption = plainText(captionOf(figureNamed(registry, name), { tables }));
    if (name !== "stress") for (const { text } of letters) expect(caption).toContain(text);
    expect(caption).toMatch(/Samples: (40|12) of soft spheres \(2dipl, N = 400\), (40|12) of others/);
    expect(caption).not.toMatch(/[_*^{}]/);
  },
);

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
  const [{ rows }] = statistics(registry, [{ ...ensemble("two", 1), curves: two }]).filter(
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

test("labels that cover each other are seen", () => {
  const label = (x: number, y: number, text: string) =>
    `<text x="${x}" y="${y}" font-size="10"><tspan>${text}</tspan></text>`;
  const page = (...labels: string[]) =>
    `<svg width="100pt" height="50pt" viewBox="0 0 100 50">${labels.join("")}</svg>`;
  expect(labelFaults(page(label(10, 20, "one"), label(40, 20, "two")))).toEqual([]);
  expect(labelFaults(page(label(10, 20, "one"), label(20, 15, "two")))).toEqual([
    "one and two cover each other",
  ]);
  const panel = `<svg x="60" y="0" width="40" height="50" viewBox="0 0 40 50">${label(10, 20, "wide enough")}</svg>`;
  expect(labelFaults(page(label(10, 20, "one"), panel))).toEqual(["wide enough leaves the page"]);
});

test("the fitted tail of the invented samples is the one put in", () => {
  const tail = tables.find(({ name }) => name === "lte_tail")!.rows;
  for (const [, from, , value] of tail as [string, number, number, number][]) {
    // the invented tail ends at 1000
    if (from <= 5) expect(Math.abs(value - 9 / 4)).toBeLessThan(0.03);
  }
});

/** Rows of a table under the names of its columns, numbers where they are. */
function named(table: string): Record<string, string | number>[] {
  const { columns, rows } = tables.find(({ name }) => name === table)!;
  return rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k]])));
}

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
    const { couplings } = vibrationsOf(Array.from({ length: 40 }, (_, k) => k + 1));
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

test("what is not there is not drawn, and named", () => {
  const bare = {
    ...ensemble("bare", 1),
    maxima: [],
    vibrations: { modes: [], couplings: [], waves: [], paths: [] },
  };
  const none = statistics(registry, [bare]);
  expect(() => tableFigure(registry, "eq4", none)).toThrow("the tables waves and mode_couplings are empty");
  expect(() => tableFigure(registry, "eq5", none)).toThrow("the tables softest and approach are empty");
  expect(() => tableFigure(registry, "modes", none)).toThrow("the table mode_density is empty");
  expect(() => tableFigure(registry, "maxima", none)).toThrow("the table maxima is empty");
  const towards: VibrationData = {
    ...bare,
    vibrations: { ...bare.vibrations, paths: vibrationsOf([1]).paths },
  };
  const paths = statistics(registry, [towards]);
  expect(tableFigure(registry, "eq5", paths)).toContain("towards an event");
});

function reference(): SamplePicture {
  const { system } = readReference("2dipl_400");
  const model = preset("2dipl");
  const { energies, displacement } = localThermalEnergy(
    minimumOf(system, model, { arithmetic: "reproducible" }),
  );
  const interactions = findInteractions(system, model);
  const field = softnessField(system.box, system.positions, energies);
  const [{ lte }] = energies;
  return {
    ensemble: {
      name: "a",
      model,
      particles: 400,
      protocol: {} as never,
      compute: {},
      keep: { bonds: "all" },
    },
    seed: 1,
    system,
    interactions,
    lte,
    displacement,
    field,
    spots: softSpots(field, 1).spots.map(({ rank, position }) => ({ number: rank, position })),
    events: [
      { number: 1, position: Float64Array.of(5, 6) },
      { number: 2, position: Float64Array.of(17, 3) },
    ],
  };
}

test.each(["1", "3"] as const)(
  "Fig. %s of a reference glass is the picture that was looked at",
  async (name) => {
    await expect(
      (figureNamed(registry, name) as SampleFigureEntry).drawSample(reference(), "paper"),
    ).toMatchFileSnapshot(`snapshots/fig-${name}.svg`);
  },
);

test("slides are set larger", () => {
  const width = (name: string, style: "paper" | "slides") =>
    Number(/ width="([\d.]+)pt"/.exec(tableFigure(registry, name, tables, { style }))![1]);
  expect(width("4", "slides")).toBeGreaterThan(1.5 * width("4", "paper"));
});
