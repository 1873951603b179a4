import { z } from "zod";
import { power } from "../../elementary.ts";
import { jet } from "../jet.ts";
import { powerLawJet } from "../jets.ts";
import { combine, powerOf, type Series } from "../series.ts";
import { Form } from "../types.ts";
import { common, positive, smoothed } from "./fields.ts";
import type { PotentialForm } from "./form.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("inverse-power-law"),
    exponent: positive.describe("n, any positive number."),
    ...smoothed,
  })
  .describe("φ = ε [x⁻ⁿ + Σ c_{2ℓ} x^{2ℓ}]");

export type InversePowerLaw = z.output<typeof schema>;

/** x⁻ⁿ: A.1 of Zylberg 2017. */
export const inversePowerLaw: PotentialForm<InversePowerLaw> = {
  name: "inverse-power-law",
  code: Form.PowerLaw,
  schema,
  note: ({ exponent }) => `, n = ${exponent}`,
  parameters:
    ({ definition }) =>
    () => [1, definition.exponent, 0, 0],
  jet: twoPowersJet,
  series: twoPowersSeries,
};

/** a·x⁻ⁿ + b·x⁻ᵐ, parameters [a, n, b, m]. */
export function twoPowersJet(c: Float64Array, p: number, x: number): void {
  const inverse = 1 / x;
  const n = c[p + 1];
  const b = c[p + 2];
  const m = c[p + 3];
  powerLawJet(jet, c[p] * power(inverse, n), n, b === 0 ? 0 : b * power(inverse, m), m, inverse);
}

export function twoPowersSeries([a, n, b, m]: readonly number[], x: Series): Series {
  return combine(a, powerOf(x, -n), b, powerOf(x, -m));
}
