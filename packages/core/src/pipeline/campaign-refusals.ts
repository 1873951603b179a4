import { LTE_THRESHOLD } from "../analysis/index.ts";
import { largestWaveNumber } from "../response/index.ts";
import { type CampaignSource, campaignError } from "./campaign-faults.ts";
import type { CampaignCompute, CampaignKeep } from "./campaign-schema.ts";

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

/** Sections that can't work together. */
export function refuseImpossible(given: Asked, section: readonly string[], source: CampaignSource): void {
  const { compute, keep } = given;
  const { lte, modes, spots, couplings } = compute;
  if (modes !== undefined) refuseModes(modes.count, given, [...section, "modes", "count"], source);
  if (couplings !== undefined) refuseCouplings(couplings, given, [...section, "couplings"], source);
  if (spots === undefined) return;
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
