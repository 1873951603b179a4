import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import {
  type Arithmetic,
  type BlockSymmetric,
  componentsOf,
  ScaledMatrix,
  solveIteratively,
  withoutMean,
} from "../sparse/index.ts";

/** Residuals, over that of nothing, to which steps of Newton's method far from and near to the minimum are found. */
const [ROUGH, FINE] = [1e-2, 1e-4];
/** Share of the residual aimed at that inexact steps may leave. */
const LEFT = 0.1;

/** How far a configuration is from its minimum, and is to be: max|∂U/∂x| over the typical pair force. */
export interface Distance {
  readonly residual: number;
  readonly goal: number;
}

/**
 * A step M⁻¹·∂U/∂x of Newton's method (N×d, without a mean) without a factor, by conjugate gradients, as exactly as it
 * helps: what a step leaves is some of what the step solves for, and the square of the distance (inexact Newton; Dembo,
 * Eisenstat & Steihaug 1982). So many steps together cost about one exact one. Throws "not-a-minimum" where M is not positive
 * definite. Cost: √(ω²_max/ω²_min) products of M.
 */
export function iteratedStep(
  matrix: BlockSymmetric,
  gradient: Float64Array,
  { residual, goal }: Distance,
  arithmetic: Arithmetic,
  control: WorkControl = {},
): Float64Array {
  const tolerance = Math.min(ROUGH, Math.max(FINE, (LEFT * goal) / residual));
  return solved(matrix, gradient, tolerance, arithmetic, control);
}

/** Whether conjugate gradients meet no direction of negative curvature on their way to M⁻¹·b (N×d, read). */
export function seemsPositive(matrix: BlockSymmetric, b: Float64Array, arithmetic: Arithmetic): boolean {
  try {
    solved(matrix, b, 1e-7, arithmetic, {});
    return true;
  } catch (error) {
    if (error instanceof SoftfieldError && error.code === "not-a-minimum") return false;
    throw error;
  }
}

function solved(
  matrix: BlockSymmetric,
  b: Float64Array,
  tolerance: number,
  arithmetic: Arithmetic,
  control: WorkControl,
): Float64Array {
  const d = componentsOf(matrix);
  const scaled = new ScaledMatrix(matrix, arithmetic);
  const [x] = solveIteratively(scaled, [withoutMean(b, d)], tolerance, control);
  return withoutMean(x, d);
}
