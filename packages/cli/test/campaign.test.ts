import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SoftfieldError } from "softfield";
import { expect, test } from "vitest";
import { type CleanSummary, cleanCampaign, loadCampaign } from "../../campaign/src/index.ts";
import { campaignTemplate } from "../../campaign/src/plan/template.ts";
import { Claims, currentOwner, Store } from "../../campaign/src/store/index.ts";
import { statusText } from "../src/commands/status.ts";
import { registry } from "../src/shell/registry.ts";
import {
  campaignFile,
  filesBelow,
  namesIn,
  queryStandin,
  resultsOf,
  runStandin,
  SOFTFIELD,
  STANDIN,
  softfield,
  standinStatus,
} from "./campaign-support.ts";
import { stages } from "./standin/stages.ts";

const scratch = () => dirname(campaignFile().file);

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

function refusedFile(name: string, text: string | Uint8Array): string {
  const path = join(scratch(), name);
  writeFileSync(path, text);
  return refusal(() => loadCampaign(path, registry)).replace(`${dirname(path)}/`, "");
}

test.each([
  [
    "unknown.yaml",
    "name: n\nensembles:\n  a:\n    model: 2dipl\n    particles: 9\n    seed: 1\n",
    /^unknown.yaml:6: ensembles.a.seed: unknown field; did you mean "seeds"\?$/,
  ],
  [
    "overlap.yaml",
    "name: n\nensembles:\n  a:\n    model: 2dipl\n    particles: 9\n    seeds:\n      - 1..5\n      - 5\n",
    /^overlap.yaml:6: ensembles.a.seeds: seed 5 is given twice, by "1..5" and by "5"$/,
  ],
  [
    "list.yaml",
    "name: n\nensembles:\n  a:\n    model: 2dipl\n    particles: 9\n    seeds:\n      - 1\n      - {}\n",
    /^list.yaml:8: ensembles.a.seeds\[1\]: must be a number or text, found \{\}$/,
  ],
  ["syntax.yaml", "name: n\nensembles: [\n", /^syntax.yaml:3: /],
  ["twice.yaml", "name: n\nname: m\n", /^twice.yaml:2: Map keys must be unique/],
  ["empty.yaml", "# nothing\n", /^empty.yaml: is empty/],
  ["bent.json", '{"name": }', /^bent.json:1: name: must be text, found null$/],
  [
    "model.yaml",
    "name: n\nensembles: {a: {model: 2dip, particles: 9, seeds: 1}}\n",
    /^model.yaml:2: ensembles.a.model: no model "2dip"/,
  ],
  [
    "bomb.yaml",
    `a: &a [${"x,".repeat(9)}]\n${["b", "c", "d", "e"].map((name, k) => `${name}: &${name} [${`*${"abcd"[k]},`.repeat(9)}]\n`).join("")}`,
    /^bomb.yaml: its aliases \(\*name\) unfold into too many values; write them out$/,
  ],
  [
    "merged.yaml",
    "name: n\nensembles:\n  a: {<<: 3, model: 2dipl, particles: 9, seeds: 1}\n",
    /^merged.yaml: Merge sources must be maps or map aliases$/,
  ],
  [
    "two.yaml",
    "name: n\nensembles: {}\n---\nname: m\n",
    /^two.yaml:3: a second document begins here; a campaign file holds one$/,
  ],
  [
    "binary.yaml",
    Uint8Array.of(1, 200, 3, 4, 5),
    /^binary.yaml: is no text file; a campaign is YAML or JSON/,
  ],
  ["nul.yaml", "name: n\0m\n", /^nul.yaml: is no text file/],
  [
    "wide.yaml",
    Buffer.from("\ufeffname: n\n", "utf16le"),
    /^wide.yaml: is text in UTF-16: save it as UTF-8$/,
  ],
  ["bare.yaml", Buffer.from("name: n\n", "utf16le"), /^bare.yaml: is text in UTF-16: save it as UTF-8$/],
] as const)("%s is refused with its line and field", (name, text, words) => {
  expect(refusedFile(name, text)).toMatch(words);
});

