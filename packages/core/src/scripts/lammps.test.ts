import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../../../../testing/needs.ts";
import { askScripts, type ScriptAnswer } from "../../test/scripts/ask.ts";
import { dataText, type ScriptCase, scriptText, systemOf } from "../../test/scripts/case.ts";
import { scriptCases } from "../../test/scripts/cases.ts";
import { ForceField, minimize } from "../dynamics/index.ts";
import { energy, findInteractions, gradient, pairsOf, stress } from "../interactions/index.ts";
import { modelToJson, type PairModel, parseModel } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { type InputScript, readScript } from "./index.ts";

const answers = readFileSync(new URL("../../test/scripts/answers.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { name: string; energy: number; stress: number[]; forces: number[] });
const COLLECTION = "/usr/share/lammps/potentials/";

function modelOf(one: ScriptCase, system: System): PairModel {
  return readCase(one, system).model;
}

function readCase(one: ScriptCase, system: System): InputScript {
  const read = (name: string) => {
    if (name === "start.data") return dataText(one, system);
    if (one.collection?.includes(name)) return readFileSync(COLLECTION + name);
    return one.files?.[name];
  };
  return readScript(scriptText(one), { file: "in.case", read });
}

const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** Largest force of any pair, against which forces of a minimum, all but zero, are held. */
function pairForce(system: System, model: PairModel): number {
  return largest(pairsOf(findInteractions(system, model)).phi1);
}

function expectAlike(one: ScriptCase, system: System, model: PairModel, theirs: ScriptAnswer): void {
  const within = one.within ?? 1e-10;
  const interactions = findInteractions(system, model);
  const scale = pairForce(system, model);
  const mine = gradient(interactions);
  expect(largest(mine.map((g, k) => g + theirs.forces[k])) / scale).toBeLessThan(within);
  const s = stress(interactions, system.box);
  const six = [s[0], s[4], s[8], s[1], s[2], s[5]];
  const { phi1, r } = pairsOf(interactions);
  const volume = system.box.vectors[0] * system.box.vectors[4] * system.box.vectors[8];
  const virials = phi1.reduce((sum, f, k) => sum + Math.abs(f) * r[k], 0) / (3 * volume);
  // metal and real: LAMMPS's conversion of pressures has seven digits
  expect(largest(six.map((p, k) => p - theirs.stress[k])) / virials).toBeLessThan(
    one.units === undefined ? within : Math.max(within, 1e-8),
  );
  if (one.energy !== false)
    expect(Math.abs(energy(interactions) / theirs.energy - 1)).toBeLessThan(one.energyWithin ?? within);
  const field = ForceField.create(system, model);
  expect(largest(field.gradient().map((g, k) => g - mine[k])) / scale).toBeLessThan(
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
    expect(largest(mine.map((g, k) => g + answer.forces[k])) / pairForce(system, model)).toBeLessThan(within);
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
    const asked = scriptCases.flatMap((one) => {
      const random = systemOf(one);
      const field = ForceField.create(random, modelOf(one, random));
      minimize(field, { maxEvaluations: 1000, newton: false, tolerance: 1e-6 });
      return [random, { ...random, positions: field.positions() }].map((system) => ({ one, system }));
    });
    const answers = askScripts(asked.map(({ one, system }) => ({ one, data: dataText(one, system) })));
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
