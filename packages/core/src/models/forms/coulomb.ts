import { z } from "zod";
import { rounded } from "../../rounded.ts";
import { fieldError } from "../pairs.ts";
import { complementaryErrorOf, exponentialOf, multiply, powerOf } from "../series.ts";
import type { ModelDefinition } from "../types.ts";
import { coulombConstant } from "../units.ts";
import { header, nonNegative, perPair, perSpecies, positive, truncated } from "./fields.ts";
import type { DefinitionSource, PotentialForm } from "./form.ts";
import { required, speciesNumbers } from "./values.ts";

const schema = z
  .strictObject({
    ...header,
    form: z.literal("coulomb"),
    charges: z
      .union([perSpecies(z.number(), "q, in units of e (C in SI)."), z.literal("file")])
      .optional()
      .describe(
        'q, in units of e (C in SI). An object by species, {"A": …, "B": …}; or "file": those of the particles, from a column q or charge of the configuration.',
      ),
    products: perPair(z.number(), "q_i q_j, instead of charges.").optional(),
    damping: nonNegative.default(0).describe("α, an inverse length."),
    screening: nonNegative.default(0).describe("κ, an inverse length."),
    constant: positive.optional().describe("e²/4πε₀; by the units of the model, 1 in reduced ones."),
    ...truncated,
  })
  .describe("φ = k q_i q_j erfc(αx) exp(−κx)/x");

export type Coulomb = z.output<typeof schema>;

/**
 * Coulomb of a finite range: with smoothing "shifted" it is Wolf et al., J. Chem. Phys. 110, 8254 (1999), with
 * "force-shifted" the damped shifted force of Fennell & Gezelter, J. Chem. Phys. 124, 234104 (2006). The self energies
 * of both, constants, are left out.
 */
export const coulomb: PotentialForm<Coulomb> = {
  name: "coulomb",
  schema,
  missingLambda: 1,
  epsilon(source) {
    const { definition, file } = source;
    const { charges, products } = definition;
    const k = constantOf(source);
    if (charges === "file" && products === undefined) return () => k;
    if (products !== undefined && charges === undefined) {
      const product = required(source, "products", products);
      return (s, t) => k * product(s, t);
    }
    if (typeof charges === "object" && products === undefined) {
      const q = chargesOf({ definition: { ...definition, charges }, file });
      return (s, t) => k * q[s] * q[t];
    }
    throw fieldError(
      { file, field: "charges" },
      'give either "charges", by species or "file" (those of the configuration), or "products", q_i q_j by pairs of species',
    );
  },
  charges(source) {
    const { charges } = source.definition;
    if (typeof charges !== "object") return charges;
    return speciesNumbers(source, "charges", charges);
  },
  parameters:
    ({ definition }) =>
    () => [definition.damping, definition.screening],
  series([alpha, kappa], x) {
    const bare = powerOf(x, -1);
    const damped = alpha === 0 ? bare : multiply(complementaryErrorOf(x.map((v) => alpha * v)), bare);
    return kappa === 0 ? damped : multiply(exponentialOf(x.map((v) => -kappa * v)), damped);
  },
};

/** e²/4πε₀ of a definition, or by its units. */
export function constantOf(
  source: DefinitionSource<ModelDefinition & { readonly constant?: number | undefined }>,
): number {
  const { definition, file } = source;
  const known = definition.constant ?? coulombConstant(definition);
  if (known !== undefined) return known;
  throw fieldError(
    { file, field: "constant" },
    "is missing: with units of names of its own a model must say what e²/4πε₀ is in them (14.399645 eV Å)",
  );
}

/** Charges of the species; of a glass former they must cancel. */
export function chargesOf(
  source: DefinitionSource<ModelDefinition & { readonly charges: Readonly<Record<string, number>> }>,
): number[] {
  const { definition, file } = source;
  const q = speciesNumbers(source, "charges", definition.charges);
  const total =
    definition.glass?.fractions.reduce((sum, fraction, s) => sum + fraction * (q[s] ?? 0), 0) ?? 0;
  // fractions are decimals: 1/3 of species is 0.333…
  if (Math.abs(total) <= 1e-6 * Math.max(...q.map(Math.abs))) return q;
  throw fieldError(
    { file, field: "charges" },
    `do not sum to zero: at the fractions of "glass" a particle has ${rounded(total, 4)} on average; change one of the charges or the fractions`,
  );
}
