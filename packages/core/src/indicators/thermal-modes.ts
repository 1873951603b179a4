import { modeWeights, normalModes } from "../response/index.ts";
import { withoutRattlers } from "./cells.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/**
 * Σ_ℓ |Ψ_ℓ^(i)|²/ω_ℓ² over the lowest modes: their part of the thermal vibration (Widmer-Cooper, Perry, Harrowell &
 * Reichman, J. Chem. Phys. 131, 194508, 2009). With all modes it is the Debye–Waller factor.
 */
export const thermalModes: Indicator = {
  name: "thermal-modes",
  short: "modes/ω²",
  label: "Σ |*Ψ*|^{2}/*ω*^{2}",
  unit: "λ²/ε",
  description: "lowest normal modes, each by its thermal amplitude",
  of: "particles",
  threshold: 0,
  run: (minimum, { modes: count = 30 }, control) => {
    const modes = normalModes(minimum, { count, unitMasses: true }, control);
    const size = modes.vectors.length / count;
    const vectors = modes.vectors.map((x, k) => x / modes.frequencies[Math.floor(k / size)]);
    return ofParticles(minimum, withoutRattlers(minimum, modeWeights({ ...modes, vectors })));
  },
};
