import { formSeries } from "./formseries.ts";
import { smoothingCoefficients } from "./smoothing.ts";
import { COEFFICIENT_STRIDE, Coefficient, Form, type PotentialTable } from "./types.ts";

/** Parameters of one species pair: what one row of the coefficient table is made from. */
export interface PairParameters {
  readonly epsilon: number;
  readonly lambda: number;
  /** x_c */
  readonly cutoff: number;
  /** of the form, as listed at `Form` */
  readonly parameters: readonly number[];
}

/** What all species pairs of a model share. */
export interface TableLayout {
  readonly form: Form;
  readonly speciesCount: number;
  /** q, or undefined where the form is cut off as it is. */
  readonly smoothing: number | undefined;
  readonly tables: readonly PotentialTable[];
}

/** Builds the S·S rows of `PairModel.coefficients`; `pair(s, t)` is asked once for each s ≤ t. */
export function coefficientTable(
  layout: TableLayout,
  pair: (s: number, t: number) => PairParameters,
): Float64Array {
  const { speciesCount } = layout;
  const table = new Float64Array(speciesCount * speciesCount * COEFFICIENT_STRIDE);
  for (let s = 0; s < speciesCount; s++) {
    for (let t = s; t < speciesCount; t++) {
      const row = coefficientRow(layout, pair(s, t));
      table.set(row, (s * speciesCount + t) * COEFFICIENT_STRIDE);
      table.set(row, (t * speciesCount + s) * COEFFICIENT_STRIDE);
    }
  }
  return table;
}

function coefficientRow(layout: TableLayout, pair: PairParameters): Float64Array {
  const row = new Float64Array(COEFFICIENT_STRIDE);
  row[Coefficient.Epsilon] = pair.epsilon;
  row[Coefficient.Lambda] = pair.lambda;
  row[Coefficient.Cutoff] = pair.cutoff;
  row.set(pair.parameters, Coefficient.Parameters);
  if (layout.smoothing !== undefined && layout.form !== Form.Contact) {
    const series = formSeries(layout.form, pair.parameters, {
      x0: pair.cutoff,
      order: layout.smoothing,
      tables: layout.tables,
    });
    row.set(smoothingCoefficients(series, pair.cutoff * pair.cutoff), Coefficient.Smoothing);
  }
  return row;
}
