import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadCampaign, readCanonicalTable, writeReport } from "@softfield/campaign";
import type { StyleName } from "@softfield/figures";
import { type Command, Option } from "commander";
import { checkOutputs, forceOption } from "../shell/outputs.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";

interface ReportFlags {
  readonly out?: string;
  readonly style: StyleName;
  readonly md?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

const PAGE = "report.html";

/** `softfield report CAMPAIGN`: statistics, figures, and one page with all of it. */
export function registerReport(program: Command): void {
  const command = program
    .command("report")
    .summary("statistics and figures of a campaign, and one page with all of it")
    .description(
      "Writes the statistics of a campaign's results as tables (Parquet and CSV), the paper's figures (SVG, PNG, PDF) " +
        "and report.html, which needs nothing beside it. Errors are by bootstrap over whole samples.",
    )
    .argument("<campaign>", "campaign file (YAML or JSON)")
    .option("-o, --out <folder>", "where to (default: report, in the campaign's folder, made anew each time)")
    .addOption(new Option("--style <style>", "of figures").choices(["paper", "slides"]).default("paper"))
    .option("--md <file>", "table of 'softfield validate md -o FILE.parquet', for the inset of Fig. 2");
  forceOption(command)
    .option("--json", "print what was written as one JSON object")
    .action(async (file: string, { out, style, md, json, force }: ReportFlags) => {
      const { campaign, folder, registry } = loadCampaign(file, campaignRegistry);
      const target = out === undefined ? join(folder, "report") : resolve(out);
      if (out !== undefined && existsSync(join(target, PAGE)))
        await checkOutputs([join(target, PAGE)], { force });
      const source = { folder, registry };
      const canonical = md === undefined ? {} : { canonical: await readCanonicalTable(md) };
      const summary = await writeReport(campaign, source, { folder: target, style, ...canonical });
      if (json) {
        process.stdout.write(`${JSON.stringify(summary)}\n`);
        return;
      }
      const { tables, figures, missing, absent } = summary;
      process.stdout.write(`${join(target, PAGE)}: ${tables.length} tables, ${figures.length} figures\n`);
      for (const [name, reason] of Object.entries(missing))
        process.stdout.write(`no Fig. ${name}: ${reason}\n`);
      for (const [reason, names] of Object.entries(absent))
        process.stdout.write(
          `no ${names.length === 1 ? "table" : "tables"} ${names.join(", ")}: ${reason}\n`,
        );
    });
}