test("a campaign file that is not there, or is a folder", () => {
  expect(refusal(() => loadCampaign("/nowhere/night.yaml", registry))).toContain("no such campaign file");
  const folder = scratch();
  expect(refusal(() => loadCampaign(folder, registry))).toBe(
    `${folder}: can't read it: is a folder, not a file.`,
  );
});

test("merge keys: an ensemble takes another's fields and replaces some", () => {
  const path = join(scratch(), "merge.yaml");
  writeFileSync(
    path,
    "name: n\nensembles:\n  a: &base {model: 2dipl, particles: 30, seeds: 1..3}\n  b: {<<: *base, seeds: 20}\n",
  );
  const { campaign } = loadCampaign(path, registry);
  expect(campaign.ensembles.map(({ name, particles }) => [name, particles])).toEqual([
    ["a", 30],
    ["b", 30],
  ]);
  expect([...campaign.seeds.values()]).toEqual([[1, 2, 3], [20]]);
});

test("a model file is found from the campaign file's folder", () => {
  const folder = scratch();
  const { status, stdout } = softfield(SOFTFIELD, ["models", "2dipl"]);
  expect(status).toBe(0);
  writeFileSync(join(folder, "own.json"), stdout);
  const fields = { name: "n", ensembles: { a: { model: "own.json", particles: 9, seeds: 1 } } };
  writeFileSync(join(folder, "n.json"), JSON.stringify(fields));
  expect(loadCampaign(join(folder, "n.json"), registry).campaign.ensembles[0].model.name).toBe("2dipl");
});

test("the file that init writes is a campaign, its comments say every section's fields truly", () => {
  const folder = scratch();
  const path = join(folder, "glass.yaml");
  const args = ["init", path, "--model", "3dipl", "-n", "300", "--seeds", "1..9"];
  expect(softfield(SOFTFIELD, args)).toMatchObject({ status: 0, stderr: "" });
  const { campaign } = loadCampaign(path, registry);
  expect(campaign).toMatchObject({ name: "glass", output: "glass" });
  expect(campaign.seeds.get("3dipl")).toHaveLength(9);
  const refused = softfield(SOFTFIELD, args);
  expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("--force overwrites it")]);
  // everything that is commented out is valid, too
  const text = campaignTemplate({ name: "glass", model: "2dipl", particles: 900, seeds: "1" });
  const all = text.replace(/^(\s*)# (output:| {2}\w+:|\w+:$)/gm, "$1$2");
  expect(all).not.toBe(text);
  writeFileSync(path, all);
  expect(loadCampaign(path, registry).campaign.ensembles[0].protocol).toMatchObject({
    kind: "anneal",
    liquidTime: 20,
  });
});

test("the paper's campaign, as shipped, is one", () => {
  const { campaign } = loadCampaign(
    fileURLToPath(new URL("../../../examples/campaigns/zylberg2017.yaml", import.meta.url)),
    registry,
  );
  expect(
    campaign.ensembles.map(({ name, particles, protocol, compute }) => {
      return [name, particles, protocol?.annealTime, protocol?.annealTemperature, Object.keys(compute)];
    }),
  ).toEqual([
    ["2DIPL", 10_000, 200, 0.48, ["lte", "modes", "spots", "shear"]],
    ["3DIPL", 2000, 250, 0.5, ["lte"]],
    ["3DKABLJ", 2000, 50, 0.43, ["lte"]],
  ]);
  expect([...campaign.seeds.values()].map((seeds) => seeds.length)).toEqual([5000, 5000, 5000]);
});

