import { strainDerivatives } from "../response/index.ts";
import { symmetricPart } from "../squarematrices.ts";
import { type Indicator, loadOf } from "./indicator.ts";

/**
 * E_α ∂E_α/∂γ of every interaction under a load (simple shear x += γ·y) where that softens it, 0 where it stiffens
 * (Schwartzman-Nowik, Lerner, Bouchbinder, Phys. Rev. E 99, 060601, 2019). About four local thermal energies.
 */
export const softening: Indicator = {
  name: "softening",
  short: "softening",
  label: "*E*_{α} d*E*_{α}/d*γ*",
  unit: "(½k_BT)²",
  description: "local thermal energies times their slope under simple shear, where it softens",
  of: "interactions",
  directional: true,
  yields: "spots",
  threshold: 0,
  run: (minimum, options, control) => {
    // a turn of the box changes no energy
    const strain = symmetricPart(loadOf(minimum, options), minimum.interactions.dimension);
    const { lte, families } = strainDerivatives(minimum, [{ name: "load", strain }], control);
    return minimum.interactions.families.map((family, f) => ({
      sites: family.sites(),
      values: lte[f].map((e, t) => Math.max(0, e * families[f][0][t])),
    }));
  },
};
