import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { loadCampaign, queryCampaign, runCampaign } from "../../campaign/src/index.ts";
import { registry } from "../src/shell/registry.ts";
import { campaignFile, type Night, SOFTFIELD, softfield } from "./campaign-support.ts";

const protocol = { liquidTime: 0.5, annealTime: 0.5 };
const deform = {
  ...{ temperatures: [0.05, 0.2], rates: [0.02], events: 2, maxStrain: 0.08, every: 0.005 },
  indicators: ["lte", "softening"],
};
const propensity = { temperature: 0.3, times: [0.1, 0.5], runs: 3, heating: 0.5, widths: [1] };
const ensembles = { glass: { model: "2dipl", particles: 120, protocol, seeds: "1..2" } };
const compute = { deform, propensity };

async function query(night: Night, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { campaign } = loadCampaign(night.file, registry);
  return (await queryCampaign(campaign, { folder: night.folder, stages: registry.stages, sql })).rows;
}

let night: Night;
beforeAll(async () => {
  night = campaignFile({ ensembles, compute });
  const { campaign } = loadCampaign(night.file, registry);
  expect(await runCampaign(campaign, { registry, folder: night.folder, threads: 2 })).toMatchObject({
    failed: 0,
  });
}, 120_000);

test("rearrangements at every temperature beside the athermal ones, which match themselves", async () => {
  const [[flows]] = await query(
    night,
    "select count(*) from (select distinct seed, temperature, rate from deform_path)",
  );
  expect(flows).toBe(6);
  const [[unmatched]] = await query(
    night,
    "select count(*) from deform_events where temperature = 0 and (athermal < 1 or athermal > ordinal)",
  );
  expect(unmatched).toBe(0);
  const [[events, scores]] = await query(
    night,
    "select (select count(*) from deform_events), count(*) from deform_scores where softer between 0 and 1",
  );
  expect(Number(events)).toBeGreaterThan(3);
  expect(scores).toBe(2 * Number(events));
});

test("every feature against the propensities of every species and time", async () => {
  const rows = await query(
    night,
    "select seed, \"time\", species, count(*) from propensity_scores where feature in ('debye_waller', 'debye_waller_g1') group by 1, 2, 3",
  );
  expect(rows).toHaveLength(2 * 2 * 3);
  expect(rows.every(([, , , count]) => Number(count) === 2)).toBe(true);
  const means = await query(
    night,
    "select \"time\", mean from propensities where species = 'all' and seed = 1",
  );
  expect(Number(means[1][1])).toBeGreaterThan(Number(means[0][1]));
});

/** What a stage has stored, to nine digits. */
async function digest(tables: readonly string[]): Promise<string> {
  const rows = await Promise.all(tables.map((table) => query(night, `select * from ${table} order by all`)));
  const text = JSON.stringify(rows, (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(9)) : value,
  );
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

test("stored results are those of their stage's version: where others are meant, raise it", async () => {
  const version = (stage: string) => registry.stages.find(({ name }) => name === stage)?.version;
  expect({
    deform: [version("deform"), await digest(["deform_path", "deform_events", "deform_scores"])],
    propensity: [version("propensity"), await digest(["propensities", "propensity_scores"])],
  }).toEqual({
    deform: [4, "edbf7babe2ad"],
    propensity: [2, "af6f79066803"],
  });
});

test("the same bits on one thread", async () => {
  const again = campaignFile({ ensembles, compute });
  const { campaign } = loadCampaign(again.file, registry);
  await runCampaign(campaign, { registry, folder: again.folder, threads: 1 });
  for (const table of ["deform_path", "deform_scores", "propensities", "propensity_scores"]) {
    const sql = `select * from ${table} order by all`;
    expect(await query(again, sql)).toEqual(await query(night, sql));
  }
}, 120_000);

test("report and its tables", () => {
  const out = join(night.folder, "report");
  const { status, stderr } = softfield(SOFTFIELD, ["report", night.file, "-o", out]);
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  const [header, ...rows] = readFileSync(join(out, "tables", "temperature.csv"), "utf8")
    .trim()
    .split("\n");
  expect(header).toMatch(/^ensemble,temperature,rate,ordinal,indicator,glasses,value,low,high/);
  expect(rows.filter((row) => row.startsWith("glass,0,0,1,"))).toHaveLength(2);
  const page = readFileSync(join(out, "report.html"), "utf8");
  expect(page).toContain("Indicators of softness against the rearrangements of flow");
  expect(page).toContain("Structure against motion at rest");
});

test.each([
  [{ deform: { ...deform, temperatures: [-1] } }, "temperatures"],
  [{ deform: { ...deform, plane: "xz" } }, "must be xy in two dimensions"],
  [{ deform: { ...deform, indicators: ["nonsense"] } }, 'there is no indicator "nonsense"'],
  [{ propensity: { ...propensity, times: [1, 0.5] } }, "must ascend"],
  [{ propensity: { ...propensity, runs: 1 } }, "runs"],
])("%j is refused", (compute, words) => {
  const { file } = campaignFile({ ensembles, compute });
  expect(() => loadCampaign(file, registry)).toThrow(words);
});
