import type { LineCursor } from "./cursor.ts";
import { decimalNumber } from "./numbers.ts";
import { checkedCount } from "./particles.ts";
import { likelyOrigin, namedSpecies, snapshotOf } from "./snapshot-of.ts";
import type { Snapshot } from "./types.ts";
import { finiteNumbers, Growing, SingleFrameText } from "./whole-text.ts";

/** Periodic boundaries by imcon: 0 none, 1 to 3 parallelepipeds, 6 a slab. */
const PERIODIC: Readonly<Record<number, readonly boolean[]>> = {
  1: [true, true, true],
  2: [true, true, true],
  3: [true, true, true],
  6: [true, true, false],
};

/** Whether a text begins as a CONFIG: a title, "levcfg imcon", three vectors, a name with at most its number. */
export function looksLikeConfig(text: string): boolean {
  const [, keys, a, b, c, name] = text.split(/\r?\n/, 7).map((line) => line.trim().split(/\s+/));
  const numbers = (words: readonly string[] | undefined) =>
    words !== undefined && words.length === 3 && words.every((word) => Number.isFinite(decimalNumber(word)));
  return (
    keys !== undefined &&
    keys.length >= 2 &&
    /^[0-2]$/.test(keys[0]) &&
    /^[0-7]$/.test(keys[1]) &&
    (keys[1] === "0" ? true : numbers(a) && numbers(b) && numbers(c) && /^[A-Za-z]/.test(name?.[0] ?? ""))
  );
}

/** Reads a CONFIG or REVCON of DL_POLY: a name, a position and, by levcfg, a velocity and a force, each on its own line. */
export class ConfigReader extends SingleFrameText {
  #levels = 0;
  #periodic: readonly boolean[] = [];
  #announced: number | undefined;
  readonly #vectors: number[] = [];
  readonly #names: string[] = [];
  readonly #positions = new Growing();
  readonly #velocities = new Growing();
  readonly #lines = new Growing();
  /** Lines of the present particle that came: 0 where the next is a name. */
  #part = 0;
  #digits = 0;

  line(cursor: LineCursor): void {
    cursor.rewind();
    if (cursor.line === 1) return;
    if (cursor.line === 2) this.#keys(cursor);
    else if (cursor.line <= 5) this.#vectors.push(...finiteNumbers(cursor, 3, "a box vector"));
    else if (this.#part === 0) this.#name(cursor);
    else this.#numbers(cursor);
  }

  #keys(cursor: LineCursor): void {
    const [levels, key, count] = cursor.tokens();
    this.#levels = Number(levels);
    const periodic = PERIODIC[Number(key)];
    if (!periodic) {
      throw cursor.error(`imcon = ${key}: only periodic boxes are read (1, 2, 3; 6 for slabs).`, {
        field: "imcon",
      });
    }
    this.#periodic = periodic;
    if (count !== undefined && /^\d+$/.test(count)) this.#announced = checkedCount(cursor, count);
  }

  #name(cursor: LineCursor): void {
    if (cursor.isBlank()) return;
    cursor.next();
    const name = cursor.tokenText();
    if (!/^[A-Za-z]/.test(name))
      throw cursor.error(`expected the name of a particle, found "${cursor.preview()}".`);
    this.#names.push(name);
    this.#lines.push(cursor.line);
    this.#part = 1;
  }

  #numbers(cursor: LineCursor): void {
    const numbers = finiteNumbers(cursor, 3, this.#part === 1 ? "a position" : "a velocity or force");
    if (this.#part === 1) {
      this.#positions.push(...numbers);
      this.#digits = Math.max(this.#digits, cursor.digits);
    } else if (this.#part === 2) this.#velocities.push(...numbers);
    this.#part = this.#part === this.#levels + 1 ? 0 : this.#part + 1;
  }

  protected snapshot(): Snapshot {
    const count = this.#names.length;
    if (this.#vectors.length < 9 || count === 0 || this.#part !== 0)
      throw this.truncated(`within or before its particle ${Math.max(0, count - 1)}`);
    if (this.#announced !== undefined && this.#announced !== count)
      throw this.truncated(`after ${count} of ${this.#announced} particles`);
    const positions = this.#positions.values();
    return snapshotOf(this.request, {
      format: "dlpoly-config",
      dimension: 3,
      vectors: this.#vectors,
      origin: likelyOrigin(positions, this.#vectors, 3),
      periodic: this.#periodic,
      positions,
      velocities: this.#levels > 0 ? this.#velocities.values() : undefined,
      species: namedSpecies(this.#names),
      digits: this.#digits,
      lines: Int32Array.from(this.#lines.values()),
    });
  }
}