test("a store of a newer version, of another campaign, or a folder of something else is refused", async () => {
  const night = campaignFile({}, { seeds: "1..2" });
  await runStandin(night);
  expect(refusal(() => Store.open(night.folder, "day"))).toContain('holds the campaign "night", not "day"');
  expect(refusal(() => Store.create(night.folder, "day"))).toContain('give "output" a folder of its own');
  const header = join(night.folder, "store.json");
  writeFileSync(header, readFileSync(header, "utf8").replace('"version":1', '"version":2'));
  for (const command of ["run", "status"]) {
    const { status, stderr } = softfield(STANDIN, [command, night.file]);
    expect(status).toBe(1);
    expect(stderr).toContain("is a store of version 2; this softfield knows up to 1: use a newer one");
  }
  const other = campaignFile();
  mkdirSync(other.folder);
  writeFileSync(join(other.folder, "thesis.tex"), "");
  expect(refusal(() => Store.create(other.folder, "night"))).toContain("holds thesis.tex and no campaign");
  expect(readdirSync(other.folder)).toEqual(["thesis.tex"]);
  expect(refusal(() => Store.open(join(other.folder, "x"), "night"))).toContain("no campaign has been run");
});

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

test.each([
  ["select * from bond", 'there is no table "bond": did you mean "bonds"? The tables are bonds, samples.'],
  ["describe zzzzzzzzzz", 'there is no table "zzzzzzzzzz". The tables are bonds, samples.'],
  ["select b.lte from bonds", 'there is no table "b". The tables are bonds, samples.'],
  [
    "select avg(ltte) from bonds",
    'there is no column "ltte": did you mean "lte"? The columns of bonds are ensemble, seed, i, j, lte.',
  ],
  ["select b.x from bonds b", 'there is no column "x". The columns of bonds are ensemble, seed, i, j, lte.'],
  [
    "select y from (select 1 as x)",
    'Referenced column "y" not found in FROM clause!\nCandidate bindings: "x"',
  ],
  ["selec * from bonds", 'syntax error at or near "selec"'],
  ["select * from 'none.parquet'", 'No files found that match the pattern "none.parquet"'],
])("a faulty query is answered with what there is: %s", async (sql, words) => {
  const night = campaignFile();
  Store.create(night.folder, "night");
  const error = await queryStandin(night, sql).catch((cause: Error) => cause);
  if (!(error instanceof SoftfieldError)) throw new Error("no error");
  expect(error.code).toBe("usage");
  expect(error.message.split("\n\n")[0].split("\nLINE")[0]).toBe(`the query failed: ${words}`);
});

test("a fault is shown in its place; an empty query is refused", async () => {
  const night = campaignFile();
  Store.create(night.folder, "night");
  await expect(queryStandin(night, "select lte\nfrom bond")).rejects.toThrow(/\nLINE 2: from bond\n +\^$/);
  await expect(queryStandin(night, " ")).rejects.toThrow("the query is empty");
});

test("queries: views before anything is there, values of all types, faults in words", async () => {
  const night = campaignFile({}, { seeds: "1..3" });
  Store.create(night.folder, "night");
  expect(await queryStandin(night, "select * from bonds")).toEqual({
    columns: ["ensemble", "seed", "i", "j", "lte"],
    rows: [],
  });
  await runStandin(night);
  const { rows } = await queryStandin(
    night,
    "select ensemble, seed, count(*) from bonds group by all order by seed",
  );
  expect(rows).toEqual([1, 2, 3].map((seed) => ["glass", seed, 24]));
  const samples = await queryStandin(night, "select distinct stage, status from samples order by stage");
  expect(samples.rows).toEqual([
    ["lte", "done"],
    ["make", "done"],
  ]);
  const csv = softfield(STANDIN, [
    "query",
    night.file,
    "select 1 as a, 'x,\"y' as b, null as c",
    "--format",
    "csv",
  ]);
  expect(csv.stdout).toBe('a,b,c\n1,"x,""y",\n');
});

test("status tells sizes, times and what is missing", async () => {
  const night = campaignFile();
  await runStandin(night, { shard: { index: 1, count: 2 } });
  const status = standinStatus(night);
  expect(status).toMatchObject({ total: 12, done: 6, missing: 6, failed: 0, running: [], slurm: [] });
  expect(status.rate).toBeUndefined();
  const bytes = status.ensembles[0].stages.map(({ bytesEach }) => bytesEach);
  expect(bytes[0]).toBe(2 * 24 * 8);
  expect(status.bytes).toBe(bytesBelow(night.folder));
  expect(status.bytes).toBeGreaterThan(6 * (bytes[0] + bytes[1]));
  expect([status.bytesUnasked, status.damaged]).toEqual([0, []]);
});

