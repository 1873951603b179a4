import { signal } from "@preact/signals";
import { type Progress, SoftfieldError } from "softfield";
import { Engine } from "../engine/client.ts";
import { READER } from "../engine/names.ts";

/** Long work under way, for the progress bar and its cancel button. */
export interface Work {
  readonly label: string;
  readonly progress: Progress | undefined;
  readonly cancel: () => void;
}

export const work = signal<Work | undefined>(undefined);
/** The last thing that went wrong, in words. */
export const failure = signal<Error | undefined>(undefined);
/** For people who listen: what just happened. */
export const announcement = signal("");

/** Makes and shears. */
export const simulator = new Engine();
/** Reads files, computes responses and modes, while the other may be at work. */
export const analyser = new Engine(READER);
/** Does what goes on beside: samples warm glasses, makes the next glass of a game. */
export const aside = new Engine();

/** Shows work while it runs; errors other than an abort are shown in words. Undefined where it failed. */
export async function tracked<Result>(
  label: string,
  start: (onProgress: (progress: Progress) => void) => {
    readonly result: Promise<Result>;
    readonly cancel: () => void;
  },
): Promise<Result | undefined> {
  failure.value = undefined;
  let current: Work = { label, progress: undefined, cancel: () => undefined };
  const running = start((progress) => {
    if (work.value !== current) return;
    current = { ...current, progress };
    work.value = current;
  });
  current = { ...current, cancel: running.cancel };
  work.value = current;
  try {
    return await running.result;
  } catch (error) {
    if (error instanceof SoftfieldError && error.code === "aborted") {
      announcement.value = `${label}: stopped.`;
    } else {
      failure.value = error as Error;
    }
    return undefined;
  } finally {
    if (work.value === current) work.value = undefined;
  }
}

/** Stops what is under way. */
export function stop(): void {
  work.value?.cancel();
}
