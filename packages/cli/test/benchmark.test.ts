import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { indicators, minimumOf, preset } from "softfield";
import { beforeAll, expect, test } from "vitest";
import { needs, tool } from "../../../testing/needs.ts";
import {
  loadCampaign,
  queryCampaign,
  runCampaign,
  storedGlass,
  storedSamples,
} from "../../campaign/src/index.ts";
import { registry } from "../src/shell/registry.ts";
import { campaignFile, type Night, SOFTFIELD, softfield } from "./campaign-support.ts";

let night: Night;

beforeAll(async () => {
  const protocol = { liquidTime: 0.5, annealTime: 0.5 };
  const benchmark = { loads: 2, events: 1, indicators: ["lte", "modes", "softening"], values: true };
  night = campaignFile({
    ensembles: { glass: { model: "2dipl", particles: 120, protocol, seeds: "1..3", compute: { benchmark } } },
  });
  const { campaign } = loadCampaign(night.file, registry);
  const summary = await runCampaign(campaign, { registry, folder: night.folder, threads: 2 });
  expect(summary).toMatchObject({ failed: 0 });
}, 300_000);

async function query(sql: string): Promise<readonly (readonly unknown[])[]> {
  const { campaign } = loadCampaign(night.file, registry);
  return (await queryCampaign(campaign, { folder: night.folder, stages: registry.stages, sql })).rows;
}

/** A file with one row a particle. */
function fields(
  name: string,
  seeds: readonly number[],
  value: (seed: number, particle: number) => number | string,
): string {
  const file = join(night.folder, name);
  const rows = seeds.flatMap((seed) =>
    Array.from({ length: 120 }, (_, p) => `${seed},${p},${value(seed, p)}`),
  );
  writeFileSync(file, ["seed,particle,mine", ...rows, ""].join("\n"));
  return file;
}

test("every load of every glass is there, scored by every indicator", async () => {
  const [[loads]] = await query("select count(*) from benchmark_loads");
  expect(loads).toBe(6);
  const [[events, scores, worst]] = await query(
    "select (select count(*) from benchmark_events), count(*), max(softer) from benchmark_scores",
  );
  expect(events).toBeGreaterThan(3);
  expect(scores).toBe(3 * Number(events));
  expect(worst).toBeLessThanOrEqual(1);
});

test("scores by values are those of the particles themselves, under the load of the event", async () => {
  const [[scores, values]] = await query(
    "select (select count(*) from benchmark_scores), count(*) from benchmark_values",
  );
  expect(values).toBe(scores);
  const { campaign } = loadCampaign(night.file, registry);
  const samples = storedSamples(campaign, { folder: night.folder, stages: registry.stages }, ["make"]);
  const rows = await query(
    "select v.seed, v.load, v.indicator, v.softer, e.particle from benchmark_values v join benchmark_events e " +
      "on v.seed = e.seed and v.load = e.load and v.ordinal = e.ordinal",
  );
  expect(rows.length).toBe(Number(scores));
  for (const [seed, load, name, softer, particle] of rows) {
    const system = storedGlass(samples.find((one) => one.seed === Number(seed))!);
    const minimum = minimumOf(system, preset("2dipl"), { arithmetic: "reproducible" });
    // x += γy, or along y, where −x is the gradient
    const unit = load === "0°" ? [0, 1, 0, 0] : [0, 0, -1, 0];
    const [found] = indicators.get(String(name)).run(minimum, { load: Float64Array.from(unit) }, {});
    const of = new Float64Array(120).fill(-1);
    for (const members of found.sites.members)
      members.forEach((p, t) => {
        of[p] = Math.max(of[p], Math.abs(found.values[t]));
      });
    const own = of[Number(particle)];
    // itself not counted, rattlers neither
    const ahead = of.reduce((sum, x) => sum + (x > own ? 1 : x === own ? 0.5 : 0), 0) - 0.5;
    const known = of.filter((x) => x >= 0).length;
    expect(Number(softer)).toBeCloseTo(own < 0 ? 0.5 : ahead / (known - 1), 12);
  }
});

