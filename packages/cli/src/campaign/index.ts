/** Campaigns: thousands of samples, on worker threads or Slurm, in a store that survives the night. */
export { type CleanSummary, cleanCampaign } from "./clean.ts";
export { interruptible } from "./interrupt.ts";
export type { Shard } from "./jobs.ts";
export { campaignName, type LoadedCampaign, loadCampaign } from "./load.ts";
export { type QueryResult, queryCampaign } from "./query.ts";
export { type RunOptions, type RunSummary, runCampaign } from "./runner.ts";
export { type Sample, type SampleState, sampleState } from "./sample.ts";
export { type QueuedJob, queuedJobs } from "./slurm/queue.ts";
export { type SlurmOptions, type SubmitSummary, submitCampaign } from "./slurm/submit.ts";
export {
  type PlacedStage,
  placedStages,
  type SampleStage,
  type StageContext,
  type StageTable,
} from "./stage.ts";
export { type CampaignStatus, campaignStatus } from "./status.ts";
export { filesOf, type StageSurvey, surveyStore } from "./survey.ts";
export { campaignTemplate } from "./template.ts";
