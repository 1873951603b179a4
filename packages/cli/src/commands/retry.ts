import type { Registry } from "@softfield/campaign";
import type { Command } from "commander";
import { registry as campaignRegistry } from "../shell/registry.ts";
import { type RunFlags, runOptions, runOrSubmit } from "./run.ts";
import type { SlurmFlags } from "./slurm.ts";

/** `softfield retry CAMPAIGN`: begins failed samples anew, as `run` does missing ones. */
export function registerRetry(program: Command, registry: Registry = campaignRegistry): void {
  runOptions(program.command("retry"))
    .summary("begin the failed samples of a campaign anew")
    .description(
      "Forgets that samples failed and makes them again, with whatever else is missing. A sample that failed for " +
        "reasons of its own fails again with the same softfield; try a newer version, or another protocol.",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  softfield retry night.yaml\n  softfield retry night.yaml --slurm --time 4:00:00\n",
    )
    .action(async (file: string, flags: RunFlags & SlurmFlags) => {
      await runOrSubmit(file, { flags, registry, retry: true });
    });
}
