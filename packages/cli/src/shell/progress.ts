import cliProgress from "cli-progress";
import type { Progress, WorkControl, WorkEstimate } from "softfield";

/** Seconds between two lines of progress where the output is no terminal. */
const LOG_INTERVAL = 10;

/** A WorkControl that shows its work, and `finish` to call when the work is over. */
export interface ShownProgress extends WorkControl {
  readonly finish: () => void;
}

/**
 * Progress on stderr: a bar with rate and time left on a terminal, a plain line every ten seconds in a log.
 * `quiet` shows nothing.
 */
export function showProgress(
  options: { quiet?: boolean; unit?: string; signal?: AbortSignal } = {},
): ShownProgress {
  const signal = options.signal ? { signal: options.signal } : {};
  if (options.quiet) return { ...signal, finish: () => undefined };
  const shown = process.stderr.isTTY ? terminalBar(options.unit) : logLines(options.unit);
  return { ...signal, ...shown, onEstimate: sayEstimate };
}

/** Bytes and operations from which on it is said what a factorisation takes. */
const SAID_BYTES = 2 ** 30;
const SAID_OPERATIONS = 1e12;

function sayEstimate({ size, bytes, operations, threads }: WorkEstimate): void {
  if (bytes < SAID_BYTES && operations < SAID_OPERATIONS) return;
  const on = threads === 1 ? "one thread" : `${threads} threads`;
  process.stderr.write(
    `factor and inverse of ${size} particles: ${(bytes / 2 ** 30).toPrecision(3)} GiB of memory, ` +
      `${operations.toPrecision(2)} operations on ${on}\n`,
  );
}

function terminalBar(unit = ""): { onProgress: (p: Progress) => void; finish: () => void } {
  const bar = new cliProgress.SingleBar(
    {
      stream: process.stderr,
      format: `{stage} {bar} {percentage}% | {value}/{total} ${unit}{rest}`,
      barsize: 20,
      // the terminal's settings stay as they are: long work that a signal ends can't put them back
      linewrap: true,
      hideCursor: false,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let stage = "";
  let started = 0;
  return {
    onProgress: (progress) => {
      if (progress.stage !== stage) {
        if (stage !== "") bar.stop();
        stage = progress.stage;
        started = performance.now();
        bar.start(progress.total, 0, { stage, rest: "" });
      }
      const seconds = (performance.now() - started) / 1000;
      const { detail, rate, left } = standing(progress, seconds, unit);
      // what matters most first: the terminal's width cuts the line
      const known = [left, detail, rate].filter((part) => part !== undefined);
      bar.update(progress.done, { rest: known.map((part) => ` | ${part}`).join("") });
    },
    finish: () => bar.stop(),
  };
}

function logLines(unit = ""): { onProgress: (p: Progress) => void; finish: () => void } {
  let stage = "";
  let started = 0;
  let spoken = 0;
  return {
    onProgress: (progress) => {
      const now = performance.now();
      if (progress.stage !== stage) {
        stage = progress.stage;
        started = now;
        spoken = now;
        return;
      }
      if (now - spoken < LOG_INTERVAL * 1000) return;
      spoken = now;
      const { detail, rate, left } = standing(progress, (now - started) / 1000, unit);
      const count = `${progress.done}/${progress.total} ${unit}`.trimEnd();
      const known = [count, detail, rate, left].filter((part) => part !== undefined);
      process.stderr.write(`${stage}: ${known.join(", ")}\n`);
    },
    finish: () => undefined,
  };
}

/** What is known beside the count: rate and time left once something is done. */
function standing({ done, total, detail }: Progress, seconds: number, unit: string) {
  if (done <= 0 || seconds <= 0) return { detail };
  const rate = done / seconds;
  return {
    detail,
    rate: `${`${rate.toPrecision(3)} ${unit}`.trimEnd()}/s`,
    left: `${duration((total - done) / rate)} left`,
  };
}

/** 75 → "1 min 15 s" */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
