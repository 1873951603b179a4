import { z } from "zod";
import { exponential } from "../../elementary.ts";
import { jet } from "../jet.ts";
import { morseJet } from "../jets.ts";
import { combine, constant, exponentialOf, multiply } from "../series.ts";
import { Form } from "../types.ts";
import { common, perPair, positive, smoothed } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("morse"),
    steepness: perPair(positive, "a."),
    minimum: perPair(positive, "x₀, where the unsmoothed φ is −ε.").default(1),
    ...smoothed,
  })
  .describe("φ = ε [exp(−2a(x − x₀)) − 2 exp(−a(x − x₀)) + Σ c_{2ℓ} x^{2ℓ}]");

export type Morse = z.output<typeof schema>;

export const morse: PotentialForm<Morse> = {
  name: "morse",
  code: Form.Morse,
  schema,
  parameters(source) {
    const steepness = required(source, "steepness", source.definition.steepness);
    const minimum = required(source, "minimum", source.definition.minimum);
    return (s, t) => [steepness(s, t), minimum(s, t)];
  },
  jet(c, p, x) {
    morseJet(jet, c[p], exponential(c[p] * (c[p + 1] - x)));
  },
  series([a, x0], x) {
    const decay = exponentialOf(combine(a * x0, constant(1, x), -a, x));
    return combine(1, multiply(decay, decay), -2, decay);
  },
};
