import { inner, type Load, outer } from "./load.ts";

/** F = 1 + γ s nᵀ */
export const simple: Load = {
  name: "simple",
  label: "simple shear",
  description: "1 + γ s nᵀ: at angle 0 x += γ·y",
  isochoric: true,
  displace: (v, gamma, { s, n }) => {
    const across = inner(v, n);
    return s.map((along) => gamma * across * along);
  },
  rates: (_, { s, n }) => ({ rate: outer(s, n), curvature: new Float64Array(s.length * s.length) }),
};

/** F = ℓ s sᵀ + (1/ℓ) n nᵀ (+ 1 across), ℓ − 1/ℓ = γ: the stretches of the simple shear γ. */
export const pure: Load = {
  name: "pure",
  label: "pure shear",
  description: "ℓ along s, 1/ℓ along n, ℓ − 1/ℓ = γ: the stretches of the simple shear γ",
  isochoric: true,
  displace: (v, gamma, { s, n }) => {
    const stretch = Math.sqrt(1 + (gamma * gamma) / 4) + gamma / 2;
    const [alongS, alongN] = [inner(v, s), inner(v, n)];
    return s.map((own, c) => (stretch - 1) * alongS * own + (1 / stretch - 1) * alongN * n[c]);
  },
  rates: (gamma, { s, n }) => {
    // ℓ = q + γ/2 with q = √(1 + γ²/4), ℓ′/ℓ = 1/(2q), and (1/2q)′ = −γ/(8q³)
    const q = Math.sqrt(1 + (gamma * gamma) / 4);
    const first = 1 / (2 * q);
    const change = -gamma / (8 * q * q * q);
    const [along, across] = [outer(s, s), outer(n, n)];
    return {
      rate: along.map((own, k) => first * (own - across[k])),
      curvature: along.map((own, k) => change * (own - across[k]) + first * first * (own + across[k])),
    };
  },
};
