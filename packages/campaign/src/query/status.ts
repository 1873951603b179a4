import { join } from "node:path";
import type { Campaign } from "../plan/campaign.ts";
import { unaskedResults } from "../run/clean.ts";
import { type QueuedJob, queuedJobs } from "../slurm/queue.ts";
import { placedStages, type SampleStage } from "../stage.ts";
import { Claims, currentOwner, Store } from "../store/index.ts";
import { type StageSurvey, surveyStore } from "./survey.ts";

/** Where a campaign stands. Times in seconds, sizes in bytes. */
export interface CampaignStatus {
  readonly campaign: string;
  readonly folder: string;
  readonly ensembles: readonly EnsembleStatus[];
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Samples that live runs work on now. */
  readonly running: readonly RunningSample[];
  readonly missing: number;
  /** Samples an hour at the present number of workers; absent where none runs or none is done. */
  readonly rate?: number;
  readonly secondsLeft?: number;
  /** Of everything in the store's folder. */
  readonly bytes: number;
  /** Of it, results of options that the campaign no longer asks for: see `cleanCampaign`. */
  readonly bytesUnasked: number;
  readonly bytesFree: number;
  readonly failures: readonly SampleFailure[];
  /** Results that are there and not as their manifests say; `run` makes them anew. */
  readonly damaged: readonly DamagedSample[];
  /** Job arrays that were submitted, where there are any. */
  readonly slurm: readonly QueuedJob[];
  /** Why Slurm could not be asked about them. */
  readonly slurmSilent?: string;
}

export interface EnsembleStatus {
  readonly name: string;
  readonly model: string;
  readonly particles: number;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  readonly stages: readonly StageStatus[];
}

export interface StageStatus {
  readonly stage: string;
  readonly done: number;
  readonly failed: number;
  /** Mean over the samples that are done. */
  readonly secondsEach: number;
  readonly bytesEach: number;
}

export interface RunningSample {
  readonly ensemble: string;
  readonly seed: number;
  readonly host: string;
  readonly pid: number;
}

export interface DamagedSample {
  readonly ensemble: string;
  readonly seed: number;
  readonly stage: string;
  readonly file: string;
}

export interface SampleFailure {
  readonly ensemble: string;
  readonly seed: number;
  readonly stage: string;
  readonly reason: string;
  readonly host: string;
}

/** Looks at a campaign's store; other runs may be at work on it. */
export function campaignStatus(
  campaign: Campaign,
  { folder, stages, verify = false }: { folder: string; stages: readonly SampleStage[]; verify?: boolean },
): CampaignStatus {
  const store = Store.open(folder, campaign.name);
  const survey = surveyStore(store, campaign, { stages, check: verify ? "bytes" : "sizes" });
  const ensembles = campaign.ensembles.map(({ name }) =>
    ensembleStatus(
      survey.filter(({ ensemble }) => ensemble.name === name),
      campaign.seeds.get(name)!.length,
    ),
  );
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const total = sum(ensembles.map((ensemble) => ensemble.total));
  const done = sum(ensembles.map((ensemble) => ensemble.done));
  const failed = sum(ensembles.map((ensemble) => ensemble.failed));
  const running = done + failed === total ? [] : runningSamples(store, campaign, stages);
  const { jobs, silent } = queuedJobs(store);
  const use = store.use();
  return {
    campaign: campaign.name,
    folder: store.root,
    ensembles,
    total,
    done,
    failed,
    running,
    missing: total - done - failed,
    ...pace(ensembles, running),
    bytes: use.bytes,
    bytesUnasked: sum(unaskedResults(use, campaign, stages).map(({ bytes }) => bytes)),
    bytesFree: store.freeBytes(),
    slurm: jobs,
    slurmSilent: silent,
    damaged: survey.flatMap(({ ensemble, stage, damaged }) =>
      damaged.map((entry) => ({ ensemble: ensemble.name, stage: stage.name, ...entry })),
    ),
    failures: survey.flatMap(({ ensemble, failed: failures }) =>
      failures.map(({ seed, stage, reason, made }) => ({
        ensemble: ensemble.name,
        seed,
        stage,
        reason,
        host: made.host,
      })),
    ),
  };
}

function ensembleStatus(stages: readonly StageSurvey[], total: number): EnsembleStatus {
  const { ensemble } = stages[0];
  const failed = new Set(stages.flatMap((stage) => stage.failed.map(({ seed }) => seed)));
  const [first, ...later] = stages.map((stage) => new Set(stage.done.map(({ seed }) => seed)));
  const complete = [...first!].filter((seed) => later.every((seeds) => seeds.has(seed)));
  return {
    name: ensemble.name,
    model: ensemble.model.name,
    particles: ensemble.particles,
    total,
    done: complete.length,
    failed: failed.size,
    stages: stages.map((survey) => {
      const count = survey.done.length;
      const seconds = survey.done.reduce((sum, { made }) => sum + made.seconds, 0);
      return {
        stage: survey.stage.name,
        done: count,
        failed: survey.failed.length,
        secondsEach: count === 0 ? 0 : seconds / count,
        bytesEach: count === 0 ? 0 : stageBytes(survey) / count,
      };
    }),
  };
}

function stageBytes({ done }: StageSurvey): number {
  let bytes = 0;
  for (const { files } of done) for (const file of Object.values(files)) bytes += file.bytes;
  return bytes;
}

function runningSamples(store: Store, campaign: Campaign, stages: readonly SampleStage[]): RunningSample[] {
  const names = new Map(
    campaign.ensembles.map((ensemble) => [placedStages(ensemble, stages)[0].place.folder, ensemble.name]),
  );
  const claims = new Claims({ folder: join(store.root, "claims"), owner: currentOwner() });
  return [...claims.fullest()].flatMap(([key, { host, pid }]) => {
    const [, folder, seed] = /^(.*)\.seed=(\d+)$/.exec(key) ?? [];
    const ensemble = names.get(folder ?? "");
    return ensemble === undefined ? [] : [{ ensemble, seed: Number(seed), host, pid }];
  });
}

/** By the mean time of a sample so far and the samples now at work: no clock of any machine is compared. */
function pace(
  ensembles: readonly EnsembleStatus[],
  running: readonly RunningSample[],
): { rate?: number; secondsLeft?: number } {
  if (running.length === 0) return {};
  let work = 0;
  let made = 0;
  let left = 0;
  for (const { total, done, failed, stages } of ensembles) {
    const each = stages.reduce((sum, { secondsEach }) => sum + secondsEach, 0);
    work += each * done;
    made += done;
    left += each * (total - done - failed);
  }
  return made === 0 || work === 0
    ? {}
    : { rate: (3600 * running.length * made) / work, secondsLeft: left / running.length };
}
