import { afterEach, expect, test, vi } from "vitest";
import { Linger, ring } from "./bell.ts";
import type { Team } from "./team.ts";

const team: Team = { size: 2, post: () => undefined };

/** A clock that goes on by so many milliseconds a look; how often it was looked at. */
function clock(step: number): { looks: number } {
  const seen = { looks: 0 };
  vi.spyOn(performance, "now").mockImplementation(() => step * seen.looks++);
  return seen;
}

afterEach(() => {
  vi.restoreAllMocks();
});

test("a bell's number goes up by one a task; each team has its own", () => {
  const { bell, number } = ring(team);
  expect(Atomics.load(bell, 0)).toBe(number);
  expect(ring(team)).toEqual({ bell, number: number + 1 });
  expect(ring({ ...team })).toEqual({ bell: Int32Array.of(1), number: 1 });
});

test("a member that lingers lets go at once where the next task is rung, and after 5 ms where none is", () => {
  const { bell, number } = ring(team);
  const seen = clock(0.5);
  const linger = new Linger();
  linger.wait(bell, number);
  // a look to begin with, ten up to 5 ms, one beyond
  expect(seen.looks).toBe(12);
  ring(team);
  linger.wait(bell, number);
  expect(seen.looks).toBe(13);
});

test("where others want the core five times in a row, it is left to them for a hundred tasks", () => {
  const { bell, number } = ring(team);
  const seen = clock(2);
  const linger = new Linger();
  for (let k = 1; k <= 5; k++) {
    linger.wait(bell, number);
    expect(seen.looks).toBe(2 * k);
  }
  for (let k = 0; k < 100; k++) linger.wait(bell, number);
  expect(seen.looks).toBe(10);
  linger.wait(bell, number);
  expect(seen.looks).toBe(12);
});

test("one quiet task in between, and the count begins anew", () => {
  const { bell, number } = ring(team);
  const linger = new Linger();
  for (let round = 0; round < 2; round++) {
    const busy = clock(2);
    for (let k = 0; k < 4; k++) linger.wait(bell, number);
    expect(busy.looks).toBe(8);
    // the task is rung while it looks: nobody wanted the core
    linger.wait(bell, number - 1);
  }
});
