import { join } from "node:path";
import { expect, test } from "vitest";
import {
  campaignFile,
  namesIn,
  resultsOf,
  runStandin,
  SOFTFIELD,
  STANDIN,
  softfield,
} from "./campaign-support.ts";

test.each([
  [["--shard", "4/3"], "--shard 4/3: give K/M"],
  [["--threads", "0"], "--threads 0: give a whole number from 1"],
  [["--partition", "main"], "--partition means something with --slurm only"],
  [["--sbatch=--mem=1G"], "--sbatch means something with --slurm only"],
  [["--slurm", "--threads", "2"], "--threads is for runs on this machine, not with --slurm"],
])("run %j is refused", (more, words) => {
  const { status, stderr } = softfield(STANDIN, ["run", campaignFile().file, ...more]);
  expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});

test("samples that fail make the whole command fail, run and retry", () => {
  // the dynamics refuse so long a time step in each sample
  const night = campaignFile({}, { seeds: "1..2", protocol: { liquidTime: 0.1, annealTime: 0.1, dt: 50 } });
  for (const command of ["run", "retry"]) {
    const { status, stdout } = softfield(SOFTFIELD, [command, night.file, "--json", "--quiet"]);
    expect(JSON.parse(stdout)).toMatchObject({ total: 2, done: 0, failed: 2, failedNow: 2, made: 0 });
    expect(status).toBe(1);
  }
});

test("shards are equal parts, together the whole", async () => {
  const whole = campaignFile();
  await runStandin(whole);
  const parts = campaignFile();
  for (const index of [3, 1, 2]) {
    expect(await runStandin(parts, { shard: { index, count: 3 } })).toMatchObject({ total: 4, made: 4 });
  }
  expect(resultsOf(parts.folder)).toEqual(resultsOf(whole.folder));
  expect(await runStandin(parts)).toMatchObject({ total: 12, made: 0 });
});

test("a run that is stopped before it begins makes nothing and leaves nothing", async () => {
  const night = campaignFile();
  const control = { signal: AbortSignal.abort() };
  await expect(runStandin(night, { control })).rejects.toMatchObject({ code: "aborted" });
  for (const name of ["tmp", "claims"]) expect(namesIn(join(night.folder, name))).toEqual([]);
  expect(namesIn(join(night.folder, "make"))).toEqual([]);
});
