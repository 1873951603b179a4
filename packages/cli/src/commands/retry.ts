import type { Command } from "commander";
import { loadCampaign, type StageTable } from "../campaign/index.ts";
import { stageTable } from "../campaign/stages/index.ts";
import { type RunFlags, report, runHere, runOptions } from "./run.ts";

/** `softfield retry CAMPAIGN`: begins failed samples anew, as `run` does missing ones. */
export function registerRetry(program: Command, table: StageTable = stageTable): void {
  runOptions(program.command("retry"))
    .summary("begin the failed samples of a campaign anew")
    .description(
      "Forgets that samples failed and makes them again, with whatever else is missing. A sample that failed for " +
        "reasons of its own fails again with the same softfield; try a newer version, or another protocol.",
    )
    .action(async (file: string, flags: RunFlags) => {
      report(await runHere(loadCampaign(file), { flags, table, retry: true }), flags);
    });
}
