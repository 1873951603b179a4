import { root } from "../elementary.ts";
import type { LineCursor } from "./cursor.ts";
import { latticeVolume } from "./lattice.ts";
import { checkedCount } from "./particles.ts";
import { snapshotOf } from "./snapshot-of.ts";
import type { Snapshot } from "./types.ts";
import { finiteNumbers, Growing, SingleFrameText } from "./whole-text.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;

/** Whether a text begins as a POSCAR: a title, a scale, three vectors, species or counts. */
export function looksLikePoscar(text: string): boolean {
  const [, scale, a, b, c, sixth, seventh] = text.split(/\r?\n/, 8).map((line) => line.trim().split(/\s+/));
  const numbers = (words: readonly string[] | undefined, ...counts: readonly number[]) =>
    words !== undefined && counts.includes(words.length) && words.every((word) => NUMBER.test(word));
  if (!numbers(scale, 1, 3) || !numbers(a, 3) || !numbers(b, 3) || !numbers(c, 3) || !sixth) return false;
  const counts = (words: readonly string[] | undefined) =>
    words?.every((word) => /^\d+$/.test(word)) ?? false;
  return counts(sixth) || (sixth.every((word) => /^[A-Za-z]/.test(word)) && counts(seventh));
}

/**
 * Reads a POSCAR or CONTCAR of VASP: scale (negative: the volume), vectors, species and their counts, direct or Cartesian
 * coordinates. What follows the coordinates (velocities) is passed over.
 */
export class PoscarReader extends SingleFrameText {
  #scale: number[] = [];
  readonly #vectors: number[] = [];
  #names: string[] | undefined;
  #counts: number[] | undefined;
  #direct: boolean | undefined;
  readonly #positions = new Growing();
  #total = 0;
  #firstLine = 0;
  #digits = 0;
  #over = false;

  line(cursor: LineCursor): void {
    cursor.rewind();
    if (cursor.line === 1) return;
    if (cursor.line === 2)
      this.#scale = finiteNumbers(cursor, cursor.tokens().length === 3 ? 3 : 1, "the scale");
    else if (cursor.line <= 5) this.#vectors.push(...finiteNumbers(cursor, 3, "a box vector"));
    else if (!this.#counts) this.#species(cursor);
    else if (this.#direct === undefined) this.#mode(cursor);
    else if (this.#positions.length < 3 * this.#total) this.#row(cursor);
    else this.#after(cursor);
  }

  #species(cursor: LineCursor): void {
    const tokens = cursor.tokens();
    if (!this.#names && /^[A-Za-z]/.test(tokens[0] ?? "")) {
      // "Cu_pv/3d1f…" names a pseudopotential behind the element.
      this.#names = tokens.map((token) => token.replace(/[/_].*$/, ""));
      return;
    }
    const words = tokens.slice(0, this.#names?.length ?? tokens.length);
    this.#counts = words.map((word) => checkedCount(cursor, word, true));
    this.#total = this.#counts.reduce((sum, count) => sum + count, 0);
    if (this.#names && this.#counts.length !== this.#names.length) {
      throw cursor.error(`${this.#names.length} species are named and ${this.#counts.length} counted.`);
    }
    checkedCount(cursor, String(this.#total));
  }

  #mode(cursor: LineCursor): void {
    const letter = cursor.tokens()[0]?.[0]?.toLowerCase() ?? "";
    if (letter === "s") return;
    if (!"dck".includes(letter) || letter === "") {
      throw cursor.error(`expected Direct or Cartesian, found "${cursor.preview()}".`);
    }
    this.#direct = letter === "d";
  }

  #row(cursor: LineCursor): void {
    if (this.#positions.length === 0) this.#firstLine = cursor.line;
    for (let c = 0; c < 3; c++) {
      this.#positions.push(...finiteNumbers(cursor, 1, "a position"));
      this.#digits = Math.max(this.#digits, cursor.digits);
    }
  }

  /** Velocities and the like follow after a blank line. */
  #after(cursor: LineCursor): void {
    if (this.#over) return;
    this.#over = true;
    if (cursor.isBlank() || !NUMBER.test(cursor.tokens()[0] ?? "")) return;
    throw cursor.error(
      `the ${this.#total} particles that the file counts have been read, but "${cursor.preview()}" follows: the counts are wrong.`,
    );
  }

  protected snapshot(): Snapshot {
    if (this.#direct === undefined) throw this.truncated("before its positions");
    if (this.#positions.length < 3 * this.#total)
      throw this.truncated(`after ${Math.floor(this.#positions.length / 3)} of ${this.#total} particles`);
    const scale = this.#scales();
    const vectors = this.#vectors.map((x, k) => x * scale[k % 3]);
    const given = this.#positions.values();
    const positions = this.#direct
      ? given.map((_, k) => {
          const at = k - (k % 3);
          return (
            given[at] * vectors[k % 3] +
            given[at + 1] * vectors[3 + (k % 3)] +
            given[at + 2] * vectors[6 + (k % 3)]
          );
        })
      : given.map((x, k) => x * scale[k % 3]);
    const types = Int32Array.from(this.#counts!.flatMap((count, t) => new Array<number>(count).fill(t + 1)));
    const names = [...new Set(this.#names ?? [])];
    return snapshotOf(this.request, {
      format: "poscar",
      dimension: 3,
      vectors,
      origin: [0, 0, 0],
      positions,
      types: this.#names ? undefined : types,
      species: this.#names && { names, index: types.map((type) => names.indexOf(this.#names![type - 1])) },
      digits: this.#digits,
      lines: types.map((_, row) => this.#firstLine + row),
    });
  }

  /** One factor an axis; a negative one is the volume of the cell. */
  #scales(): [number, number, number] {
    const [s, y, z] = this.#scale;
    if (y !== undefined) return [s, y, z];
    if (s > 0) return [s, s, s];
    const factor = root(-s / latticeVolume(this.#vectors, 3), 3);
    return [factor, factor, factor];
  }
}
