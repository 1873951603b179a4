import { LTE_THRESHOLD, largestWaveNumber, maxCutoff, mostBins, type PairModel } from "softfield";
import { type CampaignSource, campaignError } from "./faults.ts";
import type { CampaignCompute, CampaignKeep } from "./schema.ts";

/** What an ensemble asks for, and of which glasses. */
interface Asked {
  readonly compute: CampaignCompute;
  readonly keep: CampaignKeep;
  readonly particles: number;
  readonly dimension: 2 | 3;
}

function refuseModes(
  count: number,
  { particles, dimension }: Asked,
  path: readonly string[],
  source: CampaignSource,
): void {
  const freedoms = (particles - 1) * dimension;
  if (count <= freedoms) return;
  throw campaignError(source, path, `${count} modes: there are ${freedoms} vibrations of so few particles`);
}

function refuseCouplings(
  { modes, waves }: NonNullable<CampaignCompute["couplings"]>,
  asked: Asked,
  path: readonly string[],
  source: CampaignSource,
): void {
  refuseModes(modes, asked, [...path, "modes"], source);
  const most = largestWaveNumber(asked.particles, asked.dimension);
  if (waves !== undefined && waves > most) {
    const message = `waves up to the number ${waves}: beyond ${most} they are shorter than two particle distances`;
    throw campaignError(source, [...path, "waves"], message);
  }
  if (modes === 0 && waves === 0) {
    throw campaignError(source, path, "asks for neither modes nor waves; leave the section out");
  }
}

/**
 * Refuses glasses so small that a particle would meet its own image: the edge of a box, (N/ρ)^(1/d), must be longer than
 * the longest cutoff. Models that mix diameters are left to the dynamics: their cutoffs are those of the particles.
 */
export function refuseSmallBox(
  { model, particles }: { model: PairModel; particles: number },
  path: readonly string[],
  source: CampaignSource,
): void {
  const { glass, dimension } = model;
  if (glass === undefined || dimension === undefined || model.mixing !== undefined) return;
  const cutoff = maxCutoff(model);
  const edge = (particles / glass.density) ** (1 / dimension);
  if (edge > cutoff) return;
  const least = Math.floor(cutoff ** dimension * glass.density) + 1;
  throw campaignError(
    source,
    path,
    `the box of ${particles} particles is ${edge.toPrecision(4)} wide, not more than the cutoff ${cutoff.toPrecision(4)} of ` +
      `${model.name}: particles would interact with their own images; take at least ${least}`,
  );
}

/** Sections that can't work together. */
export function refuseImpossible(given: Asked, section: readonly string[], source: CampaignSource): void {
  const { compute, keep } = given;
  const { lte, modes, spots, couplings } = compute;
  if (modes !== undefined) refuseModes(modes.count, given, [...section, "modes", "count"], source);
  if (couplings !== undefined) refuseCouplings(couplings, given, [...section, "couplings"], source);
  if (spots === undefined) return;
  const most = mostBins(given.dimension);
  if (spots.bins !== undefined && spots.bins > most) {
    const message = `must be at most ${most} along each edge of a ${given.dimension}D box, found ${spots.bins}`;
    throw campaignError(source, [...section, "spots", "bins"], message);
  }
  if (lte === undefined) {
    throw campaignError(source, [...section, "spots"], 'needs local thermal energies: add an "lte" section');
  }
  if (keep.bonds === "soft" && (spots.reading === "mean-of-all" || spots.threshold < LTE_THRESHOLD)) {
    throw campaignError(
      source,
      [...section, "spots"],
      `needs bonds with |E| < ${LTE_THRESHOLD}, which keep.bonds "soft" does not store; set keep.bonds to "all"`,
    );
  }
}
