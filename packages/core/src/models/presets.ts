import { SoftfieldError } from "../errors.ts";
import { compileModel } from "./compile.ts";
import type { InversePowerLaw } from "./forms/inverse-power-law.ts";
import type { LennardJones } from "./forms/lennard-jones.ts";
import type { StillingerWeber } from "./forms/stillinger-weber.ts";
import { parseModel } from "./parse.ts";
import { published } from "./presets-published.ts";
import type { PairModel } from "./types.ts";

/** Names of the model glasses of Zylberg 2017. */
export const paperModels = ["2dipl", "3dipl", "3dkablj"] as const;
/** The name of a model of Zylberg et al. 2017. */
export type PaperModel = (typeof paperModels)[number];

/** All models that have a name: those of the paper, Stillinger & Weber's silicon, and others that are often simulated. */
export const presetNames = [
  ...paperModels,
  "sw-silicon",
  ...(Object.keys(published) as (keyof typeof published)[]),
] as const;
/** A name that `preset` knows. */
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
} satisfies Partial<InversePowerLaw>;

/** SI A of Zylberg 2017; "just below T_g" is read as 0.96 T_g, to two digits. */
const definitions: Readonly<
  Record<PaperModel | "sw-silicon", InversePowerLaw | LennardJones | StillingerWeber>
> = {
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
  // Stillinger & Weber, Phys. Rev. B 31, 5262 (1985): σ = 2.0951 Å, ε = 2.1683 eV, τ₀ = 76.6 fs; the density is that
  // of diamond silicon, the melt is at 2,500 K, the glass annealed at 1,000 K.
  "sw-silicon": {
    name: "sw-silicon",
    description: "Silicon of Stillinger and Weber; lengths are in σ = 2.0951 Å, energies in ε = 2.1683 eV.",
    dimension: 3,
    species: ["Si"],
    form: "stillinger-weber",
    epsilon: 1,
    lambda: 1,
    A: 7.049556277,
    B: 0.6022245584,
    p: 4,
    q: 0,
    cutoff: 1.8,
    threeBody: { strength: 21, gamma: 1.2, cosine: -1 / 3 },
    glass: {
      density: 0.4593,
      fractions: [1],
      liquidTemperature: 0.1,
      annealTemperature: 0.04,
      glassTransition: 0.042,
      annealTime: 200,
    },
  },
};

/** Units of "sw-silicon": σ in Å, ε in eV (Stillinger & Weber 1985). */
export const siliconUnits = { length: 2.0951, energy: 2.1683 } as const;

/**
 * A model glass of Zylberg 2017, SI A: "2dipl" and "3dipl" by A.1, "3dkablj" by A.3; "sw-silicon", Stillinger & Weber
 * 1985; or one of presets-published.ts, where its source is told.
 */
export function preset(name: PresetName): PairModel {
  if (Object.hasOwn(published, name)) return parseModel(published[name as keyof typeof published], name);
  const definition = definitions[name as PaperModel];
  if (definition === undefined) {
    throw new SoftfieldError("model", `no preset "${name}": there are ${presetNames.join(", ")}`);
  }
  return compileModel({ definition: structuredClone(definition), file: undefined });
}
