import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import { lowestNormalModes, modeWeights, type NormalModes, participationRatios } from "../response/index.ts";
import type { System } from "../space/index.ts";
import { factorOrRefuse, polish } from "./polish.ts";

/** The lowest normal modes of a configuration, numbered as its particles. */
export interface GlassModes extends NormalModes {
  /** The configuration at its minimum: the given one unless it was polished. */
  readonly system: System;
  /** count×N×d; 0 on rattlers */
  readonly vectors: Float64Array;
  /** count, participation ratios */
  readonly participation: Float64Array;
  /** N, Σ_ℓ |Ψ_ℓ^(i)|², the normal-modes baseline (SI E, Zylberg 2017); 0 on rattlers */
  readonly weights: Float64Array;
  readonly rattlers: Int32Array;
}

export interface GlassModesOptions {
  /** Lowest non-zero modes wanted; default 30, as in the paper's baseline. */
  readonly count?: number;
  readonly polish?: boolean;
  readonly relaxed?: boolean;
}

/**
 * The lowest normal modes of a glass at an energy minimum, translations excluded, by shift-invert Lanczos on the
 * sparse Cholesky factor. Errors as `localThermalEnergy`, "numerics" where modes do not converge.
 */
export function normalModes(
  system: System,
  model: PairModel,
  options: GlassModesOptions = {},
  control: WorkControl = {},
): GlassModes {
  const { count = 30, relaxed = true } = options;
  const { skeleton, analysed, ...polished } = polish(
    system,
    model,
    { allowed: options.polish ?? true, relaxed },
    control,
  );
  const { factor } = factorOrRefuse(skeleton, { relaxed, ...(analysed ? { reuse: analysed } : {}) }, control);
  const modes = lowestNormalModes(factor, count, control);
  const { particles, rattlers } = skeleton;
  const spread = (values: Float64Array, width: number) => {
    const whole = new Float64Array((values.length / particles.length) * system.species.length);
    const rows = values.length / (particles.length * width);
    for (let row = 0; row < rows; row++) {
      particles.forEach((p, k) => {
        const from = (row * particles.length + k) * width;
        whole.set(values.subarray(from, from + width), (row * system.species.length + p) * width);
      });
    }
    return whole;
  };
  return {
    ...modes,
    system: polished.system,
    vectors: rattlers.length === 0 ? modes.vectors : spread(modes.vectors, modes.dimension),
    participation: participationRatios(modes),
    weights: rattlers.length === 0 ? modeWeights(modes) : spread(modeWeights(modes), 1),
    rattlers,
  };
}
