import type { ForceField } from "../dynamics/index.ts";
import { type Box, inverseVectors, volume } from "../space/index.ts";
import { trace } from "../squarematrices.ts";
import { dot } from "../vectors.ts";
import { stretchScale } from "./border.ts";
import type { Deformation, DeformedBox } from "./deformation.ts";
import type { StiffnessSolver } from "./stiffness.ts";

/** A field under a deformation: places configurations, solves for answers. */
export interface Stage {
  readonly field: ForceField;
  readonly solver: StiffnessSolver;
  readonly deformation: Deformation;
  /** The free stretches of the box that the field has: what `place` put there; none at first. */
  stretches?: Float64Array;
}

/** Puts a configuration (fractional, N×d and m, read) at a strain into the field. */
export function place(stage: Stage, strain: number, fractional: Float64Array): DeformedBox {
  const { field, deformation } = stage;
  stage.stretches = ofStretches(fractional, stage).slice();
  const deformed = deformation.at(strain, stage.stretches);
  field.setBox(deformed.box);
  field.setPositions(product(ofParticles(fractional, stage), deformed.box.vectors, field.dimension));
  return deformed;
}

/** The box in the field. */
export function deformedBox({ deformation, stretches }: Stage, strain: number): DeformedBox {
  return deformation.at(strain, stretches);
}

/** Fractional coordinates of the field's continuous positions, then its stretches. */
export function fractionalOf({ field, deformation, stretches }: Stage): Float64Array {
  const own = product(field.positions(), inverseVectors(field.box), field.dimension);
  const { freedom } = deformation;
  if (freedom === 0) return own;
  const all = new Float64Array(own.length + freedom);
  all.set(own);
  if (stretches) all.set(stretches, own.length);
  return all;
}

/** H = U + P(V − V₀) − V₀ Σ s_k t_k of the field, ε. */
export function enthalpy(stage: Stage): number {
  return stage.field.energy + pressureWork(stage);
}

/** By which stresses are work, so that V σ dγ is: the volume, or V₀ where it changes. */
export function workVolume({ deformation, field }: Stage, box: Box = field.box): number {
  return deformation.isochoric ? volume(box) : referenceVolume(deformation);
}

/** max |∂H/∂x| and |∂H/∂τ|, ε/λ. */
export function residualOf(stage: Stage, deformed: DeformedBox): number {
  const own = stage.field.maxGradient();
  if (stage.deformation.freedom === 0) return own;
  const scale = stretchScale(stage.field.count);
  return stretchForces(stage, deformed).reduce((most, h) => Math.max(most, Math.abs(h) / scale), own);
}

/** ∂H/∂x and ∂H/∂τ, N×d and m, ε/λ. */
export function gradientOf(stage: Stage, deformed: DeformedBox): Float64Array {
  const own = stage.field.gradient();
  if (stage.deformation.freedom === 0) return own;
  const scale = stretchScale(stage.field.count);
  return joined(
    own,
    stretchForces(stage, deformed).map((h) => h / scale),
  );
}

/** What a displacement (N×d, λ, and τ) is in fractional coordinates and stretches. */
export function coordinatesOf(
  stage: Stage,
  x: Float64Array,
  { box }: Pick<DeformedBox, "box">,
): Float64Array {
  const { field } = stage;
  const own = product(ofParticles(x, stage), inverseVectors(box), field.dimension);
  const tail = ofStretches(x, stage);
  return tail.length === 0
    ? own
    : joined(
        own,
        tail.map((tau) => tau / stretchScale(field.count)),
      );
}

/** The other way, of the particles alone: N×d, λ. */
export function displacementsOf(stage: Stage, s: Float64Array, vectors: Float64Array): Float64Array {
  return product(ofParticles(s, stage), vectors, stage.field.dimension);
}

/** One vector behind the other. */
export function joined(x: Float64Array, tail: Float64Array): Float64Array {
  const all = new Float64Array(x.length + tail.length);
  all.set(x);
  all.set(tail, x.length);
  return all;
}

/** Positions at a strain of what has these fractional coordinates. */
export function positionsAt(stage: Stage, strain: number, fractional: Float64Array): Float64Array {
  const { box } = stage.deformation.at(strain, ofStretches(fractional, stage));
  return displacementsOf(stage, fractional, box.vectors);
}

/** The numbers of the particles of a vector, without what follows. */
export function ofParticles(x: Float64Array, { field }: Pick<Stage, "field">): Float64Array {
  const own = field.count * field.dimension;
  return x.length === own ? x : x.subarray(0, own);
}

/** What follows: the free stretches. */
export function ofStretches(x: Float64Array, { field }: Pick<Stage, "field">): Float64Array {
  return x.subarray(field.count * field.dimension);
}

/** P(V − V₀) − V₀ Σ s_k t_k, ε. */
function pressureWork({ deformation, field, stretches }: Stage): number {
  const { pressure, tractions } = deformation.options;
  if (pressure === undefined || deformation.freedom === 0) return 0;
  const own = pressure * (volume(field.box) - referenceVolume(deformation));
  return tractions && stretches
    ? own - referenceVolume(deformation) * dot(stretches, Float64Array.from(tractions))
    : own;
}

/** V₀ */
export function referenceVolume({ lattice, dimension: d }: Stage["deformation"]): number {
  if (d === 2) return lattice[0] * lattice[3] - lattice[1] * lattice[2];
  let sum = 0;
  for (let k = 0; k < 3; k++) {
    const [p, q] = [(k + 1) % 3, (k + 2) % 3];
    sum += lattice[k] * (lattice[3 + p] * lattice[6 + q] - lattice[3 + q] * lattice[6 + p]);
  }
  return sum;
}

/** ∂H/∂t of each free stretch, ε: V(σ:D + P tr D) − V₀s. */
export function stretchForces({ deformation, field }: Stage, { free }: DeformedBox): Float64Array {
  const d = field.dimension;
  const sigma = field.stress();
  const v = volume(field.box);
  const { pressure: p = 0, tractions } = deformation.options;
  const forces = Float64Array.from(free, ({ rate }) => v * (dot(sigma, rate) + p * trace(rate, d)));
  if (!tractions) return forces;
  const v0 = referenceVolume(deformation);
  return forces.map((force, k) => force - v0 * tractions[k]);
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
