import { SoftfieldError } from "../errors.ts";
import { coefficientTable } from "./compile.ts";
import { Form, type GlassFormer, type PairModel } from "./types.ts";

/** Names of the model glasses of Zylberg 2017. */
export const presetNames = ["2dipl", "3dipl", "3dkablj"] as const;
export type PresetName = (typeof presetNames)[number];

/** A model glass of Zylberg 2017, SI A: "2dipl" and "3dipl" by A.1, "3dkablj" by A.3. */
export function preset(name: PresetName): PairModel {
  switch (name) {
    case "2dipl":
      return inversePowerLaw(name, 2, {
        density: 0.86,
        annealTemperature: 0.48,
        glassTransition: 0.5,
        annealTime: 200,
      });
    case "3dipl":
      return inversePowerLaw(name, 3, {
        density: 0.82,
        annealTemperature: 0.5,
        glassTransition: 0.52,
        annealTime: 250,
      });
    case "3dkablj":
      return kobAndersen(name);
    default:
      throw new SoftfieldError("model", `no preset "${name}": there are ${presetNames.join(", ")}`);
  }
}

function inversePowerLaw(
  name: string,
  dimension: 2 | 3,
  glass: Omit<GlassFormer, "fractions" | "liquidTemperature">,
): PairModel {
  const lambda = [1, 1.18, 1.4];
  return {
    name,
    dimension,
    species: ["S", "L"],
    form: Form.PowerLaw,
    coefficients: coefficientTable(
      { form: Form.PowerLaw, speciesCount: 2, smoothing: 3, tables: [] },
      (s, t) => ({ epsilon: 1, lambda: lambda[s + t]!, cutoff: 1.48, parameters: [1, 10, 0, 0] }),
    ),
    tables: [],
    smoothness: 3,
    glass: { ...glass, fractions: [0.5, 0.5], liquidTemperature: 1 },
  };
}

function kobAndersen(name: string): PairModel {
  const lambda = [1, 0.8, 0.88];
  const epsilon = [1, 1.5, 0.5];
  return {
    name,
    dimension: 3,
    species: ["A", "B"],
    form: Form.PowerLaw,
    coefficients: coefficientTable(
      { form: Form.PowerLaw, speciesCount: 2, smoothing: 3, tables: [] },
      (s, t) => ({
        epsilon: epsilon[s + t]!,
        lambda: lambda[s + t]!,
        cutoff: 2.5,
        parameters: [4, 12, -4, 6],
      }),
    ),
    tables: [],
    smoothness: 3,
    glass: {
      density: 1.2,
      fractions: [0.8, 0.2],
      liquidTemperature: 1,
      annealTemperature: 0.43,
      glassTransition: 0.45,
      annealTime: 50,
    },
  };
}
