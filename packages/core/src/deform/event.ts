import { bondsOfParticles, type Interactions, pairsOf } from "../interactions/index.ts";
import { type Box, lengthUnit, wrapPositions } from "../space/index.ts";
import { dot, moments } from "../vectors.ts";
import type { BranchPoint, LoadedState } from "./point.ts";
import type { Release } from "./release.ts";
import { displacementsOf, ofParticles, ofStretches, peak, type Stage, workVolume } from "./stage.ts";
import type { PlasticEvent } from "./types.ts";

/** The minimum after an event, at the upper end of the bracket. */
export interface After extends LoadedState {
  readonly strain: number;
}

export interface EventParts {
  readonly ordinal: number;
  /** γ_c; its bracket is from `before` to `after`. */
  readonly strain: number;
  /** Last stable point of the branch, and its interactions. */
  readonly before: BranchPoint;
  readonly interactions: Interactions;
  readonly after: After;
  readonly release: Release;
  readonly irreversible: boolean;
  /** Whether the branch was seen to end in a fold. */
  readonly fold: boolean;
  /** λ²; default `rearrangedAbove`. */
  readonly d2minThreshold: number | undefined;
  readonly keepDisplacements: boolean;
}

/** A particle has rearranged above this D²_min (per bond): 0.01 bond lengths², in λ². */
export function rearrangedAbove(box: Box, particles: number): number {
  const unit = lengthUnit(box, particles);
  return 0.01 * unit * unit;
}

/** Puts an event together; energies and stresses of both sides are those at γ_c. */
export function plasticEvent(stage: Stage, parts: EventParts): PlasticEvent {
  const { deformation } = stage;
  const { before, after, release, strain, interactions } = parts;
  const { displacements } = release;
  const { box } = deformation.at(strain, ofStretches(before.fractional, stage));
  const d = box.dimension;
  const v = workVolume(stage, box);
  const furthest = peak(displacements, d);
  const ahead = strain - before.strain;
  // Towards the fold σ = σ_c + k √(γ_c − γ), so that what is left of it is twice what the slope at hand gives.
  const singular = Math.min(0, before.shown.modulus);
  const energyBefore = before.energy + v * before.stress * ahead;
  const energyAfter = after.energy - v * after.stress * (after.strain - strain);
  const place = displacementsOf(stage, before.fractional, box.vectors);
  const at = wrapPositions(box, place).cartesian;
  const squares = d2min(interactions, displacements);
  const { d2minThreshold: above = rearrangedAbove(box, displacements.length / d) } = parts;
  return {
    ordinal: parts.ordinal,
    strain,
    bracket: [before.strain, after.strain],
    energyBefore,
    energyAfter,
    drop: energyBefore - energyAfter,
    stressBefore: before.shown.stress + 2 * singular * ahead,
    stressAfter: after.shown.stress,
    particle: furthest.particle,
    displacement: furthest.length,
    position: Array.from(at.subarray(furthest.particle * d, (furthest.particle + 1) * d)),
    trigger: release.trigger,
    modeParticle: peak(ofParticles(before.mode, stage), d).particle,
    participation: participationRatio(displacements, d),
    rearranged: squares.reduce((count, square) => count + (square > above ? 1 : 0), 0),
    eigenvalue: before.eigenvalue,
    irreversible: parts.irreversible,
    onset: parts.fold ? "fold" : "jump",
    // Of where in the bracket it was
    dropError: v * Math.abs(before.stress - after.stress) * (after.strain - before.strain),
    displacements: parts.keepDisplacements ? displacements : undefined,
  };
}

/** (Σu²)²/(N Σu⁴) of displacements u (N×d): the share of particles that take part. */
export function participationRatio(displacements: Float64Array, d: number): number {
  const { second, fourth } = moments(displacements, d);
  return fourth > 0 ? (second * second) / ((displacements.length / d) * fourth) : 0;
}

/**
 * D²_min of every particle (N, λ²; Falk & Langer 1998): the mean square of what its bonds to interaction partners
 * change beyond the best local strain, min_F Σ|Δu − F·u|²/n. 0 where the bonds do not span the space.
 */
export function d2min(interactions: Interactions, displacements: Float64Array): Float64Array {
  const pairs = pairsOf(interactions);
  const { dimension: d, particleCount, i, j, du } = pairs;
  const { starts, bonds } = bondsOfParticles(pairs);
  const result = new Float64Array(particleCount);
  const u = new Float64Array(d);
  const w = new Float64Array(d);
  for (let p = 0; p < particleCount; p++) {
    const shape = new Float64Array(d * d);
    const change = new Float64Array(d * d);
    let square = 0;
    for (let k = starts[p]; k < starts[p + 1]; k++) {
      const m = bonds[k];
      for (let a = 0; a < d; a++) {
        u[a] = du[m * d + a];
        w[a] = displacements[j[m] * d + a] - displacements[i[m] * d + a];
      }
      square += dot(w, w);
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          shape[a * d + b] += u[a] * u[b];
          change[a * d + b] += w[a] * u[b];
        }
      }
    }
    const explained = bestStrainGain(shape, change, d);
    const count = starts[p + 1] - starts[p];
    result[p] = explained === undefined || count === 0 ? 0 : Math.max(0, square - explained) / count;
  }
  return result;
}

/** F:Y with F·X = Y, X = Σuuᵀ (positive definite), Y = Σwuᵀ: what the best strain explains of Σ|w|²; by Cholesky. */
function bestStrainGain(x: Float64Array, y: Float64Array, d: number): number | undefined {
  const l = new Float64Array(d * d);
  let trace = 0;
  for (let a = 0; a < d; a++) trace += x[a * d + a];
  for (let a = 0; a < d; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = x[a * d + b];
      for (let k = 0; k < b; k++) sum -= l[a * d + k] * l[b * d + k];
      if (a === b && !(sum > 1e-9 * trace)) return undefined;
      l[a * d + b] = a === b ? Math.sqrt(sum) : sum / l[b * d + b];
    }
  }
  // F:Y = Σ_rows y X⁻¹ yᵀ = Σ_rows |L⁻¹y|²
  let gain = 0;
  for (let row = 0; row < d; row++) {
    const z = new Float64Array(d);
    for (let a = 0; a < d; a++) {
      let sum = y[row * d + a];
      for (let k = 0; k < a; k++) sum -= l[a * d + k] * z[k];
      z[a] = sum / l[a * d + a];
    }
    gain += dot(z, z);
  }
  return gain;
}
