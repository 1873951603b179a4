import { volume } from "../space/index.ts";
import { centre } from "../sparse/index.ts";
import { product, trace } from "../squarematrices.ts";
import { dot } from "../vectors.ts";
import { affineResponse } from "./affine.ts";
import { borderOf, boxDerivatives, multiplyBordered, solvedBorder, stretchScale } from "./border.ts";
import type { DeformedBox } from "./deformation.ts";
import {
  coordinatesOf,
  deformedBox,
  enthalpy,
  joined,
  ofStretches,
  referenceVolume,
  type Stage,
  workVolume,
} from "./stage.ts";
import { type Factored, type Stiffness, solveCentred } from "./stiffness.ts";

/** A minimum on an elastic branch and how it moves with the strain. */
export interface BranchPoint {
  /** γ */
  readonly strain: number;
  /**
   * Fractional coordinates along continuous paths, N×d: what an affine deformation leaves as it is; then the m free
   * stretches of the box.
   */
  readonly fractional: Float64Array;
  /** Non-affine part of the motion: d(fractional)/dγ, N×d and m. */
  readonly velocity: Float64Array;
  /** U, ε; with free stretches U + P(V − V₀). */
  readonly energy: number;
  /** (1/V) dU/dγ, ε/λ^d; where the volume changes (1/V₀) d(U + P(V − V₀))/dγ. */
  readonly stress: number;
  /** dσ/dγ along the branch: Born less non-affine, ε/λ^d. */
  readonly modulus: number;
  /** Stress as it is shown, that of the load (Cauchy's), and its derivative along the branch, ε/λ^d. */
  readonly shown: { readonly stress: number; readonly modulus: number };
  /** Lowest eigenvalue of M without translations (an upper bound, sharp where it lies apart), ε/λ². */
  readonly eigenvalue: number;
  /** Its mode, N×d (and m, τ), of length 1, in the direction in which the branch moves. */
  readonly mode: Float64Array;
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
    const rest = multiplyBordered(stiffness, x);
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

/** A Hessian with what its box adds, and how the glass answers to the strain. */
export interface Loaded {
  readonly stiffness: Stiffness;
  /** −∂²H/∂x∂γ and −∂²H/∂τ∂γ, centred. */
  readonly pull: Float64Array;
  /** As `BranchPoint` has it. */
  readonly stress: number;
  /** (1/V) ∂²H/∂γ² at affine displacements. */
  readonly born: number;
}

/** The Hessian of the field in a deformed box, and what the strain asks of it. */
export function loadedStiffness(stage: Stage, deformed: DeformedBox): Loaded {
  const { field, solver, deformation } = stage;
  const bare = solver.assemble();
  if (deformation.isochoric) {
    const affine = affineResponse(bare.interactions, deformed);
    const pull = affine.force.map((x) => -x);
    centre(bare, pull);
    return { stiffness: bare, pull, stress: affine.stress, born: affine.born };
  }
  const box = boxDerivatives(bare.interactions, deformed, deformation.options.pressure ?? 0);
  const scale = stretchScale(field.count);
  const v = referenceVolume(deformation);
  const pull = joined(
    box.force,
    box.mixed.map((h) => h / scale),
  ).map((x) => -x);
  centre(bare, pull);
  const border = deformation.freedom > 0 ? borderOf(bare, box, field.count) : undefined;
  return { stiffness: { ...bare, border }, pull, stress: box.first / v, born: box.second / v };
}

/** M and S factorised, or undefined where the enthalpy has no minimum there. */
export function factorised(stage: Stage, stiffness: Stiffness): Factored | undefined {
  const factored = stage.solver.factorize(stiffness);
  if (!factored || !stiffness.border) return factored;
  const solved = solvedBorder(factored, stiffness.border);
  return solved && { ...factored, border: solved, solved };
}

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
  const deformed = stage.deformation.at(at.strain, ofStretches(at.fractional, stage));
  const { stiffness, pull, stress, born } = loadedStiffness(stage, deformed);
  let factored = near;
  let motion = factored && solveNear(factored, stiffness, pull, VELOCITY);
  if (!motion || !factored) {
    factored = factorised(stage, stiffness);
    if (!factored) return undefined;
    motion = solveCentred(factored, pull);
  }
  const { mode, eigenvalue } = lowestMode(factored, stiffness, guess ?? motion);
  if (!(eigenvalue > 0)) return undefined;
  if (dot(mode, motion) < 0) for (let k = 0; k < mode.length; k++) mode[k] = -mode[k];
  const velocity = coordinatesOf(stage, motion, deformed);
  const modulus = born - dot(pull, motion) / workVolume(stage);
  const point = {
    ...at,
    velocity,
    energy: enthalpy(stage),
    stress,
    modulus,
    shown: shownStress(stage, deformed, at.strain, { stress, modulus, velocity }),
    eigenvalue,
    mode,
  };
  return { point, factored };
}

