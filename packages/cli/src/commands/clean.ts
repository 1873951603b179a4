import { type CleanSummary, cleanCampaign, type Registry } from "@softfield/campaign";
import type { Command } from "commander";
import { campaignOf, type OpenCampaign } from "../shell/campaign.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";
import { size } from "../shell/size.ts";

interface CleanFlags extends CommonOptions {
  readonly yes?: boolean;
}

/** `softfield clean CAMPAIGN`: lists or removes results of options that a campaign no longer asks for. */
export function registerClean(program: Command, given: Registry = campaignRegistry): void {
  registerCommand<CleanFlags, OpenCampaign, CleanSummary, CleanSummary>(program, {
    name: "clean",
    summary: "list or remove results of options that a campaign no longer asks for",
    description:
      "Lists the folders of results that the campaign file no longer asks for (another N, protocol or option, an older " +
      "version of a stage) with their sizes. Nothing is removed without --yes, and never while a run is at work. Results " +
      "that are asked for, failures among them, reports and logs stay.",
    help: "Examples:\n  softfield clean night.yaml\n  softfield clean night.yaml --yes\n",
    subject: campaignOf(given),
    options: (command) => command.option("--yes", "remove them"),
    run: ({ campaign, folder, registry: { stages } }, { yes }) =>
      cleanCampaign(campaign, { folder, stages, remove: yes === true }),
    summarise: ({ found }) => found,
    text: (summary, { path }) => cleanText(summary, path),
  });
}

function cleanText({ folder, results, bytes, removed }: CleanSummary, file: string): string {
  if (results.length === 0) return `${folder}: holds no results but those that ${file} asks for\n`;
  const lines = results.map(
    (entry) => `${size(entry.bytes).padStart(8)}  ${entry.stage}/${entry.folder}  ${entry.samples} samples`,
  );
  const what = `${size(bytes)} in ${results.length} ${results.length === 1 ? "folder" : "folders"} that ${file} no longer asks for`;
  lines.push(removed ? `removed: ${what}` : `${what}; 'softfield clean ${file} --yes' removes them`);
  return `${lines.join("\n")}\n`;
}
