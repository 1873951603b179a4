import { type Glass, preset, resolveProtocol } from "softfield";
import { expect, test } from "vitest";
import type { GlassJob } from "./messages.ts";
import { makeGlasses } from "./pool.ts";

const model = preset("2dipl");
const protocol = resolveProtocol(model, { liquidTime: 0.1, annealTime: 0.1 });
const recipe = { model, particles: 900, seed: 4, protocol };

/** What came of one job; stopped as soon as all steps are done, before the minimisation, where `interrupt` says so. */
async function outcome(job: GlassJob, interrupt: boolean) {
  const stop = new AbortController();
  const checkpoints: Uint8Array[] = [];
  const glasses: Glass[] = [];
  await makeGlasses(
    [job],
    { threads: 1, checkpointSeconds: 60, signal: stop.signal },
    {
      onProgress: (_, { done, total }) => {
        if (interrupt && done === total) stop.abort();
      },
      onCheckpoint: async (_, bytes) => {
        checkpoints.push(bytes);
      },
      onGlass: async (_, glass) => {
        glasses.push(glass);
      },
      onFailure: (_, error) => {
        throw error;
      },
    },
  );
  return { checkpoints, glasses };
}

test("a job that is stopped while it minimises leaves a checkpoint at once, from which the same glass is made", async () => {
  const stopped = await outcome({ recipe }, true);
  expect([stopped.glasses.length, stopped.checkpoints.length]).toEqual([0, 1]);
  const resumed = await outcome({ recipe, checkpoint: stopped.checkpoints[0] }, false);
  const whole = await outcome({ recipe }, false);
  expect([whole.glasses.length, whole.checkpoints.length]).toEqual([1, 0]);
  expect([...resumed.glasses[0].system.positions]).toEqual([...whole.glasses[0].system.positions]);
});
