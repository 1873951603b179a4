import { localThermalEnergy, windowedThermalEnergy } from "../response/index.ts";
import type { Indicator } from "./indicator.ts";

/** Paper's threshold on |E_α| ("easier processing; does not affect results", SI D). */
export const LTE_THRESHOLD = 1.1;

/** |E_α| of every interaction, Eq. 3, Zylberg 2017. */
export const lte: Indicator = {
  name: "lte",
  short: "LTE",
  label: "softness, mean |*E*_{α}|",
  unit: "½k_BT",
  description: "local thermal energies",
  of: "interactions",
  yields: "spots",
  threshold: LTE_THRESHOLD,
  run: (minimum, { windows }, control) =>
    (windows
      ? windowedThermalEnergy(minimum, windows, control)
      : localThermalEnergy(minimum, {}, control)
    ).energies.map(({ sites, lte }) => ({ sites, values: lte })),
};
