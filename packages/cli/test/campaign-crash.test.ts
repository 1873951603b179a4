import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { needs } from "../../../testing/needs.ts";
import type { RunOptions } from "../../campaign/src/index.ts";
import {
  campaignFile,
  filesBelow,
  flags,
  type Night,
  namesIn,
  published,
  queryStandin,
  resultsOf,
  runStandin,
  SOFTFIELD,
  STANDIN,
  softfield,
  standinStatus,
  startSoftfield,
  until,
} from "./campaign-support.ts";

const SLOW = { SOFTFIELD_TEST_MS: "60" };
let undisturbed: Record<string, string> = {};

const startRun = (night: Night, env: Record<string, string> = SLOW) =>
  startSoftfield(STANDIN, ["run", night.file, "--quiet", "--threads", "2"], env);

beforeAll(async () => {
  const night = campaignFile();
  expect(await runStandin(night)).toMatchObject({ total: 12, done: 12, failed: 0, made: 12 });
  undisturbed = resultsOf(night.folder);
  expect(Object.keys(undisturbed)).toHaveLength(12 * 4);
});

/** A run brings the store to what an undisturbed one gives, and nothing is left over. @returns what it made */
async function expectRecovery(night: Night, options: Partial<RunOptions> = {}): Promise<number> {
  const summary = await runStandin(night, options);
  expect(summary).toMatchObject({ total: 12, done: 12, failed: 0 });
  expect(resultsOf(night.folder)).toEqual(undisturbed);
  expectNothingLeft(night);
  return summary.made;
}

function expectNothingLeft({ folder }: Night): void {
  for (const name of ["tmp", "claims"]) expect(namesIn(join(folder, name))).toEqual([]);
}

/** Whatever a query sees is whole: every sample in it has all its bonds. @returns how many samples it sees */
async function expectConsistentQuery(night: Night): Promise<number> {
  const sql = "select count(*), min(i), max(j) from bonds group by seed";
  const { rows } = await queryStandin(night, sql);
  for (const row of rows) expect(row).toEqual([24, 0, 24]);
  return rows.length;
}

test("kill -9 of the runner: queries see whole samples, the next run goes on to the same bytes", async () => {
  const night = campaignFile();
  for (const enough of [2, 6]) {
    const { child, ended } = startRun(night);
    await until(() => published(night.folder, "lte").length >= enough);
    child.kill("SIGKILL");
    expect((await ended).status).toBeNull();
    expect(await expectConsistentQuery(night)).toBeGreaterThanOrEqual(enough);
  }
  // the killed run's claims and half-written folders are there, and don't hold the next one up
  expect(namesIn(join(night.folder, "claims")).length).toBeGreaterThan(0);
  expect(await expectRecovery(night)).toBeGreaterThan(0);
});

test("Ctrl-C: the run stops cleanly, says how to go on, leaves no claim", async () => {
  const night = campaignFile();
  const { child, ended } = startRun(night);
  await until(() => published(night.folder, "make").length >= 1);
  child.kill("SIGINT");
  const { status, stderr } = await ended;
  expect(status).toBe(130);
  const said =
    /^softfield: stopped: (\d+) of 12 samples of night are there(?:, and (\d+) finished stages of others are kept)?; run again to go on\n$/;
  const [, whole, kept] = (said.exec(stderr) ?? []).map(Number);
  // stages make and lte: a glass without its lte is a stage that is kept
  const [glasses, energies] = ["make", "lte"].map((stage) => published(night.folder, stage).length) as [
    number,
    number,
  ];
  expect([whole, kept || 0]).toEqual([energies, glasses - energies]);
  expectNothingLeft(night);
  await expectRecovery(night);
});

test("a worker that dies takes its sample with it, twice tried, and no other one; retry makes it", async () => {
  const night = campaignFile();
  const crashed = softfield(STANDIN, ["run", night.file, "--quiet"], { SOFTFIELD_TEST_CRASH: "5" });
  expect(crashed.status).toBe(1);
  expect(crashed.stdout).toContain("11 of 12 samples are there, 11 made now");
  expect(standinStatus(night).failures).toMatchObject([
    { seed: 5, stage: "make", reason: expect.stringContaining("the worker died 2 times") },
  ]);
  expect(await expectConsistentQuery(night)).toBe(11);
  expect(await runStandin(night)).toMatchObject({ failed: 1, made: 0 });
  expect(await expectRecovery(night, { retry: true })).toBe(1);
});