function bytesBelow(folder: string): number {
  return filesBelow(folder).reduce((sum, path) => sum + statSync(join(folder, path)).size, 0);
}

test("status: a rate in plain figures; what is damaged, by its file", async () => {
  const night = campaignFile({}, { seeds: "1..12" });
  await runStandin(night, { shard: { index: 1, count: 2 } });
  const path = filesBelow(night.folder).find((name) => /lte.*seed=3\/bonds/.test(name))!;
  const bytes = readFileSync(join(night.folder, path));
  bytes[20] ^= 255;
  writeFileSync(join(night.folder, path), bytes);
  expect(standinStatus(night).damaged).toEqual([]);
  const status = standinStatus(night, true);
  expect(status.damaged).toEqual([
    { ensemble: "glass", seed: 3, stage: "lte", file: join(night.folder, path) },
  ]);
  const text = statusText({ ...status, rate: 4290.1 });
  expect(text).toContain("rate: 4,290 samples an hour\n");
  expect(text).toContain(
    `damaged: glass, seed 3, lte: ${join(night.folder, path)}\n'softfield run --verify'`,
  );
});

test("results of options no longer asked for are counted, listed by clean, and removed when told to", async () => {
  const night = campaignFile({}, { seeds: "1..4" });
  await runStandin(night);
  const asked = filesBelow(night.folder).filter((name) => name.startsWith("make/"));
  const before = standinStatus(night);
  const options = JSON.parse(readFileSync(night.file, "utf8")) as object;
  writeFileSync(night.file, JSON.stringify({ ...options, keep: { bonds: "soft" } }));
  await runStandin(night);
  // only the results of known stages go
  for (const path of [
    join(night.folder, "novel", "2dipl-n24-0123456789ab", "seed=1"),
    join(night.folder, "lte", "own"),
  ])
    mkdirSync(path, { recursive: true });
  const status = standinStatus(night);
  expect(status.bytes).toBe(bytesBelow(night.folder));
  expect(status.bytesUnasked).toBeGreaterThan(0);
  expect(status.bytesUnasked).toBeLessThan(before.bytes);
  expect(statusText(status)).toContain(" of options no longer asked for ('softfield clean' lists them)");
  const folders = readdirSync(join(night.folder, "lte")).filter((name) => name.startsWith("2dipl"));
  expect(folders).toHaveLength(2);
  const listed = softfield(STANDIN, ["clean", night.file, "--json"]);
  const { results, bytes } = JSON.parse(listed.stdout) as CleanSummary;
  expect(results).toMatchObject([{ stage: "lte", samples: 4 }]);
  expect(bytes).toBe(status.bytesUnasked);
  expect(bytesBelow(join(night.folder, "lte", results[0].folder))).toBe(bytes);
  const notes = join(night.folder, "lte", results[0].folder, "notes.txt");
  writeFileSync(notes, "");
  const table = { stages, folder: night.folder };
  const { campaign } = loadCampaign(night.file, registry);
  // a run at work may have begun with the options of before
  const claims = new Claims({ folder: join(night.folder, "claims"), owner: currentOwner() });
  claims.acquire("x");
  expect(refusal(() => cleanCampaign(campaign, { ...table, remove: true }))).toContain(
    `a run is at work (process ${process.pid} on `,
  );
  claims.releaseAll();
  expect(standinStatus(night).bytesUnasked).toBe(bytes);
  expect(cleanCampaign(campaign, { ...table, remove: true })).toMatchObject({ removed: true, bytes });
  // a file that is no result stays, and so does its folder
  expect(readdirSync(dirname(notes))).toEqual(["notes.txt"]);
  expect(standinStatus(night)).toMatchObject({ done: 4, bytesUnasked: 0 });
  expect(filesBelow(night.folder).filter((name) => name.startsWith("make/"))).toEqual(asked);
  expect(existsSync(join(night.folder, "novel", "2dipl-n24-0123456789ab", "seed=1"))).toBe(true);
  expect(namesIn(join(night.folder, "tmp"))).toEqual([]);
  expect(softfield(STANDIN, ["clean", night.file]).stdout).toMatch(
    /holds no results but those that .* asks for\n$/,
  );
});

