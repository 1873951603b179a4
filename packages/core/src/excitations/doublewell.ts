import { type Factored, StiffnessSolver, solveCentred } from "../deform/index.ts";
import { ForceField, minimize } from "../dynamics/index.ts";
import { typicalForce } from "../interactions/index.ts";
import type { Minimum } from "../minimum/index.ts";
import { withoutMean } from "../sparse/index.ts";
import { dot, norm, unit } from "../vectors.ts";
import type { Excitation } from "./excitation.ts";

/** Two neighbouring minima and the saddle between them. */
export interface DoubleWell {
  /** E_saddle − E from this minimum, and from the other one, ε. */
  readonly barrier: number;
  readonly back: number;
  /** E of the other minimum − E of this one, ε. */
  readonly difference: number;
  /** |x′ − x| from minimum to minimum, and from this one to the saddle, λ; without the common translation. */
  readonly displacement: number;
  readonly toSaddle: number;
  /** (Σ|u_i|²)²/Σ|u_i|⁴ of the displacement between the minima. */
  readonly participation: number;
  /** Negative eigenvalues of M at the saddle, by the signs of its factor: 1. */
  readonly index: number;
  /** From the saddle the way back leads to the minimum it came from. */
  readonly returns: boolean;
  /** N×d, λ: from this minimum to the saddle, and to the other minimum. */
  readonly saddle: Float64Array;
  readonly other: Float64Array;
}

/** What became of a search for a saddle. */
export type DoubleWellResult =
  | ({ readonly status: "found" } & DoubleWell)
  /** none: the energy rises as far as was looked; lost: no stationary point of index one where it stopped rising. */
  | { readonly status: "none" | "lost"; readonly reason: string };

/** How far a saddle is looked for. */
export interface DoubleWellOptions {
  /** In units of the cubic estimate 2κ/τ of its distance; default 4. */
  readonly reach?: number;
}

/** Steps to the cubic estimate of the saddle. */
const STEPS = 6;
const CORRECTIONS = 8;
/** Planes between the last one on this side and the first one beyond the saddle, from which Newton's method goes on. */
const SECANTS = 3;
/** A slope beyond the saddle of more times that before it is another branch's. */
const STEEPEST = 20;
/** Residuals over the typical pair force: of points on the way, and of the saddle. */
const [ON_THE_WAY, AT_REST] = [1e-6, 1e-11];
/** No coordinate moves further in one correction, λ. */
const WILD = 0.3;
/** From the saddle down, along the way that led to it, λ of the whole displacement. */
const PUSH = 0.05;
/** Minima closer than this (λ, any coordinate) are one. */
const SAME = 1e-4;

/**
 * Follows an excitation z to its saddle and down the other side. The energy is minimised on the planes z·(x − x₀) = s,
 * s going to −2κ/τ and beyond, until dE/ds changes sign; Newton's method goes on to the stationary point, where M has to
 * have one negative eigenvalue (the signs of its L·S·Lᵀ, translations pinned); then down both ways. Cost: some twenty
 * factorisations and two descents.
 */
