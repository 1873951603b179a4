import { localThermalEnergy, strainComponents, strainDerivatives } from "../response/index.ts";
import type { Indicator } from "./indicator.ts";

/**
 * E_α ∂E_α/∂γ of every interaction under simple shear x += γ·y where the shear softens it, 0 where it stiffens it
 * (Schwartzman-Nowik, Lerner, Bouchbinder, Phys. Rev. E 99, 060601, 2019). About four local thermal energies.
 */
export const softening: Indicator = {
  name: "softening",
  short: "softening",
  label: "*E*_{α} d*E*_{α}/d*γ*",
  unit: "(½k_BT)²",
  description: "local thermal energies times their slope under simple shear, where it softens",
  of: "interactions",
  threshold: 0,
  run: (minimum, _, control) => {
    const { energies } = localThermalEnergy(minimum, {}, control);
    const shear = strainComponents(minimum.interactions.dimension).filter(({ name }) => name === "xy");
    const { families } = strainDerivatives(minimum, shear, control);
    return energies.map(({ sites, lte }, f) => ({
      sites,
      values: lte.map((e, t) => Math.max(0, e * families[f][0][t])),
    }));
  },
};
