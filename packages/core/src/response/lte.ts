import { SoftfieldError } from "../errors.ts";
import { energy, type Interactions, pressureOf, type Spread, stress } from "../interactions/index.ts";
import { type Backbone, type Minimum, onAllParticles } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import type { WindowedAccuracy } from "./accuracy.ts";
import { type JumpShares, jumpShares, mayJump } from "./jumps.ts";
import { allModes, modeSums } from "./modesums.ts";
import {
  driveOf,
  type LocalThermalEnergy,
  respond,
  responseTo,
  spreadsOf,
  sumRuleError,
  type TermEnergies,
} from "./response.ts";
import { stopwatch } from "./stopwatch.ts";

/** How `localThermalEnergy` computes. */
export interface LocalThermalEnergyOptions {
  /** "dense": the paper's way, full diagonalisation (Eqs. B.6, B.7), O((Nd)³); the oracle of small systems. */
  readonly method?: "sparse" | "dense";
}

/** Seconds of each stage. */
export interface StageTimes {
  readonly interactions: number;
  readonly factor: number;
  readonly invert: number;
  readonly respond: number;
  readonly total: number;
}

/** Local thermal energies of a configuration, with what says whether to trust them. */
export interface GlassResponse extends LocalThermalEnergy {
  /** The configuration at its minimum: the given one unless it was refined. */
  readonly system: System;
  /** The interactions α that the results index, numbered as the particles of `system`. */
  readonly interactions: Interactions;
  /** Of each family of `interactions`, its sites numbered as the particles of `system`; the pairs first. */
  readonly energies: readonly TermEnergies[];
  /** N×d, thermal displacement X, unit λ/ε; NaN on rattlers. */
  readonly displacement: Float64Array;
  /** Particles that nothing holds: removed with their rows. */
  readonly rattlers: Int32Array;
  /** U, unit ε */
  readonly energy: number;
  /** −tr σ/d, unit ε/λ^d */
  readonly pressure: number;
  /** max|∂U/∂x| over the typical pair force: of the minimum, and as given. */
  readonly residual: number;
  readonly residualGiven: number;
  /** rms |φ′|, unit ε/λ */
  readonly typicalForce: number;
  readonly refineSteps: number;
  /** Largest displacement of a particle by refinement, unit λ. */
  readonly moved: number;
  /** |Σ_α E_α/(N′d − d) − 1|, N′ without rattlers. */
  readonly sumRuleError: number;
  /** What lies at discontinuities of φ…φ‴, where there are some. */
  readonly jumps?: JumpShares;
  readonly seconds: StageTimes;
  /** How good the energies are, where they come from windows. */
  readonly accuracy?: WindowedAccuracy;
}

/** Rounding changes the sum rule by less than this times Σ|E_α|; where it is off by more the result is refused. */
const SUM_RULE = 1e-6;
/** Where it is off by more than this nothing is left of the energies, whatever they cancel from. */
const LOST = 1e-3;

/**
 * The local thermal energy E_α of every interaction of a glass at an energy minimum, exactly, by sparse Cholesky
 * factorisation and selected inversion (Eqs. 2 and 3, Zylberg 2017).
 *
 * Throws "not-a-minimum" where M is not positive definite, "numerics" where the energies violate their sum rule,
 * "resource" where memory is short. Cost ~10³·N^1.5 flops in 2D, O(N²) in 3D.
 */
export function localThermalEnergy(
  minimum: Minimum,
  options: LocalThermalEnergyOptions = {},
  control: WorkControl = {},
): GlassResponse {
  const clock = stopwatch();
  const { backbone } = minimum;
  const dense = options.method === "dense";
  const { lte, spreads, ...spent } = dense
    ? byDiagonalisation(backbone)
    : bySelectedInversion(minimum, control);
  const error = checkedSumRule(backbone.interactions, lte);
  const energies = lte.energies.map((own) => own.lte);
  const jumps = spreads && jumpShares(minimum, spreads, energies);
  return {
    ...responseAt(minimum, lte),
    sumRuleError: error,
    jumps,
    seconds: { interactions: minimum.seconds, ...spent, total: minimum.seconds + clock() },
  };
}

/** Energies and X of a minimum's backbone as those of all its particles, with what the minimum itself says. */
export function responseAt(
  minimum: Minimum,
  { energies, displacement }: LocalThermalEnergy,
): Omit<GlassResponse, "sumRuleError" | "seconds"> {
  const { system, backbone, interactions } = minimum;
  return {
    system,
    interactions,
    energies:
      interactions === backbone.interactions
        ? energies
        : energies.map((own, f) => ({ ...own, sites: interactions.families[f].sites() })),
    displacement: onAllParticles(backbone, displacement, interactions.dimension, Number.NaN),
    rattlers: minimum.rattlers,
    energy: energy(interactions),
    pressure: pressureOf(stress(interactions, system.box)),
    residual: minimum.residual,
    residualGiven: minimum.residualGiven,
    typicalForce: backbone.typicalForce,
    refineSteps: minimum.refineSteps,
    moved: minimum.moved,
  };
}

/** What both ways to E_α give: the energies, and the seconds of their stages. */
interface Solved {
  readonly lte: LocalThermalEnergy;
  readonly spreads?: readonly Spread[];
  readonly factor: number;
  readonly invert: number;
  readonly respond: number;
}

function bySelectedInversion(minimum: Minimum, control: WorkControl): Solved {
  const clock = stopwatch();
  minimum.factor(control);
  const factor = clock();
  minimum.onInverse(() => undefined, control);
  const invert = clock();
  const found = mayJump(minimum) ? thermalEnergies(minimum) : { lte: withoutSpreads(minimum) };
  return { ...found, factor, invert, respond: clock() };
}

/** As `thermalEnergies`, in less memory: nothing of the size of the inverse is kept. */
function withoutSpreads({
  backbone: { interactions },
  pattern,
  onInverse,
  solve,
}: Minimum): LocalThermalEnergy {
  const drive = onInverse((inverse) => driveOf(interactions, spreadsOf(interactions, pattern, inverse)));
  return responseTo(interactions, drive, solve);
}

/** E_α on the backbone by the selected inverse, and the covariances C_α of each family that it was made from. */
export function thermalEnergies(
  minimum: Minimum,
  control: WorkControl = {},
): { readonly lte: LocalThermalEnergy; readonly spreads: readonly Spread[] } {
  const { backbone } = minimum;
  const spreads = minimum.onInverse(
    (inverse) => spreadsOf(backbone.interactions, minimum.pattern, inverse),
    control,
  );
  return { lte: respond(backbone.interactions, spreads, minimum.solve), spreads };
}

function byDiagonalisation({ interactions }: Backbone): Solved {
  const clock = stopwatch();
  const modes = allModes(interactions);
  const factor = clock();
  const lte = modeSums(interactions, modes);
  return { lte, factor, invert: 0, respond: clock() };
}

function checkedSumRule(interactions: Interactions, lte: LocalThermalEnergy): number {
  const error = sumRuleError(interactions, lte);
  const count = interactions.particleCount * interactions.dimension;
  const size = lte.energies.reduce(
    (all, { harmonic, anharmonic }) =>
      harmonic.reduce((sum, h, m) => sum + Math.abs(h) + Math.abs(anharmonic[m]), all),
    0,
  );
  if (error * count <= SUM_RULE * size && error < LOST) return error;
  throw new SoftfieldError(
    "numerics",
    `the sum rule Σ E = Nd − d is violated by ${error.toExponential(2)}: the Hessian is too close to singular ` +
      "(an instability, or a floppy part) for its inverse to be trusted",
  );
}
