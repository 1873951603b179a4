import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makeGlass, minimumOf, preset, shear } from "softfield";
import { forecastsOf, periodicDistance } from "softfield/internal";
import { beforeAll, expect, test } from "vitest";
import { loadCampaign, queryCampaign, runCampaign } from "../../campaign/src/index.ts";
import { registry } from "../src/shell/registry.ts";
import { campaignFile, type Night, SOFTFIELD, softfield } from "./campaign-support.ts";

const protocol = { liquidTime: 0.5, annealTime: 0.5 };
let night: Night;

beforeAll(async () => {
  const forecast = { loads: 2, places: 4, first: 3, maxStrain: 0.2, indicators: ["lte", "softening"] };
  night = campaignFile({
    ensembles: { glass: { model: "2dipl", particles: 120, protocol, seeds: "1..2", compute: { forecast } } },
  });
  const { campaign } = loadCampaign(night.file, registry);
  const summary = await runCampaign(campaign, { registry, folder: night.folder, threads: 1 });
  expect(summary).toMatchObject({ failed: 0 });
}, 300_000);

async function query(sql: string): Promise<readonly (readonly unknown[])[]> {
  const { campaign } = loadCampaign(night.file, registry);
  return (await queryCampaign(campaign, { folder: night.folder, stages: registry.stages, sql })).rows;
}

test("what is stored is the forecast of the library, beside the events of the shear", async () => {
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 120, seed: 1, protocol });
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const effort = { places: 4, first: 3, maxStrain: 0.2, tolerance: 1e-2 };
  const [{ folds }] = forecastsOf(minimum, [{ angle: 0 }], effort);
  const stored = await query(
    `select "rank", strain, particle from forecast_folds where seed = 1 and load = '0°' order by "rank"`,
  );
  expect(stored.map(([rank]) => Number(rank))).toEqual(folds.map((_, k) => k + 1));
  folds.forEach(({ strain, particle }, k) => {
    expect(Number(stored[k][1])).toBeCloseTo(strain, 8);
    expect(Number(stored[k][2])).toBe(particle);
  });
  const [event] = shear(system, model, { angle: 0, events: 1, tolerance: 1e-7 }).events;
  const [[strain, trigger, rank, foretold]] = await query(
    `select strain, "trigger", "rank", foretold from forecast_events where seed = 1 and load = '0°' and way = 'forecast'`,
  );
  expect(Number(strain)).toBeCloseTo(event.strain, 6);
  expect(Number(trigger)).toBe(event.trigger);
  const { box, positions } = minimum.system;
  const at = (p: number) => positions.subarray(2 * p, 2 * p + 2);
  const near = (place: ArrayLike<number>) => periodicDistance(box, place, at(event.trigger)) <= 3;
  const k = folds.findIndex(({ position, particle }) => near(position) || near(at(particle)));
  expect(Number(rank)).toBe(k + 1);
  if (k >= 0) expect(Number(foretold)).toBeCloseTo(folds[k].strain, 8);
});

test("the report has its tables and its figure", () => {
  const { status, stderr } = softfield(SOFTFIELD, ["report", night.file]);
  expect([status, stderr.includes("failed")]).toEqual([0, false]);
  const folder = join(night.folder, "report");
  const table = readFileSync(join(folder, "tables", "forecast.csv"), "utf8").split("\n");
  expect(table[0]).toContain("strain_within_1.5");
  expect(table.filter((line) => line.startsWith("glass,1,"))).toHaveLength(4);
  expect(existsSync(join(folder, "figures", "fig-forecast.svg"))).toBe(true);
});
