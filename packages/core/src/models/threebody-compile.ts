import { fieldError } from "./pairs.ts";
import type { DefinitionOf } from "./schema.ts";
import { ANGLE_ROW, LEG_ROW, type ThreeBodyTerm } from "./threebody.ts";
import { legValues, type PerSpecies, tripletValues } from "./triplets.ts";
import { COEFFICIENT_STRIDE, Coefficient } from "./types.ts";

type Definition = DefinitionOf<"stillinger-weber">;

/** The term of triples by species; `coefficients` is the table of the pairs, whose σ_ij and a_ij the legs have. */
export function threeBodyTerm(
  { definition, file }: { readonly definition: Definition; readonly file: string | undefined },
  coefficients: Float64Array,
): ThreeBodyTerm {
  const { species, threeBody } = definition;
  const count = species.length;
  const at = (field: string) => ({ file, field: `threeBody.${field}`, species });
  const pair = (s: number, t: number, column: number) =>
    coefficients[(s * count + t) * COEFFICIENT_STRIDE + column];
  const given = (field: "cosine" | "epsilon"): NonNullable<(typeof threeBody)[typeof field]> => {
    const value = threeBody[field];
    if (value !== undefined) return value;
    throw fieldError(at(field), field === "cosine" ? SEVERAL_TRIPLES : SEVERAL_ENERGIES);
  };
  const gamma = legValues(threeBody.gamma, at("gamma"));
  const strength = tripletValues(threeBody.strength, at("strength"));
  const cosine = tripletValues(given("cosine") as PerSpecies, at("cosine"));
  const energies = count === 1 && threeBody.epsilon === undefined ? "geometric" : given("epsilon");
  const epsilon =
    energies === "geometric"
      ? (c: number, j: number, k: number) =>
          j === k
            ? pair(c, j, Coefficient.Epsilon)
            : Math.sqrt(pair(c, j, Coefficient.Epsilon) * pair(c, k, Coefficient.Epsilon))
      : tripletValues(energies, at("epsilon"));
  const legs = new Float64Array(count * count * LEG_ROW);
  const angles = new Float64Array(count * count * count * ANGLE_ROW);
  for (let c = 0; c < count; c++) {
    for (let j = 0; j < count; j++) {
      const lambda = pair(c, j, Coefficient.Lambda);
      legs.set([gamma(c, j) * lambda, pair(c, j, Coefficient.Cutoff) * lambda], (c * count + j) * LEG_ROW);
      for (let k = 0; k < count; k++) {
        const row = ((c * count + j) * count + k) * ANGLE_ROW;
        angles.set([strength(c, j, k) * epsilon(c, j, k), cosine(c, j, k)], row);
      }
    }
  }
  return { speciesCount: count, legs, angles };
}

const SEVERAL_TRIPLES =
  "is missing: with several species it must be given, as one number for all or by triples, the centre first";
const SEVERAL_ENERGIES = `${SEVERAL_TRIPLES}, or as "geometric" for √(ε_ij ε_ik)`;
