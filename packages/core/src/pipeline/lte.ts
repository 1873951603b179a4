import { SoftfieldError } from "../errors.ts";
import {
  energy,
  type HessianPattern,
  type Interactions,
  stress,
  type Triples,
} from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import {
  allModes,
  bondCovariances,
  type LocalThermalEnergy,
  legCovariances,
  modeSums,
  respond,
  sumRuleError,
  type TripleThermalEnergy,
} from "../response/index.ts";
import type { System } from "../space/index.ts";
import { type SelectedInverse, selectedInverse, solve } from "../sparse/index.ts";
import { factorOrRefuse, type Polished, polish } from "./polish.ts";
import type { Skeleton } from "./structure.ts";

export interface LocalThermalEnergyOptions {
  /** Newton steps back to the minimum where the file has lost digits (default); false: refuse instead. */
  readonly polish?: boolean;
  /** Particle whose rows are dropped (index into the configuration; default: the first). No result depends on it. */
  readonly pin?: number;
  /** Fused multiply-add where the engine has it (default): the last digits differ; false: bit-exact everywhere. */
  readonly relaxed?: boolean;
  /** "dense": the paper's way, full diagonalisation (Eqs. B.6, B.7), O((Nd)³); the oracle of small systems. */
  readonly method?: "sparse" | "dense";
}

/** Local thermal energies of triples, t, and which they are: centre and ends, numbered as the particles. */
export interface TripleResponse extends TripleThermalEnergy, Pick<Triples, "centre" | "j" | "k"> {
  /** t, E_α */
  readonly lte: Float64Array;
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
  /** The configuration at its minimum: the given one unless it was polished. */
  readonly system: System;
  /** The interactions α that the results index (m of them), numbered as the particles of `system`. */
  readonly interactions: Interactions;
  /** m, E_α = harmonic + anharmonic, Eq. 3, Zylberg 2017. */
  readonly lte: Float64Array;
  /** Where the model has a three-body term: its triples and their energies, E_α = harmonic + anharmonic. */
  readonly triples?: TripleResponse;
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
  readonly polishSteps: number;
  /** Largest displacement of a particle by polishing, unit λ. */
  readonly moved: number;
  /** |Σ_α E_α/(N′d − d) − 1|, N′ without rattlers. */
  readonly sumRuleError: number;
  readonly seconds: StageTimes;
}

/** Σ|E_α|·(this) bounds what rounding can do to the sum rule; beyond it the result is not trusted. */
const SUM_RULE = 1e-6;

/**
 * The local thermal energy E_α of every interaction of a glass at an energy minimum, exactly, by sparse Cholesky
 * factorisation and selected inversion (Eqs. 2 and 3, Zylberg 2017).
 *
 * Throws "input", "model", "geometry" where system and model are unfit, "not-a-minimum" where the configuration is
 * no minimum, "resource" past 4 GiB. Cost ~10³·N^1.5 flops in 2D, O(N²) in 3D.
 */
export function localThermalEnergy(
  system: System,
  model: PairModel,
  options: LocalThermalEnergyOptions = {},
  control: WorkControl = {},
): GlassResponse {
  const clock = stopwatch();
  const { relaxed = true } = options;
  const polished = polish(system, model, { allowed: options.polish ?? true, relaxed }, control);
  const { skeleton } = polished;
  const interactions = clock();
  const dense = options.method === "dense";
  const { lte, ...spent } = dense
    ? byDiagonalisation(skeleton)
    : bySelectedInversion(polished, options, control);
  clock();
  const error = checkedSumRule(skeleton.interactions, lte);
  const bonds = inOriginalNumbers(skeleton, system.species.length);
  const sigma = stress(bonds, system.box);
  const d = system.box.dimension;
  return {
    system: polished.system,
    interactions: bonds,
    harmonic: lte.harmonic,
    anharmonic: lte.anharmonic,
    lte: lte.harmonic.map((h, m) => h + lte.anharmonic[m]),
    ...(lte.triples && bonds.triples && { triples: tripleResponse(bonds.triples, lte.triples) }),
    displacement: spread(lte.displacement, skeleton, system.species.length),
    rattlers: skeleton.rattlers,
    energy: energy(bonds),
    pressure: -sigma.reduce((trace, s, k) => (k % (d + 1) === 0 ? trace + s : trace), 0) / d,
    residual: skeleton.residual,
    residualGiven: polished.residualBefore,
    typicalForce: skeleton.typicalForce,
    polishSteps: polished.steps,
    moved: polished.moved,
    sumRuleError: error,
    seconds: {
      interactions,
      ...spent,
      total: interactions + spent.factor + spent.invert + spent.respond + clock(),
    },
  };
}

