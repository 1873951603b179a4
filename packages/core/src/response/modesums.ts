import { SoftfieldError } from "../errors.ts";
import { hessian, type Interactions, stretched } from "../interactions/index.ts";
import { type SymmetricEigen, symmetricEigen, toDense } from "../sparse/index.ts";
import { type LocalThermalEnergy, respond } from "./response.ts";

/** Beyond this many degrees of freedom a full diagonalisation is a matter of hours and gigabytes. */
const MAX_DEGREES = 6000;

/** All normal modes of a structure, M·Ψ_ℓ = ω_ℓ² Ψ_ℓ, ascending: the oracle, O((Nd)³). Throws "usage" for large N. */
export function allModes(interactions: Interactions): SymmetricEigen {
  const degrees = interactions.particleCount * interactions.dimension;
  if (degrees > MAX_DEGREES) {
    throw new SoftfieldError(
      "usage",
      `a full diagonalisation of ${degrees} degrees of freedom is not offered (at most ${MAX_DEGREES}); ` +
        "the sparse path gives the same numbers",
    );
  }
  return symmetricEigen(toDense(hessian(interactions)));
}

/**
 * Local thermal energies as the paper computes them, by sums over normal modes (Eqs. B.6 and B.7, Zylberg 2017):
 * C_α = Σ_ℓ ΔΨ_ℓ ΔΨ_ℓᵀ/ω_ℓ² with ΔΨ of the legs (Ψ_j − Ψ_i of a pair), X = −Σ_ℓ Ψ_ℓ (Ψ_ℓ·b)/ω_ℓ². The d translations are left out.
 * `count` takes only that many of the lowest modes: a truncated sum. O(m·count).
 */
export function modeSums(
  interactions: Interactions,
  modes: SymmetricEigen,
  count = modes.values.length - interactions.dimension,
): LocalThermalEnergy {
  const size = interactions.particleCount * interactions.dimension;
  const used = modesWithoutTranslations(modes, interactions.dimension, count);
  return truncatedModeSums(
    interactions,
    used.map((mode) => ({
      square: modes.values[mode],
      psi: modes.vectors.subarray(mode * size, (mode + 1) * size),
    })),
  );
}

/** A normal mode of the sums: ω² > 0 and Ψ (N×d, unit length, read). */
export interface SummedMode {
  readonly square: number;
  readonly psi: Float64Array;
}

/**
 * Eqs. B.6 and B.7, Zylberg 2017, over the given modes only. `solve`, where given, solves M·X = −b exactly with the
 * truncated b, as the paper's conjugate gradients do; else X is truncated to the span of the modes too. O(m·modes).
 */
export function truncatedModeSums(
  interactions: Interactions,
  modes: readonly SummedMode[],
  solve: (rightHandSide: Float64Array) => Float64Array = (b) => inverseOnModes(modes, b),
): LocalThermalEnergy {
  const spreads = interactions.families.map((family) => {
    const spread = family.still();
    const legs = family.legs();
    for (const { square, psi } of modes) {
      const weight = 1 / square;
      const moves = stretched(legs, psi, interactions.dimension);
      spread.add(
        moves.map((x) => x * weight),
        moves,
        1,
      );
    }
    return spread;
  });
  return respond(interactions, spreads, solve);
}

/** Σ_ℓ Ψ_ℓ (Ψ_ℓ·b)/ω_ℓ². */
function inverseOnModes(modes: readonly SummedMode[], b: Float64Array): Float64Array {
  const x = new Float64Array(b.length);
  for (const { square, psi } of modes) {
    const amplitude = psi.reduce((sum, p, k) => sum + p * b[k], 0) / square;
    psi.forEach((p, k) => {
      x[k] = x[k] + amplitude * p;
    });
  }
  return x;
}

/** Indices of the lowest `count` modes other than the d of smallest |ω²|. Throws if one of those has ω² ≤ 0. */
function modesWithoutTranslations({ values }: SymmetricEigen, d: number, count: number): number[] {
  const bySize = Array.from(values.keys()).sort((a, b) => Math.abs(values[a]) - Math.abs(values[b]));
  const vibrations = bySize.slice(d).sort((a, b) => a - b);
  const lowest = values[vibrations[0]];
  if (!(lowest > 0)) {
    throw new SoftfieldError(
      "not-a-minimum",
      `the lowest non-zero mode has ω² = ${lowest.toExponential(2)} ≤ 0: a saddle, not a minimum`,
    );
  }
  return vibrations.slice(0, count);
}
