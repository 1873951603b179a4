import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PieceStore } from "softfield";
import { replaceFile } from "./durable.ts";

/** The k-th of so many that share the work; from 1 on. */
interface Share {
  readonly index: number;
  readonly count: number;
}

/**
 * Finished pieces of long computations in a folder, a file each: how many arrays, their lengths, and their numbers, 64-bit
 * floats of this machine. Files are written aside and appear whole.
 */
export class PieceFolder implements PieceStore {
  readonly #folder: string;
  readonly #share: Share;

  constructor(folder: string, share: Share = { index: 1, count: 1 }) {
    this.#folder = folder;
    this.#share = share;
  }

  read(name: string): readonly Float64Array[] | undefined {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    if (bytes.length % 8 !== 0 || bytes.length === 0) return undefined;
    const numbers = new Float64Array(new Uint8Array(bytes).buffer);
    const lengths = numbers.subarray(1, 1 + numbers[0]);
    let at = 1 + numbers[0];
    if (lengths.reduce((end, length) => end + length, at) !== numbers.length) return undefined;
    return Array.from(lengths, (length) => {
      at += length;
      return numbers.slice(at - length, at);
    });
  }

  write(name: string, piece: readonly Float64Array[]): void {
    const path = this.#path(name);
    const head = Float64Array.of(piece.length, ...piece.map(({ length }) => length));
    const parts = [head, ...piece].map((x) => new Uint8Array(x.buffer, x.byteOffset, x.byteLength));
    replaceFile(path, Buffer.concat(parts), `${path}.${randomUUID()}`);
  }

  /** Every `count`-th from one's own first on; then those of others, last first. */
  order(count: number): readonly number[] {
    const all = Array.from({ length: count }, (_, k) => k);
    const mine = (k: number) => k % this.#share.count === this.#share.index - 1;
    return [...all.filter(mine), ...all.filter((k) => !mine(k)).reverse()];
  }

  #path(name: string): string {
    return join(this.#folder, `${name}.f64`);
  }
}
