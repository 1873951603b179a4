import { expect, test } from "vitest";
import { Linger, ring } from "./bell.ts";
import type { Team } from "./team.ts";

const team: Team = { size: 2, post: () => undefined };

test("a member that lingers lets go when the next task is rung, and soon when none is", () => {
  const { bell, number } = ring(team);
  expect(Atomics.load(bell, 0)).toBe(number);
  const linger = new Linger();
  const start = performance.now();
  linger.wait(bell, number);
  const alone = performance.now() - start;
  expect(ring(team)).toEqual({ bell, number: number + 1 });
  linger.wait(bell, number);
  const rung = performance.now() - start - alone;
  // busy machines take the core away in between: then it lets go sooner, or is late itself
  expect(alone).toBeLessThan(2000);
  expect(rung).toBeLessThan(2000);
  expect(ring({ ...team }).number).toBe(1);
});
