import { SoftfieldError } from "../../errors.ts";
import {
  findRattlers,
  hessian,
  type Interactions,
  typicalForce,
  withoutParticles,
} from "../../interactions/index.ts";
import { analyseStructure, iteratedStep, seemsPositive } from "../../minimum/index.ts";
import type { WorkControl } from "../../progress.ts";
import {
  type BlockSymmetric,
  type CholeskyResult,
  type CholeskySymbolic,
  type CholeskyWorkspace,
  createWorkspace,
  factorize,
  hasPattern,
  solve,
} from "../../sparse/index.ts";
import { maxNorm, ontoRows, rowsOf } from "../../vectors.ts";
import type { ForceField } from "../forcefield.ts";

/**
 * The Hessian of a field without its rattlers, ready to be factorised; unlike the backbone of a `Minimum` it may fall
 * apart into clusters, and unlike the stiffness of a deformation it has no rows for rattlers.
 */
export interface BackboneHessian {
  readonly interactions: Interactions;
  readonly matrix: BlockSymmetric;
  /** original index of each block row */
  readonly particles: Int32Array;
  readonly workspace: CholeskyWorkspace;
  /** one particle of each connected component */
  readonly pins: Int32Array;
}

/** How a Newton iteration ended; "far" where a step was long or did not help: descend further first. */
export interface NewtonEnd {
  readonly end: "converged" | "indefinite" | "far";
  readonly factorizations: number;
  readonly rattlers: number;
  /** Where "indefinite". */
  readonly hessian?: BackboneHessian;
}

export interface NewtonOptions {
  /** Converged at max |∂U/∂x| ≤ tolerance × the typical pair force. */
  readonly tolerance: number;
  /** A step that moves a particle further is not taken, λ. */
  readonly maxMove: number;
  /** Factors of more bytes are not made (default: as many as one memory holds; the same on every machine). */
  readonly factorBytes?: number;
}

const MAX_STEPS = 12;
/** What rounding of positions may leave of the gradient of a glass too large for a factor, over the typical pair force. */
const ROUNDED = 1e-11;
/** One memory: whether there is a factor must not depend on the machine. */
const FACTOR_BYTES = 2 ** 32;

/**
 * Newton's method with the sparse Cholesky factor, x ← x − M⁻¹ ∂U/∂x, one particle of each cluster pinned.
 *
 * Also proves, where it converges, that the configuration is a minimum: the factor exists. Plain arithmetic, the
 * same bits on every engine. Cost: a factorisation a step, 2–4 steps from a residual of 1e-6. Where a factor would be
 * larger than 4 GiB, steps are found by conjugate gradients, and that these meet no negative curvature takes the place of the proof.
 */
export function newton(
  field: ForceField,
  { tolerance, maxMove, factorBytes = FACTOR_BYTES }: NewtonOptions,
  control: WorkControl = {},
): NewtonEnd {
  let previous = Infinity;
  let assembled: BackboneHessian | undefined;
  let tooLarge = false;
  for (let step = 0; step <= MAX_STEPS; step++) {
    const all = field.interactions();
    const typical = typicalForce(all);
    if (typical === 0) return { end: "converged", factorizations: step, rattlers: field.count };
    const residual = field.maxGradient() / typical;
    const rattlers = field.count - (assembled?.particles.length ?? field.count);
    if (residual <= tolerance && assembled) return { end: "converged", factorizations: step, rattlers };
    const halved = residual < 0.5 * previous;
    if (!halved && !(tooLarge && residual <= ROUNDED)) return { end: "far", factorizations: step, rattlers };
    previous = residual;
    // as small as it gets: of 100,000 particles the largest gradient is some 1.3e-12 of the typical force by rounding
    const goal = halved ? tolerance : ROUNDED;
    const unordered = backboneOf(all);
    const count = step + 1;
    const loose = field.count - unordered.particles.length;
    const backbone = tooLarge ? undefined : analysed(unordered, field, assembled);
    if (!backbone || 8 * backbone.symbolic.nonzeros > factorBytes) {
      tooLarge = true;
      const moves = iterated(unordered, field, { residual, goal });
      if (!moves) return { end: "far", factorizations: step, rattlers: loose };
      if (residual <= goal) return { end: "converged", factorizations: 0, rattlers: loose };
      if (!(maxNorm(moves) <= maxMove)) return { end: "far", factorizations: step, rattlers: loose };
      move(field, moves);
      continue;
    }
    assembled = withWorkspace(backbone, assembled);
    const result = factor(assembled, 0, control);
    if (result.status === "indefinite") {
      return { end: "indefinite", factorizations: count, rattlers: loose, hessian: assembled };
    }
    if (residual <= tolerance) return { end: "converged", factorizations: count, rattlers: loose };
    const g = rowsOf(field.gradient(), assembled.particles, field.dimension);
    const moves = ontoRows(solve(result.factor, g), assembled.particles, field.dimension, field.count);
    if (!(maxNorm(moves) <= maxMove)) return { end: "far", factorizations: count, rattlers: loose };
    move(field, moves);
  }
  return { end: "far", factorizations: MAX_STEPS, rattlers: 0 };
}

