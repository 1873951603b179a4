import { minimumOf, normalModes, type PairModel, type System, type WorkControl } from "softfield";
import type { Emit } from "./channel.ts";

export interface ModesInput {
  readonly system: System;
  readonly model: PairModel;
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

/** The normal-modes baseline, as `softfield spots --modes` computes it. */
export function modesJob({ system, model, count }: ModesInput, send: Emit): Modes {
  const control: WorkControl = { onProgress: (progress) => send({ type: "progress", progress }) };
  const minimum = minimumOf(system, model, {}, control);
  const { squares, participation, weights } = normalModes(minimum, { count }, control);
  return { values: squares, participation, weights };
}
