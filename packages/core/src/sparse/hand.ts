import { SoftfieldError } from "../errors.ts";

/** Places of the board, 32-bit integers that all hands share. */
const [STOP, CLAIM, FINISHED, DONE, RESULT, BEATS, TEXT] = [0, 1, 2, 3, 4, 5, 6];
/** Room for why a hand gave up, and where the numbers of the work at hand begin. */
const TEXT_WORDS = 160;
const WORDS = TEXT + TEXT_WORDS;
/** CLAIM holds the step and, in its last bits, the next task: a hand takes one of the step that it is at or none. */
const TASK_BITS = 12;
const MAX_TASKS = 2 ** TASK_BITS - 1;
const STEPS = 2 ** (31 - TASK_BITS);
/** Looks at the board before a hand goes to sleep. */
const SPINS = 4000;
/** Milliseconds that a hand sleeps at a time, and after which others that give no sign of life are given up. */
const NAP = 100;
const PATIENCE = 60_000;

/** A board with `extra` numbers for the work at hand. */
export function newBoard(shared: boolean, extra: number): Int32Array {
  const bytes = 4 * (WORDS + extra);
  return new Int32Array(shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
}

/** Tells all hands to let go, and why; what was said first stays. */
export function stopBoard(board: Int32Array, why = ""): void {
  if (board[TEXT] === 0)
    for (let k = 0; k < Math.min(why.length, TEXT_WORDS); k++) board[TEXT + k] = why.charCodeAt(k);
  Atomics.store(board, STOP, 1);
  if (!(board.buffer instanceof ArrayBuffer)) Atomics.notify(board, CLAIM);
}

/**
 * One of the threads that go through the same steps together. Every hand calls the same methods in the same order; what
 * they do in between must not depend on which of them does it. Nobody waits for a hand that has no task: on a busy
 * machine one may come late, and finds steps done.
 */
export class Hand {
  readonly first: boolean;
  readonly count: number;
  readonly #board: Int32Array;
  readonly #patience: number;
  #step = 0;

  constructor(member: number, count: number, board: Int32Array, patience = PATIENCE) {
    this.first = member === 0;
    this.count = count;
    this.#patience = patience;
    this.#board = board;
  }

  /** Does tasks 0…tasks−1, each once, in order of their start; returns when all are done. */
  share(tasks: number, task: (k: number) => void): void {
    if (tasks <= 0) return;
    if (this.count === 1) {
      for (let k = 0; k < tasks; k++) task(k);
      return;
    }
    const size = Math.ceil(tasks / MAX_TASKS);
    const claims = Math.ceil(tasks / size);
    for (let k = this.#claim(claims); k >= 0; k = this.#claim(claims)) {
      for (let t = k * size; t < Math.min(tasks, (k + 1) * size); t++) task(t);
      this.beat();
      this.#finish(claims);
    }
    this.#step = (this.#step + 1) % STEPS;
  }

  /** One hand does a thing, and all know the number that it gives. (A hand that comes late may see a later one.) */
  alone(task: () => number): number {
    this.share(1, () => {
      Atomics.store(this.#board, RESULT, task());
    });
    return Atomics.load(this.#board, RESULT);
  }

  /** A sign of life; where others have given up, so does this one. */
  beat(): void {
    Atomics.add(this.#board, BEATS, 1);
    if (Atomics.load(this.#board, STOP) !== 0) throw new Interrupted();
  }

  /** Adds to what is done, and returns that. */
  done(work: number): number {
    return Atomics.add(this.#board, DONE, work) + work;
  }

  /** Number k of the work at hand. */
  note(k: number, value: number): void {
    Atomics.store(this.#board, WORDS + k, value);
  }

  noted(k: number): number {
    return Atomics.load(this.#board, WORDS + k);
  }

  /** The next task of this step; −1 when the step is done. */
  #claim(claims: number): number {
    const board = this.#board;
    for (let looks = 0, waited = 0, beats = -1; ; looks++) {
      if (Atomics.load(board, STOP) !== 0) throw new Interrupted();
      const claim = Atomics.load(board, CLAIM);
      const ahead = ((claim >>> TASK_BITS) - this.#step + STEPS) % STEPS;
      if (ahead > 0 && ahead < STEPS / 2) return -1;
      const k = claim & MAX_TASKS;
      if (ahead === 0 && k < claims) {
        if (Atomics.compareExchange(board, CLAIM, claim, claim + 1) === claim) return k;
        continue;
      }
      if (looks < SPINS) continue;
      const now = Atomics.load(board, BEATS);
      if (now !== beats) waited = 0;
      beats = now;
      if (waited >= this.#patience) throw new Interrupted();
      Atomics.wait(board, CLAIM, claim, NAP);
      waited += NAP;
    }
  }

  #finish(claims: number): void {
    const board = this.#board;
    if (Atomics.add(board, FINISHED, 1) !== claims - 1) return;
    Atomics.store(board, FINISHED, 0);
    Atomics.store(board, CLAIM, ((this.#step + 1) % STEPS) << TASK_BITS);
    Atomics.notify(board, CLAIM);
  }
}

/** Another hand has given up, or the work is over. */
export class Interrupted extends Error {}

/** What to say of a hand that failed. */
export function handFailed(board: Int32Array): SoftfieldError {
  const text = String.fromCharCode(...board.subarray(TEXT, WORDS)).replace(/\0.*/s, "");
  return new SoftfieldError(
    "resource",
    `a thread that shared the work ${text ? `failed (${text})` : "has died or hangs"}; run it again, with one thread ` +
      "('--threads 1') if that happens again",
  );
}
