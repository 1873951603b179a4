import { z } from "zod";
import { combine, constant, powerOf } from "../series.ts";
import { common, perPair, truncated } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { required } from "./values.ts";

const schema = z
  .strictObject({
    ...common,
    form: z.literal("expanded-lennard-jones"),
    shift: perPair(z.number(), "Δ, in units of λ_ij; smaller than any distance."),
    ...truncated,
  })
  .describe("φ = ε [4((x − Δ)⁻¹² − (x − Δ)⁻⁶)]");

export type ExpandedLennardJones = z.output<typeof schema>;

/** Lennard-Jones from the surface of a core, as LAMMPS's lj/expand; parameters [Δ]. */
export const expandedLennardJones: PotentialForm<ExpandedLennardJones> = {
  name: "expanded-lennard-jones",
  schema,
  parameters(source) {
    const shift = required(source, "shift", source.definition.shift);
    return (s, t) => [shift(s, t)];
  },
  series([shift], x) {
    const gap = combine(1, x, -shift, constant(1, x));
    return combine(4, powerOf(gap, -12), -4, powerOf(gap, -6));
  },
};
