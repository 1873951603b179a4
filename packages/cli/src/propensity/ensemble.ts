import { extname } from "node:path";
import { JobThread } from "@softfield/node";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  findInteractions,
  type IsoconfigurationalOptions,
  modelToJson,
  type PairModel,
  type Progress,
  PropensitySums,
  SoftfieldError,
  type System,
} from "softfield";
import { sameRun, usualTimes } from "softfield/internal";
import { fingerprintOf } from "../shell/fingerprint.ts";

/** What every run has: all but its seed. */
export interface RunSetup extends Required<Omit<IsoconfigurationalOptions, "seed">> {
  readonly system: System;
  readonly model: PairModel;
}

/** How many runs, and from which seed on. */
export interface EnsemblePlan extends RunSetup {
  readonly runs: number;
  readonly seed: number;
}

/** Runs as they are asked for: their times have defaults. */
export type EnsembleRequest = Pick<EnsemblePlan, "runs" | "seed" | "temperature" | "times"> &
  Partial<Pick<EnsemblePlan, "dt" | "relaxation">>;

/** The plan of an ensemble with the usual times where none are given. */
export function ensemblePlan(system: System, model: PairModel, asked: EnsembleRequest): EnsemblePlan {
  // refuses particles in one place by their numbers: dynamics would blow up on them whatever its time step
  findInteractions(system, model);
  const usual = usualTimes(system, model);
  const { runs, seed, temperature, times, dt = usual.dt, relaxation = usual.relaxation } = asked;
  return { system, model, runs, seed, temperature, times, dt, relaxation };
}

interface EnsembleControl {
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly checkpoint?: Uint8Array | undefined;
  /** Keeps what there is when the signal fires, or a run fails. */
  readonly keep: (bytes: Uint8Array) => Promise<void>;
}

/** The thread's module lies beside this one, as source or built. */
const ENDING = extname(import.meta.url);

/**
 * The runs on several threads; sums are added in the order of the seeds, so their bits do not depend on how many there
 * are. @throws SoftfieldError "aborted" where the signal fires, and what one of the runs throws, at once: the runs that are
 * whole are kept before
 */
export async function isoconfigurationalEnsemble(
  { runs, seed, ...setup }: EnsemblePlan,
  { threads, signal, onProgress, checkpoint, keep }: EnsembleControl,
): Promise<PropensitySums> {
  const { system, model, ...options } = setup;
  const count = system.species.length;
  const sums = new PropensitySums(options.times.length, count);
  const identity = JSON.stringify({
    model: modelToJson(model),
    ...options,
    seed,
    start: fingerprintOf(system),
  });
  if (checkpoint) {
    const { header, arrays } = decodeCheckpoint(checkpoint);
    if (!sameRun(JSON.parse(String(header.identity)), JSON.parse(identity)))
      throw new SoftfieldError(
        "usage",
        "the checkpoint is of other runs: configuration, model or options differ",
      );
    // a mean of more runs than were asked for is another result
    if ((header.runs as number) > runs)
      throw new SoftfieldError(
        "usage",
        `the checkpoint holds ${header.runs} runs, more than the ${runs} asked for: ask for as many, or begin anew without it`,
        { field: "runs" },
      );
    sums.sums.set(arrays.sums as Float64Array);
    sums.squares.set(arrays.squares as Float64Array);
    sums.runs = header.runs as number;
  }
  const waiting = new Map<number, Float64Array[]>();
  let next = sums.runs;
  // of the caller, or of a run that has failed: the others need not end
  const failure = new AbortController();
  const over = AbortSignal.any([signal, failure.signal]);
  const one = async () => {
    const module = new URL(`./propensity-worker${ENDING}`, import.meta.url);
    const thread = new JobThread<number, never, Float64Array[]>(module, setup);
    const stop = () => void thread.end(new SoftfieldError("aborted", "stopped"));
    over.addEventListener("abort", stop);
    try {
      for (let run = next++; run < runs && !over.aborted; run = next++) {
        waiting.set(run, await thread.run(seed + run));
        for (let ready = waiting.get(sums.runs); ready; ready = waiting.get(sums.runs)) {
          waiting.delete(sums.runs);
          sums.add(ready);
        }
        onProgress?.({ stage: "runs", done: sums.runs, total: runs });
      }
    } catch (error) {
      failure.abort(error);
    } finally {
      over.removeEventListener("abort", stop);
      await thread.end();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, runs - next) }, one));
  const failed = failure.signal.aborted && !signal.aborted;
  if (signal.aborted || (failed && sums.runs > 0)) {
    await keep(
      encodeCheckpoint({
        header: { identity, runs: sums.runs },
        arrays: { sums: sums.sums, squares: sums.squares },
      }),
    );
  }
  // the first: those of the others that it ended come after
  if (failed) throw failure.signal.reason;
  if (signal.aborted) {
    const words = `stopped after ${sums.runs} of ${runs} runs; the same command with --resume goes on`;
    throw new SoftfieldError("aborted", words);
  }
  return sums;
}
