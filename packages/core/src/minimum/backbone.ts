import { SoftfieldError } from "../errors.ts";
import {
  connectedClusters,
  findInteractions,
  findRattlers,
  gradient,
  type Interactions,
  largestComponent,
  renamed,
  typicalForce,
  withoutParticles,
} from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import { type Box, type System, validateSystem } from "../space/index.ts";
import { rowsOf } from "../vectors.ts";

/** A structure ready for linear response: all its particles belong to one connected cluster. */
export interface Structure {
  readonly box: Box;
  /** N×d, unit λ */
  readonly positions: Float64Array;
  readonly interactions: Interactions;
}

/** A configuration without its rattlers, and how far it is from mechanical equilibrium. */
export interface Backbone extends Structure {
  /** Original index of each particle that is left. */
  readonly particles: Int32Array;
  /** Original indices of the rattlers. */
  readonly rattlers: Int32Array;
  /** ∂U/∂x, kept×d, unit ε/λ */
  readonly gradient: Float64Array;
  /** max|∂U/∂x| over rms |φ′|. */
  readonly residual: number;
  /** rms |φ′|, unit ε/λ */
  readonly typicalForce: number;
  /** Original index of the particle with the largest residual. */
  readonly worst: number;
}

/**
 * Finds the interactions, removes the rattlers, and refuses a configuration that falls apart into clusters
 * (each would have zero modes of its own). O(N).
 */
export function backboneOf(system: System, model: PairModel): Backbone {
  validateSystem(system);
  const all = findInteractions(system, model);
  const rattlers = findRattlers(all);
  const { interactions, particles } =
    rattlers.length === 0
      ? { interactions: all, particles: Int32Array.from(system.species, (_, p) => p) }
      : withoutParticles(all, rattlers);
  requireOneCluster(interactions, particles, system.species.length);
  const d = system.box.dimension;
  const positions = rowsOf(system.positions, particles, d);
  const force = gradient(interactions);
  const largest = largestComponent(force, d);
  const typical = typicalForce(interactions);
  return {
    box: system.box,
    positions,
    interactions,
    particles,
    rattlers,
    gradient: force,
    residual: typical > 0 ? largest.value / typical : largest.value,
    typicalForce: typical,
    worst: particles[largest.particle],
  };
}

/**
 * Values of the backbone's particles (rows × kept × width) as values of all particles of the configuration
 * (rows × N × width), with `fill` on rattlers. The same array where there are none.
 */
export function onAllParticles(
  { particles, rattlers }: Pick<Backbone, "particles" | "rattlers">,
  values: Float64Array,
  width: number,
  fill: number,
): Float64Array {
  if (rattlers.length === 0) return values;
  const [kept, all] = [particles.length, particles.length + rattlers.length];
  const rows = values.length / (kept * width);
  const whole = new Float64Array(rows * all * width).fill(fill);
  for (let row = 0; row < rows; row++) {
    particles.forEach((p, k) => {
      const from = (row * kept + k) * width;
      whole.set(values.subarray(from, from + width), (row * all + p) * width);
    });
  }
  return whole;
}

/** The interactions of the backbone, numbered as the particles of the whole configuration. */
export function inOriginalNumbers({ interactions, particles, rattlers }: Backbone): Interactions {
  if (rattlers.length === 0) return interactions;
  return renamed(interactions, particles, particles.length + rattlers.length);
}

function requireOneCluster(interactions: Interactions, particles: Int32Array, total: number): void {
  if (particles.length < 2) {
    throw new SoftfieldError(
      "geometry",
      `nothing to compute: ${total - particles.length} of ${total} particles are rattlers (fewer than d+1 neighbours ` +
        "within the cutoff); check the model, its length unit and the box",
    );
  }
  const { labels, sizes } = connectedClusters(interactions);
  if (sizes.length === 1) return;
  const largest = sizes.indexOf(Math.max(...sizes));
  const stray = labels.findIndex((label) => label !== largest);
  const particle = particles[stray];
  throw new SoftfieldError(
    "geometry",
    `the configuration falls apart into ${sizes.length} disconnected clusters: the largest has ${sizes[largest]} ` +
      `particles, the one of particle ${particle} has ${sizes[labels[stray]]}; nothing holds them in place ` +
      "to each other. Check the cutoff and the box, or give each cluster as a file of its own",
    { particle },
  );
}
