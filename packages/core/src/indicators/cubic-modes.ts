import { census, softestThreshold } from "../excitations/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * Σ |z_i|²/γ_c over the cubic modes z of the census, γ_c the smallest strain of any simple shear that makes one yield
 * (Richard, Kapteijns, Giannini, Manning & Lerner, Phys. Rev. Lett. 126, 015501, 2021, on such modes). Cost: a census.
 */
export const cubicModes: Indicator = {
  name: "cubic-modes",
  short: "cubic modes",
  label: "Σ |*z*|^{2}/*γ*_{c}",
  unit: "1",
  description: "cubic modes of the census, each over the strain at which it yields",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    const { system } = minimum;
    const d = system.box.dimension;
    const sum = new Float64Array(system.species.length);
    for (const excitation of census(minimum, localThermalEnergy(minimum, {}, control), {}, control)) {
      const at = softestThreshold(excitation);
      excitation.field.forEach((z, k) => {
        sum[Math.floor(k / d)] += (z * z) / at;
      });
    }
    return ofParticles(minimum, withoutRattlers(minimum, sum));
  },
};
