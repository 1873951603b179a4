import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ReportSummary, readCanonicalTable, writeReport } from "@softfield/campaign";
import type { StyleName } from "@softfield/figures";
import { type Command, Option } from "commander";
import { campaignOf, type OpenCampaign } from "../shell/campaign.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { forceOption } from "../shell/outputs.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";

interface ReportFlags extends CommonOptions {
  readonly out?: string;
  readonly style: StyleName;
  readonly md?: string;
}

const PAGE = "report.html";

/** `softfield report CAMPAIGN`: statistics, figures, and one page with all of it. */
export function registerReport(program: Command): void {
  registerCommand<ReportFlags, OpenCampaign, ReportSummary, ReportSummary>(program, {
    name: "report",
    summary: "statistics and figures of a campaign, and one page with all of it",
    description:
      "Writes the statistics of a campaign's results as tables (Parquet and CSV), the paper's figures (SVG, PNG, PDF) " +
      "and report.html, which needs nothing beside it: figures with captions, stress over strain, and the methods (potentials, " +
      "preparation or files, options, seeds, counts, failures, warnings, versions), which are also in methods.txt. Errors are by " +
      "bootstrap over whole samples.",
    help: "Example:\n  softfield report night.yaml -o night-report\n",
    subject: campaignOf(campaignRegistry),
    options: (command) =>
      forceOption(
        command
          .option(
            "-o, --out <folder>",
            "where to (default: report, in the campaign's folder, made anew each time)",
          )
          .addOption(
            new Option("--style <style>", "of figures").choices(["paper", "slides"]).default("paper"),
          )
          .option("--md <file>", "table of 'softfield validate md -o FILE.parquet', for the inset of Fig. 2"),
      ),
    beside: (_, { out }) =>
      out !== undefined && existsSync(join(out, PAGE)) ? [join(resolve(out), PAGE)] : [],
    run: async ({ campaign, folder, registry }, { out, style, md }) => {
      const canonical = md === undefined ? {} : { canonical: await readCanonicalTable(md) };
      const target = out === undefined ? join(folder, "report") : resolve(out);
      return await writeReport(campaign, { folder, registry }, { folder: target, style, ...canonical });
    },
    summarise: ({ found }) => found,
    text: reportText,
  });
}

function reportText({ folder, tables, figures, missing, absent }: ReportSummary): string {
  return [
    `${join(folder, PAGE)}: ${tables.length} tables, ${figures.length} figures\n`,
    ...Object.entries(missing).map(([name, reason]) => `no Fig. ${name}: ${reason}\n`),
    ...Object.entries(absent).map(
      ([reason, names]) => `no ${names.length === 1 ? "table" : "tables"} ${names.join(", ")}: ${reason}\n`,
    ),
  ].join("");
}
