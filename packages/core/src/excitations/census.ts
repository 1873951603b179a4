import { SoftfieldError } from "../errors.ts";
import { type Interactions, legsOf, onParticles, pairsOf, strained } from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type LocalThermalEnergy, lowestNormalModes } from "../response/index.ts";
import { minimumImage } from "../space/index.ts";
import { solve as solveWith, symmetricEigen } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import { type CubicMode, type CubicModeOptions, cubicModes, type Solve } from "./cubic.ts";
import { normalised } from "./expansion.ts";
import { pseudoHarmonicFields } from "./pseudoharmonic.ts";

/** What a census grows from, and when two modes are one. */
export interface CensusOptions extends CubicModeOptions {
  /** Seeds: the lowest normal modes (default 40) and the responses to the softest pairs (default 150). */
  readonly modes?: number;
  readonly bonds?: number;
  /** Steps towards a pseudo-harmonic mode before a seed becomes a cubic one; default 2. */
  readonly localising?: number;
  /** Modes whose overlap |z·z′| exceeds this are one; default 0.9. */
  readonly overlap?: number;
}

/** A localised excitation of a glass: what may yield, in which direction, under which load. */
export interface Excitation {
  /** Particle that moves most in it. */
  readonly particle: number;
  /** d, its centre: the mean place of its particles weighted by |z_i|⁴, unit λ */
  readonly position: Float64Array;
  /** Root mean square distance from it by the same weights: the core's radius, λ */
  readonly radius: number;
  /** (Σ|z_i|²)²/Σ|z_i|⁴: how many particles take part. */
  readonly participation: number;
  /** κ, ε/λ²; with unit masses the square of its frequency. */
  readonly stiffness: number;
  /** τ ≥ 0, ε/λ³ */
  readonly anharmonicity: number;
  /** 2κ³/(3τ²), the cubic estimate of its energy barrier, ε */
  readonly barrier: number;
  /** Symmetric d×d, N_ab: the force on it, ν = z·Ξ, is Σ N_ab e_ab per unit of the strain e; ε/λ. */
  readonly coupling: Float64Array;
  /** N×d, unit length; 0 on rattlers. */
  readonly field: Float64Array;
}

/**
 * A library of the excitations of a glass from its unstrained state alone: cubic modes grown from the lowest normal modes
 * and from the responses G f_α to the softest pairs, each kind once, softest barrier first. Cost: the modes, and about
 * twenty solves a seed. Errors as `lowestNormalModes`.
 */
export function census(
  minimum: Minimum,
  lte: LocalThermalEnergy,
  options: CensusOptions = {},
  control: WorkControl = {},
): Excitation[] {
  const { interactions } = minimum.backbone;
  const factor = minimum.factor(control);
  const solve: Solve = (b, count) => solveWith(factor, b, { count });
  const seeds = seedsOf(minimum, lte, solve, options, control);
  const { localising = 2, overlap = 0.9 } = options;
  const localised = pseudoHarmonicFields(interactions, solve, seeds, localising);
  const found = cubicModes(interactions, solve, localised, options, control).filter(
    (mode) => mode !== undefined,
  );
  found.sort((a, b) => barrierOf(a) - barrierOf(b));
  const kept: CubicMode[] = [];
  for (const mode of found)
    if (kept.every(({ field }) => Math.abs(dot(field, mode.field)) < overlap)) kept.push(mode);
  const forces = affineForces(interactions);
  return kept.map((mode) => described(minimum, mode, forces));
}

/** γ_c = κ²/(2τν): where the fold lies under a load of unit `strain` (d×d, read), to cubic order; negative: backwards. */
export function threshold(
  { stiffness, anharmonicity, coupling }: Excitation,
  strain: ArrayLike<number>,
): number {
  let force = 0;
  for (let k = 0; k < coupling.length; k++) force += coupling[k] * strain[k];
  return (stiffness * stiffness) / (2 * anharmonicity * force);
}

