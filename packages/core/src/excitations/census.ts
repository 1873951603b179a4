import { SoftfieldError } from "../errors.ts";
import { type Interactions, legsOf, onParticles, pairsOf, strained } from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { type LocalThermalEnergy, lowestNormalModes } from "../response/index.ts";
import { minimumImage } from "../space/index.ts";
import { solve as solveWith, symmetricEigen } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import type { CubicMode, Solve } from "./cubic.ts";
import { expansionAlong } from "./expansion.ts";
import { type LocalModeOptions, type LocalSeed, localCubicModes } from "./localcubic.ts";
import { placeOfMode } from "./place.ts";

/** What a census grows from, and when two modes are one. */
export interface CensusOptions extends LocalModeOptions {
  /** Seeds: the lowest normal modes (default 40) and the responses to soft pairs (default N/16, at least 150). */
  readonly modes?: number;
  readonly bonds?: number;
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
  const kept = localCubicModes(minimum.backbone, solve, seeds, options, control).map((field) =>
    modeAlong(interactions, field),
  );
  kept.sort((a, b) => barrierOf(a) - barrierOf(b));
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

type Mode = Pick<CubicMode, "field" | "stiffness" | "anharmonicity">;

/** Soft pairs that seeds grow from are no closer than this, λ: those of one place are of one excitation. */
const SEEDS_APART = 1.5;

const barrierOf = ({ stiffness: k, anharmonicity: t }: Mode) => (2 * k * k * k) / (3 * t * t);

/** κ and τ ≥ 0 of the whole glass along a field, or its opposite. */
function modeAlong(interactions: Interactions, field: Float64Array): Mode {
  const { stiffness, anharmonicity } = expansionAlong(interactions, field);
  return anharmonicity < 0
    ? { field: field.map((x) => -x), stiffness, anharmonicity: -anharmonicity }
    : { field, stiffness, anharmonicity };
}

/** Where modes are grown from: the responses to the softest pairs, no two of one place, and the lowest normal modes. */
export function seedsOf(
  minimum: Minimum,
  { energies }: LocalThermalEnergy,
  solve: Solve,
  { modes = 40, bonds = Math.max(150, Math.round(minimum.backbone.particles.length / 16)) }: CensusOptions,
  control: WorkControl,
): LocalSeed[] {
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
  const order = Array.from(lte.keys()).sort((a, b) => Math.abs(lte[b]) - Math.abs(lte[a]) || a - b);
  const { box, positions } = minimum.backbone;
  const softest: number[] = [];
  const away = new Float64Array(d);
  for (const m of order) {
    if (softest.length === bonds) break;
    const apart = softest.every((other) => {
      for (let a = 0; a < d; a++) away[a] = positions[i[m] * d + a] - positions[i[other] * d + a];
      minimumImage(box, away);
      return dot(away, away) >= SEEDS_APART * SEEDS_APART;
    });
    if (apart) softest.push(m);
  }
  const pulled = softest.map((m): LocalSeed => {
    const force = new Float64Array(length);
    for (let a = 0; a < d; a++) {
      force[j[m] * d + a] = du[m * d + a] / r[m];
      force[i[m] * d + a] = -du[m * d + a] / r[m];
    }
    return { particle: i[m], field: solve(force, 1) };
  });
  return [
    ...pulled,
    ...normal.map((field) => ({ particle: placeOfMode(minimum.backbone, field).peak, field })),
  ];
}

/** Ξ of each component of the strain e_ab = e_ba = ½ (a ≤ b; whole on the diagonal): N×d each. */
export function affineForces(interactions: Interactions): readonly Float64Array[][] {
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

function described(minimum: Minimum, mode: Mode, forces: readonly Float64Array[][]): Excitation {
  const { backbone } = minimum;
  const d = backbone.interactions.dimension;
  const { field: z } = mode;
  const { peak, position, radius, participation } = placeOfMode(backbone, z);
  return {
    particle: backbone.particles[peak],
    position,
    radius,
    participation,
    stiffness: mode.stiffness,
    anharmonicity: mode.anharmonicity,
    barrier: barrierOf(mode),
    coupling: Float64Array.from(forces.flat(), (force) => dot(force, z)),
    field: onAllParticles(backbone, z, d, 0),
  };
}
