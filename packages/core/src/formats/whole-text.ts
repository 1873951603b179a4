import { inputError, type LineCursor } from "./cursor.ts";
import type { FrameRequest } from "./format.ts";
import type { FrameReader } from "./lines.ts";
import { noSuchFrame } from "./particles.ts";
import type { Snapshot } from "./types.ts";

/** A text file of one configuration, read line by line to its end. */
export abstract class SingleFrameText implements FrameReader {
  protected readonly request: FrameRequest;
  readonly skip = 0;
  readonly done = false;

  constructor(request: FrameRequest) {
    this.request = request;
  }

  abstract line(cursor: LineCursor): void;

  /** The configuration, once all lines came. */
  protected abstract snapshot(): Snapshot;

  countFrames(): number {
    return 1;
  }

  finish(): Snapshot {
    if (this.request.frame !== 0) throw noSuchFrame(this.request.source, this.request.frame, 1);
    return this.snapshot();
  }

  /** An error for a file that ends before what is named. */
  protected truncated(where: string): Error {
    return inputError(this.request.source, `the file ends ${where}: it is truncated, copy it again.`);
  }
}

/** So many finite numbers from the cursor's next tokens. @throws input error where they are not */
export function finiteNumbers(cursor: LineCursor, count: number, what: string): number[] {
  const numbers: number[] = [];
  while (numbers.length < count) {
    if (!cursor.next()) {
      throw cursor.error(`${what}: ${count} numbers are needed, the line has ${numbers.length}.`, {
        field: what,
      });
    }
    const value = cursor.real();
    if (!Number.isFinite(value)) throw cursor.error(`${what}: ${cursor.numberFlaw()}`, { field: what });
    numbers.push(value);
  }
  return numbers;
}

/** Numbers that come one by one, of a count that is not known beforehand. */
export class Growing {
  #values = new Float64Array(4096);
  length = 0;

  push(...numbers: readonly number[]): void {
    if (this.length + numbers.length > this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length + numbers.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    for (const number of numbers) this.#values[this.length++] = number;
  }

  values(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}
