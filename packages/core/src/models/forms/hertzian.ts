import { z } from "zod";
import { Form } from "../types.ts";
import { common } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { contactsJet, contactsSeries } from "./harmonic.ts";

const schema = z
  .strictObject({ ...common, form: z.literal("hertzian") })
  .describe("φ = ε (1 − x)^{5/2}/(5/2) for x < 1");

export type Hertzian = z.output<typeof schema>;

export const hertzian: PotentialForm<Hertzian> = {
  name: "hertzian",
  code: Form.Contact,
  schema,
  cutoff: () => () => 1,
  parameters: () => () => [2.5],
  jet: contactsJet,
  series: contactsSeries,
  smoothness: 2,
  diverges: true,
  warnings: [
    "Hertzian spheres: φ‴ diverges at contact as (1 − x)^{−1/2}, so local thermal energies of contacts that barely touch are not meaningful",
  ],
};
