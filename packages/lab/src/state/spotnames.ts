import { type Box, minimumImage } from "softfield";
import { inverseVectors, product } from "softfield/internal";
import type { FieldMap, Mark } from "./fieldmap.ts";

/** A spot that has a name, in fractions of the box. */
interface Named {
  readonly name: string;
  readonly at: Float64Array;
}

/** A spot may be one of another state where no more than so many edges of a bin lie between: it may move by one bin. */
const REACH = 1.6;

/**
 * Names for the spots of one indicator that stay with them from state to state: those of the unsheared glass keep their
 * ranks, each that appears later gets the next letter and keeps it. A spot is known again by its place in fractions of
 * the box, the nearest pairs first, each once.
 */
export class SpotNames {
  readonly #known: Named[];
  #letters = 0;

  constructor(unsheared: FieldMap | undefined) {
    this.#known = (unsheared?.marks ?? []).map(({ name, position }) => ({
      name,
      at: fractions(unsheared!.field.box, position),
    }));
  }

  /** A map with its names; only the first `shown` spots are given new ones. O(spots²) */
  apply(map: FieldMap, shown: number): FieldMap {
    const { box, counts } = map.field;
    const reach = REACH * Math.max(...counts.map((count, a) => edgeLength(box, a) / count));
    const places = map.marks.map(({ position }) => fractions(box, position));
    const pairs = places
      .flatMap((at, m) => this.#known.map((own, k) => ({ m, k, far: distance(box, at, own.at) })))
      .filter(({ far }) => far <= reach)
      .sort((a, b) => a.far - b.far);
    const names = new Map<number, string>();
    const taken = new Set<number>();
    for (const { m, k } of pairs) {
      if (names.has(m) || taken.has(k)) continue;
      names.set(m, this.#known[k].name);
      taken.add(k);
    }
    const marks = map.marks.map((mark, m): Mark => {
      const name = names.get(m) ?? (m < shown ? this.#fresh(places[m]) : "·");
      return name === mark.name ? mark : { ...mark, name };
    });
    return { ...map, marks };
  }

  #fresh(at: Float64Array): string {
    const name = letters(this.#letters++);
    this.#known.push({ name, at });
    return name;
  }
}

/** A, B, … Z, AA, AB, … */
export function letters(count: number): string {
  const last = String.fromCharCode(65 + (count % 26));
  return count < 26 ? last : letters(Math.floor(count / 26) - 1) + last;
}

function fractions(box: Box, position: Float64Array): Float64Array {
  return product(position, inverseVectors(box), box.dimension);
}

/** λ, between two places in fractions of a box. */
function distance(box: Box, one: Float64Array, other: Float64Array): number {
  const d = box.dimension;
  const u = new Float64Array(d);
  for (let a = 0; a < d; a++)
    for (let c = 0; c < d; c++) u[c] += (one[a] - other[a]) * box.vectors[a * d + c];
  minimumImage(box, u);
  return Math.hypot(...u);
}

function edgeLength({ dimension: d, vectors }: Box, a: number): number {
  return Math.hypot(...vectors.subarray(a * d, (a + 1) * d));
}
