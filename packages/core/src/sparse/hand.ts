import { SoftfieldError } from "../errors.ts";

/** Places of the board, 32-bit integers that all hands share. */
const [STOP, NEXT, ARRIVED, PHASE, DONE, RESULT, BEATS, TEXT] = [0, 1, 2, 3, 4, 5, 6, 7];
/** Room for why a hand gave up, and where the numbers of the work at hand begin. */
const TEXT_WORDS = 64;
const WORDS = TEXT + TEXT_WORDS;
/** Looks at the board before a hand goes to sleep. */
const SPINS = 4000;
/** Milliseconds that a hand sleeps at a time, and after which one that gives no sign of life is given up. */
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
  Atomics.add(board, PHASE, 1);
  if (!(board.buffer instanceof ArrayBuffer)) Atomics.notify(board, PHASE);
}

/**
 * One of the threads that go through the same steps together. Every hand calls the same methods in the same order; what
 * they do in between must not depend on which of them does it.
 */
export class Hand {
  readonly first: boolean;
  readonly count: number;
  readonly #board: Int32Array;

  constructor(member: number, count: number, board: Int32Array) {
    this.first = member === 0;
    this.count = count;
    this.#board = board;
  }

  /** Does tasks 0…tasks−1, each once, in order of their start; returns when all are done. */
  share(tasks: number, task: (k: number) => void): void {
    if (this.count === 1) {
      for (let k = 0; k < tasks; k++) task(k);
      return;
    }
    for (;;) {
      const k = Atomics.add(this.#board, NEXT, 1);
      if (k >= tasks) break;
      task(k);
      this.beat();
    }
    this.#meet();
  }

  /** One hand does a thing, and all know the number that it gives. */
  alone(task: () => number): number {
    if (this.first) Atomics.store(this.#board, RESULT, task());
    if (this.count > 1) this.#meet();
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

  /** Waits until all hands are here. */
  #meet(): void {
    const board = this.#board;
    const phase = Atomics.load(board, PHASE);
    if (Atomics.add(board, ARRIVED, 1) === this.count - 1) {
      Atomics.store(board, ARRIVED, 0);
      Atomics.store(board, NEXT, 0);
      Atomics.add(board, PHASE, 1);
      Atomics.notify(board, PHASE);
      return;
    }
    for (let spin = 0; spin < SPINS; spin++) if (Atomics.load(board, PHASE) !== phase) break;
    let beats = Atomics.load(board, BEATS);
    for (let waited = 0; Atomics.load(board, PHASE) === phase; waited += NAP) {
      Atomics.wait(board, PHASE, phase, NAP);
      const now = Atomics.load(board, BEATS);
      if (now !== beats) waited = 0;
      beats = now;
      if (waited >= PATIENCE) {
        stopBoard(board);
        throw handFailed(board);
      }
    }
    if (Atomics.load(board, STOP) !== 0) throw new Interrupted();
  }
}

/** Another hand has given up. */
export class Interrupted extends Error {}

/** What to say of it. */
export function handFailed(board: Int32Array): SoftfieldError {
  const text = String.fromCharCode(...board.subarray(TEXT, WORDS)).replace(/\0.*/s, "");
  return new SoftfieldError(
    "resource",
    `a thread that shared the work ${text ? `failed (${text})` : "has died or hangs"}; run it again, with one thread ` +
      "('--threads 1') if that happens again",
  );
}
