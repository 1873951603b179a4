import { z } from "zod";
import { combine, constant, exponentialOf, multiply } from "../series.ts";
import { common, perPair, positive, truncated } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const { epsilon: _epsilon, ...rest } = common;

const schema = z
  .strictObject({
    ...rest,
    form: z.literal("gaussian"),
    height: perPair(z.number(), "h, an energy; negative for a well."),
    width: perPair(positive, "b, the inverse of twice the square of the width."),
    centre: perPair(z.number(), "x₀.").default(0),
    ...truncated,
  })
  .describe("φ = h exp(−b (x − x₀)²)");

export type Gaussian = z.output<typeof schema>;

/** A hill or well of Gauss's shape, as LAMMPS's gauss and gauss/cut; parameters [b, x₀]. */
export const gaussian: PotentialForm<Gaussian> = {
  name: "gaussian",
  schema,
  missingLambda: 1,
  epsilon: (source) => required(source, "height", source.definition.height),
  parameters(source) {
    const width = required(source, "width", source.definition.width);
    const centre = required(source, "centre", source.definition.centre);
    return (s, t) => [width(s, t), centre(s, t)];
  },
  series([width, centre], x) {
    const step = combine(1, x, -centre, constant(1, x));
    return exponentialOf(multiply(step, step).map((value) => -width * value));
  },
};
