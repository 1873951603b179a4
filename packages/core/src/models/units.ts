import type { ModelDefinition } from "./types.ts";

/** Names of the units of a model, for tables, screens and axes. */
export interface Units {
  readonly length: string;
  readonly energy: string;
  readonly mass: string;
  readonly time: string;
}

const NAMED: Readonly<Record<"lj" | "metal" | "real" | "si", Units>> = {
  lj: { length: "λ", energy: "ε", mass: "m", time: "τ₀" },
  metal: { length: "Å", energy: "eV", mass: "u", time: "√(u Å²/eV)" },
  real: { length: "Å", energy: "kcal/mol", mass: "u", time: "√(u Å² mol/kcal)" },
  si: { length: "m", energy: "J", mass: "kg", time: "s" },
};

/** The units that a model says it has; reduced ones where it says nothing. Time is √(mass length²/energy). */
export function modelUnits({ definition }: { readonly definition: ModelDefinition }): Units {
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
