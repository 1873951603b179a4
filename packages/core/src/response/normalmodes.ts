import { type Minimum, onAllParticles } from "../minimum/index.ts";
import { particleMasses } from "../models/index.ts";
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
  /** N, the masses (see `particleMasses`); absent where all are 1 */
  readonly masses?: Float64Array;
}

/** How many modes `normalModes` finds. */
export interface GlassModesOptions {
  /** Lowest non-zero modes wanted; default 30, as in the paper's baseline. */
  readonly count?: number;
  /** All masses 1, whatever configuration and model say: the eigenvectors of M itself, which know the landscape only. */
  readonly unitMasses?: boolean;
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
  const { backbone, system, model, rattlers } = minimum;
  const masses = options.unitMasses ? undefined : particleMasses(system, model);
  const kept = masses && Float64Array.from(backbone.particles, (particle) => masses[particle]);
  const modes = lowestNormalModes(minimum.factor(control), options.count ?? 30, control, kept);
  return {
    ...modes,
    system,
    vectors: onAllParticles(backbone, modes.vectors, modes.dimension, 0),
    participation: participationRatios(modes),
    weights: onAllParticles(backbone, modeWeights(modes), 1, 0),
    rattlers,
    masses,
  };
}
