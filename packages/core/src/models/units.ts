import { rounded } from "../rounded.ts";
import type { ModelDefinition, PairModel } from "./types.ts";

/** Names of the units of a model, for tables, screens and axes. */
export interface Units {
  readonly length: string;
  readonly energy: string;
  readonly mass: string;
  readonly time: string;
  /** The unit of time in s, and of energy over k_B in K, where they are known. */
  readonly seconds?: number;
  readonly kelvin?: number;
}

// CODATA 2018: u = 1.66053906660e-27 kg, e = 1.602176634e-19 C, k_B = 1.380649e-23 J/K, N_A = 6.02214076e23/mol.
const NAMED: Readonly<Record<"lj" | "metal" | "real" | "si", Units>> = {
  lj: { length: "λ", energy: "ε", mass: "m", time: "τ₀" },
  metal: {
    length: "Å",
    energy: "eV",
    mass: "u",
    time: "√(u Å²/eV)",
    seconds: 1.0180505710759414e-14,
    kelvin: 11604.518121550082,
  },
  real: {
    length: "Å",
    energy: "kcal/mol",
    mass: "u",
    time: "√(u Å² mol/kcal)",
    seconds: 4.8888212899948803e-14,
    kelvin: 503.2195334987657,
  },
  si: { length: "m", energy: "J", mass: "kg", time: "s", seconds: 1, kelvin: 7.24297051603992e22 },
};

/** The units that a model says it has; reduced ones where it says nothing. Time is √(mass length²/energy). */
export function modelUnits({ definition }: Pick<PairModel, "definition">): Units {
  const { units = "lj" } = definition;
  if (typeof units === "string") return NAMED[units];
  const { length, energy, mass, time = `√(${mass} ${length}²/${energy})` } = units;
  return { length, energy, mass, time };
}

/** e²/(4πε₀) in the units of a model, as LAMMPS has it (qqr2e): q_i q_j/r times this is an energy. */
export function coulombConstant({ units = "lj" }: ModelDefinition): number | undefined {
  if (units === "lj") return 1;
  if (units === "metal") return 14.399645;
  if (units === "real") return 332.06371;
  return units === "si" ? 8.9875517923e9 : undefined;
}

/** "Å, eV, u": what the numbers of a model are in. */
export function unitsText(model: Pick<PairModel, "definition">): string {
  const { length, energy, mass } = modelUnits(model);
  return `${length}, ${energy}, ${mass}`;
}

/** A unit of λ, ε, τ₀ and m ("ε/λ²") by the names of a model ("eV/Å²"); the same where it names none. */
export function unitNamed(unit: string, model: Pick<PairModel, "definition">): string {
  if (model.definition.units === undefined) return unit;
  const { length, energy, mass, time } = modelUnits(model);
  const names: Readonly<Record<string, string>> = { λ: length, ε: energy, "τ₀": time, m: mass };
  return unit.replace(/λ|ε|τ₀|\bm\b/g, (name) => names[name]);
}

/** Words on the unit of time and of temperature (k_B = 1), where a model names its units. */
export function timeUnitText(model: Pick<PairModel, "definition">): string | undefined {
  if (model.definition.units === undefined) return undefined;
  const { time, energy, seconds, kelvin } = modelUnits(model);
  const femto = seconds === undefined || seconds === 1 ? "" : ` = ${rounded(seconds * 1e15, 6)} fs`;
  const degrees = kelvin === undefined ? "" : ` = ${rounded(kelvin, 6)} K`;
  return `times in ${time}${femto}, temperatures in ${energy}/k_B${degrees}`;
}
