import { z } from "zod";
import { LARGEST_SMOOTHING } from "./smoothing.ts";

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();

/** One value for all pairs of species, rows (full or upper triangle, null where missing), or an object of pairs. */
function perPair(value: z.ZodNumber, description: string) {
  return z
    .union([value, z.array(z.array(value.nullable())).min(1), z.record(z.string(), value)])
    .describe(
      `${description} A number for all pairs; or rows in the order of "species", full or upper triangle; or an object of pairs, {"A A": …, "A B": …}.`,
    );
}

const glass = z
  .strictObject({
    density: positive.describe("Number density N/V."),
    fractions: z.array(nonNegative).min(1).describe("Fraction of each species, summing to 1."),
    liquidTemperature: positive.describe("Temperature at which the liquid is equilibrated."),
    annealTemperature: positive.describe("Temperature of the anneal, just below the glass transition."),
    glassTransition: positive.describe("Temperature of the glass transition."),
    annealTime: positive.describe("Length of the anneal, in units of √(mλ²/ε)."),
  })
  .describe("How a glass of this model is prepared; needed to make glasses, not to analyse them.");

const diameters = z.strictObject({
  nonAdditivity: z.number().default(0).describe("η; 0 is the additive rule."),
});

const common = {
  $schema: z.string().optional().describe("Location of this schema, for editors."),
  name: z.string().min(1).describe("Name of the model, as it appears in results."),
  description: z.string().optional(),
  dimension: z
    .union([z.literal(2), z.literal(3)])
    .optional()
    .describe("Where the model is meant for one dimension only."),
  species: z
    .array(z.string().regex(/^\S+$/, "must be a name without spaces"))
    .min(1)
    .describe("Names of the species, as in configurations; numeric types count in this order."),
  epsilon: perPair(nonNegative, "Energy ε_ij; 0 for pairs that do not interact.").default(1),
  lambda: perPair(positive, 'Length λ_ij; left out with "diameters".').optional(),
  mixing: z
    .literal("lorentz-berthelot")
    .optional()
    .describe("Fills missing pairs: λ_ij = ½(λ_ii + λ_jj), ε_ij = √(ε_ii ε_jj)."),
  diameters: diameters
    .optional()
    .describe("Every particle has a diameter of its own: λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|)."),
  glass: glass.optional(),
};

const smoothing = z
  .union([z.int().min(0).max(LARGEST_SMOOTHING), z.literal("none")])
  .default(3)
  .describe('q: φ and its first q derivatives vanish at the cutoff; "none" cuts φ off as it is.');

const smoothed = {
  cutoff: perPair(positive, "x_c = r_c/λ_ij, a ratio."),
  smoothing,
};

const { diameters: _diameters, ...fixedLengths } = common;

/** One value for all, or an object by species: the centre of a triple first, then its end or ends. */
function bySpecies(value: z.ZodNumber, description: string, keys: string) {
  return z
    .union([value, z.record(z.string(), value)])
    .describe(`${description} A number for all; or an object by species, the centre first, ${keys}.`);
}
const TRIPLES = '{"A A B": …}, both ends in either order';

const threeBody = z
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

const columns = z.union([
  z.strictObject({
    r: z.array(positive).describe("Equally spaced, ascending; unit λ_ij."),
    phi: z.array(z.number()).describe("φ at each r; unit ε_ij."),
  }),
  z.strictObject({ file: z.string().min(1).describe("A text file with columns r and φ.") }),
]);

