import { SoftfieldError } from "../errors.ts";
import { compileModel } from "./compile.ts";
import type { ModelDefinition } from "./schema.ts";
import type { PairModel } from "./types.ts";

/** Names of the model glasses of Zylberg 2017. */
export const presetNames = ["2dipl", "3dipl", "3dkablj"] as const;
export type PresetName = (typeof presetNames)[number];

/** Small and large particles, half of each, repelling as x⁻¹⁰: A.1. */
const inversePowerLaw = {
  species: ["S", "L"],
  form: "inverse-power-law",
  epsilon: 1,
  lambda: [
    [1, 1.18],
    [1.18, 1.4],
  ],
  exponent: 10,
  cutoff: 1.48,
  smoothing: 3,
} satisfies Partial<ModelDefinition>;

/** SI A of Zylberg 2017; "just below T_g" is read as 0.96 T_g, to two digits. */
const definitions: Readonly<Record<PresetName, ModelDefinition>> = {
  "2dipl": {
    ...inversePowerLaw,
    name: "2dipl",
    dimension: 2,
    glass: {
      density: 0.86,
      fractions: [0.5, 0.5],
      liquidTemperature: 1,
      annealTemperature: 0.48,
      glassTransition: 0.5,
      annealTime: 200,
    },
  },
  "3dipl": {
    ...inversePowerLaw,
    name: "3dipl",
    dimension: 3,
    glass: {
      density: 0.82,
      fractions: [0.5, 0.5],
      liquidTemperature: 1,
      annealTemperature: 0.5,
      glassTransition: 0.52,
      annealTime: 250,
    },
  },
  // A.3: Kob–Andersen.
  "3dkablj": {
    name: "3dkablj",
    dimension: 3,
    species: ["A", "B"],
    form: "lennard-jones",
    epsilon: [
      [1, 1.5],
      [1.5, 0.5],
    ],
    lambda: [
      [1, 0.8],
      [0.8, 0.88],
    ],
    cutoff: 2.5,
    smoothing: 3,
    glass: {
      density: 1.2,
      fractions: [0.8, 0.2],
      liquidTemperature: 1,
      annealTemperature: 0.43,
      glassTransition: 0.45,
      annealTime: 50,
    },
  },
};

/** A model glass of Zylberg 2017, SI A: "2dipl" and "3dipl" by A.1, "3dkablj" by A.3. */
export function preset(name: PresetName): PairModel {
  const definition = definitions[name];
  if (definition === undefined) {
    throw new SoftfieldError("model", `no preset "${name}": there are ${presetNames.join(", ")}`);
  }
  return compileModel({ definition: structuredClone(definition), file: undefined });
}
