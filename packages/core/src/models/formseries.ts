import { combine, exponentialOf, multiply, powerOf, rootSeries, type Series } from "./series.ts";
import { tableSeries } from "./table.ts";
import { Form, type PotentialTable } from "./types.ts";

/** Forms that do not end by themselves at a cutoff of their own. */
export type SmoothedForm = Exclude<Form, typeof Form.Contact | typeof Form.StillingerWeber>;

/**
 * Taylor series of form(√s) in s − x₀², to the given order: what smoothing at x₀ needs.
 * Contact forms end at x = 1, Stillinger–Weber pairs at x_c by themselves and have no series there.
 */
export function formSeries(
  form: SmoothedForm,
  parameters: readonly number[],
  at: { readonly x0: number; readonly order: number; readonly tables: readonly PotentialTable[] },
): Series {
  const x = rootSeries(at.x0, at.order);
  const unit = x.map((_, k) => (k === 0 ? 1 : 0));
  switch (form) {
    case Form.PowerLaw: {
      const [a, n, b, m] = parameters as [number, number, number, number];
      return combine(a, powerOf(x, -n), b, powerOf(x, -m));
    }
    case Form.Yukawa: {
      const [kappa] = parameters as [number];
      return multiply(exponentialOf(combine(kappa, unit, -kappa, x)), powerOf(x, -1));
    }
    case Form.Morse: {
      const [a, x0] = parameters as [number, number];
      const decay = exponentialOf(combine(a * x0, unit, -a, x));
      return combine(1, multiply(decay, decay), -2, decay);
    }
    case Form.Table:
      return tableSeries(at.tables[parameters[0]], x);
  }
}
