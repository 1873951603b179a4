import type { DefinitionSource, PairNumbers } from "./forms/form.ts";
import { formOf } from "./forms/registry.ts";
import { required, withMixing } from "./forms/values.ts";
import { fieldError } from "./pairs.ts";
import type { PotentialTable } from "./types.ts";

/** Parameters of one species pair: what one row of the coefficient table is made from. */
export interface PairParameters {
  readonly epsilon: number;
  readonly lambda: number;
  /** x_c */
  readonly cutoff: number;
  /** of the form, as its `jet` reads them */
  readonly parameters: readonly number[];
}

/** What a definition says of a pair s ≤ t; errors name the field and the missing pair. */
export function pairResolver(
  source: DefinitionSource,
  tables: readonly PotentialTable[],
): PairNumbers<PairParameters> {
  const form = formOf(source.definition);
  const epsilon = form.epsilon?.(source) ?? withMixing(source, "epsilon", (a, b) => Math.sqrt(a * b));
  const lambda = lengths(source);
  const cutoff = form.cutoff?.(source, tables) ?? required(source, "cutoff", source.definition.cutoff!);
  const parameters = form.parameters(source);
  return (s, t) => ({
    epsilon: epsilon(s, t),
    lambda: lambda(s, t),
    cutoff: cutoff(s, t),
    parameters: parameters(s, t),
  });
}

function lengths(source: DefinitionSource): PairNumbers {
  const { definition, file } = source;
  const place = { file, field: "lambda" };
  if (definition.diameters !== undefined) {
    if (definition.lambda === undefined) return () => 1;
    throw fieldError(place, 'must be left out where "diameters" gives every particle a length of its own');
  }
  if (definition.lambda !== undefined) return withMixing(source, "lambda", (a, b) => (a + b) / 2);
  const missing =
    formOf(definition).missingLambda ??
    'is missing: give λ_ij, or "diameters" for a diameter of each particle';
  if (typeof missing === "number") return () => missing;
  throw fieldError(place, missing);
}
