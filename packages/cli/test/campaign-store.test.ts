import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { type CleanSummary, cleanCampaign, loadCampaign } from "../../campaign/src/index.ts";
import { Claims, currentOwner, Store } from "../../campaign/src/store/index.ts";
import { statusText } from "../src/commands/status.ts";
import { registry } from "../src/shell/registry.ts";
import {
  campaignFile,
  filesBelow,
  namesIn,
  refusal,
  resultsOf,
  runStandin,
  STANDIN,
  softfield,
  standinStatus,
} from "./campaign-support.ts";
import { stages } from "./standin/stages.ts";

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
