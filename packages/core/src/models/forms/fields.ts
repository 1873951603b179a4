import { z } from "zod";
import { STRENGTHS } from "../mixing.ts";

/** Largest number of derivatives that the smoothing polynomial can cancel (columns of the table). */
const MAX_SMOOTHING = 6;

export const positive = z.number().positive();
export const nonNegative = z.number().nonnegative();

/** Windows by which φ is brought to zero between an inner radius and the cutoff. */
export const WINDOWS = ["smooth", "gromacs", "charmm", "quintic"] as const;

// Fields of model files that several forms have.

/** One value for all pairs of species, rows (full or upper triangle, null where missing), or an object of pairs. */
export function perPair(value: z.ZodNumber, description: string) {
  return z
    .union([value, z.array(z.array(value.nullable())).min(1), z.record(z.string(), value)])
    .describe(
      `${description} A number for all pairs; or rows in the order of "species", full or upper triangle; or an object of pairs, {"A A": …, "A B": …}.`,
    );
}

/** A value, rows or object of pairs: see `perPair`. */
export type PerPair<T = number> = T | (T | null)[][] | Record<string, T>;

const diameterDistribution = z
  .strictObject({
    min: positive,
    max: positive,
    exponent: z.number().default(-3).describe("p; 0 is flat."),
  })
  .refine(({ min, max }) => max > min, { message: "must be larger than min", path: ["max"] })
  .describe("Diameters of the particles, distributed as σ^p from min to max.");

const glass = z
  .strictObject({
    density: positive.describe("Number density N/V."),
    fractions: z.array(nonNegative).min(1).describe("Fraction of each species, summing to 1."),
    liquidTemperature: positive.describe("Temperature at which the liquid is equilibrated."),
    annealTemperature: positive.describe("Temperature of the anneal, just below the glass transition."),
    glassTransition: positive.describe("Temperature of the glass transition."),
    annealTime: positive.describe("Length of the anneal, in units of √(mλ²/ε)."),
    diameters: diameterDistribution.optional(),
  })
  .describe("How a glass of this model is prepared; needed to make glasses, not to analyse them.");

const diameters = z.strictObject({
  nonAdditivity: z.number().default(0).describe("η; 0 is the additive rule."),
  strength: z
    .enum(STRENGTHS)
    .optional()
    .describe(
      'How ε_ij scales with diameters: "square", ε λ_ij² (Hookean contacts of one spring constant); "hertz", ε √R λ_ij^{5/2}, R = ½σ_iσ_j/(σ_i + σ_j) (Hertzian spheres of one modulus); "constant", not at all, by default.',
    ),
});

/** Masses, charges, …: one number a species. */
export function perSpecies(value: z.ZodNumber, description: string) {
  return z.record(z.string(), value).describe(`${description} An object by species, {"A": …, "B": …}.`);
}

const unitNames = z.strictObject({
  length: z.string().min(1),
  energy: z.string().min(1),
  mass: z.string().min(1),
  time: z.string().min(1).optional(),
});

/** "units" of a model. */
export const units = z
  .union([z.enum(["lj", "metal", "real", "si"]), unitNames])
  .optional()
  .describe(
    "Units of lengths, energies and masses, as in LAMMPS: reduced (lj), Å, eV, u (metal), Å, kcal/mol, u (real), m, J, kg (si); or names of your own.",
  );

/** What every model has. */
export const header = {
  $schema: z.string().optional().describe("Location of this schema, for editors."),
  name: z.string().min(1).describe("Name of the model, as it appears in results."),
  description: z.string().optional(),
  dimension: z
    .union([z.literal(2), z.literal(3)])
    .optional()
    .describe("Where the model is meant for one dimension only."),
  species: z
    .array(z.string().regex(/^\S+$/, "be a name without spaces"))
    .min(1)
    .describe("Names of the species, as in configurations; numeric types count in this order."),
  units,
  mixing: z
    .literal("lorentz-berthelot")
    .optional()
    .describe("Fills missing pairs: λ_ij = ½(λ_ii + λ_jj), ε_ij = √(ε_ii ε_jj)."),
  diameters: diameters
    .optional()
    .describe("Every particle has a diameter of its own: λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|)."),
  masses: perSpecies(
    positive,
    "Masses; they enter frequencies and dynamics, not energies; all 1 by default. Those of a configuration's file go first.",
  ).optional(),
  glass: glass.optional(),
};

export const energy = perPair(nonNegative, "Energy ε_ij; 0 for pairs that do not interact.").default(1);
export const length = perPair(positive, 'Length λ_ij; left out with "diameters".').optional();

/** What most forms have. */
export const common = { ...header, epsilon: energy, lambda: length };

export const every = z
  .int()
  .min(1)
  .optional()
  .describe(
    "Take every n-th row of the file only, as it is; 1 for all. By default rows whose rounding would make noise of third derivatives are smoothed within their digits, others taken as they are.",
  );

export const smoothing = z
  .union([
    z.int().min(0).max(MAX_SMOOTHING),
    z.enum(["none", "shifted", "force-shifted"]),
    z.strictObject({
      window: z.enum(WINDOWS).describe("How φ goes to zero between the inner radius and the cutoff."),
      from: perPair(positive, "x_in, a ratio like the cutoff."),
      shift: z
        .boolean()
        .optional()
        .describe(
          'false: windows that shift φ within x_in ("smooth", "gromacs") do not, and φ jumps at the cutoff.',
        ),
    }),
    z.strictObject({
      fade: positive.describe("γ, a ratio like the cutoff: φ is multiplied by exp(−γ²/(x − x_c)²)."),
      after: z.enum(["shifted", "force-shifted"]).describe("How φ is shifted before."),
    }),
  ])
  .default(3)
  .describe(
    'q: φ and its first q derivatives vanish at the cutoff, by a polynomial in x²; "none" cuts φ off as it is; "shifted" and "force-shifted" subtract φ, and φ′, at the cutoff; a window changes φ between two radii only.',
  );

/** What a form has that does not end by itself. */
export const smoothed = {
  cutoff: perPair(positive, "x_c = r_c/λ_ij, a ratio."),
  smoothing,
};

/** The same, for forms that softfield does not cut in a way of its own unless it is told to. */
export const truncated = { cutoff: smoothed.cutoff, smoothing: smoothing.unwrap() };
