import { SoftfieldError } from "../errors.ts";
import type { DefinitionSource } from "./forms/form.ts";
import { formOf } from "./forms/registry.ts";
import { fieldError, objectValues, pairName, pairValues } from "./pairs.ts";
import { pairResolver } from "./resolve.ts";
import type { Series } from "./series.ts";
import { type Smoothing, truncation } from "./truncation.ts";
import { COEFFICIENT_STRIDE, Coefficient, type PairModel, type PairTerm } from "./types.ts";

/** The definitions whose terms add up to the potential: those of a sum, or the one that there is. */
export function partsOf(source: DefinitionSource): readonly DefinitionSource[] {
  return formOf(source.definition).terms?.(source) ?? [source];
}

/** Whether the table of coefficients holds the whole potential: one form that the kernels know, cut off as ever. */
export function isPlain({ definition }: DefinitionSource): boolean {
  const { smoothing } = definition;
  const known = smoothing === undefined || typeof smoothing === "number" || smoothing === "none";
  return known && formOf(definition).code !== undefined;
}

const known = new WeakMap<PairModel, readonly (readonly PairTerm[])[]>();

/** The terms of a compiled model of `Form.Terms`, made from its definition once: models are plain data and may be copied. */
export function termsOf(model: PairModel): readonly (readonly PairTerm[])[] {
  const terms = known.get(model) ?? pairTerms({ definition: model.definition, file: undefined });
  known.set(model, terms);
  return terms;
}

/** S·S lists of the terms of each pair of species. Errors of a term of a sum name it. */
export function pairTerms(source: DefinitionSource): (readonly PairTerm[])[] {
  const parts = partsOf(source);
  const sum = parts.length > 1 || parts[0] !== source;
  const builders = parts.map((part, k) => within(sum ? `terms[${k}]` : undefined, () => termBuilder(part)));
  const count = source.definition.species.length;
  const lists: (readonly PairTerm[])[] = new Array(count * count);
  for (let s = 0; s < count; s++) {
    for (let t = s; t < count; t++) {
      const list = builders.flatMap(
        (build, k) => within(sum ? `terms[${k}]` : undefined, () => build(s, t)) ?? [],
      );
      lists[s * count + t] = lists[t * count + s] = list;
    }
  }
  return lists;
}

/** ε, λ and x_c of each pair: those of its only term, or 1, 1 and the largest r_c (x_c with diameters). */
export function termCoefficients(terms: readonly (readonly PairTerm[])[], mixed: boolean): Float64Array {
  const coefficients = new Float64Array(terms.length * COEFFICIENT_STRIDE);
  terms.forEach((list, k) => {
    const row = coefficients.subarray(k * COEFFICIENT_STRIDE);
    const [only] = list;
    const single = list.length === 1;
    row[Coefficient.Epsilon] = single ? only.epsilon : list.length === 0 ? 0 : 1;
    row[Coefficient.Lambda] = single ? only.lambda : 1;
    row[Coefficient.Cutoff] = single
      ? only.cutoff
      : Math.max(0, ...list.map(({ cutoff, lambda }) => cutoff * (mixed ? 1 : lambda)));
  });
  return coefficients;
}

function termBuilder(source: DefinitionSource): (s: number, t: number) => PairTerm | undefined {
  const { definition } = source;
  const form = formOf(definition);
  const tables = (form.tables?.(source) ?? []).map(({ table }) => table);
  const pair = pairResolver(source, tables);
  const acts = actsOn(source);
  const smoothing = smoothingOf(source);
  const breaks = form.breaks?.(source);
  const charged = form.charges?.(source) === "file" && { charged: true };
  return (s, t) => {
    if (!acts(s, t)) return undefined;
    const { epsilon, lambda, cutoff, parameters } = pair(s, t);
    if (epsilon === 0) return undefined;
    const series = (x: Series) => form.series(parameters, x, { cutoff, tables });
    const least = form.tables === undefined ? 0 : tables[parameters[0]].rMin;
    if (form.smoothness !== undefined) {
      const own = breaks?.(s, t);
      const jumps = own ?? (form.smoothness < 3 ? [{ x: cutoff, order: form.smoothness + 1 }] : []);
      return { ...charged, epsilon, lambda, cutoff, least, series, jumps };
    }
    const { apply, jumps } = truncation(smoothing(s, t, cutoff), cutoff, series);
    const term = {
      ...charged,
      epsilon,
      lambda,
      cutoff,
      least,
      series: (x: Series) => apply(series(x), x),
      jumps,
    };
    if (term.series([cutoff, 1, 0, 0]).every(Number.isFinite)) return term;
    throw fieldError(
      { file: source.file, field: "cutoff" },
      `the form overflows at x_c = ${cutoff}: it is too large or too steep there`,
    );
  };
}

/** The pairs that "pairs" names; all where it is left out. */
function actsOn({ definition, file }: DefinitionSource): (s: number, t: number) => boolean {
  const { pairs, species } = definition;
  if (pairs === undefined) return () => true;
  const named = objectValues(Object.fromEntries(pairs.map((pair) => [pair, true])), {
    file,
    field: "pairs",
    species,
  });
  return (s, t) => named(s, t) === true;
}

function smoothingOf(source: DefinitionSource): (s: number, t: number, cutoff: number) => Smoothing {
  const { definition, file } = source;
  const { smoothing = 3, species } = definition;
  if (typeof smoothing !== "object" || "fade" in smoothing) return () => smoothing;
  const place = { file, field: "smoothing.from", species };
  const inner = pairValues(smoothing.from, place);
  return (s, t, cutoff) => {
    const from = inner(s, t);
    if (from === undefined) throw fieldError(place, `the pair ${pairName(place, s, t)} is missing: give it`);
    if (from < cutoff) return { ...smoothing, from };
    throw fieldError(place, `is ${from}, but the window must begin within the cutoff, ${cutoff}`);
  };
}

/** Puts the place of a term before the field that an error names. */
function within<T>(term: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (term === undefined || !(error instanceof SoftfieldError) || error.place?.field === undefined)
      throw error;
    const { file, field } = error.place;
    const where = file === undefined ? field : `${file}: ${field}`;
    throw fieldError({ file, field: `${term}.${field}` }, error.message.slice(where.length + 2));
  }
}
