import { rounded } from "../rounded.ts";
import type { PotentialForm } from "./forms/form.ts";
import { formOf } from "./forms/registry.ts";
import { type DiameterPair, pairCutoff, pairLength } from "./range.ts";
import { variable } from "./series.ts";
import { termsOf } from "./terms.ts";
import {
  type EmbeddingTerm,
  Form,
  type Jump,
  type ModelDefinition,
  type PairModel,
  type PairTerm,
} from "./types.ts";

/** A derivative counts as zero at the cutoff where it has a zero within this fraction of it: φ′ of WCA at 1.1225. */
export const NEAR = 1e-4;

/**
 * The jumps of a term; at a cutoff where lower derivatives happen to vanish, of the first that does not. Where all vanish
 * the form ends by itself, and its series is 0 from there on.
 */
export function jumpsOf(term: PairTerm): Jump[] {
  return term.jumps.map((jump) => {
    if (jump.x !== term.cutoff) return jump;
    const end = term.series(variable(jump.x, 4)).map(Math.abs);
    if (end.every((derivative) => derivative === 0)) return jump;
    let { order } = jump;
    while (order < 4 && end[order] <= NEAR * jump.x * (order + 1) * end[order + 1]) order++;
    return { x: jump.x, order };
  });
}

/**
 * The discontinuities of φ(r) of a pair of species (and diameters), `x` in units of λ: that of the lowest order at each
 * radius, up to φ‴. None where φ‴ is continuous.
 */
export function pairJumps(model: PairModel, s: number, t: number, sigma?: DiameterPair): Jump[] {
  const mixed = model.mixing !== undefined;
  if (model.form !== Form.Terms) {
    if (model.embedding) return embeddingJumps(model.embedding);
    if (model.smoothness >= 3) return [];
    const cutoff = pairCutoff(model, s, t, sigma);
    return cutoff === 0 ? [] : [{ x: cutoff, order: model.smoothness + 1 }];
  }
  const lowest = new Map<number, number>();
  for (const term of termsOf(model)[s * model.species.length + t]) {
    const lambda = mixed ? pairLength(model, s, t, sigma) : term.lambda;
    for (const { x, order } of jumpsOf(term)) {
      // 2.5/σ·σ is 2.5 of all pairs
      const radius = rounded(x * lambda, 12);
      if (order <= 3) lowest.set(radius, Math.min(order, lowest.get(radius) ?? 3));
    }
  }
  return [...lowest].map(([x, order]) => ({ x, order }));
}

/** Where φ or f of embedded atoms jump: at the cutoff of the file, or nowhere. */
export function embeddingJumps({ cutoff, jump }: EmbeddingTerm): Jump[] {
  return jump === undefined ? [] : [{ x: cutoff, order: jump }];
}

/**
 * Whether minima move with kinks or jumps when they are deformed: where pairs come within a radius at which φ″ or a
 * lower derivative jumps, or φ‴ goes to infinity (Hertzian contacts).
 */
export function hasKinks(model: PairModel): boolean {
  return model.smoothness < 2 || formsOf(model).some(({ diverges }) => diverges === true);
}

/** The form of a model; of a sum, those of its terms. */
function formsOf({ definition }: PairModel): PotentialForm[] {
  const { terms = [definition] } = definition as { terms?: readonly ModelDefinition[] };
  return terms.map(formOf);
}
