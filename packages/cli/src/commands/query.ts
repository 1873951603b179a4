import {
  loadCampaign,
  type QueryResult,
  queryCampaign,
  type Registry,
  withPlugins,
} from "@softfield/campaign";
import { type Command, Option } from "commander";
import { registry as campaignRegistry } from "../shell/registry.ts";

type Format = "table" | "csv" | "json";

/** `softfield query CAMPAIGN "select …"`: SQL over a campaign's results. */
export function registerQuery(program: Command, given: Registry = campaignRegistry): void {
  program
    .command("query")
    .summary("ask a campaign's results in SQL")
    .description(
      "Runs a query of DuckDB over the Parquet files of a campaign. Every table has the columns ensemble and seed:\n" +
        `  ${[...withPlugins(given).stages.flatMap(({ tables }) => tables.map(({ name }) => name)), "samples"].join(", ")}\n` +
        "'describe bonds' lists the columns of one of them.",
    )
    .argument("<campaign>", "campaign file (YAML or JSON)")
    .argument("<sql>", "the query")
    .addOption(
      new Option("--format <format>", "of the answer").choices(["table", "csv", "json"]).default("table"),
    )
    .addHelpText(
      "after",
      '\nExamples:\n  softfield query night.yaml "select ensemble, max(lte) from bonds group by all"\n' +
        '  softfield query night.yaml "select * from samples" --format csv\n',
    )
    .action(async (file: string, sql: string, { format }: { format: Format }) => {
      const { campaign, folder, registry } = loadCampaign(file, given);
      const result = await queryCampaign(campaign, { folder, stages: registry.stages, sql });
      process.stdout.write(formatted(result, format));
    });
}

/** A query's answer as text. */
function formatted({ columns, rows }: QueryResult, format: Format): string {
  if (format === "json") {
    return `${JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]]))))}\n`;
  }
  const cells = [[...columns], ...rows.map((row) => row.map(text))];
  if (format === "csv") return `${cells.map((row) => row.map(quoted).join(",")).join("\n")}\n`;
  const widths = columns.map((_, k) => Math.max(...cells.map((row) => row[k].length)));
  return `${cells
    .map((row) =>
      row
        .map((cell, k) => cell.padEnd(widths[k]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")}\n`;
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
