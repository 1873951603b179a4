import {
  createLogHistogram,
  findInteractions,
  localThermalEnergy,
  preset,
  softnessField,
  softSpots,
} from "softfield";
import { expect, test } from "vitest";
import { readReference } from "../../core/test/reference.ts";
import type { EnsembleData, EventScoreRow } from "../src/campaign/report/collect.ts";
import { sampleFigure } from "../src/campaign/report/figures/sample.ts";
import { type TableFigureName, tableFigure } from "../src/campaign/report/figures.ts";
import type { SamplePicture } from "../src/campaign/report/sample.ts";
import { statistics } from "../src/campaign/report/statistics.ts";
import { HISTOGRAM_BINS } from "../src/campaign/stages/lte.ts";

/** Samples whose tail falls as E^−9/4 and whose events are foretold better by energies than by modes. */
function ensemble(name: string, factor: number): EnsembleData {
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
    return { standardized: 1 + scale * u * ordinal, distance: 8 * u * u, correlation: 1 - u };
  };
  return {
    name,
    model: "2dipl",
    particles: 400,
    seeds,
    energies: seeds.map((seed) => histogram(seed, 2.25)),
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
  };
}

const tables = statistics([ensemble("soft spheres", 1), ensemble("others", 2)]);

test.each(["2", "4", "si2", "si3"] as const)(
  "Fig. %s of a table is the picture that was looked at",
  async (name) => {
    await expect(tableFigure(name, tables)).toMatchFileSnapshot(`snapshots/fig-${name}.svg`);
  },
);

test("the fitted tail of the invented samples is the one put in", () => {
  const tail = tables.find(({ name }) => name === "lte_tail")!.rows;
  for (const [, from, , value] of tail as [string, number, number, number][]) {
    // the invented tail ends at 1000
    if (from <= 5) expect(Math.abs(value - 9 / 4)).toBeLessThan(0.03);
  }
});

function reference(): SamplePicture {
  const { system } = readReference("2dipl_400");
  const model = preset("2dipl");
  const { lte, displacement } = localThermalEnergy(system, model, { relaxed: false });
  const interactions = findInteractions(system, model);
  const field = softnessField(system.box, system.positions, interactions, lte);
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
    await expect(sampleFigure(name, reference())).toMatchFileSnapshot(`snapshots/fig-${name}.svg`);
  },
);

test("slides are set larger", () => {
  const width = (name: TableFigureName, style: "paper" | "slides") =>
    Number(/ width="([\d.]+)pt"/.exec(tableFigure(name, tables, { style }))![1]);
  expect(width("4", "slides")).toBeGreaterThan(1.5 * width("4", "paper"));
});
