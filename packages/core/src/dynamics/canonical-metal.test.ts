import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { makeGlass } from "../deform/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { sampleLocalEnergies } from "./index.ts";

const meanSquare = (values: Float64Array) => values.reduce((sum, v) => sum + v * v, 0) / values.length;

test("canonical averages of a metal are its local thermal energies, pair by pair and embedding by embedding", () => {
  const model = parseModel(metalDefinition(artificialMetal()));
  const { system } = makeGlass({ model, particles: 60, seed: 2, protocol: { liquidTime: 2, annealTime: 4 } });
  const {
    interactions,
    energies,
    system: minimum,
  } = localThermalEnergy(minimumOf(system, model, { arithmetic: "reproducible" }));
  const options = { temperature: 1e-6, seed: 1, blocks: 12, blockTime: 20 };
  const sample = sampleLocalEnergies(minimum, model, interactions, options);
  expect(sample.hoppedInBlock).toBeUndefined();
  expect(sample.families.map(({ name }) => name)).toEqual(["bonds", "embeddings"]);
  for (const [f, { mean, error }] of sample.families.entries()) {
    const { lte: expected, harmonic } = energies[f];
    const scores = (values: Float64Array) =>
      mean.map((x, k) => (error[k] > 1e-9 ? (x - values[k]) / error[k] : 0));
    // Student's t with 11 degrees has ⟨t²⟩ = 11/9
    expect(meanSquare(scores(expected))).toBeLessThan(2);
    expect(meanSquare(scores(expected))).toBeGreaterThan(0.5);
    expect(meanSquare(scores(harmonic))).toBeGreaterThan(10);
  }
});
