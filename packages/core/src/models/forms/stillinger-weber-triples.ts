import { z } from "zod";
import { fieldError } from "../pairs.ts";
import { ANGLE_ROW, LEG_ROW, type ThreeBodyTerm } from "../threebody.ts";
import { legValues, type PerSpecies, tripletValues } from "../triplets.ts";
import { COEFFICIENT_STRIDE, Coefficient, type ModelDefinition } from "../types.ts";
import { nonNegative, positive } from "./fields.ts";
import type { DefinitionSource } from "./form.ts";

/** One value for all, or an object by species: the centre of a triple first, then its end or ends. */
function bySpecies(value: z.ZodNumber, description: string, keys: string) {
  return z
    .union([value, z.record(z.string(), value)])
    .describe(`${description} A number for all; or an object by species, the centre first, ${keys}.`);
}
const TRIPLES = '{"A A B": …}, both ends in either order';

export const threeBody = z
  .strictObject({
    epsilon: z
      .union([z.literal("geometric"), nonNegative, z.record(z.string(), nonNegative)])
      .optional()
      .describe(
        `Energy ε_ijk of triples: a number for all; an object by species, the centre first, ${TRIPLES}; or "geometric", √(ε_ij ε_ik). Left out with one species only: that of the pairs.`,
      ),
    strength: bySpecies(
      nonNegative,
      "λ_ijk, in units of ε_ijk; 0 for triples that do not interact.",
      TRIPLES,
    ),
    gamma: bySpecies(positive, "γ_ij of the leg from i to j, in units of σ_ij.", '{"A B": …, "B A": …}'),
    cosine: bySpecies(
      z.number().min(-1).max(1),
      "Cosine of the angle that costs nothing; −1/3 where it is left out with one species.",
      TRIPLES,
    ).optional(),
  })
  .describe(
    "ε_ijk λ_ijk (cos θ − cosine_ijk)² exp(γ_ij/(x_ij − x_c)) exp(γ_ik/(x_ik − x_c)) of every triple j–i–k.",
  );

type WithTriples = ModelDefinition & { readonly threeBody: z.output<typeof threeBody> };

/** The term of triples by species; `coefficients` is the table of the pairs, whose σ_ij and a_ij the legs have. */
export function threeBodyTerm(
  { definition, file }: DefinitionSource<WithTriples>,
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