/** One schema a form; the name of the form is the value of "form". */
export const formSchemas = {
  "inverse-power-law": z
    .strictObject({
      ...common,
      form: z.literal("inverse-power-law"),
      exponent: positive.describe("n, any positive number."),
      ...smoothed,
    })
    .describe("φ = ε [x⁻ⁿ + Σ c_{2ℓ} x^{2ℓ}]"),
  "lennard-jones": z
    .strictObject({ ...common, form: z.literal("lennard-jones"), ...smoothed })
    .describe("φ = ε [4(x⁻¹² − x⁻⁶) + Σ c_{2ℓ} x^{2ℓ}]"),
  harmonic: z.strictObject({ ...common, form: z.literal("harmonic") }).describe("φ = ε (1 − x)²/2 for x < 1"),
  hertzian: z
    .strictObject({ ...common, form: z.literal("hertzian") })
    .describe("φ = ε (1 − x)^{5/2}/(5/2) for x < 1"),
  yukawa: z
    .strictObject({
      ...common,
      form: z.literal("yukawa"),
      kappa: perPair(nonNegative, "κ, inverse screening length times λ_ij."),
      ...smoothed,
    })
    .describe("φ = ε [exp(−κ(x − 1))/x + Σ c_{2ℓ} x^{2ℓ}]"),
  morse: z
    .strictObject({
      ...common,
      form: z.literal("morse"),
      steepness: perPair(positive, "a."),
      minimum: perPair(positive, "x₀, where the unsmoothed φ is −ε.").default(1),
      ...smoothed,
    })
    .describe("φ = ε [exp(−2a(x − x₀)) − 2 exp(−a(x − x₀)) + Σ c_{2ℓ} x^{2ℓ}]"),
  table: z
    .strictObject({
      ...common,
      form: z.literal("table"),
      interpolation: z.enum(["quintic", "septic"]).default("septic").describe("Spline: C⁴ or C⁶."),
      tables: z
        .record(z.string(), columns)
        .describe('Columns of each pair of species, {"A A": …, "A B": …}.'),
      cutoff: perPair(positive, "x_c = r_c/λ_ij; the last row of each table by default.").optional(),
      smoothing,
    })
    .describe("φ = ε [spline(x) + Σ c_{2ℓ} x^{2ℓ}]"),
  "stillinger-weber": z
    .strictObject({
      ...fixedLengths,
      form: z.literal("stillinger-weber"),
      epsilon: perPair(
        nonNegative,
        "Energy ε_ij; 0 for pairs that do not interact; 1 if left out with one species.",
      ).optional(),
      lambda: perPair(positive, "Length σ_ij; 1 if left out with one species.").optional(),
      A: perPair(positive, "A."),
      B: perPair(nonNegative, "B."),
      p: perPair(nonNegative, "p."),
      q: perPair(nonNegative, "q."),
      cutoff: perPair(positive, "x_c = a, a ratio; of pairs and of the legs of triples."),
      threeBody,
    })
    .describe("φ = ε A (B x⁻ᵖ − x^{−q}) exp(1/(x − x_c)), and a term of triples"),
} as const;

export type FormName = keyof typeof formSchemas;
export const formNames = Object.keys(formSchemas) as FormName[];

/** Names of the fields that an object of a definition may have. */
export function knownFields(form: FormName, path: readonly PropertyKey[]): string[] {
  switch (path[0]) {
    case undefined:
      return Object.keys(formSchemas[form].shape);
    case "glass":
      return Object.keys(glass.shape);
    case "threeBody":
      return Object.keys(threeBody.shape);
    case "diameters":
      return Object.keys(diameters.shape);
    case "tables":
      return columns.options.flatMap((option) => Object.keys(option.shape));
    default:
      return [];
  }
}

/** A model as a user writes it; defaults are filled in. */
export type ModelDefinition = z.output<(typeof formSchemas)[FormName]>;

/** The definition of one form. */
export type DefinitionOf<F extends FormName> = Extract<ModelDefinition, { readonly form: F }>;

/** A value, rows or object of pairs: see `perPair`. */
export type PerPair<T = number> = T | (T | null)[][] | Record<string, T>;

export type GlassDefinition = z.output<typeof glass>;

/** The JSON Schema (draft 2020-12) of model files, as published in `model.schema.json`. */
export function modelJsonSchema(): object {
  const union = z.discriminatedUnion("form", [
    formSchemas["inverse-power-law"],
    formSchemas["lennard-jones"],
    formSchemas.harmonic,
    formSchemas.hertzian,
    formSchemas.yukawa,
    formSchemas.morse,
    formSchemas.table,
    formSchemas["stillinger-weber"],
  ]);
  const { $schema, ...schema } = z.toJSONSchema(union, { io: "input" });
  return { $schema, title: "softfield pair model", ...schema };
}