test("the bundle ranks an outsider beside: one that knows the events comes first", async () => {
  const events = await query("select seed, particle from benchmark_events");
  const struck = new Set(events.map(([seed, particle]) => `${seed} ${particle}`));
  const file = fields("mine.csv", [1, 2, 3], (seed, p) => (struck.has(`${seed} ${p}`) ? 100 : 0));
  const out = join(night.folder, "league");
  const { status, stdout, stderr } = softfield(SOFTFIELD, [
    "benchmark",
    night.file,
    "-o",
    out,
    "--add",
    file,
  ]);
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("3 glasses, with");
  const league = readFileSync(join(out, "tables", "league.csv"), "utf8").split("\n");
  expect(league[1].startsWith("glass,1,mine,3,")).toBe(true);
  expect(league.filter((line) => line.startsWith("glass,1,"))).toHaveLength(4);
  const byValues = readFileSync(join(out, "tables", "league_values.csv"), "utf8").split("\n");
  expect(byValues[1].startsWith("glass,1,mine,3,")).toBe(true);
  expect(byValues.filter((line) => line.startsWith("glass,1,"))).toHaveLength(4);
  for (const name of [
    "report.html",
    "README.md",
    "CITATION.cff",
    "data/benchmark_scores.parquet",
    "data/benchmark_values.parquet",
    "night.json",
  ])
    expect([name, existsSync(join(out, name))]).toEqual([name, true]);
});

test(
  "the worked example: an indicator in Python, over a Parquet file, gets its row",
  needs("python"),
  async () => {
    const [glasses, file] = ["glasses", "mine.parquet"].map((name) => join(night.folder, name));
    const first = softfield(SOFTFIELD, [
      "benchmark",
      night.file,
      "-o",
      join(night.folder, "first"),
      "--glasses",
      glasses,
    ]);
    expect([first.status, first.stderr]).toEqual([0, ""]);
    const python = fileURLToPath(new URL("../../../python", import.meta.url));
    const env = {
      ...process.env,
      SOFTFIELD: `${process.execPath} --conditions=softfield-source ${SOFTFIELD}`,
      PYTHONPATH: python,
      PYTHONDONTWRITEBYTECODE: "1",
    };
    const written = spawnSync(tool("python"), [join(python, "examples", "outsider.py"), glasses, file], {
      env,
      encoding: "utf8",
    });
    expect([written.status, written.stderr, written.stdout]).toEqual([0, "", `${file}\n`]);
    const [[rows, seeds]] = await query(`select count(*), count(distinct seed) from read_parquet('${file}')`);
    expect([rows, seeds]).toEqual([360, 3]);
    const out = join(night.folder, "second");
    const second = softfield(SOFTFIELD, ["benchmark", night.file, "-o", out, "--add", file]);
    expect([second.status, second.stderr]).toEqual([0, ""]);
    const league = readFileSync(join(out, "tables", "league.csv"), "utf8").split("\n");
    const row = league.find((line) => line.startsWith("glass,1,asymmetry,"))!.split(",");
    const column = (name: string) => Number(row[league[0].split(",").indexOf(name)]);
    expect(column("glasses")).toBe(3);
    expect(Math.abs(column("value"))).toBeLessThanOrEqual(1);
    expect(column("low")).toBeLessThanOrEqual(column("value"));
  },
);

test.each([
  [
    "a glass with too few rows",
    () => fields("few.csv", [1], (_, p) => p),
    119,
    "has 119 rows, its glass 120 particles",
  ],
  [
    "a glass that is not there",
    () => fields("other.csv", [9], (_, p) => p),
    120,
    "no benchmark of ensemble glass, seed 9",
  ],
  [
    "a word among the numbers",
    () => fields("word.csv", [1], (_, p) => (p === 7 ? "soft" : p)),
    120,
    'has "soft": give numbers',
  ],
])("%s is refused", (_, make, rows, message) => {
  const file = make();
  writeFileSync(
    file,
    readFileSync(file, "utf8")
      .split("\n")
      .slice(0, rows + 1)
      .join("\n"),
  );
  const out = join(night.folder, "refused");
  const { status, stderr } = softfield(SOFTFIELD, ["benchmark", night.file, "-o", out, "--add", file]);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(existsSync(out)).toBe(false);
});