test("a sample that fails is told with its reason, is not begun again by run, and is by retry", async () => {
  const night = campaignFile();
  const failing = { SOFTFIELD_TEST_FAIL: "7" };
  const first = softfield(STANDIN, ["run", night.file, "--quiet"], failing);
  expect(first.status).toBe(1);
  expect(first.stdout).toMatch(
    /^11 of 12 samples are there, 11 made now in .*; 1 failed: 'softfield status' says why\n$/,
  );
  expect(await runStandin(night)).toMatchObject({ done: 11, failed: 1, failedNow: 0, made: 0 });
  // what failed before still makes the command fail: a script must not take the campaign for complete
  const again = softfield(STANDIN, ["run", night.file, "--quiet"]);
  expect(again.status).toBe(1);
  expect(again.stdout).toContain(
    "1 failed earlier: 'softfield status' says why, 'softfield retry' begins them anew",
  );
  const { stdout } = softfield(STANDIN, ["status", night.file]);
  expect(stdout).toContain("night: 11 of 12 samples done, 0 running, 1 failed, 0 to do");
  expect(stdout).toContain("failed: glass, seed 7, make: no minimum was found");
  expect(softfield(STANDIN, ["retry", night.file, "--quiet"], failing).status).toBe(1);
  expect(await expectRecovery(night, { retry: true })).toBe(1);
});

test("truncated, emptied, missing and overgrown files: not seen by queries, made anew by run", async () => {
  const night = campaignFile();
  await runStandin(night);
  const at = (pattern: RegExp) => filesBelow(night.folder).filter((path) => pattern.test(path));
  const path = (pattern: RegExp) => join(night.folder, at(pattern)[0]);
  truncateSync(path(/lte.*seed=1\/bonds/), 100);
  truncateSync(path(/lte.*seed=2\/bonds/), 0);
  truncateSync(path(/lte.*seed=3\/manifest/), 20);
  truncateSync(path(/make.*seed=4\/glass/), 8);
  writeFileSync(path(/lte.*seed=5\/bonds/), "PAR1".repeat(9999));
  expect(await expectConsistentQuery(night)).toBe(8);
  expect(standinStatus(night)).toMatchObject({ done: 7, missing: 5 });
  expect(await expectRecovery(night)).toBe(5);
});

test("a file whose bytes changed but not its size: found by --verify, and by the stage that reads it", async () => {
  const night = campaignFile();
  await runStandin(night);
  const bend = (pattern: RegExp) => {
    const path = join(night.folder, filesBelow(night.folder).find((name) => pattern.test(name))!);
    const bytes = readFileSync(path);
    bytes[20] ^= 255;
    writeFileSync(path, bytes);
    return path;
  };
  bend(/lte.*seed=3\/bonds/);
  expect(await runStandin(night)).toMatchObject({ made: 0 });
  expect([standinStatus(night).missing, standinStatus(night, true).missing]).toEqual([0, 1]);
  expect(await expectRecovery(night, { verify: true })).toBe(1);
  bend(/make.*seed=6\/glass/);
  truncateSync(
    join(night.folder, filesBelow(night.folder).find((name) => /lte.*seed=6\/bonds/.test(name))!),
    1,
  );
  await expectRecovery(night);
});

test("two runs on one folder share the work and make nothing twice", async () => {
  const night = campaignFile();
  const both = [startRun(night), startRun(night)];
  const ended = await Promise.all(both.map((one) => one.ended));
  const made = ended.map(({ stdout }) => Number(/(\d+) made now/.exec(stdout)![1]));
  expect(ended.map(({ status }) => status)).toEqual([0, 0]);
  expect(made[0] + made[1]).toBe(12);
  expect(Math.min(...made)).toBeGreaterThan(0);
  await expectRecovery(night);
});

test("of two runs one is killed: the other takes its samples over", async () => {
  const night = campaignFile();
  const both = [startRun(night), startRun(night)] as const;
  await until(() => namesIn(join(night.folder, "claims")).length >= 3);
  both[0].child.kill("SIGKILL");
  expect((await both[1].ended).status).toBe(0);
  await expectRecovery(night);
});

/** Whether a process has come to a stop; told by Linux only. */
function isStopped(pid: number): boolean {
  if (process.platform !== "linux") return true;
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].startsWith("T");
}

