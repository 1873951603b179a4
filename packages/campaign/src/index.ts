/** Campaigns: thousands of samples, on worker threads or Slurm, in a store that survives the night. */

export {
  type Campaign,
  type CampaignReader,
  type Ensemble,
  glassText,
  parseCampaign,
} from "./plan/campaign.ts";
export { canonicalJson, type Json } from "./plan/canonical.ts";
export { type CampaignSource, campaignError } from "./plan/faults.ts";
export { type StageIdentity, stageHash } from "./plan/identity.ts";
export { campaignName, type LoadedCampaign, loadCampaign } from "./plan/load.ts";
export { type CampaignCompute, type CampaignKeep, campaignJsonSchema } from "./plan/schema.ts";
export { describeSeeds, parseSeeds, type SeedList, type SeedsFound } from "./plan/seeds.ts";
export { campaignTemplate } from "./plan/template.ts";
export { type QueryResult, queryCampaign } from "./query/query.ts";
export { type CampaignStatus, campaignStatus } from "./query/status.ts";
export { filesOf, type StageSurvey, surveyStore } from "./query/survey.ts";
export { FIGURES, type FigureName } from "./report/figures.ts";
export { exampleGeometry, geometryFigure } from "./report/geometry.ts";
export { readCanonicalTable } from "./report/inset.ts";
export { drawFigure, writeReport } from "./report/report.ts";
export { type CleanSummary, cleanCampaign } from "./run/clean.ts";
export { interruptible } from "./run/interrupt.ts";
export type { Shard } from "./run/jobs.ts";
export { type RunOptions, type RunSummary, runCampaign } from "./run/runner.ts";
export { type Sample, type SampleState, sampleState } from "./run/sample.ts";
export { type QueuedJob, queuedJobs } from "./slurm/queue.ts";
export { type SlurmOptions, type SubmitSummary, submitCampaign } from "./slurm/submit.ts";
export {
  type PlacedStage,
  placedStages,
  type SampleStage,
  type StageContext,
  type StageTable,
} from "./stage.ts";
export { stages, stageTable } from "./stages/index.ts";