/** Factorises M + shift·1, by arithmetic that is the same everywhere; pinned only where there is no shift. */
export function factor(assembled: BackboneHessian, shift = 0, control: WorkControl = {}): CholeskyResult {
  const { workspace, matrix, pins } = assembled;
  const fixed = shift === 0 ? { pins } : { shift };
  return factorize(workspace.symbolic, matrix, { ...fixed, workspace, arithmetic: "reproducible" }, control);
}

/** x ← x − moves, N×d. */
function move(field: ForceField, moves: Float64Array): void {
  const [work] = field.workVectors(1) as [number];
  field.toVector(moves, work);
  field.kernels.axpy(field.length, -1, work, field.x);
  field.moved();
}

/**
 * M⁻¹·∂U/∂x without a factor, N×d; undefined where M is found not to be positive definite: at the minimum, where nothing is
 * to be moved any more, that is looked for long.
 */
function iterated(
  { matrix, particles }: Unordered,
  field: ForceField,
  distance: { readonly residual: number; readonly goal: number },
): Float64Array | undefined {
  const g = rowsOf(field.gradient(), particles, field.dimension);
  if (distance.residual <= distance.goal)
    return seemsPositive(matrix, g, "reproducible") ? new Float64Array(0) : undefined;
  try {
    const moves = iteratedStep(matrix, g, distance, "reproducible");
    return ontoRows(moves, particles, field.dimension, field.count);
  } catch (error) {
    if (error instanceof SoftfieldError && error.code === "not-a-minimum") return undefined;
    throw error;
  }
}

/** The Hessian of the present configuration. */
type Unordered = Omit<BackboneHessian, "workspace" | "pins">;
/** It with the order of its elimination. */
type Assembled = Unordered & { readonly symbolic: CholeskySymbolic };

/** Hessian and workspace of the present configuration; the analysis of `last` is kept while the pairs stay. */
export function assemble(field: ForceField, all: Interactions, last?: BackboneHessian): BackboneHessian {
  return withWorkspace(analysed(backboneOf(all), field, last), last);
}

function backboneOf(all: Interactions): Unordered {
  const { interactions, particles } = withoutParticles(all, findRattlers(all));
  return { interactions, matrix: hessian(interactions), particles };
}

function analysed(unordered: Unordered, field: ForceField, last?: BackboneHessian): Assembled {
  const { interactions, matrix, particles } = unordered;
  if (last && hasPattern(last.workspace.symbolic, matrix) && sameNumbers(last.particles, particles))
    return { ...unordered, particles: last.particles, symbolic: last.workspace.symbolic };
  const positions = rowsOf(field.wrappedPositions(), particles, field.dimension);
  const { symbolic } = analyseStructure({ box: field.box, positions, interactions });
  return { ...unordered, symbolic };
}

function withWorkspace({ symbolic, ...backbone }: Assembled, last?: BackboneHessian): BackboneHessian {
  if (last?.workspace.symbolic === symbolic) return { ...last, ...backbone };
  const arena = last?.workspace.arena;
  const workspace = createWorkspace(
    symbolic,
    arena ? { arithmetic: "reproducible", arena } : { arithmetic: "reproducible" },
  );
  return { ...backbone, workspace, pins: firstOfEach(symbolic) };
}

function firstOfEach({ component, componentCount }: CholeskySymbolic): Int32Array {
  return Int32Array.from({ length: componentCount }, (_, c) => component.indexOf(c));
}

function sameNumbers(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((value, k) => value === b[k]);
}
