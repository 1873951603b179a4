import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { extxyzText, frameOfSystem, initialConfiguration, makeGlass, preset, type System } from "softfield";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { loadCampaign } from "../../campaign/src/index.ts";
import { registry } from "../src/shell/registry.ts";
import { runCli } from "./run-cli.ts";
import { gsdFrames } from "./strangers/gsd-frames.ts";

const scratch = mkdtempSync(join(tmpdir(), "softfield-files-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
// a run with failed samples leaves it
afterEach(() => {
  process.exitCode = undefined;
});
const model = preset("2dipl");
const reference = fileURLToPath(new URL("../../../examples/reference/2dipl_400.extxyz", import.meta.url));
let glasses: readonly System[];

/** Glasses of 200 particles: small, and each another. */
beforeAll(() => {
  const protocol = { kind: "instantaneous", liquidTime: 1 } as const;
  glasses = [1, 2, 3, 4].map((seed) => makeGlass({ model, particles: 200, seed, protocol }).system);
});

const text = (system: System) => [...extxyzText(frameOfSystem(system, model))].join("");
let serial = 0;

/** A folder with two glasses in slow/ and a trajectory of two in fast/. */
function folderOfGlasses(): string {
  const folder = join(scratch, `own${serial++}`);
  for (const group of ["slow", "fast"]) mkdirSync(join(folder, group), { recursive: true });
  const [a, b, c, d] = glasses.map(text);
  writeFileSync(join(folder, "slow", "a.extxyz"), a);
  writeFileSync(join(folder, "slow", "b.extxyz"), b);
  writeFileSync(join(folder, "fast", "run.extxyz"), c + d);
  return folder;
}

function campaignOf(
  folder: string,
  ensembles: object,
  compute: object = { lte: {}, shear: { events: 1 } },
): string {
  const file = join(folder, "own.json");
  writeFileSync(file, JSON.stringify({ name: "own", ensembles, compute }));
  return file;
}

const both = {
  slow: { model: "2dipl", glasses: "slow/*.extxyz" },
  fast: { model: "2dipl", glasses: ["fast/run.extxyz"] },
};

const query = async (file: string, sql: string) =>
  JSON.parse((await runCli("query", file, sql, "--format", "json")).stdout);

test("files are computed like glasses that are made; renamed, moved and added to, nothing is computed twice", async () => {
  const folder = folderOfGlasses();
  const file = campaignOf(folder, both);
  const first = await runCli("run", file);
  expect(first.stdout).toContain("4 of 4 samples are there, 4 made now");
  const counts = "select ensemble, count(*) as n from glasses group by all order by ensemble";
  expect(await query(file, counts)).toEqual([
    { ensemble: "fast", n: 2 },
    { ensemble: "slow", n: 2 },
  ]);
  // the same numbers as of the file alone
  const { stdout } = await runCli(
    ...["lte", join(folder, "slow", "a.extxyz"), "-m", "2dipl", "--arithmetic", "reproducible", "--json"],
  );
  const { energyPerParticle } = JSON.parse(stdout);
  const energies = await query(file, "select energy from glasses where ensemble = 'slow'");
  expect(energies.map(({ energy }: { energy: number }) => energy / 200)).toContainEqual(
    expect.closeTo(energyPerParticle, 12),
  );
  renameSync(join(folder, "slow", "a.extxyz"), join(folder, "slow", "renamed.extxyz"));
  writeFileSync(join(folder, "slow", "c.extxyz"), readFileSync(reference));
  const moved = campaignOf(folder, {
    quenched: { model: "2dipl", glasses: ["slow/b.extxyz", "slow/renamed.extxyz"] },
    fast: both.fast,
    large: { model: "2dipl", glasses: "slow/c.extxyz" },
  });
  const again = await runCli("run", moved);
  expect(again.stdout).toContain("5 of 5 samples are there, 1 made now");
  const report = await runCli("report", moved);
  expect([report.code, existsSync(join(folder, "own", "report", "report.html"))]).toEqual([0, true]);
  const methods = readFileSync(join(folder, "own", "report", "methods.txt"), "utf8");
  expect(methods).toContain(
    "quenched: a group of its own, 2 files (slow/b.extxyz to slow/renamed.extxyz), minima as they are (polished where digits were lost), of N = 200 particles in 2D.",
  );
  expect(methods).toContain("fast: a group of its own, 2 frames of 1 file (fast/run.extxyz)");
  expect(methods).toContain("quenched: 2 configurations asked for; done: make 2, lte 2, shear 2.");
});

test("what is read of files is kept, until they change", () => {
  const folder = folderOfGlasses();
  const file = campaignOf(folder, both);
  const seeds = () => [...loadCampaign(file, registry).campaign.seeds.get("slow")!];
  const before = seeds();
  expect(before).toHaveLength(2);
  mkdirSync(join(folder, "own"));
  expect(seeds()).toEqual(before);
  const notes = readFileSync(join(folder, "own", "glasses.json"), "utf8");
  for (const seed of before) expect(notes).toContain(`"number": ${seed}`);
  expect(seeds()).toEqual(before);
  writeFileSync(join(folder, "slow", "b.extxyz"), text(glasses[3]).replace("pbc", "note=changed pbc"));
  campaignOf(folder, { slow: both.slow });
  expect(seeds().filter((seed) => before.includes(seed))).toHaveLength(1);
  expect(readdirSync(join(folder, "own"))).toEqual(["glasses.json"]);
});

test("frames: all, the first, the last, or by number", () => {
  const folder = folderOfGlasses();
  const count = (frames: string | number) =>
    loadCampaign(campaignOf(folder, { fast: { ...both.fast, frames } }), registry).campaign.seeds.get("fast");
  const [all, first, last] = ["all", "first", "last"].map(count);
  expect([all?.length, first?.length, last?.length]).toEqual([2, 1, 1]);
  expect([...first!, ...last!].sort()).toEqual([...all!].sort());
  expect([count(0), count("1"), count("0..7")]).toEqual([first, last, all]);
  expect(() => count("5..7")).toThrow("run.extxyz: has none of the frames 5..7");
  expect(() => count("some")).toThrow("frames some: give all, first, last, or numbers");
});

test("bad files and contradictions are named before anything is computed", () => {
  const folder = folderOfGlasses();
  const refusal = (ensembles: object) => {
    try {
      loadCampaign(campaignOf(folder, ensembles), registry);
    } catch (error) {
      return (error as Error).message.replaceAll(`${folder}/`, "");
    }
    throw new Error("nothing was refused");
  };
  const slow = (more: object) => ({ slow: { ...both.slow, ...more } });
  expect(refusal(slow({ glasses: "slow/*.gsd" }))).toMatch(
    /^own.json:1: ensembles.slow.glasses: slow\/\*.gsd: there is no such file$/,
  );
  expect(refusal(slow({ glasses: "slow" }))).toContain("slow: is a folder; name its files");
  expect(refusal(slow({ seeds: "1..3" }))).toContain(
    "ensembles.slow.seeds: belongs to glasses that are made",
  );
  expect(refusal({ slow: { model: "2dipl" } })).toContain("ensembles.slow.seeds: are missing");
  expect(refusal({ slow: { model: "2dipl", seeds: 1 } })).toContain("ensembles.slow.particles: is missing");
  expect(refusal({ a: { model: "2dipl", particles: 400, seeds: 1, frames: "all" } })).toContain(
    "ensembles.a.frames: belongs to glasses that are files",
  );
  copyFileSync(join(folder, "slow", "a.extxyz"), join(folder, "slow", "twin.extxyz"));
  expect(refusal({ slow: both.slow })).toContain(
    "slow/twin.extxyz holds the same configuration as slow/a.extxyz",
  );
  expect(
    refusal({ slow: { ...both.slow, glasses: "slow/a*" }, other: { ...both.slow, glasses: "slow/t*" } }),
  ).toContain('slow/twin.extxyz holds a configuration of ensemble "slow"');
  rmSync(join(folder, "slow", "twin.extxyz"));
  writeFileSync(join(folder, "slow", "c.extxyz"), readFileSync(reference));
  expect(refusal({ slow: both.slow })).toContain(
    "slow/c.extxyz has 400 particles, the others of its ensemble 200",
  );
  const lines = text(glasses[3]).split("\n");
  writeFileSync(join(folder, "slow", "c.extxyz"), lines.slice(0, 50).join("\n"));
  expect(refusal({ slow: both.slow })).toContain("slow/c.extxyz");
  writeFileSync(join(folder, "slow", "c.extxyz"), text(glasses[3]).replace(/^L /m, "Q "));
  expect(refusal({ slow: both.slow })).toMatch(/slow\/c.extxyz, line \d+, particle \d+: species "Q"/);
});

test("what is no minimum fails with its file's name, or is minimised where that is asked for", async () => {
  const folder = join(scratch, `own${serial++}`);
  mkdirSync(folder);
  writeFileSync(join(folder, "liquid.extxyz"), text(initialConfiguration(model, 200, 7)));
  const fails = campaignOf(folder, { a: { model: "2dipl", glasses: "liquid.extxyz" } }, { lte: {} });
  const run = await runCli("run", fails);
  expect(run.code).toBe(1);
  expect((await runCli("status", fails)).stdout).toContain("liquid.extxyz");
  const down = campaignOf(
    folder,
    { a: { model: "2dipl", glasses: "liquid.extxyz", minimize: true } },
    { lte: {} },
  );
  expect((await runCli("run", down)).stdout).toContain("1 of 1 samples are there, 1 made now");
  const [{ residual }] = await query(down, "select residual from glasses");
  expect(residual).toBeLessThan(1e-11);
});

test("the report tells which files failed and why, and which had fewer events than asked for", async () => {
  const folder = folderOfGlasses();
  writeFileSync(join(folder, "slow", "liquid.extxyz"), text(initialConfiguration(model, 200, 9)));
  const file = campaignOf(folder, both, { lte: {}, shear: { events: 2, maxStrain: 1e-7 } });
  expect((await runCli("run", file)).code).toBe(1);
  process.exitCode = undefined;
  expect((await runCli("report", file)).code).toBe(0);
  const methods = readFileSync(join(folder, "own", "report", "methods.txt"), "utf8");
  expect(methods).toContain(
    "slow: 3 configurations asked for; done: make 2 (1 failed), lte 2, shear 2. In 2 of them fewer than 2 plastic events happened up to the largest strain.",
  );
  expect(methods).toMatch(
    /Samples that failed are excluded .*: slow, make: .*liquid\.extxyz: .*not an energy minimum/,
  );
});

test("softfield init writes the campaign of files that are named, a group a folder", async () => {
  const folder = folderOfGlasses();
  const mine = join(folder, "mine.json");
  writeFileSync(mine, (await runCli("models", "2dipl")).stdout);
  const file = join(folder, "own.yaml");
  const files = ["slow/a.extxyz", "slow/b.extxyz", "fast/run.extxyz"].map((name) => join(folder, name));
  const { stdout, stderr } = await runCli("init", file, "-m", mine, ...files);
  expect(stderr).toBe("");
  expect(stdout).toContain("2 of 200 particles in slow, 2 of 200 particles in fast");
  const { campaign } = loadCampaign(file, registry);
  expect(campaign.ensembles.map(({ name, model: { species } }) => [name, species])).toEqual([
    ["slow", ["S", "L"]],
    ["fast", ["S", "L"]],
  ]);
  const made = await runCli("init", join(folder, "made.yaml"), "-m", mine, "-n", "500");
  expect([made.code, made.stderr]).toEqual([0, ""]);
  expect(loadCampaign(join(folder, "made.yaml"), registry).campaign.ensembles[0]).toMatchObject({
    name: "mine",
    particles: 500,
  });
  const missing = await runCli("init", file, "--force", "-m", mine, "nowhere.data");
  expect([missing.code, missing.stderr]).toEqual([
    2,
    expect.stringContaining("nowhere.data: is neither a file"),
  ]);
});

test("the frames of a GSD trajectory: init, run; the numbers are those of the frame alone", async () => {
  const folder = join(scratch, `own${serial++}`);
  mkdirSync(folder);
  const trajectory = join(folder, "minima.gsd");
  writeFileSync(trajectory, gsdFrames(glasses, ["S", "L"]));
  const file = join(folder, "own.yaml");
  expect((await runCli("init", file, "-m", "2dipl", trajectory)).stdout).toContain("4 of 200 particles");
  const own = campaignOf(folder, { own: { model: "2dipl", glasses: "minima.gsd" } }, { lte: {} });
  expect((await runCli("run", own)).stdout).toContain("4 of 4 samples are there, 4 made now");
  const { stdout } = await runCli(
    ...["lte", trajectory, "--frame", "2", "-m", "2dipl", "--arithmetic", "reproducible", "--json"],
  );
  const energies = await query(own, "select energy from glasses");
  expect(energies.map(({ energy }: { energy: number }) => energy / 200)).toContainEqual(
    expect.closeTo(JSON.parse(stdout).energyPerParticle, 12),
  );
});
