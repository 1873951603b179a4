/** Campaigns: thousands of samples, on worker threads or Slurm, in a store that survives the night. */
export { part } from "./base.ts";

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
export { measured } from "./plan/measured.ts";
export { refuseModes } from "./plan/refusals.ts";
export { campaignJsonSchema } from "./plan/schema.ts";
export {
  type Asked,
  type CampaignCompute,
  type CampaignKeep,
  type Refusal,
  type Section,
  section,
} from "./plan/section.ts";
export { describeSeeds, parseSeeds, type SeedList, type SeedsFound } from "./plan/seeds.ts";
export { campaignTemplate, ensembleName, filesTemplate } from "./plan/template.ts";
export type { CampaignApi } from "./plugins/api.ts";
export { type CampaignPlugin, type PluginPart, withPlugins } from "./plugins/parts.ts";
export { type Ask, type QueryResult, type QuerySource, queryCampaign } from "./query/query.ts";
export { type CampaignStatus, campaignStatus } from "./query/status.ts";
export { filesOf, type StageSurvey, surveyStore } from "./query/survey.ts";
export { type Part, partOf, type Registry, registryOf } from "./registry.ts";
export type { Collector, EnsembleData } from "./report/collect.ts";
export type { FigureEntry, TableEntry, TableFigureOptions } from "./report/entries.ts";
export { column, groups, pointsOf, type Row, rowsOf, someOf, someRowsOf } from "./report/figures/rows.ts";
export { exampleGeometry, geometryFigure } from "./report/geometry.ts";
export { readCanonicalTable } from "./report/inset.ts";
export { drawFigure, type ReportSource, type ReportSummary, writeReport } from "./report/report.ts";
export { type StoredSample, storedSamples } from "./report/stored.ts";
export {
  ESTIMATE,
  estimateCells,
  meanOf,
  type ReportTable,
  unitAmong,
  withUnit,
} from "./report/tables.ts";
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
} from "./stage.ts";
export { readColumns, readTexts } from "./stages/columns.ts";
export { storedGlass, storedMinimum } from "./stages/make.ts";
export { loadFault, loadingOf } from "./stages/shear.ts";
export {
  inUnitsOf,
  type RecordColumn,
  type RecordTable,
  real,
  recordBytes,
  type StageFiles,
  spatial,
  type TableSchema,
  tableBytes,
  text,
  whole,
} from "./store/index.ts";
