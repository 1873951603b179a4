import { type QueryResult, queryCampaign, type Registry, withPlugins } from "@softfield/campaign";
import { type Command, Option } from "commander";
import { campaignOf, type OpenCampaign } from "../shell/campaign.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";

type Format = "table" | "csv" | "json";

interface QueryFlags extends CommonOptions {
  readonly format: Format;
}

/** `softfield query CAMPAIGN "select …"`: SQL over a campaign's results. */
export function registerQuery(program: Command, given: Registry = campaignRegistry): void {
  const campaign = campaignOf(given);
  registerCommand<QueryFlags, OpenCampaign & { readonly sql: string }, QueryResult, QueryResult>(program, {
    name: "query",
    summary: "ask a campaign's results in SQL",
    description:
      "Runs a query of DuckDB over the Parquet files of a campaign. Every table has the columns ensemble and seed:\n" +
      `  ${[...withPlugins(given).stages.flatMap(({ tables }) => tables.map(({ name }) => name)), "samples"].join(", ")}\n` +
      "'describe bonds' lists the columns of one of them.",
    help:
      'Examples:\n  softfield query night.yaml "select ensemble, max(lte) from bonds group by all"\n' +
      '  softfield query night.yaml "select * from samples" --format csv\n',
    subject: {
      ...campaign,
      declare: (command) => campaign.declare(command).argument("<sql>", "the query"),
      open: async ([path, sql], options) => ({ ...(await campaign.open([path], options)), sql }),
    },
    options: (command) =>
      command.addOption(
        new Option("--format <format>", "of the answer").choices(["table", "csv", "json"]).default("table"),
      ),
    run: async ({ campaign, folder, registry: { stages }, sql }) =>
      await queryCampaign(campaign, { folder, stages, sql }),
    summarise: ({ found }) => found,
    record: records,
    text: (answer, { options }) => formatted(answer, options.format),
  });
}

function records({ columns, rows }: QueryResult): object {
  return rows.map((row) => Object.fromEntries(columns.map((name, k) => [name, row[k]])));
}

/** A query's answer as text. */
function formatted(answer: QueryResult, format: Format): string {
  if (format === "json") return `${JSON.stringify(records(answer))}\n`;
  const { columns, rows } = answer;
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
