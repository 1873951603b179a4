import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preset } from "softfield";
import { afterEach, beforeEach, expect, test } from "vitest";
import { glassText, parseCampaign } from "../plan/campaign.ts";
import { placedStages, type SampleStage } from "../stage.ts";
import { Store } from "../store/index.ts";
import { runSample } from "./sample.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-sample-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const json = { name: "night", ensembles: { glass: { model: "2dipl", particles: 24, seeds: 1 } } };
const [ensemble] = parseCampaign(json, { model: () => preset("2dipl"), sections: [] }).ensembles;

/** What becomes of a sample whose only stage throws. */
async function outcomeOf(error: Error) {
  const stage: SampleStage = {
    name: "make",
    inputs: [],
    version: 1,
    options: glassText,
    tables: [],
    run: () => Promise.reject(error),
  };
  const store = Store.create(folder, "night");
  const sample = { ensemble: ensemble!, seed: 1 };
  const outcome = await runSample({ store, stages: [stage], nonce: "n", control: {} }, sample);
  return { outcome, reason: store.failure(placedStages(ensemble!, [stage])[0].place, 1)?.reason };
}

test("a sample for which the memory does not suffice fails and says so, as no fault of ours", async () => {
  const found = await outcomeOf(new RangeError("WebAssembly.Memory(): could not allocate memory"));
  expect(found.outcome.status).toBe("failed");
  expect(found.reason).toMatch(/^too little memory: .*give the process more/);
});

test("a fault of ours is one; a failure of the system breaks the run and is no failure of the sample", async () => {
  expect((await outcomeOf(new TypeError("x is undefined"))).reason).toMatch(/^internal error: TypeError: x/);
  rmSync(join(folder, "failures"), { recursive: true });
  const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
  expect(await outcomeOf(full)).toEqual({
    outcome: { status: "broken", code: "ENOSPC", message: "no space" },
    reason: undefined,
  });
});
