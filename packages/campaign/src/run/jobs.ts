import type { Campaign } from "../plan/campaign.ts";
import { type PlacedStage, placedStages, type SampleStage } from "../stage.ts";

/** One of `count` equal parts of a campaign's samples; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A sample to be made. */
export interface Job {
  /** Place of its ensemble in the campaign's list. */
  readonly ensemble: number;
  readonly seed: number;
  readonly placed: readonly PlacedStage[];
  /** Of its claim. */
  readonly key: string;
}

/** All samples of a campaign, or of a shard of it: every `count`-th, so that shards are alike. */
export function listJobs(campaign: Campaign, stages: readonly SampleStage[], shard?: Shard): Job[] {
  const jobs = campaign.ensembles.flatMap((ensemble, index) => {
    const placed = placedStages(ensemble, stages);
    const glass = placed[0].place.folder;
    return campaign.seeds
      .get(ensemble.name)!
      .map((seed) => ({ ensemble: index, seed, placed, key: `${glass}.seed=${seed}` }));
  });
  return shard === undefined ? jobs : jobs.filter((_, k) => k % shard.count === shard.index - 1);
}
