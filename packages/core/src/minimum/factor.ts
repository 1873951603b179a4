import { type HessianPattern, hessian, hessianPattern } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import { wrapPositions } from "../space/index.ts";
import {
  type Arithmetic,
  analyze,
  type CholeskyResult,
  type CholeskySymbolic,
  type CholeskyWorkspace,
  factorize,
  hasPattern,
} from "../sparse/index.ts";
import type { Structure } from "./backbone.ts";

/** The pattern of M with its symbolic factorisation and memory: these are used again while the blocks stay the same. */
export interface Analysed {
  readonly pattern: HessianPattern;
  readonly symbolic: CholeskySymbolic;
  readonly workspace?: CholeskyWorkspace;
}

/** Which particle is pinned, by which arithmetic, and what of an earlier factor serves again. */
export interface FactorHessianOptions {
  /** Particle whose d rows are dropped; nothing that is a difference depends on it. Default 0. */
  readonly pin?: number;
  readonly arithmetic?: Arithmetic;
  /** An earlier analysis, used again where M still has the same blocks. */
  readonly reuse?: Analysed;
}

/** Orders and analyses the pattern of M (nested dissection by geometry). ~10 µs a particle. */
export function analyseStructure(structure: Structure): Analysed {
  return analysed(structure, hessianPattern(structure.interactions));
}

function analysed({ box, positions }: Structure, pattern: HessianPattern): Analysed {
  const { fractional } = wrapPositions(box, positions);
  return {
    pattern,
    symbolic: analyze(
      pattern,
      { dimension: box.dimension, fractional },
      { blockSize: pattern.dimension, hidden: pattern.dimension - box.dimension },
    ),
  };
}

/**
 * The Cholesky factor of M with one pinned particle, or the particle at which it is not positive definite. A factor whose
 * workspace is used again is overwritten. Throws "resource" where memory is short. Cost: see `Minimum.factor`.
 */
export function factorHessian(
  structure: Structure,
  options: FactorHessianOptions = {},
  control: WorkControl = {},
): { analysed: Analysed; result: CholeskyResult } {
  const { pin = 0, arithmetic = "fast", reuse } = options;
  // Its own places for its interactions: of two images of one pair one may go while another comes.
  const pattern = hessianPattern(structure.interactions);
  const { symbolic, workspace } =
    reuse && hasPattern(reuse.symbolic, pattern) ? reuse : analysed(structure, pattern);
  const matrix = hessian(structure.interactions, pattern);
  const memory = workspace ? { workspace } : {};
  const result = factorize(symbolic, matrix, { pins: [pin], arithmetic, ...memory }, control);
  const kept = result.status === "ok" ? { workspace: result.factor.workspace } : memory;
  return { analysed: { pattern, symbolic, ...kept }, result };
}
