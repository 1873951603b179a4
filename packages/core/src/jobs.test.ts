import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { SoftfieldError } from "./errors.ts";
import { JobCaller, type JobPort, serveJobs } from "./jobs.ts";

function portOf(port: MessageChannel["port1"]): JobPort {
  return {
    post: (message) => port.postMessage(message),
    listen: (hear) => port.on("message", hear),
  };
}

test("a job's events come in order, then its answer or what it threw; faults of our own keep their stack", async () => {
  const { port1, port2 } = new MessageChannel();
  serveJobs<number, number, number>(portOf(port2), async (n, emit, steer) => {
    if (n === 10) return await new Promise((resolve) => steer((value) => resolve(value as number)));
    for (let k = 1; k <= n; k++) emit(k);
    if (n === 3) throw new SoftfieldError("input", "three", { file: "f", line: 2 });
    if (n === 4) throw new TypeError("four");
    return n * n;
  });
  const caller = new JobCaller<number, number, number>(portOf(port1));
  const events: number[] = [];
  expect(await caller.run(2, (event) => events.push(event))).toBe(4);
  expect(events).toEqual([1, 2]);
  await expect(caller.run(3)).rejects.toMatchObject({
    code: "input",
    message: "three",
    place: { file: "f", line: 2 },
  });
  const ours = await caller.run(4).catch((error: unknown) => error);
  expect(ours).not.toBeInstanceOf(SoftfieldError);
  expect(ours).toMatchObject({
    message: "four",
    stack: expect.stringMatching(/^TypeError: four\n.*jobs\.test/),
  });
  expect(await caller.run(5)).toBe(25);
  caller.steer(-1); // nothing runs: nobody hears it
  const steered = caller.run(10);
  caller.steer(11);
  expect(await steered).toBe(11);
  const lost = caller.run(6);
  caller.fail(new Error("the thread died"));
  await expect(lost).rejects.toThrow("the thread died");
  await expect(caller.run(7)).rejects.toThrow("the thread died");
  port1.close();
});
