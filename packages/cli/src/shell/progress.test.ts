import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { showProgress } from "./progress.ts";

let said = "";
beforeEach(() => {
  said = "";
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("in a log: a line every ten seconds, with what is known and nothing else", () => {
  const { onProgress, finish } = showProgress({ unit: "events" });
  const at = (seconds: number, done: number, detail?: string) => {
    vi.advanceTimersByTime(seconds * 1000);
    onProgress!({ stage: "shear", done, total: 5, ...(detail === undefined ? {} : { detail }) });
  };
  at(0, 0);
  at(5, 0);
  expect(said).toBe("");
  at(6, 0, "strain 0.01000");
  at(1, 1);
  at(9, 1, "strain 0.02000");
  at(19, 2);
  finish();
  expect(said.split("\n")).toEqual([
    "shear: 0/5 events, strain 0.01000",
    "shear: 1/5 events, strain 0.02000, 0.0476 events/s, 1 min 24 s left",
    "shear: 2/5 events, 0.0500 events/s, 1 min 0 s left",
    "",
  ]);
});

test("the same stage again begins anew, and nothing is guessed of the first hundredth", () => {
  const { onProgress } = showProgress();
  const at = (seconds: number, done: number) => {
    vi.advanceTimersByTime(seconds * 1000);
    onProgress!({ stage: "factorize", done, total: 5000 });
  };
  at(0, 1);
  at(40, 4000);
  at(1, 5000);
  at(1, 1); // the next matrix
  at(11, 34);
  at(11, 1000);
  expect(said.split("\n")).toEqual([
    "factorize: 4000/5000, 100/s, 10 s left",
    "factorize: 34/5000, 3.09/s",
    "factorize: 1000/5000, 45.5/s, 1 min 28 s left",
    "",
  ]);
});

test("one event is counted, too", () => {
  const { onProgress } = showProgress({ unit: "events" });
  onProgress!({ stage: "shear", done: 0, total: 1 });
  vi.advanceTimersByTime(12_000);
  onProgress!({ stage: "shear", done: 0, total: 1, detail: "strain 0.01000" });
  expect(said).toBe("shear: 0/1 events, strain 0.01000\n");
});

test("a fraction is told in per cent", () => {
  const { onProgress } = showProgress();
  onProgress!({ stage: "minimise", done: 0, total: 1 });
  vi.advanceTimersByTime(12_000);
  onProgress!({ stage: "minimise", done: 0.002, total: 1 });
  vi.advanceTimersByTime(12_000);
  onProgress!({ stage: "minimise", done: 0.2512, total: 1 });
  expect(said).toBe("minimise: 0 %\nminimise: 25 %, 1 min 12 s left\n");
});

test("on a terminal: a bar that leaves its settings alone, for a signal to end it at any time", () => {
  const before = Object.getOwnPropertyDescriptor(process.stderr, "isTTY");
  Object.defineProperty(process.stderr, "isTTY", { value: true, configurable: true });
  try {
    const { onProgress, finish } = showProgress({ unit: "events" });
    onProgress!({ stage: "shear", done: 0, total: 5 });
    vi.advanceTimersByTime(2000);
    onProgress!({ stage: "shear", done: 2, total: 5, detail: "strain 0.01000" });
    finish();
  } finally {
    if (before) Object.defineProperty(process.stderr, "isTTY", before);
    else Reflect.deleteProperty(process.stderr, "isTTY");
  }
  expect(said).toContain("40% | 2/5 events | 3 s left | strain 0.01000");
  // neither hides the cursor nor switches off the breaking of lines
  expect(said).not.toMatch(/\[\?(25|7)l/);
});

test("quiet: nothing at all", () => {
  const { onProgress } = showProgress({ quiet: true });
  expect(onProgress).toBeUndefined();
});
