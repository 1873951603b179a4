import type { WorkControl } from "softfield";
import type { Campaign, Ensemble } from "./plan/campaign.ts";
import { type StageIdentity, stageHash } from "./plan/identity.ts";
import type { StageFiles, StagePlace, TableSchema } from "./store/index.ts";

/** What a stage is given to make its result for one sample. */
export interface StageContext {
  readonly ensemble: Ensemble;
  readonly seed: number;
  /** One file of an earlier stage of the same sample, its bytes verified. */
  readonly read: (stage: string, file: string) => Uint8Array;
  readonly control: WorkControl;
}

/**
 * One step from seed to results. Its files must depend on the ensemble's options and the seed alone: times, hosts
 * and the like belong to the manifest, which the store writes.
 */
export interface SampleStage extends StageIdentity {
  /** Kept as NAME.parquet each; also says what `softfield query` may ask for. */
  readonly tables: readonly TableSchema[];
  readonly run: (context: StageContext) => Promise<StageFiles>;
}

/** A stage that an ensemble asks for, and where its results lie. */
export interface PlacedStage {
  readonly stage: SampleStage;
  readonly place: StagePlace;
}

/** The stages that an ensemble asks for, in order. */
export function placedStages(ensemble: Ensemble, stages: readonly SampleStage[]): PlacedStage[] {
  const label = `${ensemble.model.name.replace(/[^\w.-]/g, "_")}-n${ensemble.particles}`;
  return stages.flatMap((stage) => {
    const hash = stageHash(stage, ensemble, stages);
    if (hash === undefined) return [];
    return [{ stage, place: { stage: stage.name, hash, folder: `${label}-${hash.slice(0, 12)}` } }];
  });
}

/** Where the results that a campaign asks for lie. */
export function campaignPlaces(campaign: Campaign, stages: readonly SampleStage[]): StagePlace[] {
  return campaign.ensembles.flatMap((ensemble) => placedStages(ensemble, stages).map(({ place }) => place));
}
