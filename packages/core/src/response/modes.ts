import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import { type BlockSize, type CholeskyFactor, componentsOf, lowestModes } from "../sparse/index.ts";
import { moments } from "../vectors.ts";

/**
 * The lowest vibrations of a structure, translations excluded, m^{-½} M m^{-½} Ψ_ℓ = ω_ℓ² Ψ_ℓ, ascending: particles move
 * as Ψ_ℓ/√m.
 */
export interface NormalModes {
  readonly dimension: BlockSize;
  /** count, ω², unit ε/(mλ²) */
  readonly squares: Float64Array;
  /** count, ω, 1/τ₀ */
  readonly frequencies: Float64Array;
  /** count×N×d, row ℓ = Ψ_ℓ, unit length */
  readonly vectors: Float64Array;
  /** count, ‖m^{-½} M m^{-½} Ψ − ω²Ψ‖, ε/(mλ²) */
  readonly residuals: Float64Array;
}

/**
 * The `count` lowest normal modes from a factor of M with a pinned particle, by shift-invert Lanczos. Throws
 * "numerics" where they do not converge, "usage" where there are not so many. Cost about 4·count solves.
 *
 * @param masses as many as rows of M; absent: all are 1.
 */
export function lowestNormalModes(
  factor: CholeskyFactor,
  count: number,
  control: WorkControl = {},
  masses?: Float64Array,
): NormalModes {
  const { size } = factor.matrix;
  const dimension = componentsOf(factor.matrix);
  const available = (size - 1) * dimension;
  if (!(Number.isInteger(count) && count >= 1 && count <= available)) {
    throw new SoftfieldError(
      "usage",
      `${count} modes: there are ${available} vibrations of ${size} particles`,
      {
        field: "modes",
      },
    );
  }
  const { status, values, vectors, residuals } = lowestModes(factor, count, { masses }, control);
  if (status !== "ok") {
    throw new SoftfieldError(
      "numerics",
      `only ${values.length} of ${count} normal modes converged; ask for fewer`,
    );
  }
  return { dimension, squares: values, frequencies: values.map(Math.sqrt), vectors, residuals };
}

/** Participation ratio of each mode, (Σ_i |Ψ_i|²)²/(N Σ_i |Ψ_i|⁴): 1 for a plane wave, ∼ 1/N for a localised mode. */
export function participationRatios({ dimension: d, squares, vectors }: NormalModes): Float64Array {
  const size = vectors.length / squares.length;
  return squares.map((_, mode) => {
    const { second, fourth } = moments(vectors.subarray(mode * size, (mode + 1) * size), d);
    return (second * second) / ((size / d) * fourth);
  });
}

/**
 * The normal-modes baseline of SI E, Zylberg 2017 (after Widmer-Cooper et al. 2008): for each particle
 * Σ_ℓ |Ψ_ℓ^(i)|² over the modes, N.
 */
export function modeWeights({ dimension: d, squares, vectors }: NormalModes): Float64Array {
  const size = vectors.length / squares.length;
  const weights = new Float64Array(size / d);
  for (let k = 0; k < vectors.length; k++) {
    const particle = Math.floor((k % size) / d);
    weights[particle] = weights[particle] + square(vectors[k]);
  }
  return weights;
}
