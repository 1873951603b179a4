import { z } from "zod";
import { power } from "../../elementary.ts";
import { Form } from "../types.ts";
import { common, positive, smoothed } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { twoPowersJet, twoPowersSeries } from "./inverse-power-law.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("lennard-jones"),
    exponents: z
      .tuple([positive, positive])
      .refine(([n, m]) => n > m, "be two numbers, the larger first")
      .optional()
      .describe("n > m instead of 12 and 6 (Mie): the minimum is −ε."),
    ...smoothed,
  })
  .describe("φ = ε [4(x⁻¹² − x⁻⁶) + Σ c_{2ℓ} x^{2ℓ}]");

export type LennardJones = z.output<typeof schema>;

/** 4(x⁻¹² − x⁻⁶): A.3 of Zylberg 2017; of other exponents n/(n − m) (n/m)^{m/(n − m)} (x⁻ⁿ − x⁻ᵐ). */
export const lennardJones: PotentialForm<LennardJones> = {
  name: "lennard-jones",
  code: Form.PowerLaw,
  schema,
  note: ({ exponents }) => (exponents === undefined ? "" : `, of exponents ${exponents.join(" and ")}`),
  parameters({ definition }) {
    const [n, m] = definition.exponents ?? [12, 6];
    const depth = n === 12 && m === 6 ? 4 : (n / (n - m)) * power(n / m, m / (n - m));
    return () => [depth, n, -depth, m];
  },
  jet: twoPowersJet,
  series: twoPowersSeries,
};
