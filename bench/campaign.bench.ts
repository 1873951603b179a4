// Campaigns of the paper's 2DIPL protocol: time a sample on one worker and on two, by stage, and what is left over.
// Usage: node bench/run.mjs campaign. Takes minutes; SOFTFIELD_BENCH_PARTICLES=1000 for a first look.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { campaignStatus, loadCampaign, runCampaign } from "../packages/campaign/src/index.ts";
import { registry } from "../packages/cli/src/shell/registry.ts";
import { report } from "./harness.ts";

const particles = Number(process.env.SOFTFIELD_BENCH_PARTICLES ?? 10_000);
/** The same samples for one worker and for two: some are sheared twice as fast as others. */
const samples = 4;

/** Seconds of wall time a sample. */
async function measure(threads: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "softfield-bench-"));
  try {
    const file = join(folder, "bench.json");
    const ensembles = { paper: { model: "2dipl", particles, seeds: `1..${samples}` } };
    const compute = { lte: {}, modes: {}, spots: {}, shear: {} };
    writeFileSync(file, JSON.stringify({ name: "bench", ensembles, compute }));
    const { campaign, folder: store } = loadCampaign(file, registry);
    const { seconds, failed, done } = await runCampaign(campaign, {
      registry,
      folder: store,
      threads,
    });
    const { ensembles: found } = campaignStatus(campaign, { folder: store, stages: registry.stages });
    const stages = found[0].stages;
    const inStages = stages.reduce((sum, { secondsEach, done: count }) => sum + secondsEach * count, 0);
    const each = seconds / (done + failed);
    report({
      bench: "campaign",
      case: `2DIPL N=${particles}, ${threads} worker${threads > 1 ? "s" : ""}`,
      median: each,
      min: each,
      max: each,
      runs: done + failed,
      notes: {
        failed,
        "samples an hour": 3600 / each,
        // start of the threads, claims, publishing, and workers that wait at the end
        "outside stages %": 100 * (1 - inStages / (threads * seconds)),
        "peak MB a worker": process.resourceUsage().maxRSS / 1024 / threads,
        ...Object.fromEntries(stages.map(({ stage, secondsEach }) => [`${stage} s`, secondsEach])),
      },
    });
    return each;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const one = await measure(1);
const two = await measure(2);
process.stderr.write(`parallel efficiency on 2 workers: ${(one / (2 * two)).toFixed(3)}\n`);
