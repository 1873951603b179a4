import { z } from "zod";
import { exponential, power } from "../../elementary.ts";
import { jet } from "../jet.ts";
import { addStillingerWeberPart, setJet } from "../jets.ts";
import { combine, constant, exponentialOf, multiply, powerOf } from "../series.ts";
import { Taylor } from "../taylor.ts";
import { Coefficient, Form } from "../types.ts";
import { common, nonNegative, perPair, positive } from "./fields.ts";
import type { PotentialForm } from "./form.ts";
import { threeBody, threeBodyTerm } from "./stillinger-weber-triples.ts";
import { required, SEVERAL } from "./values.ts";

const { diameters: _diameters, ...fixedLengths } = common;

const schema = z
  .strictObject({
    ...fixedLengths,
    form: z.literal("stillinger-weber"),
    epsilon: perPair(
      nonNegative,
      "Energy ε_ij; 0 for pairs that do not interact; 1 if left out with one species.",
    ).optional(),
    lambda: perPair(positive, "Length σ_ij; 1 if left out with one species.").optional(),
    A: perPair(positive, "A."),
    B: perPair(nonNegative, "B."),
    p: perPair(nonNegative, "p."),
    q: perPair(nonNegative, "q."),
    cutoff: perPair(positive, "x_c = a, a ratio; of pairs and of the legs of triples."),
    threeBody,
  })
  .describe("φ = ε A (B x⁻ᵖ − x^{−q}) exp(1/(x − x_c)), and a term of triples");

export type StillingerWeber = z.output<typeof schema>;

/** Stillinger & Weber, Phys. Rev. B 31, 5262 (1985); parameters [A, B, p, q]. */
export const stillingerWeber: PotentialForm<StillingerWeber> = {
  name: "stillinger-weber",
  code: Form.StillingerWeber,
  schema,
  missingLambda: SEVERAL,
  complete(definition) {
    if (definition.species.length > 1) return definition;
    const cosine = definition.threeBody.cosine ?? -1 / 3;
    return {
      ...definition,
      epsilon: definition.epsilon ?? 1,
      lambda: definition.lambda ?? 1,
      threeBody: { ...definition.threeBody, cosine },
    };
  },
  parameters(source) {
    const of = (["A", "B", "p", "q"] as const).map((name) => required(source, name, source.definition[name]));
    return (s, t) => of.map((value) => value(s, t));
  },
  jet(c, p, x) {
    setJet(jet, 0, 0, 0, 0, 0);
    const gap = x - c[p + Coefficient.Cutoff - Coefficient.Parameters];
    if (gap >= 0) return;
    const w = 1 / gap;
    const decay = exponential(w);
    const inverse = 1 / x;
    for (let part = 0; part < 2; part++) {
      const n = c[p + 2 + part];
      const factor = part === 0 ? c[p] * c[p + 1] : -c[p];
      addStillingerWeberPart(jet, factor * power(inverse, n) * decay, n, w, inverse);
    }
  },
  series([a, b, p, q], x, { cutoff }) {
    const gap = combine(1, x, -cutoff, constant(1, x));
    if (gap[0] >= 0) return constant(0, x);
    const decay = exponentialOf(new Taylor(constant(1, x)).over(new Taylor(gap)).coefficients);
    return multiply(combine(a * b, powerOf(x, -p), -a, powerOf(x, -q)), decay);
  },
  smoothness: Number.POSITIVE_INFINITY,
  warnings: [],
  threeBody: threeBodyTerm,
};