test("samples that another run holds: said once, by its process, whatever it does; a damaged claim by its file", async () => {
  const night = campaignFile();
  const { child, ended } = startRun(night, { SOFTFIELD_TEST_MS: "400" });
  await until(
    () => namesIn(join(night.folder, "claims")).filter((name) => name.endsWith(".json")).length === 2,
  );
  child.kill("SIGSTOP");
  await until(() => isStopped(child.pid!));
  // one of its claims is lost to the disk
  const torn = join(night.folder, "claims", namesIn(join(night.folder, "claims"))[0]);
  truncateSync(torn, 0);
  const said: string[] = [];
  const second = runStandin(night, { say: (sentence) => said.push(sentence), leaseSeconds: 3 });
  expect(await second).toMatchObject({ done: 12 });
  expect(said).toHaveLength(2);
  const words = said.join("\n");
  expect(words).toMatch(new RegExp(`seed \\d+ is being made by process ${child.pid} on \\S+ \\(suspended`));
  expect(words).toContain(`is claimed by a damaged file, ${torn}: waiting for a sign of life`);
  child.kill("SIGCONT");
  expect((await ended).status).toBe(0);
  await expectRecovery(night);
});

test("a clock that jumps by years, and files dated anyhow, change nothing", async () => {
  const night = campaignFile();
  const { child, ended } = startRun(night, { ...SLOW, SOFTFIELD_TEST_CLOCK: "jumps" });
  await until(() => published(night.folder, "lte").length >= 3);
  child.kill("SIGKILL");
  await ended;
  filesBelow(night.folder).forEach((path, k) => {
    utimesSync(join(night.folder, path), k % 2 === 0 ? 4e9 : 1, k % 2 === 0 ? 4e9 : 1);
  });
  await expectConsistentQuery(night);
  const second = startRun(night, { ...SLOW, SOFTFIELD_TEST_CLOCK: "jumps" });
  expect(await second.ended).toMatchObject({ status: 0, stderr: "" });
  await expectRecovery(night);
});

test(
  "a full disk: said in words, nothing broken, the run goes on once there is room",
  needs("mount"),
  async () => {
    const { file } = campaignFile({ output: "disk/store" });
    const disk = join(dirname(file), "disk");
    const night = { file, folder: join(disk, "store") };
    mkdirSync(disk);
    const kept = `${disk}.kept`;
    const node = [process.execPath, ...flags, STANDIN].map((word) => `'${word}'`).join(" ");
    const script = `
    mount -t tmpfs -o size=10m none '${disk}'
    head -c 10140k /dev/zero > '${disk}/filler'
    ${node} run '${night.file}' --quiet; echo "status $?"
    ${node} query '${night.file}' 'select seed, count(*) as n from bonds group by seed' --format json
    ls '${night.folder}/tmp' '${night.folder}/claims' | wc -w
    rm '${disk}/filler'
    ${node} run '${night.file}' --quiet; echo "status $?"
    cp -r '${night.folder}' '${kept}'`;
    const { stdout, stderr } = spawnSync("unshare", ["--map-root-user", "--mount", "sh", "-c", script], {
      encoding: "utf8",
    });
    expect(stderr).toMatch(
      /the disk is full: free some space and run again; \d+ of 12 samples of night are there/,
    );
    const [first, rows, left, summary, second] = stdout.trim().split("\n");
    expect([first, second]).toEqual(["status 1", "status 0"]);
    for (const row of JSON.parse(rows!)) expect(row.n).toBe(24);
    expect(left).toBe("2"); // the two names that ls prints
    expect(summary).toContain("12 of 12 samples are there");
    cpSync(kept, night.folder, { recursive: true });
    await expectRecovery(night);
  },
);

test("a disk that is full or read-only from the first write on: said with the path", needs("mount"), () => {
  const night = campaignFile({ output: "disk/store" });
  const disk = join(dirname(night.file), "disk");
  mkdirSync(disk);
  const run = [process.execPath, ...flags, SOFTFIELD, "run", night.file].map((word) => `'${word}'`).join(" ");
  for (const [options, words] of [
    ["size=4k", /\/disk\/store\S*: the disk is full\n$/],
    ["ro", /\/disk\/store: the file system is read-only\n$/],
  ] as const) {
    const script = `mount -t tmpfs -o ${options} none '${disk}'; ${run}`;
    const { status, stderr } = spawnSync("unshare", ["--map-root-user", "--mount", "sh", "-c", script], {
      encoding: "utf8",
    });
    expect([status, stderr]).toEqual([1, expect.stringMatching(words)]);
  }
});
