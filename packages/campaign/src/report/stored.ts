import type { Campaign, Ensemble } from "../plan/campaign.ts";
import type { QuerySource } from "../query/query.ts";
import { placedStages } from "../stage.ts";
import { Store } from "../store/index.ts";

/** A sample of the store, and how its files are read. */
export interface StoredSample {
  readonly ensemble: Ensemble;
  readonly seed: number;
  /** A file of one of its stages. */
  readonly read: (stage: string, file: string) => Uint8Array;
}

/** The samples that a campaign names for which all of these stages are done, ensemble by ensemble, ascending in the seed. */
export function storedSamples(
  campaign: Campaign,
  { folder, stages }: QuerySource,
  wanted: readonly string[],
): StoredSample[] {
  const store = Store.open(folder, campaign.name);
  return campaign.ensembles.flatMap((ensemble) => {
    const placed = new Map(placedStages(ensemble, stages).map(({ stage, place }) => [stage.name, place]));
    const places = wanted.flatMap((name) => placed.get(name) ?? []);
    if (places.length < wanted.length) return [];
    const [first, ...others] = places.map((place) => store.seeds(place));
    // others may be stored that the campaign names no longer
    const named = campaign.seeds.get(ensemble.name) ?? [];
    return first
      .filter((seed) => named.includes(seed) && others.every((seeds) => seeds.includes(seed)))
      .sort((a, b) => a - b)
      .map((seed): StoredSample => {
        return { ensemble, seed, read: (stage, file) => store.read(placed.get(stage)!, seed, file)! };
      });
  });
}
