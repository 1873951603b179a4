import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { benchmarkPart, type Outsiders, scoreOutsiders, scoreSums } from "@softfield/benchmark";
import {
  queryCampaign,
  type ReportSummary,
  registryOf,
  storedSamples,
  writeReport,
} from "@softfield/campaign";
import { version, writeFileAtomically } from "@softfield/node";
import type { Command } from "commander";
import { SoftfieldError } from "softfield";
import { citation } from "../citation.ts";
import { repeatable } from "../shell/arguments.ts";
import { campaignOf, type OpenCampaign } from "../shell/campaign.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { forceOption } from "../shell/outputs.ts";
import { registry as campaignRegistry } from "../shell/registry.ts";

interface BenchmarkFlags extends CommonOptions {
  readonly out?: string;
  readonly glasses?: string;
  readonly add: readonly string[];
}

interface Bundle extends ReportSummary {
  readonly glasses: number;
  readonly added: readonly string[];
}

const PAGE = "report.html";

/** `softfield benchmark CAMPAIGN`: the league table of indicators, outsiders' beside ours, and a bundle to deposit. */
export function registerBenchmark(program: Command): void {
  registerCommand<BenchmarkFlags, OpenCampaign, Bundle, Bundle>(program, {
    name: "benchmark",
    summary: "the league table of a campaign's indicators, and a bundle to deposit",
    description:
      'Writes the league table of a campaign with a "benchmark" section: how well every indicator of the unsheared ' +
      "glasses foretold the plastic events of all loads. The folder holds all that a deposit needs: report, tables, the " +
      "scores of every event (Parquet), the campaign file, version and citation. Fields of others are scored beside: a " +
      "file with the columns seed, particle (from 0), ensemble where there are several, and one of numbers an indicator.",
    help:
      "Examples:\n  softfield init --benchmark -m 2dipl bench.yaml && softfield run bench.yaml\n" +
      "  softfield benchmark bench.yaml -o league --add mine.parquet\n",
    subject: campaignOf(campaignRegistry),
    options: (command) =>
      forceOption(
        command
          .option(
            "-o, --out <folder>",
            "where to (default: benchmark, in the campaign's folder, made anew each time)",
          )
          .option(
            "--add <file>",
            "score the fields of a .parquet, .csv or .tsv file beside (repeatable)",
            repeatable,
            [],
          )
          .option(
            "--glasses <folder>",
            "also write the glasses, FOLDER/ENSEMBLE/SEED.extxyz, for fields of one's own",
          ),
      ),
    beside: (_, { out }) =>
      out !== undefined && existsSync(join(out, PAGE)) ? [join(resolve(out), PAGE)] : [],
    run: async ({ campaign, folder, registry, path }, { out, add, glasses: where }) => {
      const target = out === undefined ? join(folder, "benchmark") : resolve(out);
      const source = { folder, stages: registry.stages };
      const glasses = storedSamples(campaign, source, ["make", "benchmark"]).length;
      if (glasses === 0) {
        throw new SoftfieldError(
          "usage",
          `${path}: no glass has been benchmarked yet: give the campaign a "benchmark" section and run it`,
        );
      }
      if (where !== undefined) await writeGlasses(resolve(where), storedSamples(campaign, source, ["make"]));
      const added: Outsiders[] = [];
      added.push(await scoreSums(campaign, source));
      for (const file of add) added.push(await scoreOutsiders(campaign, source, file));
      const own = benchmarkPart(together(added));
      const parts = registry.parts.map((part) => (part.module === own.module ? own : part));
      const summary = await writeReport(
        campaign,
        { folder, registry: registryOf(...parts) },
        { folder: target },
      );
      await writeBundle(target, { campaign, source, path });
      return { ...summary, glasses, added: add };
    },
    summarise: ({ found }) => found,
    text: ({ folder, glasses, added }) =>
      `${join(folder, PAGE)}: ${glasses} glasses${added.length > 0 ? `, with ${added.join(", ")}` : ""}; ` +
      `league table in ${join(folder, "tables", "league.csv")}\n`,
  });
}

function together(all: readonly Outsiders[]): Outsiders {
  const names = new Set(all.flatMap((one) => [...one.keys()]));
  return new Map(
    Array.from(names, (name) => {
      const own = all.flatMap((one) => one.get(name) ?? []);
      const benchmark = own.flatMap((one) => one.benchmark);
      return [name, { benchmark, byValues: own.flatMap((one) => one.byValues) }];
    }),
  );
}

async function writeGlasses(folder: string, samples: ReturnType<typeof storedSamples>): Promise<void> {
  for (const { ensemble, seed, read } of samples) {
    const own = join(folder, ensemble.name);
    mkdirSync(own, { recursive: true });
    await writeFileAtomically(join(own, `${seed}.extxyz`), read("make", "glass.extxyz"));
  }
}

type Stored = Pick<OpenCampaign, "campaign" | "path"> & {
  readonly source: { readonly folder: string; readonly stages: OpenCampaign["registry"]["stages"] };
};

/** The scores of every event, the campaign, and how to cite: what a deposit needs beside the report. */
async function writeBundle(folder: string, { campaign, source, path }: Stored): Promise<void> {
  mkdirSync(join(folder, "data"), { recursive: true });
  for (const table of ["benchmark_scores", "benchmark_values", "benchmark_events", "benchmark_loads"]) {
    const { rows } = await queryCampaign(campaign, { ...source, sql: `select count(*) from ${table}` });
    if (table === "benchmark_values" && rows[0][0] === 0) continue;
    const file = join(folder, "data", `${table}.parquet`).replaceAll("'", "''");
    await queryCampaign(campaign, {
      ...source,
      sql: `copy (select * from ${table} order by ensemble, seed) to '${file}' (format parquet)`,
    });
  }
  copyFileSync(path, join(folder, basename(path)));
  await writeFileAtomically(join(folder, "CITATION.cff"), citation());
  const ensembles = campaign.ensembles.map(
    ({ name, model, particles }) => `- ${name}: ${model.name}, N = ${particles}`,
  );
  await writeFileAtomically(
    join(folder, "README.md"),
    [
      `# ${campaign.name}: a benchmark of structural indicators`,
      "",
      ...ensembles,
      "",
      `Made by softfield ${version}: \`softfield run ${basename(path)}\`, then \`softfield benchmark ${basename(path)}\`, which`,
      "gives the same numbers on every machine. `report.html` shows all of it; `tables/league.csv` ranks the indicators;",
      "`data/benchmark_scores.parquet` has every event by every indicator, `data/benchmark_events.parquet` the events;",
      "`data/benchmark_values.parquet`, where it is there, the scores by values instead of fields. How to cite: `CITATION.cff`.",
      "",
    ].join("\n"),
  );
}