/** What both ways to E_α give: the energies, and the seconds of their stages. */
interface Solved {
  readonly lte: LocalThermalEnergy;
  readonly factor: number;
  readonly invert: number;
  readonly respond: number;
}

function bySelectedInversion(
  { skeleton, analysed: known }: Polished,
  options: LocalThermalEnergyOptions,
  control: WorkControl,
): Solved {
  const clock = stopwatch();
  const reuse = known ? { reuse: known } : {};
  const pin = pinIn(skeleton, options.pin);
  const { factor, analysed } = factorOrRefuse(
    skeleton,
    { pin, relaxed: options.relaxed ?? true, ...reuse },
    control,
  );
  const tFactor = clock();
  const inverse = selectedInverse(factor, control);
  const tInvert = clock();
  const covariances = bondCovariances(skeleton.interactions, analysed.pattern, inverse);
  const lte = respond(
    skeleton.interactions,
    covariances,
    (b) => solve(factor, b, { refine: 1 }),
    coveredLegs(skeleton.interactions, analysed.pattern, inverse),
  );
  return { lte, factor: tFactor, invert: tInvert, respond: clock() };
}

function byDiagonalisation(skeleton: Skeleton): Solved {
  const clock = stopwatch();
  const modes = allModes(skeleton.interactions);
  const factor = clock();
  const lte = modeSums(skeleton.interactions, modes);
  return { lte, factor, invert: 0, respond: clock() };
}

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

function pinIn({ particles, rattlers }: Skeleton, pin: number | undefined): number {
  if (pin === undefined) return 0;
  const at = particles.indexOf(pin);
  if (at >= 0) return at;
  const why = rattlers.includes(pin) ? "is a rattler" : `does not exist (0 … ${particles.length - 1})`;
  throw new SoftfieldError("usage", `cannot pin particle ${pin}: it ${why}`, { particle: pin, field: "pin" });
}

function checkedSumRule(interactions: Interactions, lte: LocalThermalEnergy): number {
  const error = sumRuleError(interactions, lte);
  const count = interactions.particleCount * interactions.dimension;
  const size = lte.harmonic.reduce((sum, h, m) => sum + Math.abs(h) + Math.abs(lte.anharmonic[m]), 0);
  if (error * count <= SUM_RULE * size) return error;
  throw new SoftfieldError(
    "numerics",
    `the sum rule Σ E = Nd − d is violated by ${error.toExponential(2)}: the Hessian is too close to singular ` +
      "(an instability, or a floppy part) for its inverse to be trusted",
  );
}

/** The interactions that are left, numbered as the particles of the whole configuration. */
function inOriginalNumbers({ interactions, particles }: Skeleton, count: number): Interactions {
  const named = (values: Int32Array) => values.map((k) => particles[k]);
  const { triples } = interactions;
  return {
    ...interactions,
    particleCount: count,
    i: named(interactions.i),
    j: named(interactions.j),
    ...(triples && {
      triples: { ...triples, centre: named(triples.centre), j: named(triples.j), k: named(triples.k) },
    }),
  };
}

function tripleResponse({ centre, j, k }: Triples, energies: TripleThermalEnergy): TripleResponse {
  const { harmonic, anharmonic } = energies;
  return { centre, j, k, ...energies, lte: harmonic.map((h, t) => h + anharmonic[t]) };
}

/** Covariances of the legs of triples; undefined where there are none. */
export function coveredLegs(
  { triples, dimension }: Interactions,
  pattern: HessianPattern,
  inverse: SelectedInverse,
): Float64Array | undefined {
  return triples && legCovariances({ triples, dimension }, pattern, inverse);
}

function spread(field: Float64Array, { particles, box }: Skeleton, count: number): Float64Array {
  const d = box.dimension;
  const whole = new Float64Array(count * d).fill(Number.NaN);
  particles.forEach((p, k) => {
    whole.set(field.subarray(k * d, (k + 1) * d), p * d);
  });
  return whole;
}
