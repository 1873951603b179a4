import type { Factored, StiffnessSolver } from "../deform/index.ts";
import type { ForceField } from "../dynamics/index.ts";
import { lengthUnit } from "../space/index.ts";
import { dot, maxNorm } from "../vectors.ts";
import { lowestCurvature } from "./lowestcurvature.ts";
import { toStationaryPoint } from "./stationary.ts";

/** Differences of the gradient are over so much of the furthest particle, bond lengths. */
const PROBE = 1e-5;
const STEPS = 2500;
/** Steps of the mode a step of the climb. */
const TURNS = 4;
/** No coordinate moves further in one step, bond lengths. */
const MOST = 0.04;
/** Newton's method is tried below this residual over the typical pair force, and again each time it is smaller by this. */
const [HANDOVER, LESS] = [1e-2, 0.1];
/** Products in which the largest curvature is found, which sets the time step. */
const STIFFEST = 12;

/** A saddle of index one: its positions, about its unstable mode, M's factor there. */
export interface Summit {
  readonly at: Float64Array;
  readonly mode: Float64Array;
  readonly factored: Factored;
}

/** v ↦ M·v at x by central differences of the gradient. */
export function curvatureProduct(field: ForceField, x: Float64Array): (v: Float64Array) => Float64Array {
  const probe = PROBE * bondOf(field);
  return (v) => {
    const h = probe / maxNorm(v);
    const [behind, ahead] = [gradientAt(field, x, v, -h), gradientAt(field, x, v, h)];
    return ahead.map((value, k) => (value - behind[k]) / (2 * h));
  };
}

/** A bond length, λ. */
export function bondOf({ box, count }: Pick<ForceField, "box" | "count">): number {
  return lengthUnit(box, count);
}

function gradientAt(field: ForceField, x: Float64Array, v: Float64Array, by: number): Float64Array {
  field.setPositions(x.map((value, k) => value + by * v[k]));
  return field.gradient();
}

/**
 * From x (read) up along the lowest mode and down across it (Henkelman & Jónsson, J. Chem. Phys. 111, 7010, 1999): FIRE
 * (Bitzek et al., Phys. Rev. Lett. 97, 170201, 2006) on the force with its part along the mode turned round, that part alone
 * where the mode curves up; then Newton's method. Undefined where it comes to no saddle of index one.
 */
export function minimumModeClimb(
  field: ForceField,
  solver: StiffnessSolver,
  { x: from, mode: guess, typical }: { x: Float64Array; mode: Float64Array; typical: number },
): Summit | undefined {
  const x = from.slice();
  const product = curvatureProduct(field, x);
  const stiffest = -lowestCurvature((u) => product(u).map((w) => -w), field.wrappedPositions(), STIFFEST)
    .value;
  const longest = 1 / Math.sqrt(stiffest);
  let dt = 0.3 * longest;
  let [mixing, downhill] = [0.1, 0];
  const bond = bondOf(field);
  const ahead = (u: Float64Array, g: Float64Array) => {
    const h = (PROBE * bond) / maxNorm(u);
    return gradientAt(field, x, u, h).map((value, k) => (value - g[k]) / h);
  };
  const v = new Float64Array(x.length);
  let mode = guess;
  let handover = HANDOVER;
  for (let k = 0; k < STEPS; k++) {
    field.setPositions(x);
    const g = field.gradient();
    const residual = field.maxGradient() / typical;
    const found = lowestCurvature((u) => ahead(u, g), mode, TURNS);
    mode = found.vector;
    if (found.value < 0 && residual < handover) {
      handover = LESS * residual;
      const at = x.slice();
      field.setPositions(at);
      const factored = toStationaryPoint(field, solver, at, typical);
      if (factored?.factor.negative === 1) return { at, mode, factored };
      continue;
    }
    const along = dot(g, mode);
    const force =
      found.value < 0 ? g.map((value, p) => 2 * along * mode[p] - value) : mode.map((m) => along * m);
    if (dot(force, v) > 0) {
      const ratio = Math.sqrt(dot(v, v) / dot(force, force));
      for (let p = 0; p < v.length; p++) v[p] = (1 - mixing) * v[p] + mixing * ratio * force[p];
      if (++downhill > 5) {
        dt = Math.min(1.1 * dt, longest);
        mixing *= 0.99;
      }
    } else {
      v.fill(0);
      [dt, mixing, downhill] = [Math.max(0.5 * dt, 0.02 * longest), 0.1, 0];
    }
    for (let p = 0; p < v.length; p++) v[p] += dt * force[p];
    const most = dt * maxNorm(v);
    const scale = most > MOST * bond ? (MOST * bond) / most : 1;
    for (let p = 0; p < x.length; p++) x[p] += scale * dt * v[p];
  }
  return undefined;
}
