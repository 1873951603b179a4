import { spawnSync } from "node:child_process";
import { SoftfieldError } from "softfield";
import { describeSeeds } from "../plan/seeds.ts";

/** Runs one of Slurm's commands and gives what it prints. @throws SoftfieldError "resource" in words */
export function slurm(command: string, args: readonly string[], input = ""): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    input,
    maxBuffer: 2 ** 30,
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ENOENT") {
    throw new SoftfieldError(
      "resource",
      `there is no ${command} on this machine: --slurm needs a login node of a Slurm cluster. ` +
        "Under another scheduler, or by hand on several machines, start 'softfield run CAMPAIGN --shard K/M' for every K",
      { field: "slurm" },
    );
  }
  // sbatch may refuse its options before it reads the script (EPIPE): its status and words tell why
  if (error !== undefined && code !== "EPIPE") throw error;
  if (status !== 0) {
    throw new SoftfieldError("resource", `${command} refused: ${complaint(stderr)}`, { field: "slurm" });
  }
  return stdout;
}

/** What a command of Slurm complained of, each complaint once: "unrecognized option '--x'", without its name and advice. */
function complaint(stderr: string): string {
  const lines = stderr
    .trim()
    .split("\n")
    .filter((line) => line !== "" && !/^Try ".*" for more information/.test(line))
    .map((line) => line.replace(/^\w+: (error: |fatal: )?/, ""));
  return lines.length === 0 ? "no reason given" : [...new Set(lines)].join("; ");
}

/** Names of the partitions. */
export function partitions(): string[] {
  return [...new Set(slurm("sinfo", ["--noheader", "--format=%R"]).trim().split("\n"))].filter(Boolean);
}

/** One more than the largest index of a job array. */
export function maxArraySize(): number {
  const found = /^MaxArraySize\s*=\s*(\d+)/m.exec(slurm("scontrol", ["show", "config"]));
  return found === null ? 1001 : Number(found[1]);
}

/** Whole numbers as sbatch's --array takes them: 1,2,3,7 → "1-3,7". They must ascend. */
export function arraySpec(indices: readonly number[]): string {
  return describeSeeds(indices, { to: "-", and: "," });
}

/** The indices that a task string of squeue stands for: "1-3,7%4" → 1, 2, 3, 7. */
export function parseArraySpec(spec: string): number[] {
  return spec
    .replace(/%.*$/, "")
    .split(",")
    .flatMap((part) => {
      const match = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(part.trim());
      if (match === null) return [];
      const [first, last, step] = [Number(match[1]), Number(match[2] ?? match[1]), Number(match[3] ?? 1)];
      return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, k) => first + k * step);
    });
}
