import type { Results } from "@softfield/node";
import type { GlassModes } from "softfield";
import type { CompressedRows } from "softfield/internal";
import type { Output } from "../shell/outputs.ts";

/** What `softfield hessian` says of a glass. */
export interface HessianSummary {
  readonly file: string;
  readonly version: string;
  readonly model: string;
  readonly dimension: number;
  readonly particles: number;
  readonly rattlers: readonly number[];
  readonly rows: number;
  readonly entries: number;
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

/** M, and the particles that it has no rows of. */
export interface HessianFound {
  readonly matrix: CompressedRows;
  readonly rattlers: GlassModes["rattlers"];
}

export function hessianText({
  file,
  model,
  rows,
  entries,
  rattlers,
  warnings,
  outputs,
}: HessianSummary): string {
  return [
    `${file}: ${model}, Hessian of ${rows} rows with ${entries} entries`,
    ...(rattlers.length > 0 ? [`${rattlers.length} rattlers have empty rows`] : []),
    ...warnings.map((warning) => `warning: ${warning}`),
    ...outputs.map((path) => `wrote ${path}`),
    "",
  ].join("\n");
}

/** The file that a Hessian goes into; `dimension`: rows a particle. */
export function hessianOutput<
  Outcome extends { readonly found: HessianFound; readonly summary: HessianSummary },
>(dimension: (outcome: Outcome) => number): Output<Outcome> {
  return {
    flags: "-o, --out <file>",
    description:
      "write it: .npz (SciPy, compressed rows) .mtx (Matrix Market, also .gz) .h5 (indptr, indices, data)",
    results: (outcome) => results(dimension(outcome), outcome.found.matrix, outcome.summary),
  };
}

function results(dimension: number, matrix: CompressedRows, summary: HessianSummary): Results {
  const { size, starts, columns, values } = matrix;
  const whole = (array: Int32Array, description: string) => ({
    values: array,
    shape: [array.length],
    description,
  });
  return {
    matrix,
    hdf5: {
      "/indptr": whole(starts, "start of each row"),
      "/indices": whole(columns, `columns; ${dimension} rows a particle`),
      "/data": { values, shape: [values.length], unit: "ε/λ²", description: "∂²U/∂x∂x" },
      "/shape": whole(Int32Array.of(size, size), "rows, columns"),
    },
    summary,
  };
}
