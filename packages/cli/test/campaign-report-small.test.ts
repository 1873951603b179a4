import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLogHistogram, localThermalEnergy, makeGlass, minimumOf, preset } from "softfield";
import { expect, test } from "vitest";
import { loadCampaign } from "../../campaign/src/index.ts";
import { collect } from "../../campaign/src/report/collect.ts";
import { drawFigure } from "../../campaign/src/report/report.ts";
import type { SampleChoice } from "../../campaign/src/report/sample.ts";
import { statistics } from "../../campaign/src/report/statistics.ts";
import { registry as all } from "../src/shell/registry.ts";
import { campaignFile, complete, paper as registry, SOFTFIELD, softfield } from "./campaign-support.ts";

const protocol = { liquidTime: 0.5, annealTime: 0.5 };

test("the stored histogram is that of the bonds, and of all bonds where soft ones only are stored", async () => {
  const energiesKept = async (bonds: "all" | "soft") => {
    const kept = campaignFile(
      { compute: { lte: {} }, keep: { bonds } },
      { particles: 120, seeds: "1..2", protocol },
    );
    await complete(kept);
    const { campaign } = loadCampaign(kept.file, registry);
    const [{ energies }] = await collect(campaign, { folder: kept.folder, registry });
    return energies;
  };
  const energies = await energiesKept("soft");
  expect(energies).toHaveLength(2);
  expect(energies).toEqual(await energiesKept("all"));
  const model = preset("2dipl");
  const { system } = makeGlass({ model, particles: 120, seed: 1, protocol });
  const minimum = minimumOf(system, model, { arithmetic: "reproducible" });
  const [{ lte }] = localThermalEnergy(minimum).energies;
  const { counts, below, above } = energies[0];
  expect(counts.reduce((sum, n) => sum + n, below + above)).toBe(lte.length);
  expect(counts.length).toBe(createLogHistogram({ decades: 12, perDecade: 20 }).counts.length);
});

test("a campaign of energies alone: what can't be drawn is named", async () => {
  const alone = campaignFile({ compute: { lte: {} } }, { particles: 60, seeds: "1..2", protocol });
  await complete(alone);
  const args = ["report", alone.file, "--json"];
  const { status, stdout, stderr } = softfield(SOFTFIELD, args);
  expect([status, stderr]).toEqual([0, ""]);
  const summary = JSON.parse(stdout);
  expect(summary.figures).toEqual(["1", "2", "maxima", "si2"]);
  expect(summary.missing["3"]).toContain('add "spots"');
  expect(summary.missing["4"]).toContain("there is nothing to draw yet");
  // every table is written or named with its reason
  const { campaign } = loadCampaign(alone.file, all);
  const every = statistics(all, await collect(campaign, { folder: alone.folder, registry: all }));
  expect([...summary.tables, ...Object.values(summary.absent).flat()].sort()).toEqual(
    every.map(({ name }) => name).sort(),
  );
  expect(summary.absent['add "spots" and "shear" to what the campaign computes']).toContain("prediction");
  expect(summary.absent['add "modes" to what the campaign computes']).toEqual([
    "mode_density",
    "mode_exponents",
  ]);
  expect(summary.absent["too few results yet: at least 40 samples"]).toEqual(["maxima_tail"]);
  expect(Object.keys(summary.absent)).not.toContain("there are no samples yet");
  const words = softfield(SOFTFIELD, ["report", alone.file]).stdout;
  expect(words).toContain(
    'no tables mode_density, mode_exponents: add "modes" to what the campaign computes\n',
  );
  expect(words).toContain("no table maxima_tail: too few results yet: at least 40 samples\n");
  const page = readFileSync(join(alone.folder, "report", "report.html"), "utf8");
  expect(page).toContain("<li>maxima_tail: too few results yet: at least 40 samples</li>");
  expect(page).toContain("<li>Fig. 4: there is nothing to draw yet");
  expect(existsSync(join(alone.folder, "report", "report.html"))).toBe(true);
  // the report lies in the store, which stays one
  expect(softfield(SOFTFIELD, ["status", alone.file]).stdout).toContain("2 of 2 samples done");
});

test("Fig. 3 shows the first ensemble in the plane that has spots, unless one is asked for", async () => {
  const glass = { model: "2dipl", particles: 60, seeds: 1, protocol };
  const spotted = { lte: {}, spots: {} };
  const mixed = campaignFile({
    ensembles: {
      plain: { ...glass, compute: { lte: {} } },
      spatial: { ...glass, model: "3dipl", particles: 120, compute: spotted },
      spotted: { ...glass, particles: 80, compute: spotted },
    },
  });
  await complete(mixed);
  const { campaign } = loadCampaign(mixed.file, registry);
  const source = { folder: mixed.folder, registry };
  const drawn = (name: "1" | "3", choice: SampleChoice = {}) =>
    drawFigure(campaign, source, { name, style: "paper", ...choice });
  expect(await drawn("3")).toBe(await drawn("3", { ensemble: "spotted" }));
  expect(await drawn("1")).toBe(await drawn("1", { ensemble: "plain" }));
  expect(await drawn("1")).not.toBe(await drawn("1", { ensemble: "spotted" }));
  await expect(drawn("3", { ensemble: "plain" })).rejects.toThrow('add "spots"');
  await expect(drawn("3", { ensemble: "spotted", seed: 2 })).rejects.toThrow("no sample spotted, seed 2");
});
