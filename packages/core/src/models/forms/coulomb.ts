import { z } from "zod";
import { fieldError } from "../pairs.ts";
import { complementaryErrorOf, multiply, powerOf } from "../series.ts";
import type { ModelDefinition } from "../types.ts";
import { coulombConstant } from "../units.ts";
import { header, nonNegative, perSpecies, positive, truncated } from "./fields.ts";
import type { DefinitionSource, PotentialForm } from "./form.ts";
import { speciesNumbers } from "./values.ts";

const schema = z
  .strictObject({
    ...header,
    form: z.literal("coulomb"),
    charges: perSpecies(z.number(), "q, in units of e (C in SI)."),
    damping: nonNegative.default(0).describe("α, an inverse length."),
    constant: positive.optional().describe("e²/4πε₀; by the units of the model, 1 in reduced ones."),
    ...truncated,
  })
  .describe("φ = k q_i q_j erfc(αx)/x");

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
    const q = chargesOf(source);
    const k = constantOf(source);
    return (s, t) => k * q[s] * q[t];
  },
  parameters:
    ({ definition }) =>
    () => [definition.damping],
  series: ([alpha], x) => multiply(complementaryErrorOf(x.map((value) => alpha * value)), powerOf(x, -1)),
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
    `do not sum to zero: at the fractions of "glass" a particle has ${Number(total.toPrecision(4))} on average; change one of the charges or the fractions`,
  );
}
