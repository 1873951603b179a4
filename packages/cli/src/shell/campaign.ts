import { type LoadedCampaign, loadCampaign, type Registry } from "@softfield/campaign";
import type { Subject } from "./subject.ts";

/** A campaign, and the path of its file as it was typed. */
export type OpenCampaign = LoadedCampaign & { readonly path: string };

/** One campaign, by its file, as what a command is asked of. */
export function campaignOf(registry: Registry): Subject<object, OpenCampaign> {
  return {
    declare: (command) => command.argument("<campaign>", "campaign file (YAML or JSON)"),
    files: ([path]) => [path],
    open: ([path]) => ({ ...loadCampaign(path, registry), path }),
  };
}
