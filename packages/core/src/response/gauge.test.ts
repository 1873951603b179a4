import { expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { makeGlass } from "../deform/index.ts";
import { findInteractions } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel } from "../models/index.ts";
import { localThermalEnergy } from "./index.ts";

const definition = metalDefinition(artificialMetal());
const file = parseModel(definition);
const gauge = { A: 30, B: 25 };
const other = parseModel({ ...definition, gauge });
const protocol = { liquidTime: 2, annealTime: 2 };
const { system } = makeGlass({ model: file, particles: 60, seed: 3, protocol });
const found = [file, other].map((model) =>
  localThermalEnergy(minimumOf(system, model, { arithmetic: "reproducible" })),
);
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - b[k]))) / Math.max(...Array.from(b, Math.abs));

test("what does not depend on the gauge: U, X, Σ E; single energies do", () => {
  const [a, b] = found;
  expect(Math.abs(b.energy / a.energy - 1)).toBeLessThan(1e-12);
  expect(apart(b.displacement, a.displacement)).toBeLessThan(1e-9);
  for (const { sumRuleError } of found) expect(sumRuleError).toBeLessThan(1e-9);
  expect(apart(b.energies[0].lte, a.energies[0].lte)).toBeGreaterThan(0.01);
});

test("slopes of the embeddings vanish at the densities of the gauge", () => {
  const { functions } = other.embedding!;
  for (const [s, rho] of [gauge.A, gauge.B].entries()) {
    const { polynomials, spacing, degree } = functions[s];
    const at = Math.round(rho / spacing) * (degree + 1);
    expect(Math.abs(polynomials[at + 1] / spacing)).toBeLessThan(1e-12);
  }
});

test("energies of embeddings change by c Σ E of their densities, so that U is the same term by term", () => {
  const energies = [file, other].map((model) =>
    findInteractions(system, model).families.map((family) => family.energies().reduce((a, b) => a + b, 0)),
  );
  const [[pairs, embeddings], [otherPairs, otherEmbeddings]] = energies;
  expect(Math.abs(otherPairs - pairs)).toBeGreaterThan(1);
  expect(Math.abs(otherPairs + otherEmbeddings - pairs - embeddings)).toBeLessThan(1e-10);
});

test("a gauge must name the species of the model", () => {
  expect(() => parseModel({ ...definition, gauge: { A: 30 } })).toThrow(/gauge.*no density for "B"/);
  expect(() => parseModel({ ...definition, gauge: { A: 1, B: 1, C: 1 } })).toThrow(
    /"C", which is no species/,
  );
});