/** The smallest threshold of any simple shear: by half the difference of the extreme eigenvalues of N. */
export function softestThreshold({ stiffness, anharmonicity, coupling }: Excitation): number {
  const { values } = symmetricEigen(coupling);
  return (stiffness * stiffness) / (anharmonicity * (values[values.length - 1] - values[0]));
}

const barrierOf = ({ stiffness: k, anharmonicity: t }: CubicMode) => (2 * k * k * k) / (3 * t * t);

function seedsOf(
  minimum: Minimum,
  { energies }: LocalThermalEnergy,
  solve: Solve,
  { modes = 40, bonds = 150 }: CensusOptions,
  control: WorkControl,
): Float64Array[] {
  const { interactions } = minimum.backbone;
  const { dimension: d, particleCount } = interactions;
  const length = particleCount * d;
  const available = Math.min(modes, length - d);
  const { vectors } = lowestNormalModes(minimum.factor(), available, control);
  const normal = Array.from({ length: available }, (_, k) => vectors.slice(k * length, (k + 1) * length));
  const { i, j, du, r } = pairsOf(interactions);
  const [{ lte }] = energies;
  if (lte.length !== i.length)
    throw new SoftfieldError("usage", "census: the energies are not those of this minimum");
  const softest = Array.from(lte.keys())
    .sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]) || a - b)
    .slice(0, bonds);
  const pulled = softest.map((m) => {
    const force = new Float64Array(length);
    for (let a = 0; a < d; a++) {
      force[j[m] * d + a] = du[m * d + a] / r[m];
      force[i[m] * d + a] = -du[m * d + a] / r[m];
    }
    return solve(force, 1);
  });
  return [...normal, ...pulled].map((z) => normalised(z, d));
}

/** Ξ of each component of the strain e_ab = e_ba = ½ (a ≤ b; whole on the diagonal): N×d each. */
function affineForces(interactions: Interactions): readonly Float64Array[][] {
  const { dimension: d, families } = interactions;
  const legs = legsOf(interactions);
  return Array.from({ length: d }, (_, a) =>
    Array.from({ length: d }, (__, b) => {
      const strain = new Float64Array(d * d);
      strain[a * d + b] += 0.5;
      strain[b * d + a] += 0.5;
      const y = strained(legs, strain);
      return onParticles(
        legs,
        families.map((family, f) => family.legRates(y[f])),
        interactions,
      );
    }),
  );
}

function described(minimum: Minimum, mode: CubicMode, forces: readonly Float64Array[][]): Excitation {
  const { backbone } = minimum;
  const d = backbone.interactions.dimension;
  const { field: z } = mode;
  const weights = new Float64Array(z.length / d);
  for (let k = 0; k < z.length; k++) weights[Math.floor(k / d)] += z[k] * z[k];
  const fourth = weights.reduce((sum, w) => sum + w * w, 0);
  let peak = 0;
  weights.forEach((w, p) => {
    if (w > weights[peak]) peak = p;
  });
  const at = backbone.positions.subarray(peak * d, (peak + 1) * d);
  const away = (p: number) =>
    minimumImage(
      backbone.box,
      at.map((x, a) => backbone.positions[p * d + a] - x),
    );
  const centre = new Float64Array(d);
  let second = 0;
  weights.forEach((w, p) => {
    const u = away(p);
    for (let a = 0; a < d; a++) {
      centre[a] += (w * w * u[a]) / fourth;
      second += (w * w * u[a] * u[a]) / fourth;
    }
  });
  return {
    particle: backbone.particles[peak],
    position: centre.map((x, a) => x + at[a]),
    radius: Math.sqrt(Math.max(0, second - dot(centre, centre))),
    participation: 1 / fourth,
    stiffness: mode.stiffness,
    anharmonicity: mode.anharmonicity,
    barrier: barrierOf(mode),
    coupling: Float64Array.from(forces.flat(), (force) => dot(force, z)),
    field: onAllParticles(backbone, z, d, 0),
  };
}
