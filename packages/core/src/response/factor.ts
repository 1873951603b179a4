import { type HessianPattern, hessian, hessianPattern, type Interactions } from "../interactions/index.ts";
import type { WorkControl } from "../progress.ts";
import { type Box, wrapPositions } from "../space/index.ts";
import {
  analyze,
  type CholeskyResult,
  type CholeskySymbolic,
  type CholeskyWorkspace,
  factorize,
  hasPattern,
} from "../sparse/index.ts";

/** A structure ready for linear response: all its particles belong to one connected cluster. */
export interface Structure {
  readonly box: Box;
  /** N×d, unit λ */
  readonly positions: Float64Array;
  readonly interactions: Interactions;
}

/** The pattern of M with its symbolic factorisation and memory: these are used again while the blocks stay the same. */
export interface Analysed {
  readonly pattern: HessianPattern;
  readonly symbolic: CholeskySymbolic;
  readonly workspace?: CholeskyWorkspace;
}

export interface FactorHessianOptions {
  /** Particle whose d rows are dropped; nothing that is a difference depends on it. Default 0. */
  readonly pin?: number;
  /** Fused multiply-add where the engine has it (default); false: bit-exact on every machine. */
  readonly relaxed?: boolean;
  /** An earlier analysis, used again where M still has the same blocks. */
  readonly reuse?: Analysed;
}

/** Orders and analyses the pattern of M (nested dissection by geometry). ~10 µs a particle. */
export function analyseStructure(structure: Structure): Analysed {
  return analysed(structure, hessianPattern(structure.interactions));
}

function analysed({ box, positions }: Structure, pattern: HessianPattern): Analysed {
  const { fractional } = wrapPositions(box, positions);
  return { pattern, symbolic: analyze(pattern, { dimension: box.dimension, fractional }) };
}

/** The Cholesky factor of M with one pinned particle, or the particle at which it is not positive definite. */
export function factorHessian(
  structure: Structure,
  options: FactorHessianOptions = {},
  control: WorkControl = {},
): { analysed: Analysed; result: CholeskyResult } {
  const { pin = 0, relaxed = true, reuse } = options;
  // Its own places for its interactions: of two images of one pair one may go while another comes.
  const pattern = hessianPattern(structure.interactions);
  const { symbolic, workspace } =
    reuse && hasPattern(reuse.symbolic, pattern) ? reuse : analysed(structure, pattern);
  const matrix = hessian(structure.interactions, pattern);
  const memory = workspace ? { workspace } : {};
  const result = factorize(symbolic, matrix, { pins: [pin], relaxed, ...memory }, control);
  const kept = result.status === "ok" ? { workspace: result.factor.workspace } : memory;
  return { analysed: { pattern, symbolic, ...kept }, result };
}
