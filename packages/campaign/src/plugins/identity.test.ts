import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPlugin } from "@softfield/node";
import { preset } from "softfield";
import { expect, test } from "vitest";
import { part } from "../base.ts";
import { parseCampaign } from "../plan/campaign.ts";
import { spots } from "../stages/spots.ts";

test("spots by an indicator of a plug-in are known by the plug-in's text, others as before", () => {
  const folder = mkdtempSync(join(tmpdir(), "softfield-indicator-"));
  const loaded = ["one", "two"].map((name) => {
    const path = join(folder, `${name}.mjs`);
    const fields = `name: "${name}", short: "", label: "", unit: "", description: "", of: "particles", threshold: 0`;
    writeFileSync(path, `export default { indicators: [{ ${fields}, run: () => [] }] };`);
    return loadPlugin(path);
  });
  rmSync(folder, { recursive: true });
  const optionsOf = (indicators?: string[]) => {
    const compute = { lte: null, spots: indicators ? { indicators } : null };
    const glass = { model: "2dipl", particles: 400, seeds: 1 };
    const json = { name: "night", ensembles: { glass }, compute };
    const reader = { model: () => preset("2dipl"), sections: part.sections! };
    const [ensemble] = parseCampaign(json, reader).ensembles;
    return { options: spots.options(ensemble) };
  };
  expect(optionsOf(["two"]).options).toMatchObject({
    indicators: ["two"],
    plugins: { two: loaded[1].sha256 },
  });
  expect(optionsOf(["nonaffinity"]).options).not.toHaveProperty("plugins");
  expect(optionsOf().options).not.toHaveProperty("plugins");
  expect(loaded[0].sha256).not.toBe(loaded[1].sha256);
});
