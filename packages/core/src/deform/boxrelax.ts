import { newton } from "../dynamics/index.ts";
import { symmetricEigen } from "../sparse/index.ts";
import { followedBy, schurOf, stretchScale } from "./border.ts";
import { descend, type ReleaseOptions } from "./descent.ts";
import { loadedStiffness } from "./point.ts";
import { deformedBox, enthalpy, fractionalOf, place, type Stage, stretchForces } from "./stage.ts";

/** No stretch changes by more in one step, unless the caller says otherwise. */
const LONGEST = 2e-3;
/** A step that does not lower the enthalpy is taken back and shortened so much, down to this length. */
const SHORTER = 0.25;
const SHORTEST = 1e-14;
const MAX_STEPS = 400;
/** An enthalpy higher by less than this, relative, is as low. */
const ROUNDING = 1e-13;

/**
 * Lets the box go: from a configuration in the field down to where the particles and the free stretches t of its box
 * are at a minimum of H = U + P(V − V₀); max |∂H/∂τ| ≤ `gradient`. Each step in t is Newton's, with the exact tangent
 * S = ∂²H/∂t∂t − (∂²H/∂t∂x) M⁻¹ (∂²H/∂x∂t) along which the particles follow, downhill where S bends the other way; the
 * particles are taken to their minimum after each. A factorisation a step and what `newton` takes, three to five steps
 * from nearby. False where the minimiser stalls or no minimum is found.
 */
export function relaxBox(
  stage: Stage,
  strain: number,
  gradient: number,
  options: ReleaseOptions,
  most = LONGEST,
): boolean {
  const { field, deformation } = stage;
  const m = deformation.freedom;
  if (m === 0) return true;
  const scale = stretchScale(field.count);
  let longest = most;
  let last: { fractional: Float64Array; enthalpy: number } | undefined;
  let step: Float64Array | undefined;
  for (let k = 0; k < MAX_STEPS; k++) {
    const { tolerance, maxMove } = options;
    if (newton(field, { tolerance, maxMove }).end !== "converged" && !descend(stage, options)) return false;
    if (options.interrupted?.()) return false;
    const h = enthalpy(stage);
    if (last && step && h > last.enthalpy + ROUNDING * (Math.abs(h) + field.count)) {
      longest = SHORTER * Math.max(...step.map(Math.abs));
      if (longest < SHORTEST) return false;
      place(stage, strain, last.fractional);
      if (newton(field, { tolerance, maxMove }).end !== "converged" && !descend(stage, options)) return false;
    } else if (step) longest = Math.min(most, 2 * longest);
    const deformed = deformedBox(stage, strain);
    const force = stretchForces(stage, deformed);
    const { stiffness } = loadedStiffness(stage, deformed);
    const border = stiffness.border!;
    const factored = stage.solver.factorize(stiffness);
    if (!factored) return false;
    const followed = followedBy(factored, border);
    const { values, vectors } = symmetricEigen(schurOf(border, followed));
    const small = force.every((f) => Math.abs(f) <= gradient * scale);
    if (small && values[0] > 0) return true;
    step = newtonStep(
      force.map((f) => f / scale),
      values,
      vectors,
      scale,
      longest,
    );
    last = { fractional: fractionalOf(stage), enthalpy: enthalpy(stage) };
    advance(stage, strain, last.fractional, step, followed);
  }
  return false;
}

/** −Σ v (v·g)/|λ| over the eigenvectors of S, as a change of t no longer than `longest`. */
function newtonStep(
  g: Float64Array,
  values: Float64Array,
  vectors: Float64Array,
  scale: number,
  longest: number,
): Float64Array {
  const m = g.length;
  const step = new Float64Array(m);
  for (let e = 0; e < m; e++) {
    let along = 0;
    for (let k = 0; k < m; k++) along += vectors[e * m + k] * g[k];
    for (let k = 0; k < m; k++) step[k] -= (vectors[e * m + k] * along) / (scale * Math.abs(values[e]));
  }
  const most = Math.max(...step.map(Math.abs));
  // at a saddle, where nothing drives: on along its unstable direction
  if (!(most > 0)) return step.map((_, k) => longest * vectors[k]);
  return most > longest ? step.map((x) => (x * longest) / most) : step;
}

/** t ← t + step, and the particles with it to first order: x ← x − √N M⁻¹B step. */
function advance(
  stage: Stage,
  strain: number,
  fractional: Float64Array,
  step: Float64Array,
  followed: readonly Float64Array[],
): void {
  const { field } = stage;
  const d = field.dimension;
  const own = field.count * d;
  const scale = stretchScale(field.count);
  const next = fractional.slice();
  step.forEach((change, k) => {
    next[own + k] += change;
  });
  place(stage, strain, next);
  const positions = field.positions();
  followed.forEach((column, k) => {
    for (let p = 0; p < own; p++) positions[p] -= step[k] * scale * column[p];
  });
  field.setPositions(positions);
}
