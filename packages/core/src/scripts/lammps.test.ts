import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../../testing/needs.ts";
import { askScripts, type ScriptAnswer } from "../../test/scripts/ask.ts";
import { type ScriptCase, systemOf } from "../../test/scripts/case.ts";
import { scriptCases } from "../../test/scripts/cases.ts";
import {
  deviations,
  largest,
  modelOf,
  pairForce,
  questionsOf,
  readCase,
} from "../../test/scripts/compare.ts";
import { ForceField } from "../dynamics/index.ts";
import { energy, findInteractions, gradient } from "../interactions/index.ts";
import { modelToJson, type PairModel, parseModel } from "../models/index.ts";
import type { System } from "../space/index.ts";

const answers = readFileSync(new URL("../../test/scripts/answers.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { name: string; energy: number; stress: number[]; forces: number[] });
function expectAlike(one: ScriptCase, system: System, model: PairModel, theirs: ScriptAnswer): void {
  const within = one.within ?? 1e-10;
  const found = deviations(one, system, model, theirs);
  expect(found.forces ?? 0).toBeLessThan(within);
  // metal and real: LAMMPS's conversion of pressures has seven digits
  expect(found.stress ?? 0).toBeLessThan(one.units === undefined ? within : Math.max(within, 1e-8));
  if (found.energy !== undefined) expect(found.energy).toBeLessThan(one.energyWithin ?? within);
  const field = ForceField.create(system, model);
  const own = gradient(findInteractions(system, model));
  expect(largest(field.gradient().map((g, k) => g - own[k])) / pairForce(system, model)).toBeLessThan(
    Math.max(1e-10, within / 10),
  );
}

/** Where LAMMPS is not there, what it said of the random states, energies, stresses and some forces. */
describe("stored answers of LAMMPS", () => {
  test.each(answers)("$name", (answer) => {
    const one = scriptCases.find(({ name }) => name === answer.name)!;
    const system = systemOf(one);
    const model = modelOf(one, system);
    const interactions = findInteractions(system, model);
    const within = one.within ?? 1e-10;
    const mine = gradient(interactions).subarray(0, answer.forces.length);
    const off = largest(mine.map((g, k) => g + answer.forces[k])) / pairForce(system, model);
    if (one.forces !== false) expect(off).toBeLessThan(within);
    if (one.energy === false) return;
    expect(Math.abs(energy(interactions) / answer.energy - 1)).toBeLessThan(one.energyWithin ?? within);
  });

  test("there is one for every case that needs no file of LAMMPS", () => {
    const names = scriptCases.filter(({ collection }) => collection === undefined).map(({ name }) => name);
    expect(answers.map(({ name }) => name)).toEqual(names);
  });

  test("the model that is printed has the same bits", () => {
    for (const one of scriptCases.filter(({ collection }) => collection === undefined)) {
      const system = systemOf(one);
      const read = readCase(one, system);
      const again = parseModel(JSON.parse(JSON.stringify(modelToJson(read.model))));
      expect(energy(findInteractions(system, again))).toBe(energy(findInteractions(system, read.model)));
      expect(JSON.parse(JSON.stringify(read.json))).toEqual(read.json);
    }
  });
});

describe("the same script in LAMMPS: energy, forces, pressure", needs("lmp"), () => {
  const states = new Map<string, { readonly system: System; readonly theirs: ScriptAnswer }[]>();

  beforeAll(() => {
    const asked = questionsOf(scriptCases);
    const answers = askScripts(asked);
    for (const [k, { one, system }] of asked.entries())
      states.set(one.name, [...(states.get(one.name) ?? []), { system, theirs: answers[k] }]);
  });

  test.each(scriptCases)("$name", (one) => {
    const both = states.get(one.name)!;
    expect(both).toHaveLength(2);
    const model = modelOf(one, both[0].system);
    for (const { system, theirs } of both) expectAlike(one, system, model, theirs);
  });
});
