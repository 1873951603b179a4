import { square } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import {
  energyFunctions,
  followed,
  type Interactions,
  legsOf,
  type TermFamily,
} from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import { type CholeskyFactor, solve } from "../sparse/index.ts";
import { ForceField } from "./forcefield.ts";
import { MolecularDynamics } from "./md.ts";
import { descents } from "./minimize/index.ts";
import { assemble, factor } from "./minimize/newton.ts";
import type { Thermostat } from "./thermostat.ts";

/** Of the canonical sampling of a minimum: temperature, seed, how long. */
export interface CanonicalOptions {
  /** ε/k_B, positive. */
  readonly temperature: number;
  readonly seed: number;
  /** Blocks that errors are estimated from. Default 40. */
  readonly blocks?: number;
  /** Length of a block, τ₀. Default 50. */
  readonly blockTime?: number;
  /** Time step, τ₀. Default 0.005. */
  readonly dt?: number;
  /** Of the Langevin thermostat, 1/τ₀. Default 0.5. */
  readonly friction?: number;
}

/** How a sampling is watched while it runs. */
export interface SamplingControl extends WorkControl {
  /** Called after each block with what is known by then. */
  readonly onBlock?: (sample: CanonicalSample) => void;
  /** Called at each sample of the energies with the field as it is; to be read only. */
  readonly onSample?: (field: ForceField) => void;
}

/** What a canonical run says of the local thermal energies. */
export interface CanonicalSample {
  readonly temperature: number;
  readonly blocks: number;
  /** One a family of the interactions. */
  readonly families: readonly SampledEnergies[];
  /** [⟨U⟩ − U⁰]/(½k_BT(Nd − d)): 1 by equipartition as T → 0; and its standard error. */
  readonly equipartition: number;
  readonly equipartitionError: number;
  /** Set where the glass left its inherent structure in this block: the averages are of those before. */
  readonly hoppedInBlock?: number;
}

/** What was sampled of one family of terms. */
export interface SampledEnergies {
  /** Of the family. */
  readonly name: string;
  /** t, [⟨ε_α⟩_T − ε_α⁰]/(½k_BT). */
  readonly mean: Float64Array;
  /** t, standard error of the mean over blocks. */
  readonly error: Float64Array;
}

/** Steps between two samples of the energies; the gradient is averaged over the same samples. */
const SAMPLE_EVERY = 20;
/** Two inherent structures are the same where their energies differ by less than this fraction. */
const SAME_ENERGY = 1e-8;

/**
 * Samples the energies of the interactions of a glass in the canonical ensemble (BAOAB Langevin dynamics, centre of
 * mass at rest): the left side of Eq. 3, Zylberg 2017, [⟨ε_α⟩_T − ε_α⁰]/(½k_BT), with block errors.
 *
 * The thermal noise of ε_α is f_α·δx ~ √T, far above the signal ~ T. Its linear part is taken out by a control
 * variate of exactly zero mean: ⟨∂U/∂x⟩ = 0 in the canonical ensemble, so ε_α − f_α·M⁻¹·∂U/∂x has the mean of ε_α
 * whatever M⁻¹ is, and with the true M⁻¹ its noise is ~ T. One solve a block suffices, both sides being linear.
 * All families of terms go the same way.
 *
 * system: an inherent structure (read); interactions: those of its bonds that are wanted (read). After every
 * block the glass is relaxed, to see whether it still is the same. Throws "usage" on bad options, "not-a-minimum".
 * Cost: blocks·blockTime/dt force evaluations.
 */
export function sampleLocalEnergies(
  system: System,
  model: PairModel,
  interactions: Interactions,
  options: CanonicalOptions,
  control: SamplingControl = {},
): CanonicalSample {
  const { temperature, seed, blocks = 40, blockTime = 50, dt = 0.005, friction = 0.5 } = options;
  for (const [field, value] of Object.entries({ temperature, blocks, blockTime })) {
    if (value > 0) continue;
    throw new SoftfieldError("usage", `${field} must be positive, got ${value}`, { field });
  }
  const field = ForceField.create(system, model);
  const minimum = field.energy;
  const inverse = factorOf(field);
  const energies = energiesAlong(field, interactions);
  const dynamics = new MolecularDynamics(field, { unitMasses: true, dt, seed, reorder: false });
  const thermostat: Thermostat = { kind: "langevin", temperature, friction, fixedCentre: true };
  dynamics.drawVelocities(2 * temperature);
  const samples = Math.max(1, Math.round(blockTime / dt / SAMPLE_EVERY));
  dynamics.run({ steps: samples * SAMPLE_EVERY, thermostat });
  const gradients = field.newVector();
  const run: Run = { field, dynamics, thermostat, samples, energies, gradients, onSample: control.onSample };
  const series: Block[] = [];
  let hopped: number | undefined;
  const degrees = system.box.dimension * (field.count - 1);
  const reference: Reference = { minimum, half: 0.5 * temperature, degrees, interactions };
  const known = (): CanonicalSample => ({
    temperature,
    blocks: series.length,
    ...reduced(series, reference),
    hoppedInBlock: hopped,
  });
  for (let block = 0; block < blocks; block++) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", "the sampling was stopped");
    const measured = sampleBlock(run, interactions, inverse);
    if (!sameStructure(run, minimum)) {
      hopped = block;
      break;
    }
    series.push(measured);
    control.onProgress?.({ stage: `T = ${temperature}`, done: block + 1, total: blocks });
    control.onBlock?.(known());
  }
  return known();
}

