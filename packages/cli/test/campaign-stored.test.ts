import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { delimitedText } from "softfield";
import { expect, test } from "vitest";
import { campaignStatus, loadCampaign, runCampaign } from "../../campaign/src/index.ts";
import { collect } from "../../campaign/src/report/collect.ts";
import { tableOf } from "../../campaign/src/report/report.ts";
import { statistics } from "../../campaign/src/report/statistics.ts";
import { campaignFile, filesBelow, paper as registry } from "./campaign-support.ts";

const fixture = fileURLToPath(new URL("stored", import.meta.url));

/** A copy of the campaign that an earlier version stored: two glasses, all stages of then. */
function stored() {
  const folder = dirname(campaignFile().file);
  cpSync(fixture, folder, { recursive: true });
  return loadCampaign(join(folder, "stored.yaml"), registry);
}

const run = async ({ campaign, folder }: ReturnType<typeof stored>) =>
  await runCampaign(campaign, { registry, folder, threads: 2 });

test("a campaign stored by an earlier version is read as it is: nothing is made anew, the report's tables are those of then", async () => {
  const store = stored();
  const status = campaignStatus(store.campaign, {
    folder: store.folder,
    stages: registry.stages,
    verify: true,
  });
  expect(status).toMatchObject({ total: 2, done: 2, missing: 0, damaged: [], bytesUnasked: 0 });
  expect(await run(store)).toMatchObject({ done: 2, made: 0 });
  const tables = statistics(registry, await collect(store.campaign, { folder: store.folder, registry }));
  const then = filesBelow(join(fixture, "tables"));
  expect(then).toHaveLength(19);
  for (const file of then) {
    const now = tables.find(({ name }) => `${name}.csv` === file)!;
    const text = [...delimitedText(tableOf(now), ",")].join("");
    expect(text, file).toBe(readFileSync(join(fixture, "tables", file), "utf8"));
  }
});

test("it is continued: a sample that is missing is made with the bytes that it had", async () => {
  const store = stored();
  const paths = filesBelow(store.folder).filter((path) => path.includes("seed=2/"));
  expect(paths).toHaveLength(26);
  for (const path of paths) rmSync(join(store.folder, path));
  expect(await run(store)).toMatchObject({ done: 2, made: 1 });
  for (const path of paths.filter((one) => !one.endsWith("manifest.json")))
    expect(
      readFileSync(join(store.folder, path)).equals(readFileSync(join(fixture, "stored", path))),
      path,
    ).toBe(true);
});
