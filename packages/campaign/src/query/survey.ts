import { join } from "node:path";
import type { Campaign, Ensemble } from "../plan/campaign.ts";
import { type PlacedStage, placedStages, type SampleStage } from "../stage.ts";
import type { Check, Failure, Manifest, StagePlace, Store } from "../store/index.ts";

/** What the store holds of one stage of one ensemble; the campaign's seeds only. */
export interface StageSurvey {
  readonly ensemble: Ensemble;
  readonly stage: SampleStage;
  readonly place: StagePlace;
  /** Of every seed that is done and sound, ascending. */
  readonly done: readonly Manifest[];
  readonly failed: readonly Failure[];
  /** Of every seed whose result is there and not sound: the first file that is damaged or missing. */
  readonly damaged: readonly { readonly seed: number; readonly file: string }[];
}

/** Looks through a store: one entry an ensemble and stage, in the campaign's order. Reads every manifest. */
export function surveyStore(
  store: Store,
  campaign: Campaign,
  { stages, check = "sizes" }: { stages: readonly SampleStage[]; check?: Check },
): StageSurvey[] {
  return campaign.ensembles.flatMap((ensemble) => {
    const wanted = new Set(campaign.seeds.get(ensemble.name));
    return placedStages(ensemble, stages).map((placed) =>
      surveyStage(store, ensemble, { placed, wanted, check }),
    );
  });
}

function surveyStage(
  store: Store,
  ensemble: Ensemble,
  { placed, wanted, check }: { placed: PlacedStage; wanted: ReadonlySet<number>; check: Check },
): StageSurvey {
  const { stage, place } = placed;
  const done: Manifest[] = [];
  const damaged: { seed: number; file: string }[] = [];
  for (const seed of store.seeds(place).filter((other) => wanted.has(other))) {
    const found = store.examine(place, seed, check);
    if (found.status === "sound") done.push(found.manifest);
    else damaged.push({ seed, file: found.file });
  }
  const there = new Set(done.map(({ seed }) => seed));
  const failed = store
    .failedSeeds(place)
    .filter((seed) => wanted.has(seed) && !there.has(seed))
    .flatMap((seed) => store.failure(place, seed) ?? []);
  return { ensemble, stage, place, done, failed, damaged };
}

/** Paths of one file of a stage's sound results, one a seed. */
export function filesOf(store: Store, { place, done }: StageSurvey, name: string): string[] {
  return done
    .filter(({ files }) => name in files)
    .map(({ seed }) => join(store.sampleFolder(place, seed), name));
}
