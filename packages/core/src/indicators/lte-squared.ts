import { square } from "../elementary.ts";
import type { Indicator } from "./indicator.ts";
import { lte } from "./lte.ts";

/** E_α² of every interaction: the few softest weigh more. */
export const lteSquared: Indicator = {
  ...lte,
  name: "lte-squared",
  short: "LTE²",
  label: "*E*_{α}^{2}",
  unit: "(½k_BT)²",
  description: "squares of local thermal energies",
  threshold: 0,
  run: (minimum, options, control) =>
    lte.run(minimum, options, control).map(({ sites, values }) => ({ sites, values: values.map(square) })),
};
