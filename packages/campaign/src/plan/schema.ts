import { INSTABILITY_FRACTIONS, LTE_THRESHOLD, METHODS, PROTOCOL_KINDS, RELEASE_METHODS } from "softfield";
import { z } from "zod";

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();

/** A section whose fields all have defaults: written as an object, or left empty ("lte:"). */
function section<T extends z.ZodRawShape>(shape: T, description: string) {
  const object = z.strictObject(shape);
  return object
    .nullable()
    .transform((given) => given ?? object.parse({}))
    .optional()
    .describe(description);
}

const seed = z.union([z.int().min(0), z.string()]);

const protocol = {
  kind: z
    .enum(PROTOCOL_KINDS)
    .default("anneal")
    .describe(
      "anneal: liquid, jump to just below T_g, anneal, minimise (SI A); instantaneous: liquid, minimise; " +
        "cooling: liquid, down at a constant rate, minimise.",
    ),
  liquidTemperature: positive.optional().describe("T of the liquid, ε/k_B; by the model."),
  liquidTime: nonNegative.optional().describe("How long the liquid is equilibrated, τ₀; 20."),
  annealTemperature: nonNegative.optional().describe("anneal: T just below T_g; by the model."),
  annealTime: nonNegative.optional().describe("anneal: its length, τ₀; by the model."),
  finalTemperature: nonNegative.optional().describe("cooling: T at its end; half of T_g."),
  coolingRate: positive.optional().describe("cooling: −dT/dt, ε/(k_B τ₀); 0.005."),
  dt: positive.optional().describe("Time step, τ₀; 0.005."),
  relaxation: positive.optional().describe("Relaxation time of the thermostat, τ₀; 0.5."),
  minimizer: z.enum(METHODS).optional().describe("First-order minimiser; the paper's is cg; fire."),
  tolerance: positive
    .optional()
    .describe("Largest residual gradient of a minimum, in units of the typical pair force; 1e-12."),
};

const compute = {
  lte: section({}, "Local thermal energies of all bonds (Eq. 3)."),
  modes: section(
    { count: z.int().min(1).default(30).describe("Lowest non-zero modes; 30 in the paper.") },
    "The normal-modes baseline: lowest vibrations and their weight on every particle.",
  ),
  spots: section(
    {
      bins: z.int().min(3).optional().describe("Bins along each edge; by the rule of SI D."),
      threshold: nonNegative.default(LTE_THRESHOLD).describe("Only bonds with |E| at least this are kept."),
      reading: z
        .enum(["mean-of-kept", "mean-of-all", "sum"])
        .default("mean-of-kept")
        .describe("A bin's value: mean over its kept bonds, over all its bonds, or the sum of the kept."),
      empty: z
        .enum(["zero", "skip"])
        .default("zero")
        .describe("In smoothing, a bin without kept bonds counts as 0 or is left out."),
      smoothing: z
        .enum(["average", "pool", "none"])
        .default("average")
        .describe("Mean over a bin and its neighbours; one mean over all their bonds; or none."),
    },
    "Softness field and soft spots (SI D) of the local thermal energies, and of the modes where they are computed.",
  ),
  shear: section(
    {
      events: z.int().min(1).default(5).describe("Stop after this many plastic events."),
      maxStrain: positive.default(0.2).describe("Stop at this strain."),
      tolerance: z.number().min(1e-10).max(1e-3).default(1e-8).describe("Width of the bracket around γ_c."),
      minimizer: z
        .enum(RELEASE_METHODS)
        .default("fire")
        .describe("How the glass goes down at an event; the paper's is cg."),
      angle: z.number().optional().describe("Degrees that turn the direction of shear from the x axis; 0."),
    },
    "Athermal quasistatic shear to the first plastic events (SI E), scored by the spots where they are computed.",
  ),
  couplings: section(
    {
      modes: z.int().min(0).default(10).describe("Lowest modes that are measured; 0: none."),
      waves: z
        .int()
        .min(0)
        .optional()
        .describe(
          "Largest wave number of plane waves along each edge; 0: none; 12, or fewer in a small box.",
        ),
    },
    "Couplings of the lowest modes and of plane waves to each other and to the bonds (Eq. 4).",
  ),
  instability: section(
    {
      fractions: z
        .array(z.number().gt(0).lt(1))
        .min(1)
        .default([...INSTABILITY_FRACTIONS])
        .describe("Of the first event's γ_c, at which the softest mode and the largest |E| are measured."),
      maxStrain: positive.default(0.2).describe("Largest strain at which the first event is looked for."),
    },
    "The approach to the first plastic event under athermal quasistatic shear (Eq. 5).",
  ),
};

const keep = {
  bonds: z
    .enum(["all", "soft"])
    .default("all")
    .describe(
      '"all" bonds of every sample, or the "soft" ones only, |E| ≥ 1.1, beside the histogram of all of them.',
    ),
};

const computeSection = z
  .strictObject(compute)
  .nullable()
  .transform((given) => given ?? {})
  .describe("What is computed of every glass; sections that are left out are not computed.");

const ensemble = {
  model: z
    .string()
    .min(1)
    .describe("2dipl, 3dipl, 3dkablj, or a model file (path from the campaign file's folder)."),
  particles: z.int().min(1).describe("N, number of particles."),
  seeds: z
    .union([seed, z.array(seed).min(1)])
    .describe('One sample a seed: 7, "1..300", "1..100, 205", or a list of such.'),
  protocol: section(protocol, "How the glasses are prepared (SI A); by the model where nothing is given."),
  compute: computeSection.optional().describe("Instead of the campaign's, for this ensemble."),
};

const campaign = {
  $schema: z.string().optional().describe("Location of this schema, for editors."),
  name: z
    .string()
    .regex(/^[\w.-]+$/, "be made of letters, digits, ., _ and -")
    .describe("Name of the campaign; its store refuses another one's samples."),
  output: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of the store, from the campaign file's folder; the campaign's name by default."),
  ensembles: z
    .record(z.string().regex(/^[\w.-]+$/, "be made of letters, digits, ., _ and -"), z.strictObject(ensemble))
    .refine((given) => Object.keys(given).length > 0, "name at least one ensemble")
    .describe("Glasses by model, size and protocol, under names that tables and figures use."),
  compute: computeSection.optional(),
  keep: section(keep, "How much of every sample is stored."),
};

/** The schema of campaign files. */
export const campaignSchema = z.strictObject(campaign);

/** A campaign file's content; defaults are filled in. */
export type CampaignDefinition = z.output<typeof campaignSchema>;
export type EnsembleDefinition = CampaignDefinition["ensembles"][string];

/** What is computed of every glass; what is left out is not computed. */
export type CampaignCompute = NonNullable<CampaignDefinition["compute"]>;
export type CampaignKeep = NonNullable<CampaignDefinition["keep"]>;

/** The JSON Schema (draft 2020-12) of campaign files, as published in `campaign.schema.json`. */
export function campaignJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(campaignSchema, { io: "input" });
  return { $schema, title: "softfield campaign", ...schema };
}
