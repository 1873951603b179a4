import { z } from "zod";
import { constant, cosineOf } from "../series.ts";
import { common } from "./fields.ts";
import type { PotentialForm } from "./form.ts";

const schema = z
  .strictObject({ ...common, form: z.literal("cosine") })
  .describe("φ = ε (1 + cos πx) for x < 1");

export type Cosine = z.output<typeof schema>;

/** The soft repulsion by which overlaps are pushed apart, LAMMPS's soft. */
export const cosine: PotentialForm<Cosine> = {
  name: "cosine",
  schema,
  cutoff: () => () => 1,
  parameters: () => () => [],
  series(_, x) {
    if (x[0] >= 1) return constant(0, x);
    const wave = [...cosineOf(x.map((value) => Math.PI * value))];
    wave[0] += 1;
    return wave;
  },
  smoothness: 1,
  warnings: [
    "cosine: φ″ jumps at contact, so local thermal energies hold only as long as no contact opens or closes",
  ],
};
