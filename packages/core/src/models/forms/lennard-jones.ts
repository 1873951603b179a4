import { z } from "zod";
import { Form } from "../types.ts";
import { common, smoothed } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { twoPowersJet, twoPowersSeries } from "./inverse-power-law.ts";

const schema = z
  .strictObject({ ...common, form: z.literal("lennard-jones"), ...smoothed })
  .describe("φ = ε [4(x⁻¹² − x⁻⁶) + Σ c_{2ℓ} x^{2ℓ}]");

export type LennardJones = z.output<typeof schema>;

/** 4(x⁻¹² − x⁻⁶): A.3 of Zylberg 2017. */
export const lennardJones: PotentialForm<LennardJones> = {
  name: "lennard-jones",
  code: Form.PowerLaw,
  schema,
  parameters: () => () => [4, 12, -4, 6],
  jet: twoPowersJet,
  series: twoPowersSeries,
};
