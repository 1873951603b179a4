import { type Interactions, legsOf, onParticles, strained } from "../interactions/index.ts";
import { type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import type { LocalThermalEnergy } from "../response/index.ts";
import { symmetricEigen } from "../sparse/index.ts";
import { dot } from "../vectors.ts";
import type { CubicMode } from "./cubic.ts";
import type { CensusOptions, Excitation } from "./excitation.ts";
import { expansionAlong } from "./expansion.ts";
import { localCubicModes } from "./localcubic.ts";
import { placeOfMode } from "./place.ts";
import { seedsOf } from "./seeds.ts";

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
  const seeds = seedsOf(minimum, lte, options, control);
  const kept = localCubicModes(minimum.backbone, factor, seeds, options, control).map((field) =>
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

/** Beyond this no threshold is a strain: the force by a strain is 0 up to rounding, as in a crystal. */
const LARGEST = 1e6;

/** Whether a strain pushes an excitation of this threshold, and not by rounding alone. */
export const isCoupled = (strain: number): boolean => Math.abs(strain) <= LARGEST;

/** The smallest threshold of any simple shear: by half the difference of the extreme eigenvalues of N. */
export function softestThreshold({ stiffness, anharmonicity, coupling }: Excitation): number {
  const { values } = symmetricEigen(coupling);
  return (stiffness * stiffness) / (anharmonicity * (values[values.length - 1] - values[0]));
}

/** A direction with κ and τ ≥ 0 of the whole glass along it. */
export type Mode = Pick<CubicMode, "field" | "stiffness" | "anharmonicity">;

const barrierOf = ({ stiffness: k, anharmonicity: t }: Mode) => (2 * k * k * k) / (3 * t * t);

/** κ and τ ≥ 0 of the whole glass along a field, or its opposite. */
export function modeAlong(interactions: Interactions, field: Float64Array): Mode {
  const { stiffness, anharmonicity } = expansionAlong(interactions, field);
  return anharmonicity < 0
    ? { field: field.map((x) => -x), stiffness, anharmonicity: -anharmonicity }
    : { field, stiffness, anharmonicity };
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
