import { SoftfieldError } from "../errors.ts";
import type { WorkControl } from "../progress.ts";
import type { CholeskySymbolic } from "./symbolic.ts";

/** Work over supernodes 0…count−1, cut into ranges of about equal cost so that it can report and stop. */
export interface Sweep {
  readonly stage: string;
  readonly count: number;
  /** floating-point operations of each supernode */
  readonly cost: (s: number) => number;
  readonly control: WorkControl;
  /** last supernode first */
  readonly descending?: boolean;
}

/** Operations in one range: some milliseconds. */
const RANGE = 2e7;

/**
 * Calls `step(from, to)` on consecutive ranges until it returns false. Throws "aborted" when the signal fires.
 */
export function sweep(
  { stage, count, cost, control, descending = false }: Sweep,
  step: (from: number, to: number) => boolean,
): void {
  for (let done = 0; done < count; ) {
    if (control.signal?.aborted) throw new SoftfieldError("aborted", `${stage}: stopped on request`);
    const start = done;
    for (let flops = 0; done < count && flops < RANGE; done++) {
      flops += cost(descending ? count - 1 - done : done);
    }
    const more = descending ? step(count - done, count - start) : step(start, done);
    control.onProgress?.({ stage, done, total: count });
    if (!more) return;
  }
}

/** Operations to factorise supernode s (selected inversion takes about twice as many). */
export function nodeFlops({ dimension: d, firsts, rowStarts }: CholeskySymbolic): (s: number) => number {
  return (s) => {
    const c = d * (firsts[s + 1] - firsts[s]);
    const m = d * (rowStarts[s + 1] - rowStarts[s]);
    return (c * c * c) / 3 + c * c * m + c * m * m;
  };
}
