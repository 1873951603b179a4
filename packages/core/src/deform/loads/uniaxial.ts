import { inner, type Load, outer } from "./load.ts";

/** F = 1 ± γ s sᵀ; the box is free across s. */
function uniaxial(sign: 1 | -1, words: Pick<Load, "name" | "label" | "description">): Load {
  return {
    ...words,
    isochoric: false,
    displace: (v, gamma, { s }) => {
      const along = inner(v, s);
      return s.map((own) => sign * gamma * along * own);
    },
    rates: (gamma, { s }) => ({
      rate: outer(s, s).map((own) => (sign * own) / (1 + sign * gamma)),
      curvature: new Float64Array(s.length * s.length),
    }),
    free: ({ n, across }) => (across ? [outer(n, n), outer(across, across)] : [outer(n, n)]),
    // (1/V) ∂U/∂γ = ±σ_ss/(1 ± γ)
    gauge: (gamma) => ({ value: 1 + sign * gamma, slope: sign }),
  };
}

/** Stretched along s by 1 + γ. */
export const tension: Load = uniaxial(1, {
  name: "tension",
  label: "uniaxial tension",
  description: "longer by γ along s, free across it",
});

/** Shortened along s by 1 − γ. */
export const compression: Load = uniaxial(-1, {
  name: "compression",
  label: "uniaxial compression",
  description: "shorter by γ along s, free across it",
});
