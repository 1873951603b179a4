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
