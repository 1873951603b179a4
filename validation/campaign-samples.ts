import type { Campaign, Ensemble } from "@softfield/campaign";
import {
  findInteractions,
  type Interactions,
  nearestSpot,
  pairsOf,
  SoftfieldError,
  type SoftSpot,
  type System,
} from "softfield";
import { PAIRS } from "softfield/internal";
import { loadCampaign } from "../packages/campaign/src/index.ts";
import { placedStages } from "../packages/campaign/src/stage.ts";
import { readColumns } from "../packages/campaign/src/stages/columns.ts";
import { storedGlass } from "../packages/campaign/src/stages/make.ts";
import { storedWeights } from "../packages/campaign/src/stages/modes.ts";
import { identifiers, placedOnTerms } from "../packages/campaign/src/stages/terms.ts";
import { Store } from "../packages/campaign/src/store/index.ts";
import { registry } from "../packages/cli/src/shell/registry.ts";

/** A plastic event as a campaign stores it. */
export interface StoredEvent {
  readonly strain: number;
  /** Energy lost, ε. */
  readonly drop: number;
  /** The one that moves furthest (SI E). */
  readonly particle: number;
  /** At the peak of the critical mode at γ_c. */
  readonly modeParticle: number;
}

/** A sheared sample of a campaign's store, with what its soft spots are made from. */
export interface ShearedSample {
  readonly ensemble: Ensemble;
  readonly seed: number;
  readonly system: System;
  readonly interactions: Interactions;
  /** m */
  readonly lte: Float64Array;
  /** N, Σ|Ψ|² over the stored number of modes */
  readonly weights: Float64Array;
  readonly events: readonly StoredEvent[];
}

const NEEDED = ["make", "lte", "modes", "shear"];

/** The samples of an ensemble (default: the first that is sheared) whose glass, energies, modes and shear are there. */
export async function* shearedSamples(file: string, name?: string): AsyncGenerator<ShearedSample> {
  const { campaign, folder } = loadCampaign(file, registry);
  const store = Store.open(folder, campaign.name);
  const ensemble = chosen(campaign, name);
  const placed = new Map(
    placedStages(ensemble, registry.stages).map(({ stage, place }) => [stage.name, place]),
  );
  for (const seed of campaign.seeds.get(ensemble.name) ?? []) {
    if (!NEEDED.every((stage) => store.manifest(placed.get(stage)!, seed, "sizes"))) continue;
    const read = (stage: string, path: string) => store.read(placed.get(stage)!, seed, path)!;
    const system = storedGlass({ ensemble, read });
    const interactions = findInteractions(system, ensemble.model);
    const bonds = await readColumns(read("lte", "bonds.parquet"), [...identifiers(PAIRS), "lte"]);
    yield {
      ensemble,
      seed,
      system,
      interactions,
      lte: placedOnTerms(pairsOf(interactions), bonds),
      weights: await storedWeights({ read }),
      events: await storedEvents(read("shear", "events.parquet")),
    };
  }
}

/** Refuses to print a table of nothing. */
export function requireSamples(count: number, file: string): void {
  if (count > 0) return;
  throw new SoftfieldError(
    "usage",
    `${file}: its store has no sample with all of ${NEEDED.join(", ")}: softfield run ${file}`,
  );
}

function chosen({ ensembles }: Campaign, name?: string): Ensemble {
  const found = ensembles.find((one) => (name === undefined ? one.compute.shear : one.name === name));
  if (found) return found;
  throw new SoftfieldError("usage", `there is no ensemble ${name ?? "that is sheared"} in the campaign`);
}

async function storedEvents(bytes: Uint8Array): Promise<StoredEvent[]> {
  const names = ["strain", "energy_before", "energy_after", "particle", "mode_particle"];
  const columns = await readColumns(bytes, names);
  return Array.from(columns.strain!, (strain, k) => ({
    strain,
    drop: columns.energy_before![k] - columns.energy_after![k],
    particle: columns.particle![k],
    modeParticle: columns.mode_particle![k],
  }));
}

/** Δε of the spot nearest to each of some particles; NaN without spots. */
export function standardizedAt(
  { box, positions }: System,
  spots: readonly SoftSpot[],
  particles: readonly number[],
): number[] {
  const d = box.dimension;
  return particles.map((p) => {
    return nearestSpot(box, positions.subarray(p * d, (p + 1) * d), spots)?.standardized ?? Number.NaN;
  });
}

/** Every so many particles is asked where it belongs. */
const STRIDE = 10;

/**
 * What chance makes of F_n(Δε): the fraction of all particles whose nearest spot has at most that Δε. Maps of few
 * spots foretell anything by this.
 */
export function chanceAt(system: System, spots: readonly SoftSpot[], limits: readonly number[]): number[] {
  const count = Math.ceil(system.species.length / STRIDE);
  const particles = Array.from({ length: count }, (_, k) => k * STRIDE);
  const found = standardizedAt(system, spots, particles);
  return limits.map((limit) => found.filter((x) => x <= limit).length / count);
}