test.each([
  ["missing", undefined],
  ["empty", ""],
  ["cut off", '{"format":"softf'],
  ["zeros", "\0".repeat(64)],
  ["garbage", "\u0001\u0002"],
])(
  "a store.json that is %s: status names it, run writes it anew since the results prove whose store it is",
  async (_, text) => {
    const night = campaignFile({}, { seeds: "1..3" });
    await runStandin(night);
    const header = join(night.folder, "store.json");
    const whole = readFileSync(header, "utf8");
    const results = resultsOf(night.folder);
    rmSync(header);
    if (text !== undefined) writeFileSync(header, text);
    expect(refusal(() => standinStatus(night))).toMatch(
      /store\.json: is (missing|damaged), though results lie beside it/,
    );
    // another campaign's results are not taken over
    const other = { ...JSON.parse(readFileSync(night.file, "utf8")), name: "day", ensembles: otherGlasses };
    const day = join(dirname(night.file), "day.json");
    writeFileSync(day, JSON.stringify(other));
    await expect(runStandin({ file: day, folder: night.folder })).rejects.toThrow(
      /store\.json: is (missing|damaged), and none of the results beside it is what campaign "day" asks for/,
    );
    const said: string[] = [];
    expect(await runStandin(night, { say: (sentence) => said.push(sentence) })).toMatchObject({
      done: 3,
      made: 0,
    });
    expect(said).toEqual([expect.stringContaining("store.json was lost: written anew")]);
    expect(readFileSync(header, "utf8")).toBe(whole);
    expect(resultsOf(night.folder)).toEqual(results);
  },
);

const otherGlasses = { glass: { model: "2dipl", particles: 25, seeds: "1..3" } };

test("a folder of failures alone is its campaign's, too", async () => {
  const night = campaignFile({}, { seeds: "7" });
  const failing = { SOFTFIELD_TEST_FAIL: "7" };
  expect(softfield(STANDIN, ["run", night.file, "--quiet"], failing).status).toBe(1);
  rmSync(join(night.folder, "store.json"));
  expect(await runStandin(night)).toMatchObject({ failed: 1, made: 0 });
});

test("another program's store.json, and a file in the folder's place, are refused", () => {
  const night = campaignFile();
  mkdirSync(night.folder);
  const header = join(night.folder, "store.json");
  for (const [text, words] of [
    ['{"shop":1}', "is another program's; move it away"],
    ["bread, milk", "is no store of softfield"],
  ] as const) {
    writeFileSync(header, text);
    expect(refusal(() => Store.create(night.folder, "night"))).toContain(`${header}: ${words}`);
    expect(readFileSync(header, "utf8")).toBe(text);
  }
  // what a disk leaves of one that was just begun
  writeFileSync(header, "");
  expect(Store.create(night.folder, "night").recovered).toBe(false);
  const { status, stderr } = softfield(STANDIN, ["run", campaignFile({ output: "night.json" }).file]);
  expect([status, stderr]).toEqual([
    2,
    expect.stringContaining('night.json: is a file; give "output" a folder'),
  ]);
});

test("a run that is stopped before it begins makes nothing and leaves nothing", async () => {
  const night = campaignFile();
  const control = { signal: AbortSignal.abort() };
  await expect(runStandin(night, { control })).rejects.toMatchObject({ code: "aborted" });
  for (const name of ["tmp", "claims"]) expect(namesIn(join(night.folder, name))).toEqual([]);
  expect(namesIn(join(night.folder, "make"))).toEqual([]);
});
