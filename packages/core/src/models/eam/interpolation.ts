import { modelToJson } from "../describe.ts";
import { parseModel } from "../parse.ts";
import type { PairModel } from "../types.ts";

/**
 * The same model with the cubic splines of LAMMPS's pair styles in its terms of embedded atoms; undefined where it has
 * none, or has them so already.
 */
export function withLammpsSplines(model: PairModel): PairModel | undefined {
  let found = false;
  const changed = (json: unknown): unknown => {
    if (typeof json !== "object" || json === null) return json;
    if ("terms" in json && Array.isArray(json.terms)) return { ...json, terms: json.terms.map(changed) };
    if (!("form" in json) || json.form !== "eam" || "interpolation" in json) return json;
    found = true;
    return { ...json, every: undefined, interpolation: "lammps" };
  };
  const json = changed(modelToJson(model));
  return found ? parseModel(json) : undefined;
}
