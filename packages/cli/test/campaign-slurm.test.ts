import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import { loadCampaign, runCampaign } from "../../campaign/src/index.ts";
import { registry } from "../src/shell/registry.ts";
import {
  campaignFile,
  type Night,
  published,
  queryStandin,
  resultsOf,
  runStandin,
  SOFTFIELD,
  STANDIN,
  softfield,
  standinStatus,
  until,
} from "./campaign-support.ts";

const script = fileURLToPath(new URL("../../../scripts/slurm/cluster.sh", import.meta.url));

/** Arrays of more tasks than this are cut. */
const MAX_ARRAY_SIZE = 7;

test("without Slurm, --slurm says what to do instead", () => {
  const night = campaignFile();
  const { status, stderr } = softfield(STANDIN, ["run", night.file, "--slurm"], { PATH: "/nowhere" });
  expect(status).toBe(1);
  expect(stderr).toContain("there is no scontrol on this machine");
  expect(stderr).toContain("--shard K/M");
});

describe("on a real Slurm of two nodes", { ...needs("slurm"), timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "softfield-slurm-"));
  const cluster = (...args: string[]) => {
    const [command, ...more] = args;
    // a daemon must not hold the test's pipes open
    const { status } = spawnSync(script, [command!, folder, ...more], { stdio: "ignore" });
    expect(status, `cluster.sh ${args.join(" ")}`).toBe(0);
  };

  beforeAll(() => {
    cluster("start", String(MAX_ARRAY_SIZE));
    process.env.SLURM_CONF = join(folder, "slurm.conf");
  }, 120_000);
  afterAll(() => {
    cluster("stop");
    delete process.env.SLURM_CONF;
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  beforeEach(() => cluster("heal"));

  /** Submits a campaign on stand-in stages, two samples a task. */
  const submit = (night: Night, ms: string, ...more: string[]) =>
    softfield(STANDIN, ["run", night.file, "--slurm", "--samples-per-task", "2", ...more], {
      SOFTFIELD_TEST_MS: ms,
    });

  /** Waits until tasks have published glasses; nodes that an earlier test left drained are brought back. */
  const underWay = async (night: Night) => {
    let looks = 0;
    await until(() => {
      if (published(night.folder, "make").length >= 2) return true;
      if (++looks % 100 === 0) cluster("heal");
      return false;
    }, 120);
  };

  /**
   * Waits for the end of all tasks, doing what an administrator does: a slurmctld that was killed may have drained the
   * nodes or hold tasks; requeued tasks need not sit out Slurm's two minutes.
   */
  const settled = async (night: Night) => {
    let looks = 0;
    const look = () => {
      const { slurm: tasks, slurmSilent } = standinStatus(night);
      const waiting = tasks.filter(({ pending }) => pending > 0);
      if (
        slurmSilent === undefined &&
        waiting.length + tasks.filter(({ running }) => running > 0).length === 0
      )
        return true;
      if (waiting.length > 0 && ++looks % 10 === 0) cluster("heal");
      for (const { job } of waiting) spawnSync("scontrol", ["update", `JobId=${job}`, "StartTime=now"]);
      return false;
    };
    await until(look, 240).catch((error: Error) => {
      const seen = ["squeue --all --long", "sinfo --Node --long"].map((line) => {
        const [command, ...args] = line.split(" ");
        return spawnSync(command!, args, { encoding: "utf8" }).stdout;
      });
      throw new Error([error.message, JSON.stringify(standinStatus(night).slurm), ...seen].join("\n"));
    });
  };

  async function undisturbed(): Promise<Record<string, string>> {
    const night = campaignFile();
    await runStandin(night);
    return resultsOf(night.folder);
  }

  test("200 samples by local threads, by shards and by Slurm: identical stores", async () => {
    const ensemble = { seeds: "1..200" };
    const nights = [
      campaignFile({}, ensemble),
      campaignFile({}, ensemble),
      campaignFile({}, ensemble),
    ] as const;
    const run = async (night: Night, shard?: { index: number; count: number }) => {
      const { campaign, folder: store } = loadCampaign(night.file, registry);
      const options = { registry, folder: store, threads: 2, ...(shard ? { shard } : {}) };
      return await runCampaign(campaign, options);
    };
    expect(await run(nights[0])).toMatchObject({ total: 200, done: 200, made: 200 });
    for (let index = 1; index <= 3; index++) {
      expect(await run(nights[1], { index, count: 3 })).toMatchObject({ made: index < 3 ? 67 : 66 });
    }
    const args = [
      "run",
      nights[2].file,
      "--slurm",
      "--samples-per-task",
      "20",
      "--partition",
      "main",
      "--json",
    ];
    const { status, stdout, stderr } = softfield(SOFTFIELD, args);
    expect([status, stderr]).toEqual([0, ""]);
    const submitted = JSON.parse(stdout) as { jobs: number[] };
    expect(submitted).toMatchObject({ tasks: 10, samples: 200, waiting: 0 });
    expect(submitted.jobs).toHaveLength(2);
    // the same command at once: what is in the queue is not submitted twice
    expect(JSON.parse(softfield(SOFTFIELD, args).stdout).samples).toBeLessThan(200);
    await settled(nights[2]);
    const results = resultsOf(nights[0].folder);
    expect(Object.keys(results)).toHaveLength(200 * 8);
    expect(resultsOf(nights[1].folder)).toEqual(results);
    expect(resultsOf(nights[2].folder)).toEqual(results);
  });

  test("kill -9 of a node amid an array: its tasks are requeued and the same bytes come out", async () => {
    const night = campaignFile();
    const { stdout } = submit(night, "500");
    expect(stdout).toMatch(/submitted job \d+: 6 tasks for 12 samples/);
    await underWay(night);
    cluster("kill-node", "node1");
    const { rows } = await queryStandin(night, "select count(*) from bonds group by seed");
    for (const [count] of rows) expect(count).toBe(24);
    const [job] = standinStatus(night).slurm;
    expect(job!.running + job!.pending).toBeGreaterThan(0);
    cluster("start-node", "node1");
    await settled(night);
    expect(await runStandin(night)).toMatchObject({ total: 12, done: 12 });
    expect(resultsOf(night.folder)).toEqual(await undisturbed());
  });

  test("kill -9 of slurmctld amid an array: status says so, and nothing is lost", async () => {
    const night = campaignFile();
    submit(night, "800");
    await underWay(night);
    cluster("kill-controller");
    expect(standinStatus(night).slurmSilent).toContain("Failed while looking for jobs");
    cluster("start-controller");
    await settled(night);
    expect(await runStandin(night)).toMatchObject({ total: 12, done: 12 });
    expect(resultsOf(night.folder)).toEqual(await undisturbed());
  });

  test("slurmctld comes back without what it did last: status says what waits for whom, and nothing is lost", async () => {
    const night = campaignFile();
    submit(night, "1500", "--sbatch=--begin=now+3");
    await until(() => standinStatus(night).slurm.some(({ pending }) => pending > 0));
    cluster("save-state");
    await underWay(night);
    cluster("kill-controller");
    cluster("restore-state");
    cluster("start-controller");
    await settled(night);
    expect(await runStandin(night)).toMatchObject({ total: 12, done: 12 });
    expect(resultsOf(night.folder)).toEqual(await undisturbed());
  });

  test("drained nodes and held tasks: status says whom the tasks wait for", async () => {
    const night = campaignFile();
    const nodes = (state: string) =>
      ["node1", "node2"].forEach((node) => {
        spawnSync("scontrol", ["update", `NodeName=${node}`, `State=${state}`, "Reason=test"]);
      });
    nodes("DRAIN");
    submit(night, "0");
    const says = () => softfield(STANDIN, ["status", night.file]).stdout;
    await until(() => /6 pending \(.*[Nn]ode/.test(says()));
    expect(says()).toContain("its nodes are down or drained: 'sinfo -R' says why");
    const { job } = standinStatus(night).slurm[0];
    spawnSync("scontrol", ["hold", String(job)]);
    nodes("RESUME");
    await until(() => says().includes(`tasks of it are held: 'scontrol release ${job}' lets them go`));
    spawnSync("scontrol", ["release", String(job)]);
    await settled(night);
    expect(standinStatus(night).slurm).toMatchObject([{ pending: 0, completed: 6, waiting: {} }]);
    expect(resultsOf(night.folder)).toEqual(await undisturbed());
  });

  test("failed samples: their tasks fail, run leaves them alone and says so, retry submits them again", async () => {
    const night = campaignFile();
    const failing = { SOFTFIELD_TEST_FAIL: "7" };
    const slurm = (command: string, env = {}) =>
      softfield(STANDIN, [command, night.file, "--slurm", "--samples-per-task", "2"], env);
    expect(slurm("run", failing).stdout).toContain("6 tasks for 12 samples");
    await settled(night);
    const status = standinStatus(night);
    expect(status).toMatchObject({ done: 11, failed: 1, failures: [{ seed: 7 }] });
    expect(status.slurm).toMatchObject([{ completed: 5, ended: { FAILED: 1 } }]);
    expect(softfield(STANDIN, ["status", night.file]).stdout).toMatch(
      /, 5 completed, 1 failed \(NonZeroExitCode\)\n {2}tasks whose samples failed end so; what each said is in .*_\*\.log\n/,
    );
    expect(slurm("run").stdout).toBe(
      `nothing to submit; 1 failed: 'softfield retry ${night.file} --slurm' submits them again\n`,
    );
    expect(slurm("retry").stdout).toMatch(/^submitted job \d+: 1 tasks for 1 samples; 'softfield status'/);
    await settled(night);
    expect(standinStatus(night)).toMatchObject({ done: 12, failed: 0 });
    expect(resultsOf(night.folder)).toEqual(await undisturbed());
  });

  test("a % in the store's path is no pattern of sbatch; tasks without a log say why they failed", async () => {
    const { file } = campaignFile({ output: "store%j" });
    const night = { file, folder: join(dirname(file), "store%j") };
    submit(night, "0");
    await settled(night);
    expect(standinStatus(night).slurm).toMatchObject([{ completed: 6, ended: {} }]);
    expect(readdirSync(join(night.folder, "slurm", "logs"))).toHaveLength(6);
    const blind = campaignFile();
    submit(blind, "0", "--sbatch=--output=/nowhere/%a.log");
    await settled(blind);
    const { stdout } = softfield(STANDIN, ["status", blind.file]);
    expect(stdout).toContain(
      "6 failed (JobLaunchFailure)\n  Slurm could not start tasks of it or open their logs",
    );
  });

  test("what sbatch complains of is said, not its advice", () => {
    const { stderr } = submit(campaignFile(), "0", "--sbatch=--nonsense");
    expect(stderr).toBe("softfield: sbatch refused: unrecognized option '--nonsense'\n");
  });

  test("a partition that doesn't exist is refused before anything is submitted", () => {
    const night = campaignFile();
    const { status, stderr } = submit(night, "0", "--partition", "mian");
    expect(status).toBe(2);
    expect(stderr).toContain('--partition mian: this cluster has no such partition; did you mean "main"?');
    expect(submit(night, "0", "--time", "soon").stderr).toContain("sbatch refused");
  });
});
