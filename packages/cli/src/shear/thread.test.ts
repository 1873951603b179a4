import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { preset, readSnapshot, shear, toSystem } from "softfield";
import { expect, test } from "vitest";
import { shearInThread } from "./thread.ts";

const model = preset("2dipl");
const file = new URL("../../../../examples/reference/2dipl_400.extxyz", import.meta.url);
const { system } = toSystem(readSnapshot(readFileSync(file), { source: "glass" }), model);
const start = { system, model, options: { events: 2 } };
const nowhere = { onCheckpoint: async () => undefined };

test("the thread's result is that of the library, with a checkpoint at the start and after the first event", async () => {
  const checkpoints: Uint8Array[] = [];
  const { result, settings } = await shearInThread(start, {
    onCheckpoint: async (bytes) => {
      checkpoints.push(bytes);
    },
  });
  const expected = shear(system, model, { events: 2 });
  expect(result.events).toEqual(expected.events);
  expect(result.path).toEqual(expected.path);
  expect([...result.system.positions]).toEqual([...expected.system.positions]);
  expect([settings.events, settings.maxStrain]).toEqual([2, 0.2]);
  expect(checkpoints).toHaveLength(2);
  const gone = await shearInThread({ ...start, checkpoint: checkpoints[1] }, nowhere);
  expect(gone.result.events).toEqual(expected.events);
});

test("the signal ends the thread wherever it is, once the checkpoint is written", async () => {
  const stop = new AbortController();
  let written = false;
  const run = shearInThread(
    { ...start, options: { events: 1000, maxStrain: 10 } },
    {
      signal: stop.signal,
      onProgress: () => stop.abort(),
      onCheckpoint: async () => {
        await sleep(100);
        written = true;
      },
    },
  );
  await expect(run).rejects.toMatchObject({ code: "aborted" });
  expect(written).toBe(true);
  const before = shearInThread(start, { signal: stop.signal, ...nowhere });
  await expect(before).rejects.toMatchObject({ code: "aborted" });
});

test("faults of the library and of writing come through as they are", async () => {
  const misused = shearInThread({ ...start, options: { tolerance: 1e-14 } }, nowhere);
  await expect(misused).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("tolerance"),
  });
  const full = shearInThread(start, { onCheckpoint: () => Promise.reject(new Error("the disk is full")) });
  await expect(full).rejects.toThrow("the disk is full");
});
