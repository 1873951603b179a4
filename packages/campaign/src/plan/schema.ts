import { METHODS, PROTOCOL_KINDS, PROTOCOL_QUANTITIES, unitsSchema } from "softfield/internal";
import { z } from "zod";
import { measured } from "./measured.ts";
import { type CampaignCompute, type CampaignKeep, optionalSection, type Section } from "./section.ts";

/** What names are made of, and how that is said. */
const NAME = [/^[\w.-]+$/, "be made of letters, digits, ., _ and -"] as const;

const positive = z.number().positive();
const nonNegative = z.number().nonnegative();

const seed = z.union([z.int().min(0), z.string()]);

/** Of a protocol: a number in the model's units, or text of one with its unit. */
const withUnit = (field: keyof typeof PROTOCOL_QUANTITIES, number: z.ZodNumber) =>
  measured(PROTOCOL_QUANTITIES[field], number).optional();

const protocol = {
  kind: z
    .enum(PROTOCOL_KINDS)
    .default("anneal")
    .describe(
      "anneal: liquid, jump to just below T_g, anneal, minimise (SI A); instantaneous: liquid, minimise; " +
        "cooling: liquid, down at a constant rate, minimise; swap: liquid, Monte Carlo with exchanges of diameters, minimise; htl, esl, gq: liquid, parent temperature, " +
        "minimise at once or after a gradual quench (Barbot et al. 2018).",
    ),
  liquidTemperature: withUnit("liquidTemperature", positive).describe(
    "T of the liquid, ε/k_B; by the model.",
  ),
  liquidTime: withUnit("liquidTime", nonNegative).describe("How long the liquid is equilibrated, τ₀; 20."),
  annealTemperature: withUnit("annealTemperature", nonNegative).describe(
    "anneal: T just below T_g; by the model. htl, esl, gq: the parent temperature.",
  ),
  annealTime: withUnit("annealTime", nonNegative).describe(
    "anneal: its length, τ₀; by the model. htl: 20; esl, gq: 1000.",
  ),
  finalTemperature: withUnit("finalTemperature", nonNegative).describe(
    "cooling, gq: T at its end; half of T_g, 0.0804 of it.",
  ),
  coolingRate: withUnit("coolingRate", positive).describe(
    "cooling, gq: −dT/dt, ε/(k_B τ₀); 0.005, what takes 10⁶ τ₀.",
  ),
  temperature: withUnit("temperature", positive).describe(
    "swap: T of the liquid that is quenched; as annealTemperature.",
  ),
  sweeps: z.int().min(1).optional().describe("swap: Monte Carlo sweeps at T; 10000."),
  swapShare: positive.max(1).optional().describe("swap: share of attempts that exchange diameters; 0.2."),
  pressure: z
    .number()
    .optional()
    .describe("P of the liquid (not of swap) and of the glass, whose box is let go, ε/λ^d; constant volume."),
  dt: withUnit("dt", positive).describe("Time step, τ₀; 0.005."),
  relaxation: withUnit("relaxation", positive).describe("Relaxation time of the thermostat, τ₀; 0.5."),
  minimizer: z.enum(METHODS).optional().describe("First-order minimiser; the paper's is cg; fire."),
  tolerance: positive
    .optional()
    .describe("Largest residual gradient of a minimum, in units of the typical pair force; 1e-12."),
};

const keep = {
  bonds: z
    .enum(["all", "soft"])
    .default("all")
    .describe(
      '"all" bonds of every sample, or the "soft" ones only, |E| ≥ 1.1, beside the histogram of all of them.',
    ),
};

/** "compute" of a campaign or an ensemble. */
function computeSchema(sections: readonly Section[]) {
  const shape: Record<string, Section["schema"]> = {};
  for (const { name, schema } of sections) shape[name] = schema;
  return z
    .strictObject(shape)
    .nullable()
    .transform((given): CampaignCompute => given ?? {})
    .describe("What is computed of every glass; sections that are left out are not computed.");
}

const ensemble = {
  model: z
    .string()
    .min(1)
    .describe("2dipl, 3dipl, 3dkablj, or a model file (path from the campaign file's folder)."),
  particles: z.int().min(1).optional().describe("N, number of particles of glasses that are made."),
  glasses: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe(
      "Instead of particles, seeds and protocol: files that hold the glasses, from the campaign file's folder; * and ? " +
        "within names; every format of docs/formats.md, also .gz.",
    ),
  frames: z
    .union([z.int().min(0), z.string().min(1)])
    .optional()
    .describe(
      'With glasses: "all" frames of each file (default), "first", "last", or numbers from 0: "0..200".',
    ),
  species: z
    .record(z.string(), z.string())
    .optional()
    .describe("With glasses: names or types in the files to species of the model; * for all others."),
  diameters: z
    .string()
    .optional()
    .describe("With glasses: the column of diameters, for models that mix them."),
  minimize: z
    .boolean()
    .optional()
    .describe(
      "With glasses: go down to the inherent structure where a file holds no minimum; otherwise it fails.",
    ),
  seeds: z
    .union([seed, z.array(seed).min(1)])
    .optional()
    .describe('One sample a seed: 7, "1..300", "1..100, 205", or a list of such.'),
  units: unitsSchema.describe("Of a model that does not say its units, as in a model file."),
  protocol: optionalSection(
    protocol,
    'How the glasses are prepared (SI A); by the model where nothing is given. Of models whose units are metal, real or si also with units: "7000 K", "1 fs", "10 K/ps".',
  ),
};

const campaign = {
  $schema: z.string().optional().describe("Location of this schema, for editors."),
  name: z
    .string()
    .regex(...NAME)
    .describe("Name of the campaign; its store refuses another one's samples."),
  output: z
    .string()
    .min(1)
    .optional()
    .describe("Folder of the store, from the campaign file's folder; the campaign's name by default."),
  units: unitsSchema.describe("Of all models that do not say their units, as in a model file."),
  plugins: z
    .array(z.string().min(1))
    .optional()
    .describe("Files of plug-ins, from the campaign file's folder: see docs/plugins.md."),
};

/** The schema of campaign files whose "compute" has these sections. */
export function campaignSchema(sections: readonly Section[]) {
  const compute = computeSchema(sections);
  const own = compute.optional().describe("Instead of the campaign's, for this ensemble.");
  return z.strictObject({
    ...campaign,
    ensembles: z
      .record(z.string().regex(...NAME), z.strictObject({ ...ensemble, compute: own }))
      .refine((given) => Object.keys(given).length > 0, "name at least one ensemble")
      .describe("Glasses by model, size and protocol, under names that tables and figures use."),
    compute: compute.optional(),
    keep: optionalSection(keep, "How much of every sample is stored."),
  });
}

/** Defaults of "keep". */
export const KEEP: CampaignKeep = z.strictObject(keep).parse({});

/** A campaign file's content; defaults are filled in. */
export type CampaignDefinition = z.output<ReturnType<typeof campaignSchema>>;
export type EnsembleDefinition = CampaignDefinition["ensembles"][string];

/** The JSON Schema (draft 2020-12) of campaign files, as published in `campaign.schema.json`. */
export function campaignJsonSchema(sections: readonly Section[]): object {
  const { $schema, ...schema } = z.toJSONSchema(campaignSchema(sections), { io: "input" });
  return { $schema, title: "softfield campaign", ...schema };
}
