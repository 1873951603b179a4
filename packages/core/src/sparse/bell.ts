import type { Team } from "./team.ts";

/** Milliseconds that a member of a team stays awake after a task: the next of a series comes sooner. */
const LINGER = 5;
/** A longer time between two looks at the clock: somebody else wanted the core. */
const TAKEN = 1;
/** After so many times in a row the core is left to others for so many tasks. */
const [TIMES, TASKS] = [5, 100];

const bells = new WeakMap<Team, Int32Array>();

/** A number that all members of a team see, one more for each task. */
export function ring(team: Team): { readonly bell: Int32Array; readonly number: number } {
  let bell = bells.get(team);
  if (!bell) {
    bell = new Int32Array(new SharedArrayBuffer(4));
    bells.set(team, bell);
  }
  return { bell, number: Atomics.add(bell, 0, 1) + 1 };
}

/**
 * Stays awake for the task after this one, for a few milliseconds: a thread that sleeps and is woken every few of them is put on
 * the core of the one that wakes it by some machines (virtual ones, whose idle cores count as taken), and then nothing
 * is shared. Where others want the core it is left to them.
 */
export class Linger {
  #taken = 0;
  #rest = 0;

  wait(bell: Int32Array, number: number): void {
    if (this.#rest > 0) {
      this.#rest--;
      return;
    }
    const start = performance.now();
    for (let last = start; Atomics.load(bell, 0) === number; ) {
      const now = performance.now();
      if (now - last > TAKEN) {
        if (++this.#taken < TIMES) return;
        [this.#taken, this.#rest] = [0, TASKS];
        return;
      }
      if (now - start > LINGER) return;
      last = now;
    }
    this.#taken = 0;
  }
}
