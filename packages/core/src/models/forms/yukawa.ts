import { z } from "zod";
import { exponential } from "../../elementary.ts";
import { jet } from "../jet.ts";
import { yukawaJet } from "../jets.ts";
import { combine, constant, exponentialOf, multiply, powerOf } from "../series.ts";
import { Form } from "../types.ts";
import { common, nonNegative, perPair, smoothed } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("yukawa"),
    kappa: perPair(nonNegative, "κ, inverse screening length times λ_ij."),
    ...smoothed,
  })
  .describe("φ = ε [exp(−κ(x − 1))/x + Σ c_{2ℓ} x^{2ℓ}]");

export type Yukawa = z.output<typeof schema>;

export const yukawa: PotentialForm<Yukawa> = {
  name: "yukawa",
  code: Form.Yukawa,
  schema,
  parameters(source) {
    const kappa = required(source, "kappa", source.definition.kappa);
    return (s, t) => [kappa(s, t)];
  },
  jet(c, p, x) {
    const inverse = 1 / x;
    yukawaJet(jet, c[p], exponential(c[p] * (1 - x)) * inverse, inverse);
  },
  series([kappa], x) {
    return multiply(exponentialOf(combine(kappa, constant(1, x), -kappa, x)), powerOf(x, -1));
  },
};
