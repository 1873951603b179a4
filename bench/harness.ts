import { execFileSync } from "node:child_process";
import { cpus } from "node:os";

/** What one case of a benchmark found. Times in seconds. */
export interface Measurement {
  readonly bench: string;
  readonly case: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
  /** What shows that the work was done rightly: a residual, a rate, a ratio to a peer. */
  readonly notes?: Readonly<Record<string, number | string>>;
}

/** How often to run: the engine's compilers need a few calls before a time means anything. */
export interface Repetition {
  readonly warmup?: number;
  readonly runs?: number;
}

/** Runs `work` and returns the median and spread of its wall time. */
export function time(
  work: () => void,
  { warmup = 2, runs = 7 }: Repetition = {},
): Pick<Measurement, "median" | "min" | "max" | "runs"> {
  for (let k = 0; k < warmup; k++) work();
  const seconds = Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return summarise(seconds);
}

/** Median, smallest and largest of some times (seconds). */
export function summarise(seconds: readonly number[]): Pick<Measurement, "median" | "min" | "max" | "runs"> {
  const sorted = [...seconds].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return {
    median: median as number,
    min: sorted[0],
    max: sorted.at(-1) as number,
    runs: sorted.length,
  };
}

/** Prints one row for people on stderr and one JSON line, with commit and machine, on stdout. */
export function report(measurement: Measurement): void {
  const { bench, median, min, max, notes = {} } = measurement;
  const words = Object.entries(notes).map(
    ([key, value]) => `${key} ${typeof value === "number" ? Number(value.toPrecision(4)) : value}`,
  );
  const milli = (seconds: number) => `${(seconds * 1000).toPrecision(4)} ms`;
  process.stderr.write(
    `${bench} ${measurement.case}: ${milli(median)} (${milli(min)} … ${milli(max)}) ${words.join(", ")}\n`,
  );
  process.stdout.write(`${JSON.stringify({ ...measurement, commit, machine, node: process.version })}\n`);
}

const commit = git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "-uno") === "" ? "" : "+");
const machine = `${cpus()[0]?.model.trim()} × ${cpus().length}`;

function git(...args: string[]): string {
  try {
    return execFileSync("git", args, { encoding: "utf8" }).trim();
  } catch {
    return "unknown";
  }
}
