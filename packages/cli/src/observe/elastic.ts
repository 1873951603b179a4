import type { ElasticConstants } from "softfield";
import { voigtAxes } from "softfield/internal";

/** Elastic constants for a summary: rows of the matrix in Voigt's order, which is named beside them; ε/λ^d. */
export interface ElasticSummary {
  readonly bulkModulus: number;
  readonly shearModulus: number;
  readonly elasticConstants: {
    readonly order: readonly string[];
    /** dσ_row/de_column, e the engineering strain */
    readonly matrix: readonly (readonly number[])[];
  };
}

export function elasticSummary(
  { matrix, bulkModulus, shearModulus }: ElasticConstants,
  d: number,
): ElasticSummary {
  const order = voigtAxes(d).map((axes) => axes.map((a) => "xyz"[a]).join(""));
  const rows = order.map((_, row) =>
    Array.from(matrix.subarray(row * order.length, (row + 1) * order.length)),
  );
  return { bulkModulus, shearModulus, elasticConstants: { order, matrix: rows } };
}

/** "K = …, G = …". */
export function moduliText({ bulkModulus, shearModulus }: ElasticSummary, factor = 1, unit = ""): string {
  const number = (x: number) => `${(x * factor).toPrecision(6)}${unit}`;
  return `bulk modulus ${number(bulkModulus)}, shear modulus ${number(shearModulus)}`;
}
