import { rounded } from "../rounded.ts";
import { formOf } from "./forms/registry.ts";
import { pairName } from "./pairs.ts";
import { pairCutoff } from "./range.ts";
import { COEFFICIENT_STRIDE, Coefficient, type ModelDefinition, type PairModel } from "./types.ts";
import { timeUnitText, unitsText } from "./units.ts";

/**
 * The definition of a model, ready for JSON.stringify: `parseModel` of it gives the same model. Defaults are
 * filled in and columns of tables are inline. The caller may change the copy.
 */
export function modelToJson(model: PairModel): ModelDefinition {
  return structuredClone(model.definition);
}

/** A few lines for people: formula, pairs with ε, λ and cutoff, glass former, warnings. */
export function describeModel(model: PairModel): string {
  const { definition } = model;
  const where = model.dimension === undefined ? "" : `, ${model.dimension}D`;
  const lines = [`${model.name}: ${definition.form.replaceAll("-", " ")}${where}`];
  if (definition.description !== undefined) lines.push(`  ${definition.description}`);
  lines.push(`  ${formula(definition)}`, ...termLines(definition));
  if (definition.units !== undefined) {
    lines.push(`  units: ${unitsText(model)}; ${timeUnitText(model)}`);
  }
  if (model.masses !== undefined)
    lines.push(`  masses: ${model.species.map((name, s) => `${name} ${model.masses![s]}`).join(", ")}`);
  if (model.mixing !== undefined) {
    lines.push(`  λ_ij = ½(σ_i + σ_j)(1 − η|σ_i − σ_j|), η = ${model.mixing.nonAdditivity}`);
    const strength = { constant: "", square: "ε λ_ij²", hertz: "ε √R λ_ij^{5/2}, R = ½σ_iσ_j/(σ_i + σ_j)" }[
      model.mixing.strength ?? "constant"
    ];
    if (strength !== "") lines.push(`  ε_ij = ${strength}`);
  }
  lines.push(...pairLines(model));
  if (model.glass !== undefined) {
    const { density, fractions, glassTransition } = model.glass;
    const mixture = model.species.map((name, s) => `${name} ${fractions[s]}`).join(", ");
    lines.push(`  glass: N/V = ${density}, ${mixture}, T_g ≈ ${glassTransition}`);
  }
  lines.push(...(model.notes ?? []).map((note) => `  ${note}`));
  lines.push(...model.warnings.map((warning) => `  warning: ${warning}`));
  return lines.join("\n");
}

function formula(definition: ModelDefinition): string {
  const form = formOf(definition);
  const smoothing = definition.smoothing === undefined ? "" : `, ${truncationText(definition.smoothing)}`;
  return `${form.schema.description ?? ""}, x = r/λ${form.note?.(definition) ?? ""}${smoothing}`;
}

/** "q = 3", "force-shifted", "smooth from 2". */
function truncationText(smoothing: NonNullable<ModelDefinition["smoothing"]>): string {
  if (typeof smoothing === "number") return `q = ${smoothing}`;
  if (typeof smoothing !== "object") return smoothing === "none" ? "cut off as it is" : smoothing;
  if ("fade" in smoothing) return `${smoothing.after}, faded over ${smoothing.fade}`;
  return `${smoothing.window} from ${JSON.stringify(smoothing.from)}`;
}

/** The terms of a sum; none for other forms. */
function termLines(definition: ModelDefinition): string[] {
  const terms = formOf(definition).terms?.({ definition, file: undefined }) ?? [];
  return terms.map(({ definition: term }) => {
    const pairs =
      term.pairs === undefined ? "" : ` of ${term.pairs.map((pair) => pair.replace(" ", "–")).join(", ")}`;
    return `  + ${term.form}${pairs}: ${formula(term)}, x_c = ${JSON.stringify(term.cutoff ?? 1)}`;
  });
}

function pairLines(model: PairModel): string[] {
  const count = model.species.length;
  const lines: string[] = [];
  for (let s = 0; s < count; s++) {
    for (let t = s; t < count; t++) {
      const row = (s * count + t) * COEFFICIENT_STRIDE;
      const epsilon = model.coefficients[row + Coefficient.Epsilon];
      const lambda = model.coefficients[row + Coefficient.Lambda];
      const cutoff = rounded(pairCutoff(model, s, t), 10);
      const length = model.mixing === undefined ? `λ = ${lambda}, r_c = ${cutoff}` : `r_c = ${cutoff} λ_ij`;
      const sum = model.definition.form === "sum";
      lines.push(`  ${pairName(model, s, t)}: ${sum ? `r_c = ${cutoff}` : `ε = ${epsilon}, ${length}`}`);
    }
  }
  return lines;
}
