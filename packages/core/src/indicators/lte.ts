import { localThermalEnergy } from "../response/index.ts";
import type { EnergiesOf, Indicator } from "./indicator.ts";

const exact: EnergiesOf = (minimum, control) => localThermalEnergy(minimum, {}, control);

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
  run: (minimum, { energies = exact }, control) =>
    energies(minimum, control).energies.map(({ sites, lte }) => ({ sites, values: lte })),
};