/** What a minimum in the field answers to its strain: H, its stress, and that which is shown. */
export type LoadedState = Pick<BranchPoint, "energy" | "stress"> & {
  readonly shown: Pick<BranchPoint["shown"], "stress">;
};

/** Without a factor. O(m). */
export function stateOf(stage: Stage, strain: number): LoadedState {
  const { field, deformation } = stage;
  const deformed = deformedBox(stage, strain);
  const energy = enthalpy(stage);
  const affine = affineResponse(field.interactions(), deformed);
  if (deformation.isochoric) return { energy, stress: affine.stress, shown: { stress: affine.stress } };
  const p = deformation.freedom > 0 ? (deformation.options.pressure ?? 0) : 0;
  const grows = trace(deformed.rate, field.dimension);
  const stress = ((affine.stress + p * grows) * volume(field.box)) / referenceVolume(deformation);
  return { energy, stress, shown: shownStress(stage, deformed, strain, { stress }) };
}

/**
 * The stress of the load, σ = g(γ) (1/V) ∂U/∂γ, and dσ/dγ along the branch, from those of the enthalpy by V₀:
 * ∂U/∂γ = V₀ σ_H − P ∂V/∂γ, and d(∂V/∂γ)/dγ by V, its rates, and how the stretches move.
 */
function shownStress(
  stage: Stage,
  { box, rate, curvature, free }: DeformedBox,
  strain: number,
  { stress, modulus, velocity }: { stress: number; modulus?: number; velocity?: Float64Array },
): BranchPoint["shown"] {
  const { deformation } = stage;
  if (deformation.isochoric) return { stress, modulus: modulus ?? Number.NaN };
  const d = box.dimension;
  const v = volume(box);
  const v0 = referenceVolume(deformation);
  const p = deformation.freedom > 0 ? (deformation.options.pressure ?? 0) : 0;
  const { value, slope } = deformation.gauge(strain);
  const grows = trace(rate, d);
  const first = v0 * stress - p * v * grows;
  const shown = (value * first) / v;
  if (modulus === undefined || !velocity) return { stress: shown, modulus: Number.NaN };
  const moves = ofStretches(velocity, stage);
  let swells = grows;
  let bends = grows * grows + trace(curvature, d) - trace(product(rate, rate, d), d);
  free.forEach((one, k) => {
    const own = trace(one.rate, d);
    swells += moves[k] * own;
    bends += moves[k] * (own * grows + trace(one.mixed, d) - trace(product(one.rate, rate, d), d));
  });
  const second = v0 * modulus - p * v * bends;
  return { stress: shown, modulus: (value * second + slope * first) / v - shown * swells };
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
    eigenvalue = dot(mode, multiplyBordered(stiffness, mode));
    if (Math.abs(eigenvalue - before) <= MODE_ACCURACY * Math.abs(eigenvalue)) break;
  }
  return { mode, eigenvalue };
}

function normalise(x: Float64Array): void {
  const inverse = 1 / Math.sqrt(dot(x, x));
  for (let k = 0; k < x.length; k++) x[k] *= inverse;
}
