import { join } from "node:path";
import { SoftfieldError } from "softfield";
import type { Campaign } from "../plan/campaign.ts";
import { campaignPlaces, type SampleStage } from "../stage.ts";
import { Claims, currentOwner, type FolderUse, Store, type StoreUse } from "../store/index.ts";

/** Results of options that a campaign no longer asks for. */
export interface CleanSummary {
  /** The store's. */
  readonly folder: string;
  readonly results: readonly FolderUse[];
  readonly bytes: number;
  readonly removed: boolean;
}

/**
 * Lists, and removes where it is told to, the folders of results that belong to other options, sizes, protocols or
 * versions than those that the campaign asks for. Stages that this softfield does not know are left alone.
 *
 * @throws SoftfieldError "usage" where a run is at work and something is to be removed
 */
export function cleanCampaign(
  campaign: Campaign,
  { folder, stages, remove }: { folder: string; stages: readonly SampleStage[]; remove: boolean },
): CleanSummary {
  const store = Store.open(folder, campaign.name);
  const results = unaskedResults(store.use(), campaign, stages);
  if (remove && results.length > 0) {
    refuseAmidRun(store);
    for (const place of results) store.remove(place);
  }
  const bytes = results.reduce((sum, entry) => sum + entry.bytes, 0);
  return { folder: store.root, results, bytes, removed: remove };
}

/** Of what a store holds, the results of known stages at no place that the campaign asks for. */
export function unaskedResults(
  { results }: StoreUse,
  campaign: Campaign,
  stages: readonly SampleStage[],
): FolderUse[] {
  const asked = new Set(campaignPlaces(campaign, stages).map(({ stage, folder }) => `${stage}/${folder}`));
  const known = new Set(stages.map(({ name }) => name));
  return results.filter(({ stage, folder }) => known.has(stage) && !asked.has(`${stage}/${folder}`));
}

/** A run may have begun with the options of before. */
function refuseAmidRun(store: Store): void {
  const claims = new Claims({ folder: join(store.root, "claims"), owner: currentOwner() });
  const [owner] = claims.fullest().values();
  if (owner === undefined) return;
  throw new SoftfieldError(
    "usage",
    `${store.root}: a run is at work (process ${owner.pid} on ${owner.host}); let it end, or stop it, then clean. ` +
      "Where it is long gone, 'softfield run' takes its samples over after --lease seconds",
    { file: store.root },
  );
}
