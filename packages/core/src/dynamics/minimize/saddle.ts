import { movedBy, softestMode } from "../../minimum/index.ts";
import { type Clusters, centre, componentsOf } from "../../sparse/index.ts";
import { maxNorm, ontoRows } from "../../vectors.ts";
import type { ForceField } from "../forcefield.ts";
import { type BackboneHessian, factor } from "./newton.ts";

/** The steepest way down from a saddle. */
export interface UnstableMode {
  /** ω² < 0, the lowest eigenvalue of M, ε/λ². */
  readonly eigenvalue: number;
  /** N×d, normalised, 0 for rattlers. */
  readonly direction: Float64Array;
}

/** The lowest mode of an indefinite Hessian; undefined where M has no negative eigenvalue beyond rounding. */
export function unstableMode(field: ForceField, hessian: BackboneHessian): UnstableMode | undefined {
  const mode = softestMode(hessian.matrix, (shift) => factor(hessian, shift));
  if (!mode?.unstable) return undefined;
  return {
    eigenvalue: mode.eigenvalue,
    direction: ontoRows(mode.vector, hessian.particles, field.dimension, field.count),
  };
}

/** The particles that a zero mode of a singular Hessian moves, beyond the translations of its clusters. */
export function freeParticles(hessian: BackboneHessian): number[] {
  const { matrix, particles } = hessian;
  const clusters = clustersOf(hessian);
  const project = (x: Float64Array) => {
    centre(clusters, x);
    return x;
  };
  const mode = softestMode(matrix, (shift) => factor(hessian, shift), project);
  return mode ? movedBy(mode.vector, componentsOf(matrix)).map((p) => particles[p]) : [];
}

function clustersOf({ workspace, matrix }: BackboneHessian): Clusters {
  const { component, componentCount } = workspace.symbolic;
  const sizes = Array.from({ length: componentCount }, () => 0);
  for (const label of component) sizes[label]++;
  return { dimension: componentsOf(matrix), labels: Int32Array.from(component), sizes };
}

/** Moves the field along ± the mode, whichever lies lower, so that its furthest particle goes by `move` (λ). */
export function leaveSaddle(field: ForceField, mode: UnstableMode, move: number): void {
  const [direction] = field.workVectors(1) as [number];
  const most = maxNorm(mode.direction);
  field.toVector(mode.direction, direction);
  const shift = (by: number) => {
    field.kernels.axpy(field.length, by / most, direction, field.x);
    field.moved();
  };
  shift(move);
  const forward = field.energy;
  shift(-2 * move);
  if (forward < field.energy) shift(2 * move);
}
