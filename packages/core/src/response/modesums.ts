import { SoftfieldError } from "../errors.ts";
import { hessian, type Interactions, type Triples } from "../mechanics/index.ts";
import { type SymmetricEigen, symmetricEigen, toDense } from "../sparse/index.ts";
import { type LocalThermalEnergy, respond } from "./response.ts";

/** Beyond this many degrees of freedom a full diagonalisation is a matter of hours and gigabytes. */
const MOST_DEGREES = 6000;

/** All normal modes of a structure, M·Ψ_ℓ = ω_ℓ² Ψ_ℓ, ascending: the oracle, O((Nd)³). Throws "usage" for large N. */
export function allModes(interactions: Interactions): SymmetricEigen {
  const degrees = interactions.particleCount * interactions.dimension;
  if (degrees > MOST_DEGREES) {
    throw new SoftfieldError(
      "usage",
      `a full diagonalisation of ${degrees} degrees of freedom is not offered (at most ${MOST_DEGREES}); ` +
        "the sparse path gives the same numbers",
    );
  }
  return symmetricEigen(toDense(hessian(interactions)));
}

/**
 * Local thermal energies as the paper computes them, by sums over normal modes (Eqs. B.6 and B.7, Zylberg 2017):
 * C_α = Σ_ℓ ΔΨ_ℓ ΔΨ_ℓᵀ/ω_ℓ² with ΔΨ = Ψ_j − Ψ_i, X = −Σ_ℓ Ψ_ℓ (Ψ_ℓ·b)/ω_ℓ². The d translations are left out.
 * `count` takes only that many of the lowest modes: a truncated sum. O(m·count).
 */
export function modeSums(
  interactions: Interactions,
  modes: SymmetricEigen,
  count = modes.values.length - interactions.dimension,
): LocalThermalEnergy {
  const { dimension: d, i, j } = interactions;
  const size = interactions.particleCount * d;
  const used = modesWithoutTranslations(modes, d, count);
  const covariances = new Float64Array(i.length * d * d);
  const ofLegs = interactions.triples && new Float64Array(interactions.triples.centre.length * 4 * d * d);
  for (const mode of used) {
    const psi = modes.vectors.subarray(mode * size, (mode + 1) * size);
    const weight = 1 / (modes.values[mode] as number);
    for (let m = 0; m < i.length; m++) {
      const ip = (i[m] as number) * d;
      const jp = (j[m] as number) * d;
      for (let a = 0; a < d; a++) {
        const da = ((psi[jp + a] as number) - (psi[ip + a] as number)) * weight;
        for (let b = 0; b < d; b++) {
          const c = (m * d + a) * d + b;
          covariances[c] =
            (covariances[c] as number) + da * ((psi[jp + b] as number) - (psi[ip + b] as number));
        }
      }
    }
    if (interactions.triples && ofLegs) addLegs(interactions.triples, psi, weight, ofLegs);
  }
  const solve = (b: Float64Array) => {
    const x = new Float64Array(size);
    for (const mode of used) {
      const psi = modes.vectors.subarray(mode * size, (mode + 1) * size);
      const amplitude =
        psi.reduce((sum, p, k) => sum + p * (b[k] as number), 0) / (modes.values[mode] as number);
      psi.forEach((p, k) => {
        x[k] = (x[k] as number) + amplitude * p;
      });
    }
    return x;
  };
  return respond(interactions, covariances, solve, ofLegs);
}

/** Adds ΔΨ ΔΨᵀ/ω² of the legs of every triple, t×2d×2d. */
function addLegs({ centre, j, k }: Triples, psi: Float64Array, weight: number, ofLegs: Float64Array): void {
  const w = Math.sqrt(ofLegs.length / centre.length);
  const d = w / 2;
  const moves = new Float64Array(w);
  for (let t = 0; t < centre.length; t++) {
    for (let a = 0; a < d; a++) {
      const base = psi[(centre[t] as number) * d + a] as number;
      moves[a] = (psi[(j[t] as number) * d + a] as number) - base;
      moves[d + a] = (psi[(k[t] as number) * d + a] as number) - base;
    }
    for (let a = 0; a < w; a++)
      for (let b = 0; b < w; b++)
        ofLegs[(t * w + a) * w + b]! += weight * (moves[a] as number) * (moves[b] as number);
  }
}

/** Indices of the lowest `count` modes other than the d of smallest |ω²|. Throws if one of those has ω² ≤ 0. */
function modesWithoutTranslations({ values }: SymmetricEigen, d: number, count: number): number[] {
  const bySize = Array.from(values.keys()).sort(
    (a, b) => Math.abs(values[a] as number) - Math.abs(values[b] as number),
  );
  const vibrations = bySize.slice(d).sort((a, b) => a - b);
  const lowest = values[vibrations[0] as number] as number;
  if (!(lowest > 0)) {
    throw new SoftfieldError(
      "not-a-minimum",
      `the lowest non-zero mode has ω² = ${lowest.toExponential(2)} ≤ 0: a saddle, not a minimum`,
    );
  }
  return vibrations.slice(0, count);
}