export function doubleWell(
  minimum: Minimum,
  { field: z, stiffness, anharmonicity }: Excitation,
  { reach = 4 }: DoubleWellOptions = {},
): DoubleWellResult {
  const { system, model } = minimum;
  const field = ForceField.create(system, model);
  const solver = new StiffnessSolver(field, undefined, true);
  const start = field.positions();
  const typical = typicalForce(field.interactions());
  const energy = field.energy;
  const cubic = (2 * stiffness) / anharmonicity;
  const away = (to: Float64Array) =>
    withoutMean(
      to.map((value, k) => value - start[k]),
      field.dimension,
    );
  let x = start.slice();
  let slope = 0;
  let gone = 0;
  let step = cubic / STEPS;
  let nearing = 0;
  while (nearing < SECANTS) {
    if (gone >= reach * cubic)
      return { status: "none", reason: `the energy rises as far as ${reach} times 2κ/τ` };
    const next = x.slice();
    field.setPositions(next);
    const now = nextPlane(field, solver, z, next, -step, typical);
    if (now === undefined || now > STEEPEST * -slope) {
      if (nearing > 0) break;
      step /= 2;
      if (step < cubic / (16 * STEPS))
        return lost("the energy on a plane has no minimum near the last one's");
      continue;
    }
    if (now <= 0) {
      [x, slope, gone] = [next, now, gone + step];
      // a secant from here to the plane beyond
      if (nearing > 0) step *= 0.5;
      else step = Math.min(cubic / STEPS, 2 * step);
      if (nearing > 0) nearing++;
    } else {
      nearing++;
      step *= slope / (slope - now);
      if (!(step > 0)) return lost("the energy does not rise at first");
    }
  }
  field.setPositions(x);
  const index = toStationaryPoint(field, solver, x, typical);
  if (index !== 1)
    return lost(
      index === undefined
        ? "Newton's method leaves the neighbourhood"
        : `a stationary point of index ${index}`,
    );
  const saddle = away(x);
  const top = field.energy;
  const direction = unit(saddle);
  const down = (sign: number) => {
    field.setPositions(x.map((value, k) => value + sign * PUSH * direction[k]));
    const ended = minimize(field);
    const moved = away(field.positions());
    return { ended, moved, energy: field.energy };
  };
  const home = down(-1);
  const there = down(1);
  if (there.ended.status !== "converged") return lost("the descent from the saddle found no minimum");
  const largest = (u: Float64Array) => u.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest(there.moved) < SAME) return lost("both sides of the saddle lead to the same minimum");
  const squares = new Float64Array(there.moved.length / field.dimension);
  there.moved.forEach((u, k) => {
    const p = Math.floor(k / field.dimension);
    squares[p] = squares[p] + u * u;
  });
  const total = squares.reduce((sum, s) => sum + s, 0);
  return {
    status: "found",
    barrier: top - energy,
    back: top - there.energy,
    difference: there.energy - energy,
    displacement: norm(there.moved),
    toSaddle: norm(saddle),
    participation: (total * total) / squares.reduce((sum, s) => sum + s * s, 0),
    index,
    returns: largest(home.moved) < SAME,
    saddle,
    other: there.moved,
  };
}

const lost = (reason: string): DoubleWellResult => ({ status: "lost", reason });

/** Moves x to the plane `by` further along z, and to the minimum on it; dE/ds there, or undefined where that fails. */
function nextPlane(
  field: ForceField,
  solver: StiffnessSolver,
  z: Float64Array,
  x: Float64Array,
  by: number,
  typical: number,
): number | undefined {
  const first = solver.factorize(solver.assemble());
  if (!first) return undefined;
  const tangent = solveCentred(first, z);
  const rate = dot(z, tangent);
  // On its plane the energy has a minimum: one negative eigenvalue at most, and that across it.
  if (first.factor.negative > (rate < 0 ? 1 : 0)) return undefined;
  if (
    !stepTo(
      x,
      tangent.map((value) => (by / rate) * value),
    )
  )
    return undefined;
  field.setPositions(x);
  for (let k = 0; k <= CORRECTIONS; k++) {
    const g = field.gradient();
    const slope = dot(g, z);
    let rest = 0;
    for (let p = 0; p < g.length; p++) rest = Math.max(rest, Math.abs(g[p] - slope * z[p]));
    if (rest <= ON_THE_WAY * typical) return slope;
    const factored = solver.factorize(solver.assemble());
    if (!factored || !stepTo(x, planeStep(factored, g, z))) return undefined;
    field.setPositions(x);
  }
  return undefined;
}

/** −M⁻¹g with what leaves the plane taken back along M⁻¹z. */
function planeStep(factored: Factored, g: Float64Array, z: Float64Array): Float64Array {
  const a = solveCentred(factored, g);
  const b = solveCentred(factored, z);
  const part = dot(z, a) / dot(z, b);
  return a.map((value, k) => part * b[k] - value);
}

/** Newton's method; the index of the stationary point, or undefined. */
function toStationaryPoint(
  field: ForceField,
  solver: StiffnessSolver,
  x: Float64Array,
  typical: number,
): number | undefined {
  for (let k = 0; k <= 2 * CORRECTIONS; k++) {
    const factored = solver.factorize(solver.assemble());
    if (!factored) return undefined;
    if (field.maxGradient() <= AT_REST * typical) return factored.factor.negative;
    const move = solveCentred(factored, field.gradient());
    if (
      !stepTo(
        x,
        move.map((value) => -value),
      )
    )
      return undefined;
    field.setPositions(x);
  }
  return undefined;
}

/** Adds a step that is not wild; whether it was. */
function stepTo(x: Float64Array, step: Float64Array): boolean {
  let most = 0;
  for (const value of step) most = Math.max(most, Math.abs(value));
  if (!(most <= WILD)) return false;
  for (let k = 0; k < x.length; k++) x[k] += step[k];
  return true;
}
