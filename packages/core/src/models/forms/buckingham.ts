import { z } from "zod";
import { combine, exponentialOf, powerOf } from "../series.ts";
import { common, nonNegative, perPair, positive, truncated } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("buckingham"),
    A: perPair(nonNegative, "A, an energy."),
    rho: perPair(positive, "ρ, a length."),
    C: perPair(nonNegative, "C, an energy times a length to the sixth.").default(0),
    ...truncated,
  })
  .describe("φ = ε [A exp(−x/ρ) − C x⁻⁶]");

export type Buckingham = z.output<typeof schema>;

/** Buckingham 1938, as LAMMPS's buck. */
export const buckingham: PotentialForm<Buckingham> = {
  name: "buckingham",
  schema,
  missingLambda: 1,
  parameters(source) {
    const of = (["A", "rho", "C"] as const).map((name) => required(source, name, source.definition[name]));
    return (s, t) => of.map((value) => value(s, t));
  },
  series([a, rho, c], x) {
    return combine(a, exponentialOf(x.map((value) => -value / rho)), -c, powerOf(x, -6));
  },
};
