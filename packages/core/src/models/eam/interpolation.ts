import { modelToJson } from "../describe.ts";
import { parseModel } from "../parse.ts";
import type { PairModel } from "../types.ts";

/**
 * The same model with the cubic splines of LAMMPS's pair styles in its terms of embedded atoms; undefined where it has
 * none, or has them so already.
 */
export function withLammpsSplines(model: PairModel): PairModel | undefined {
  return withTerms(model, (term) =>
    term.form === "eam" && !("interpolation" in term)
      ? { ...term, every: undefined, interpolation: "lammps" }
      : undefined,
  );
}

/**
 * The same model with splines through all rows of its tables, where rows were smoothed for their few digits (`notes`);
 * undefined where none were.
 */
export function withAllRows(model: PairModel): PairModel | undefined {
  if (model.notes === undefined) return undefined;
  return withTerms(model, (term) => {
    const { form } = term;
    const smoothed = form === "table" || (form === "eam" && !("interpolation" in term));
    return smoothed && !("every" in term) ? { ...term, every: 1 } : undefined;
  });
}

/** The model whose terms are changed; undefined where none is. */
function withTerms(
  model: PairModel,
  change: (term: { readonly form: unknown }) => object | undefined,
): PairModel | undefined {
  let found = false;
  const changed = (json: unknown): unknown => {
    if (typeof json !== "object" || json === null) return json;
    if ("terms" in json && Array.isArray(json.terms)) return { ...json, terms: json.terms.map(changed) };
    const made = "form" in json ? change(json) : undefined;
    found ||= made !== undefined;
    return made ?? json;
  };
  const json = changed(modelToJson(model));
  return found ? parseModel(json) : undefined;
}
