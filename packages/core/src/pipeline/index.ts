/** Room 10, pipeline: one realisation, from config and seed through the stages to results; campaigns of many. */
export {
  type Campaign,
  type CampaignCompute,
  type CampaignKeep,
  type CampaignProtocol,
  type CampaignReader,
  type Ensemble,
  glassText,
  parseCampaign,
} from "./campaign.ts";
export { type CampaignSource, campaignError } from "./campaign-faults.ts";
export { canonicalJson, type Json, sha256Hex } from "./campaign-hash.ts";
export { campaignJsonSchema } from "./campaign-schema.ts";
export { describeSeeds, parseSeeds, type SeedList, type SeedsFound } from "./campaign-seeds.ts";
export { type StageIdentity, stageHash } from "./campaign-stages.ts";
