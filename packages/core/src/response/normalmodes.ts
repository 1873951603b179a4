import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "./modes.ts";

/** The lowest normal modes of a configuration, numbered as its particles. */
export interface GlassModes extends NormalModes {
  /** The configuration at its minimum: the given one unless it was refined. */
  readonly system: System;
  /** count×N×d; 0 on rattlers */
  readonly vectors: Float64Array;
  /** count, participation ratios */
  readonly participation: Float64Array;
  /** N, Σ_ℓ |Ψ_ℓ^(i)|², the normal-modes baseline (SI E, Zylberg 2017); 0 on rattlers */
  readonly weights: Float64Array;
  readonly rattlers: Int32Array;
}

/** How many modes `normalModes` finds. */
export interface GlassModesOptions {
  /** Lowest non-zero modes wanted; default 30, as in the paper's baseline. */
  readonly count?: number;
}

/**
 * The lowest normal modes of a glass at an energy minimum, translations excluded, by shift-invert Lanczos on the
 * sparse Cholesky factor. Errors as `localThermalEnergy`, "numerics" where modes do not converge.
 */
export function normalModes(
  minimum: Minimum,
  options: GlassModesOptions = {},
  control: WorkControl = {},
): GlassModes {
  const modes = lowestNormalModes(minimum.factor(control), options.count ?? 30, control);
  const { backbone, system, rattlers } = minimum;
  return {
    ...modes,
    system,
    vectors: onAllParticles(backbone, modes.vectors, modes.dimension, 0),
    participation: participationRatios(modes),
    weights: onAllParticles(backbone, modeWeights(modes), 1, 0),
    rattlers,
  };
}