interface Run {
  readonly field: ForceField;
  readonly dynamics: MolecularDynamics;
  readonly thermostat: Thermostat;
  readonly samples: number;
  /** ε_α now, family after family. */
  readonly energies: () => Float64Array;
  /** Vector that sums the gradient. */
  readonly gradients: number;
  readonly onSample: SamplingControl["onSample"];
}

/** Averages over a block. */
interface Block {
  /** ⟨ε_α⟩ with the control variate, family after family. */
  readonly energies: Float64Array;
  readonly total: number;
}

type Inverse = (b: Float64Array) => Float64Array;

function factorOf(field: ForceField): Inverse {
  const stiffness = assemble(field, field.interactions());
  const result = factor(stiffness);
  if (result.status === "indefinite" || stiffness.particles.length < field.count) {
    throw new SoftfieldError(
      "not-a-minimum",
      "sampling around an inherent structure takes a minimum without rattlers: minimise it first, or take another sample",
    );
  }
  const { factor: cholesky }: { factor: CholeskyFactor } = result;
  return (b) => solve(cholesky, b);
}

function sampleBlock(run: Run, interactions: Interactions, inverse: Inverse): Block {
  const { field, dynamics, thermostat, samples, gradients, onSample } = run;
  const { arena, kernels, length } = field;
  arena.f64(gradients, length).fill(0);
  const sums = new Float64Array(interactions.families.reduce((terms, { count }) => terms + count, 0));
  let total = 0;
  for (let k = 0; k < samples; k++) {
    dynamics.run({ steps: SAMPLE_EVERY, thermostat });
    run.energies().forEach((energy, a) => {
      sums[a] += energy;
    });
    total += field.energy / samples;
    kernels.axpy(length, 1 / samples, field.g, gradients);
    onSample?.(field);
  }
  const displacement = inverse(field.fromVector(gradients));
  const linear = joined(interactions.families.map((family) => family.project(displacement)));
  const energies = sums.map((sum, b) => sum / samples - linear[b]);
  return { energies, total };
}

/**
 * The energies of the terms of a configuration (read) along a run of the field that begins at it: legs change with the
 * particles' continuous paths, so that no image is looked for. O(terms) a call.
 */
export function energiesAlong(field: ForceField, interactions: Interactions): () => Float64Array {
  const functions = energyFunctions(interactions, field.model, field.system());
  const legs = legsOf(interactions);
  const rest = legs.map(({ vectors }) => vectors);
  const start = field.positions();
  return () => {
    const moved = field.positions().map((x, k) => x - start[k]);
    const now = followed(legs, rest, moved, interactions.dimension);
    return joined(functions.map((energies, f) => energies(now[f])));
  };
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((count, part) => count + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Whether the glass, relaxed, has the energy of the minimum that it started from; the run goes on as if not looked at. */
function sameStructure({ field, dynamics }: Run, minimum: number): boolean {
  const state = dynamics.state();
  descents.lbfgs(field, { gradient: 1e-5, evaluations: 10_000, maxMove: 0.1 });
  const same = Math.abs(field.energy - minimum) <= SAME_ENERGY * Math.abs(minimum);
  dynamics.restore(state);
  return same;
}

interface Reference {
  readonly minimum: number;
  /** ½k_BT */
  readonly half: number;
  readonly degrees: number;
  /** With ε_α⁰. */
  readonly interactions: Interactions;
}

/** Means and standard errors over blocks, in units of ½k_BT. */
function reduced(
  series: readonly Block[],
  { minimum, half, degrees, interactions: { families } }: Reference,
): Pick<CanonicalSample, "families" | "equipartition" | "equipartitionError"> {
  const n = series.length;
  const average = (pick: (block: Block) => number): [number, number] => {
    let mean = 0;
    for (const block of series) mean += pick(block) / n;
    let sum = 0;
    for (const block of series) sum += square(pick(block) - mean);
    return [mean, Math.sqrt(sum / (n * (n - 1)))];
  };
  const rest = joined(families.map((family) => family.energies()));
  const mean = new Float64Array(rest.length);
  const error = new Float64Array(rest.length);
  for (let b = 0; b < rest.length; b++) {
    const [value, sigma] = average(({ energies }) => (energies[b] - rest[b]) / half);
    mean[b] = value;
    error[b] = sigma;
  }
  const [equipartition, equipartitionError] = average(({ total }) => (total - minimum) / (half * degrees));
  let at = 0;
  const sampled = families.map(({ kind, count }: TermFamily): SampledEnergies => {
    const from = at;
    at += count;
    return { name: kind.name, mean: mean.slice(from, at), error: error.slice(from, at) };
  });
  return { families: sampled, equipartition, equipartitionError };
}
