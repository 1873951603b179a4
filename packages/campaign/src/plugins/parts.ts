import { type LoadedPlugin, loadedPlugins, loadPlugin, type Plugin } from "@softfield/node";
import { type Part, partOf, type Registry, registryOf } from "../registry.ts";
import type { SampleStage } from "../stage.ts";
import { type CampaignApi, campaignApi } from "./api.ts";

/** What a plug-in adds to campaigns. */
export type PluginPart<Data extends object = object> = Omit<Part<Data>, "module" | "plugin">;

/** A plug-in that adds to campaigns, too. */
export interface CampaignPlugin<Data extends object = object> extends Plugin {
  readonly campaign?: (api: CampaignApi) => PluginPart<Data>;
}

/** A registry with what the plug-ins of some files, and those that are in use already, add to it. */
export function withPlugins(registry: Registry, files: readonly string[] = []): Registry {
  for (const file of files) loadPlugin(file);
  const parts = registry.parts.filter(({ plugin }) => plugin === undefined);
  return registryOf(...parts, ...loadedPlugins().map(partOfPlugin));
}

function partOfPlugin({ plugin, path, sha256 }: LoadedPlugin): Part {
  const { campaign } = plugin as CampaignPlugin;
  const part = campaign?.(campaignApi) ?? {};
  return partOf({
    ...part,
    plugin: path,
    stages: (part.stages ?? []).map((stage) => identified(stage, sha256)),
  });
}

/** The stage, with what its plug-in says part of its identity: results of another text are other results. */
function identified(stage: SampleStage, plugin: string): SampleStage {
  return {
    ...stage,
    options: (ensemble) => {
      const options = stage.options(ensemble);
      return options === undefined ? undefined : { options, plugin };
    },
  };
}
