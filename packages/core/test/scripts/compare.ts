import { readFileSync } from "node:fs";
import { ForceField, minimize } from "../../src/dynamics/index.ts";
import { energy, findInteractions, gradient, pairsOf, stress } from "../../src/interactions/index.ts";
import { type PairModel, withLammpsSplines } from "../../src/models/index.ts";
import { type InputScript, readScript } from "../../src/scripts/index.ts";
import type { System } from "../../src/space/index.ts";
import type { ScriptAnswer, ScriptQuestion } from "./ask.ts";
import { dataText, type ScriptCase, scriptText, systemOf } from "./case.ts";

const COLLECTION = "/usr/share/lammps/potentials/";

export function readCase(one: ScriptCase, system: System): InputScript {
  const read = (name: string) => {
    if (name === "start.data") return dataText(one, system);
    if (one.collection?.includes(name)) return readFileSync(COLLECTION + name);
    return one.files?.[name];
  };
  return readScript(scriptText(one), { file: "in.case", read });
}

export function modelOf(one: ScriptCase, system: System): PairModel {
  const { model } = readCase(one, system);
  return one.interpolation === undefined ? model : withLammpsSplines(model)!;
}

export const largest = (values: ArrayLike<number>) =>
  Array.from(values).reduce((most, v) => Math.max(most, Math.abs(v)), 0);

/** The largest pair force, by which differences of forces count: those of a minimum are all but zero. */
export function pairForce(system: System, model: PairModel): number {
  return largest(pairsOf(findInteractions(system, model)).phi1);
}

/** Each case's random state, and what a minimiser makes of it. */
export function questionsOf(cases: readonly ScriptCase[]): (ScriptQuestion & { readonly system: System })[] {
  return cases.flatMap((one) => {
    const random = systemOf(one);
    const field = ForceField.create(random, modelOf(one, random));
    minimize(field, { maxEvaluations: 1000, newton: false, tolerance: 1e-6 });
    return [random, { ...random, positions: field.positions() }].map((system) => ({
      one,
      system,
      data: dataText(one, system),
    }));
  });
}

/** Relative differences. */
export interface Deviations {
  /** Of the energy, where LAMMPS's is one of these forces. */
  readonly energy: number | undefined;
  /** Largest component, over the largest pair force; where they belong to the energy. */
  readonly forces: number | undefined;
  /** Largest component, over Σ |φ′| r/(3V); as the forces. */
  readonly stress: number | undefined;
}

export function deviations(
  { energy: ofForces, forces: ofEnergy }: ScriptCase,
  system: System,
  model: PairModel,
  theirs: ScriptAnswer,
): Deviations {
  const interactions = findInteractions(system, model);
  const mine = gradient(interactions);
  const s = stress(interactions, system.box);
  const six = [s[0], s[4], s[8], s[1], s[2], s[5]];
  const { phi1, r } = pairsOf(interactions);
  const [lx, , , , ly, , , , lz] = system.box.vectors;
  const virials = phi1.reduce((sum, f, k) => sum + Math.abs(f) * r[k], 0) / (3 * lx * ly * lz);
  return {
    energy: ofForces === false ? undefined : Math.abs(energy(interactions) / theirs.energy - 1),
    forces:
      ofEnergy === false
        ? undefined
        : largest(mine.map((g, k) => g + theirs.forces[k])) / pairForce(system, model),
    stress: ofEnergy === false ? undefined : largest(six.map((p, k) => p - theirs.stress[k])) / virials,
  };
}
