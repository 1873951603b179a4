import type { ForceField } from "../dynamics/index.ts";
import { inverseVectors } from "../space/index.ts";
import { centre, multiply } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { affineResponse } from "./affine.ts";
import type { Deformation, DeformedBox } from "./deformation.ts";
import { type Factored, type Stiffness, type StiffnessSolver, solveCentred } from "./stiffness.ts";

/** A minimum on an elastic branch and how it moves with the strain. */
export interface BranchPoint {
  /** γ */
  readonly strain: number;
  /** Fractional coordinates along continuous paths, N×d: what an affine deformation leaves as it is. */
  readonly fractional: Float64Array;
  /** Non-affine part of the motion: d(fractional)/dγ, N×d. */
  readonly velocity: Float64Array;
  /** U, ε. */
  readonly energy: number;
  /** (1/V) dU/dγ, ε/λ^d. */
  readonly stress: number;
  /** dσ/dγ along the branch: Born less non-affine, ε/λ^d. */
  readonly modulus: number;
  /** Lowest eigenvalue of M without translations (an upper bound, sharp where it lies apart), ε/λ². */
  readonly eigenvalue: number;
  /** Its mode, N×d, of length 1, in the direction in which the branch moves. */
  readonly mode: Float64Array;
}

/** A field under a deformation: places configurations, solves for answers. */
export interface Stage {
  readonly field: ForceField;
  readonly solver: StiffnessSolver;
  readonly deformation: Deformation;
}

/** Puts a configuration (fractional, N×d, read) at a strain into the field. */
export function place({ field, deformation }: Stage, strain: number, fractional: Float64Array): DeformedBox {
  const deformed = deformation.at(strain);
  field.setBox(deformed.box);
  field.setPositions(product(fractional, deformed.box.vectors, field.dimension));
  return deformed;
}

/** Fractional coordinates of the field's continuous positions. */
export function fractionalOf({ field }: Stage): Float64Array {
  return product(field.positions(), inverseVectors(field.box), field.dimension);
}

/** Positions at a strain of what has these fractional coordinates. */
export function positionsAt(
  { deformation, field }: Stage,
  strain: number,
  fractional: Float64Array,
): Float64Array {
  return product(fractional, deformation.at(strain).box.vectors, field.dimension);
}

/** Rows x·h for lower triangular h (d×d); x: N×d. */
export function product(x: Float64Array, h: Float64Array, d: number): Float64Array {
  const out = new Float64Array(x.length);
  for (let p = 0; p < x.length; p += d) {
    for (let c = 0; c < d; c++) {
      let sum = 0;
      for (let a = c; a < d; a++) sum += x[p + a] * h[a * d + c];
      out[p + c] = sum;
    }
  }
  return out;
}

/** Largest length of a particle's vector, and the particle (the first of equals). */
export function peak(x: Float64Array, d: number): { particle: number; length: number } {
  let most = -1;
  let particle = 0;
  for (let p = 0; p < x.length; p += d) {
    let square = 0;
    for (let a = 0; a < d; a++) square += x[p + a] * x[p + a];
    if (square > most) {
      most = square;
      particle = p / d;
    }
  }
  return { particle, length: Math.sqrt(Math.max(0, most)) };
}

const REFINEMENTS = 12;

/**
 * M⁻¹·b for a matrix near to the one that was factorised, by iterative refinement to `accuracy` relative to b;
 * undefined where that does not converge quickly.
 */
export function solveNear(
  factored: Factored,
  stiffness: Stiffness,
  b: Float64Array,
  accuracy: number,
): Float64Array | undefined {
  const x = solveCentred(factored, b);
  if (factored.matrix === stiffness.matrix) return x;
  const goal = accuracy * Math.sqrt(dot(b, b));
  let before = Infinity;
  for (let k = 0; k < REFINEMENTS; k++) {
    const rest = multiply(stiffness.matrix, x);
    for (let p = 0; p < rest.length; p++) rest[p] = b[p] - rest[p];
    centre(stiffness, rest);
    const size = Math.sqrt(dot(rest, rest));
    if (size <= goal) return x;
    if (!(size < 0.5 * before)) return undefined;
    before = size;
    const correction = solveCentred(factored, rest);
    for (let p = 0; p < x.length; p++) x[p] += correction[p];
  }
  return undefined;
}

/** Accuracy of velocities. */
const VELOCITY = 1e-10;
/** Inverse iteration ends where the eigenvalue changes by less than this, or after so many solves. */
const MODE_ACCURACY = 2e-3;
const MAX_INVERSE = 8;

/**
 * What a minimum in the field is as a point of its branch; undefined where M is not positive definite.
 * `near`: a factor of about this configuration, replaced where it is not near enough; `mode`: a guess.
 */
export function measure(
  stage: Stage,
  at: { strain: number; fractional: Float64Array },
  near?: Factored,
  guess?: Float64Array,
): { point: BranchPoint; factored: Factored } | undefined {
  const { field, solver, deformation } = stage;
  const stiffness = solver.assemble();
  const deformed = deformation.at(at.strain);
  const affine = affineResponse(stiffness.interactions, deformed);
  const pull = affine.force.map((x) => -x);
  centre(stiffness, pull);
  let factored = near;
  let motion = factored && solveNear(factored, stiffness, pull, VELOCITY);
  if (!motion || !factored) {
    factored = solver.factorize(stiffness);
    if (!factored) return undefined;
    motion = solveCentred(factored, pull);
  }
  const { mode, eigenvalue } = lowestMode(factored, stiffness, guess ?? motion);
  if (!(eigenvalue > 0)) return undefined;
  if (dot(mode, motion) < 0) for (let k = 0; k < mode.length; k++) mode[k] = -mode[k];
  const volume = deformed.box.vectors.reduce((v, h, k) => (k % (field.dimension + 1) === 0 ? v * h : v), 1);
  const point = {
    ...at,
    velocity: product(motion, inverseVectors(deformed.box), field.dimension),
    energy: field.energy,
    stress: affine.stress,
    modulus: affine.born - dot(pull, motion) / volume,
    eigenvalue,
    mode,
  };
  return { point, factored };
}

/**
 * Inverse iteration with a factor of about this matrix: the mode is off in the first order of the difference, its
 * Rayleigh quotient with the matrix itself in the second.
 */
function lowestMode(
  factored: Factored,
  stiffness: Stiffness,
  guess: Float64Array,
): { mode: Float64Array; eigenvalue: number } {
  let mode: Float64Array = guess.slice();
  centre(stiffness, mode);
  let eigenvalue = Infinity;
  for (let k = 0; k < MAX_INVERSE; k++) {
    normalise(mode);
    mode = solveCentred(factored, mode);
    normalise(mode);
    const before = eigenvalue;
    eigenvalue = dot(mode, multiply(stiffness.matrix, mode));
    if (Math.abs(eigenvalue - before) <= MODE_ACCURACY * Math.abs(eigenvalue)) break;
  }
  return { mode, eigenvalue };
}

function normalise(x: Float64Array): void {
  const inverse = 1 / Math.sqrt(dot(x, x));
  for (let k = 0; k < x.length; k++) x[k] *= inverse;
}
