import { normalModes } from "../response/index.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/** Σ_ℓ |Ψ_ℓ^(i)|² over the lowest modes, the baseline of SI E, Zylberg 2017 (Widmer-Cooper et al. 2008). */
export const modes: Indicator = {
  name: "modes",
  short: "modes",
  label: "Σ |*Ψ*|^{2}",
  unit: "1",
  description: "weight of the lowest normal modes (the baseline)",
  of: "particles",
  threshold: 0,
  run: (minimum, { modes: count = 30 }, control) =>
    ofParticles(minimum, normalModes(minimum, { count, unitMasses: true }, control).weights),
};
