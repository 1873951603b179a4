import type { PairModel } from "softfield";
import { type Quantity, quantityOf, schemaFaults } from "softfield/internal";
import { z } from "zod";

/** A text that a campaign file gives in the place of a number, until the model is known in whose units it is. */
class Measured {
  readonly #text: string;
  readonly #kind: Quantity;
  readonly #number: z.ZodType<number>;

  constructor(text: string, kind: Quantity, number: z.ZodType<number>) {
    this.#text = text;
    this.#kind = kind;
    this.#number = number;
  }

  /** The number in units of a model; or, in words, what is wrong. */
  of(model: PairModel): { readonly value: number } | { readonly wrong: string } {
    const found = quantityOf(this.#text, this.#kind, model);
    if (!("value" in found)) return { wrong: `"${this.#text}": ${found.wanted}` };
    const { error } = this.#number.safeParse(found.value);
    if (!error) return found;
    const [{ message }] = schemaFaults(error.issues, { json: this.#text, schema: this.#number });
    return { wrong: message };
  }
}

/**
 * A number of a campaign file in units of the model, or a text of one with its unit, as commands take it: "300 K". What is
 * read of a section is the number.
 */
export function measured(kind: Quantity, number: z.ZodNumber): z.ZodType<number> {
  const text = z.string().transform((given) => new Measured(given, kind, number));
  // until `inModelUnits` has seen it, which is before anybody reads it
  return z.union([number, text]) as unknown as z.ZodType<number>;
}

/**
 * What a campaign file gives with all texts of `measured` as numbers in the units of a model. Throws what `fault` makes of
 * the place of a text and of what is wrong with it.
 */
export function inModelUnits<Given>(
  given: Given,
  model: PairModel,
  fault: (path: readonly PropertyKey[], message: string) => Error,
): Given {
  const convert = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (value instanceof Measured) {
      const found = value.of(model);
      if ("value" in found) return found.value;
      throw fault(path, found.wrong);
    }
    if (Array.isArray(value)) return value.map((one, k) => convert(one, [...path, k]));
    // what else a plug-in's schema makes stays what it is
    if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype)
      return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [field, convert(one, [...path, field])]),
    );
  };
  return convert(given, []) as Given;
}
