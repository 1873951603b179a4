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
      format: `{stage} {bar} {percentage}%{rest}`,
      barsize: 20,
      // the terminal's settings stay as they are: long work that a signal ends can't put them back
      linewrap: true,
      hideCursor: false,
      clearOnComplete: true,
    },
    cliProgress.Presets.shades_classic,
  );
  const watch = stopwatch();
  return {
    onProgress: (progress) => {
      const { seconds, fresh, first } = watch(progress);
      if (fresh) {
        if (!first) bar.stop();
        bar.start(progress.total, 0, { stage: progress.stage, rest: "" });
      }
      const { count, detail, rate, left } = standing(progress, seconds, unit);
      // what matters most first: the terminal's width cuts the line
      const known = [counts(progress, unit) ? count : undefined, left, detail, rate].filter(
        (part) => part !== undefined,
      );
      bar.update(progress.done, { rest: known.map((part) => ` | ${part}`).join("") });
    },
    finish: () => bar.stop(),
  };
}

function logLines(unit = ""): { onProgress: (p: Progress) => void; finish: () => void } {
  const watch = stopwatch();
  let spoken = 0;
  return {
    onProgress: (progress) => {
      const { seconds, fresh } = watch(progress);
      if (fresh) spoken = 0;
      if (seconds - spoken < LOG_INTERVAL) return;
      spoken = seconds;
      const { count, detail, rate, left } = standing(progress, seconds, unit);
      const known = [count, detail, rate, left].filter((part) => part !== undefined);
      process.stderr.write(`${progress.stage}: ${known.join(", ")}\n`);
    },
    finish: () => undefined,
  };
}

/** Seconds since work began: a stage of another name, or the same one again, as the next factorisation is. */
function stopwatch(): (progress: Progress) => { seconds: number; fresh: boolean; first: boolean } {
  let stage: string | undefined;
  let done = 0;
  let started = 0;
  return (progress) => {
    const now = performance.now();
    const first = stage === undefined;
    const fresh = progress.stage !== stage || progress.done < done;
    if (fresh) started = now;
    ({ stage, done } = progress);
    return { seconds: (now - started) / 1000, fresh, first };
  };
}

/** Of the work, what must be done before the time left is guessed from it. */
const TELLING = 0.01;

/** Units are counted, one too; what is a fraction of 1 is told in per cent. */
const counts = ({ total }: Progress, unit: string) => total > 1 || unit !== "";

/** What is known: the count; rate and time left once enough is done. */
function standing(progress: Progress, seconds: number, unit: string) {
  const { done, total, detail } = progress;
  const count = counts(progress, unit)
    ? `${done}/${total} ${unit}`.trimEnd()
    : `${Math.round((100 * done) / total)} %`;
  if (done <= 0 || seconds <= 0) return { count, detail };
  const rate = done / seconds;
  return {
    count,
    detail,
    rate: counts(progress, unit) ? `${`${rate.toPrecision(3)} ${unit}`.trimEnd()}/s` : undefined,
    left: done >= TELLING * total ? `${duration((total - done) / rate)} left` : undefined,
  };
}

/** 75 → "1 min 15 s" */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
