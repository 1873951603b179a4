import { normalModes } from "softfield";
import type { Emit } from "./channel.ts";
import { minimumFor, progressTo, type StateInput } from "./minima.ts";

export interface ModesInput extends StateInput {
  readonly count: number;
}

/** The lowest modes, as far as the page shows them. */
export interface Modes {
  /** count: eigenvalues of M, ω². */
  readonly values: Float64Array;
  /** count: participation ratios. */
  readonly participation: Float64Array;
  /** N, Σ|Ψ|² over the modes. */
  readonly weights: Float64Array;
}

/** The normal-modes baseline, as `softfield spots --indicator modes` computes it. */
export function modesJob({ count, ...input }: ModesInput, send: Emit): Modes {
  const control = progressTo(send);
  const { squares, participation, weights } = normalModes(minimumFor(input, control), { count }, control);
  return { values: squares, participation, weights };
}
