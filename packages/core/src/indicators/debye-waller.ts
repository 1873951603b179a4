import { onAllParticles } from "../minimum/index.ts";
import { debyeWaller as factorsOf, pseudoInverse } from "../response/index.ts";
import { type Indicator, ofParticles } from "./indicator.ts";

/** tr (M⁺)_ii, the vibrality: the sum over all modes of |Ψ_ℓ^(i)|²/ω_ℓ² (Tong & Xu, Phys. Rev. E 90, 010401, 2014). */
export const debyeWaller: Indicator = {
  name: "debye-waller",
  short: "Debye–Waller",
  label: "mean |*x*|^{2}/*k*_{B}*T*",
  unit: "λ²/ε",
  description: "mean square vibration of particles",
  of: "particles",
  threshold: 0,
  run: (minimum, _, control) => {
    minimum.inverse(control);
    const factors = factorsOf(pseudoInverse(minimum));
    return ofParticles(minimum, onAllParticles(minimum.backbone, factors, 1, Number.NaN));
  },
};
