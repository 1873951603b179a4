import { type Factored, type StiffnessSolver, solveCentred } from "../deform/index.ts";
import type { ForceField } from "../dynamics/index.ts";
import { dot } from "../vectors.ts";
import { stepTo } from "./stationary.ts";

/** How far a way up goes: in units of a `scale`, λ, in which the first saddle is expected. */
interface Reach {
  readonly typical: number;
  readonly scale: number;
  readonly reach: number;
}

/**
 * Where a way up has ended. crest: between two planes of which the energy still rises on the first and falls on the second;
 * none: it rises as far as was looked; lost: no minimum was left on a plane. x is on the last plane on this side.
 */
export type Climb = { readonly x: Float64Array } & (
  | { readonly status: "crest" | "none" }
  | { readonly status: "lost"; readonly reason: string }
);

/** Steps to the scale. */
const STEPS = 6;
const CORRECTIONS = 8;
/** Planes between the last one on this side and the first one beyond the saddle, from which Newton's method goes on. */
const SECANTS = 3;
/** A slope beyond the saddle of more times that before it is another branch's. */
const STEEPEST = 20;
/** Residual over the typical pair force of points on the way. */
const ON_THE_WAY = 1e-6;

/**
 * Up from a minimum, where the field is, against z (N×d, a unit vector without mean): the energy is minimised on the planes
 * z·(x − x₀) = s, s going to −reach·scale, until dE/ds changes sign. Cost: some twenty factorisations.
 */
export function upPlanes(
  field: ForceField,
  solver: StiffnessSolver,
  z: Float64Array,
  { typical, scale, reach }: Reach,
): Climb {
  let x = field.positions();
  let slope = 0;
  let gone = 0;
  let step = scale / STEPS;
  let nearing = 0;
  while (nearing < SECANTS) {
    if (gone >= reach * scale) return { status: "none", x };
    const next = x.slice();
    field.setPositions(next);
    const now = nextPlane(field, solver, z, next, -step, typical);
    if (now === undefined || now > STEEPEST * -slope) {
      if (nearing > 0) break;
      step /= 2;
      if (step < scale / (16 * STEPS))
        return { status: "lost", reason: "the energy on a plane has no minimum near the last one's", x };
      continue;
    }
    if (now <= 0) {
      [x, slope, gone] = [next, now, gone + step];
      // a secant from here to the plane beyond
      if (nearing > 0) step *= 0.5;
      else step = Math.min(scale / STEPS, 2 * step);
      if (nearing > 0) nearing++;
    } else {
      nearing++;
      step *= slope / (slope - now);
      if (!(step > 0)) return { status: "lost", reason: "the energy does not rise at first", x };
    }
  }
  return { status: "crest", x };
}

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
