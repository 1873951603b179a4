import { afterEach, expect, test, vi } from "vitest";
import { latest } from "./latest.ts";

let now = 0;
const frames: ((time: number) => void)[] = [];

/** The next picture of the screen, so many milliseconds later. */
function frame(after: number): void {
  vi.runOnlyPendingTimers();
  now += after;
  for (const callback of frames.splice(0)) callback(now);
}

vi.useFakeTimers();
vi.stubGlobal("requestAnimationFrame", (callback: (time: number) => void) => frames.push(callback));

afterEach(() => {
  frames.length = 0;
});

test("only the latest value is shown, one a picture", () => {
  const shown: number[] = [];
  const pictures = latest((value: number) => shown.push(value));
  for (const value of [1, 2, 3]) pictures.offer(value);
  expect(shown).toEqual([]);
  frame(16);
  expect(shown).toEqual([3]);
  pictures.offer(4);
  frame(16);
  frame(16);
  expect(shown).toEqual([3, 4]);
});

test("nothing is shown after the end", () => {
  const shown: number[] = [];
  const pictures = latest((value: number) => shown.push(value));
  pictures.offer(1);
  pictures.end();
  frame(16);
  expect(shown).toEqual([]);
});

test("a slow picture is followed by a rest", () => {
  const shown: number[] = [];
  const pictures = latest((value: number) => shown.push(value));
  pictures.offer(1);
  frame(16);
  pictures.offer(2);
  // The first picture took 200 ms to reach the screen.
  now += 200;
  for (const callback of frames.splice(0)) callback(now);
  vi.advanceTimersByTime(150);
  expect(frames.length).toBe(0);
  vi.advanceTimersByTime(60);
  expect(frames.length).toBe(1);
});
