import { z } from "zod";
import { power } from "../../elementary.ts";
import { combine, exponentialOf, multiply, powerOf, type Series } from "../series.ts";
import { constantOf } from "./coulomb.ts";
import { header, perSpecies, positive, truncated } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { speciesNumbers } from "./values.ts";

const schema = z
  .strictObject({
    ...header,
    form: z.literal("zbl"),
    numbers: perSpecies(positive, "Z, atomic numbers."),
    constant: positive.optional().describe("e²/4πε₀; by the units of the model."),
    screening: positive.default(0.4685).describe("a = screening/(Z_i^0.23 + Z_j^0.23); 0.4685 is in Å."),
    ...truncated,
  })
  .describe("φ = k Z_i Z_j/x Σ_n c_n exp(−d_n x/a)");

export type Zbl = z.output<typeof schema>;

/** c_n and d_n of the universal screening function. */
const SCREENING = [
  [0.18175, 3.1998],
  [0.50986, 0.94229],
  [0.28022, 0.4029],
  [0.02817, 0.20162],
] as const;

/** Ziegler, Biersack & Littmark 1985, with the constants of LAMMPS's zbl; parameters [a]. */
export const zbl: PotentialForm<Zbl> = {
  name: "zbl",
  schema,
  missingLambda: 1,
  epsilon(source) {
    const z = speciesNumbers(source, "numbers", source.definition.numbers);
    const k = constantOf(source);
    return (s, t) => k * z[s] * z[t];
  },
  parameters(source) {
    const { screening } = source.definition;
    const cloud = speciesNumbers(source, "numbers", source.definition.numbers).map((z) => power(z, 0.23));
    return (s, t) => [screening / (cloud[s] + cloud[t])];
  },
  series([a], x) {
    const screened = SCREENING.reduce<Series>(
      (sum, [c, d]) => combine(1, sum, c, exponentialOf(x.map((value) => (-d * value) / a))),
      x.map(() => 0),
    );
    return multiply(screened, powerOf(x, -1));
  },
};
