import { z } from "zod";
import { power } from "../../elementary.ts";
import { jet } from "../jet.ts";
import { contactJet, setJet } from "../jets.ts";
import { combine, constant, powerOf, type Series } from "../series.ts";
import { Form } from "../types.ts";
import { common } from "./fields.ts";
import type { PotentialForm } from "./form.ts";

const schema = z
  .strictObject({ ...common, form: z.literal("harmonic") })
  .describe("φ = ε (1 − x)²/2 for x < 1");

export type Harmonic = z.output<typeof schema>;

export const harmonic: PotentialForm<Harmonic> = {
  name: "harmonic",
  code: Form.Contact,
  schema,
  cutoff: () => () => 1,
  parameters: () => () => [2],
  jet: contactsJet,
  series: contactsSeries,
  smoothness: 1,
  warnings: [
    "harmonic spheres: φ″ jumps at contact, so local thermal energies hold only as long as no contact opens or closes",
  ],
};

/** (1−x)^α/α for x < 1, parameters [α]. */
export function contactsJet(c: Float64Array, p: number, x: number): void {
  const gap = 1 - x;
  if (gap <= 0) setJet(jet, 0, 0, 0, 0, 0);
  else contactJet(jet, c[p], gap, power(gap, c[p] - 1));
}

export function contactsSeries([alpha]: readonly number[], x: Series): Series {
  const gap = combine(1, constant(1, x), -1, x);
  return gap[0] <= 0 ? constant(0, x) : combine(1 / alpha, powerOf(gap, alpha), 0, x);
}
