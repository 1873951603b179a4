import { readFileSync } from "node:fs";
import {
  makeGlass,
  minimumOf,
  type ObservedGlass,
  observeGlass,
  pairsOf,
  particleAverages,
  particleEnergy,
  particleStress,
  preset,
  readSnapshot,
  thermalAverage,
  toSystem,
} from "softfield";
import { incidenceOf } from "softfield/internal";
import { expect, test } from "vitest";

function reference(): ObservedGlass {
  const model = preset("2dipl");
  const file = new URL("../../../../examples/reference/2dipl_400.extxyz", import.meta.url);
  const { system } = toSystem(readSnapshot(readFileSync(file), { source: "glass" }), model);
  return observeGlass(minimumOf(system, model));
}

function silicon(): ObservedGlass {
  const model = preset("sw-silicon");
  const protocol = { liquidTime: 2, annealTime: 4 };
  return observeGlass(minimumOf(makeGlass({ model, particles: 64, seed: 3, protocol }).system, model));
}

test.each([
  ["a plane", reference],
  ["silicon, with its triples", silicon],
])("averages shared out by interactions are those of each particle's own observables: %s", (_, make) => {
  const glass = make();
  const { response } = glass;
  const { interactions, box, particles } = glass.minimum.backbone;
  const incidence = incidenceOf(interactions);
  const d = box.dimension;
  const { energy, pressure, shear } = particleAverages(glass.minimum.backbone, response, glass.lte);
  const stress = (k: number, a: number, b: number) =>
    thermalAverage(particleStress({ interactions, box }, k, [a, b], incidence), response).coefficient;
  const scale = (values: Float64Array) => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const [se, sp, ss] = [energy, pressure, shear].map(scale) as [number, number, number];
  expect(energy.length).toBe(particles.length);
  energy.forEach((value, k) => {
    const own = thermalAverage(particleEnergy(interactions, k, incidence), response).coefficient;
    let trace = 0;
    for (let a = 0; a < d; a++) trace += stress(k, a, a);
    expect(Math.abs(value - own) / se).toBeLessThan(1e-11);
    expect(Math.abs(pressure[k] + trace / d) / sp).toBeLessThan(1e-11);
    expect(Math.abs(shear[k] - stress(k, 0, 1)) / ss).toBeLessThan(1e-11);
  });
});

test("the work is reported", () => {
  const glass = reference();
  const seen: number[] = [];
  particleAverages(glass.minimum.backbone, glass.response, glass.lte, {
    onProgress: ({ stage, done, total }) => {
      expect([stage, total]).toEqual(["averages", pairsOf(glass.minimum.backbone.interactions).count]);
      seen.push(done);
    },
  });
  expect(seen.slice(0, 3)).toEqual([0, 500, 1000]);
});
