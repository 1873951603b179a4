import { z } from "zod";
import { combine, constant, exponentialOf, powerOf } from "../series.ts";
import { common, nonNegative, perPair, positive, truncated } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("born-mayer"),
    A: perPair(nonNegative, "A, an energy."),
    rho: perPair(positive, "ρ, a length."),
    sigma: perPair(z.number(), "σ, a length.").default(0),
    C: perPair(z.number(), "C, an energy times a length to the sixth.").default(0),
    D: perPair(z.number(), "D, an energy times a length to the eighth.").default(0),
    ...truncated,
  })
  .describe("φ = ε [A exp((σ − x)/ρ) − C x⁻⁶ + D x⁻⁸]");

export type BornMayer = z.output<typeof schema>;

/** Born–Mayer–Huggins, as LAMMPS's born (whose D has that sign: Fumi & Tosi's is the other). */
export const bornMayer: PotentialForm<BornMayer> = {
  name: "born-mayer",
  schema,
  missingLambda: 1,
  parameters(source) {
    const of = (["A", "rho", "sigma", "C", "D"] as const).map((name) =>
      required(source, name, source.definition[name]),
    );
    return (s, t) => of.map((value) => value(s, t));
  },
  series([a, rho, sigma, c, d], x) {
    const repulsion = exponentialOf(combine(-1 / rho, x, sigma / rho, constant(1, x)));
    return combine(1, combine(a, repulsion, -c, powerOf(x, -6)), d, powerOf(x, -8));
  },
};
