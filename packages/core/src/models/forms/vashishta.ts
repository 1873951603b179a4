import { z } from "zod";
import { fieldError } from "../pairs.ts";
import { combine, exponentialOf, multiply, powerOf } from "../series.ts";
import { ANGLE_ROW, LEG_ROW, type ThreeBodyTerm } from "../threebody.ts";
import { tripletValues } from "../triplets.ts";
import { chargesOf, constantOf } from "./coulomb.ts";
import { header, nonNegative, perPair, perSpecies, positive, truncated } from "./fields.ts";
import type { DefinitionSource, PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const triplets = (value: z.ZodNumber, description: string) =>
  z
    .union([value, z.record(z.string(), value)])
    .describe(
      `${description} A number for all; or an object by species, the centre first, {"A B B": …}; others are 0.`,
    );

const schema = z
  .strictObject({
    ...header,
    form: z.literal("vashishta"),
    H: perPair(nonNegative, "H, an energy times a length to the power η."),
    eta: perPair(positive, "η, of the steric repulsion."),
    charges: perSpecies(z.number(), "Z, in units of e."),
    constant: positive.optional().describe("e²/4πε₀; by the units of the model."),
    lambda1: positive.describe("Screening length of the charges."),
    D: perPair(nonNegative, "D, of charge and dipole, an energy times a length to the fourth."),
    lambda4: positive.describe("Screening length of charge and dipole."),
    W: perPair(nonNegative, "W, of dispersion, an energy times a length to the sixth.").default(0),
    threeBody: z
      .strictObject({
        B: triplets(nonNegative, "B, an energy."),
        gamma: positive.describe("γ, a length."),
        cutoff: positive.describe("r₀, a length, at most the cutoff of the pairs."),
        cosine: triplets(z.number().min(-1).max(1), "Cosine of the angle that costs nothing."),
      })
      .describe("B (cos θ − cosine)² exp(γ/(r_ij − r₀)) exp(γ/(r_ik − r₀)) of every triple j–i–k."),
    ...truncated,
  })
  .describe("φ = H/x^η + k Z_i Z_j exp(−x/λ₁)/x − D exp(−x/λ₄)/x⁴ − W/x⁶, and a term of triples");

export type Vashishta = z.output<typeof schema>;

/**
 * Vashishta, Kalia, Rino & Ebbsjö, Phys. Rev. B 41, 12197 (1990), as LAMMPS's vashishta with C = 0 and smoothing
 * "force-shifted"; parameters [H, η, k Z Z, λ₁, D, λ₄, W].
 */
export const vashishta: PotentialForm<Vashishta> = {
  name: "vashishta",
  schema,
  missingLambda: 1,
  epsilon: () => () => 1,
  parameters(source) {
    const { lambda1, lambda4 } = source.definition;
    const [h, eta, d, w] = (["H", "eta", "D", "W"] as const).map((name) =>
      required(source, name, source.definition[name]),
    );
    const q = chargesOf(source);
    const k = constantOf(source);
    return (s, t) => [h(s, t), eta(s, t), k * q[s] * q[t], lambda1, d(s, t), lambda4, w(s, t)];
  },
  charges: chargesOf,
  series([h, eta, charge, lambda1, d, lambda4, w], x) {
    const screened = (length: number, n: number) =>
      multiply(exponentialOf(x.map((value) => -value / length)), powerOf(x, -n));
    const near = combine(h, powerOf(x, -eta), charge, screened(lambda1, 1));
    return combine(1, near, -1, combine(d, screened(lambda4, 4), w, powerOf(x, -6)));
  },
  threeBody,
};

function threeBody({ definition, file }: DefinitionSource<Vashishta>): ThreeBodyTerm {
  const { species, threeBody: given, cutoff } = definition;
  if (typeof cutoff === "number" && given.cutoff > cutoff) {
    throw fieldError(
      { file, field: "threeBody.cutoff" },
      `is ${given.cutoff}, beyond the cutoff of the pairs, ${cutoff}: legs are pairs too`,
    );
  }
  const count = species.length;
  const of = (field: "B" | "cosine") => {
    const value = given[field];
    const filled = typeof value === "number" ? value : { ...zeros(species), ...ordered(value, species) };
    return tripletValues(filled, { file, field: `threeBody.${field}`, species });
  };
  const [strength, cosine] = [of("B"), of("cosine")];
  const legs = new Float64Array(count * count * LEG_ROW);
  const angles = new Float64Array(count * count * count * ANGLE_ROW);
  for (let c = 0; c < count; c++) {
    for (let j = 0; j < count; j++) {
      legs.set([given.gamma, given.cutoff], (c * count + j) * LEG_ROW);
      for (let k = 0; k < count; k++) {
        angles.set([strength(c, j, k), cosine(c, j, k)], ((c * count + j) * count + k) * ANGLE_ROW);
      }
    }
  }
  return { speciesCount: count, legs, angles };
}

/** All triples, the centre first and the ends in the order of the species, with 0. */
function zeros(species: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    species.flatMap((c) =>
      species.flatMap((a, j) => species.slice(j).map((b): [string, number] => [`${c} ${a} ${b}`, 0])),
    ),
  );
}

/** The same keys with the ends in the order of the species, so that they replace the zeros. */
function ordered(
  given: Readonly<Record<string, number>>,
  species: readonly string[],
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      const [centre, ...ends] = key.split(" ");
      ends.sort((a, b) => species.indexOf(a) - species.indexOf(b));
      return [[centre, ...ends].join(" "), value];
    }),
  );
}
