import { z } from "zod";
import type { ModelDefinition } from "../types.ts";
import { header } from "./fields.ts";
import type { DefinitionSource, PotentialForm } from "./form.ts";

const pairs = z
  .array(z.string())
  .min(1)
  .optional()
  .describe('The pairs of species that this term acts on, ["A A", "A B"]; all by default.');

/** A form's own fields, for a term of a sum: names, species and what belongs to the whole are given once. */
function termSchema({ schema }: PotentialForm) {
  const own = Object.entries(schema.shape).filter(([field]) => !(field in header) || field === "mixing");
  const { description = "" } = schema;
  return z.strictObject({ ...Object.fromEntries(own), pairs }).describe(description);
}

type Term = Omit<ModelDefinition, keyof typeof header>;
export type Sum = ModelDefinition & { readonly terms: readonly Term[] };

/** Sums of other forms, each term with its own λ, cutoff and truncation, for all pairs of species or some. */
export function sumOf(forms: readonly PotentialForm[]): PotentialForm {
  const [first, ...others] = forms.map(termSchema);
  const term = z.discriminatedUnion("form", [first, ...others] as unknown as [
    z.ZodObject<{ form: z.ZodLiteral<string> }>,
  ]);
  const { mixing: _mixing, ...whole } = header;
  const schema = z
    .strictObject({
      ...whole,
      form: z.literal("sum"),
      terms: z.array(term).min(1).describe("Each a form of its own."),
    })
    .describe("φ = Σ of the terms");
  const form: PotentialForm<Sum> = {
    name: "sum",
    schema: schema as unknown as PotentialForm<Sum>["schema"],
    complete(definition, columns, potentials) {
      const terms = definition.terms.map((given) => {
        const whole = partOf(definition, given);
        const own =
          forms.find(({ name }) => name === given.form)?.complete?.(whole, columns, potentials) ?? whole;
        return Object.fromEntries(
          Object.entries(own).filter(([field]) => !(field in shared(definition))),
        ) as unknown as Term;
      });
      return { ...definition, terms };
    },
    terms: ({ definition, file }) =>
      definition.terms.map((given): DefinitionSource => ({ definition: partOf(definition, given), file })),
    parameters: () => () => [],
    series: () => [],
  };
  return form as unknown as PotentialForm;
}

/** What a sum says for all its terms. */
function shared({ terms: _terms, form: _form, ...whole }: Sum) {
  return whole;
}

function partOf(definition: Sum, given: Term): ModelDefinition {
  return { ...shared(definition), ...given };
}
