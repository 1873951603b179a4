import { SoftfieldError } from "../errors.ts";
import { type BlockSize, type BlockSymmetric, entryOf } from "../sparse/index.ts";
import type { Interactions } from "./interactions.ts";
import type { Blocks, Couplings } from "./terms.ts";

/** The pattern of a Hessian and where in its lower triangle the couplings of each family are. */
export interface HessianPattern {
  readonly size: number;
  /** Rows of a block: d, and the unknowns of the families. */
  readonly dimension: BlockSize;
  readonly columnStarts: Int32Array;
  readonly rows: Int32Array;
  /**
   * One array a family: index into `rows` of the block of each coupling, −1 where both particles are one. Images of
   * one pair share a block.
   */
  readonly places: readonly Int32Array[];
}

/** What a pattern is made from: the couplings of each family, those of the pairs first and sorted, p < q. */
export interface PatternSource {
  readonly dimension: 2 | 3;
  readonly particleCount: number;
  /** Unknowns a particle beside its coordinates. */
  readonly unknowns: number;
  readonly couplings: readonly Couplings[];
}

function sourceOf({ dimension, particleCount, families }: Interactions): PatternSource {
  return {
    dimension,
    particleCount,
    unknowns: unknownsOf(families),
    couplings: families.map((family) => family.couplings),
  };
}

function unknownsOf(families: Interactions["families"]): number {
  return families.reduce((sum, family) => sum + family.unknowns, 0);
}

/** Block pattern of M: block column the smaller particle, block row the larger. O(m). */
export function hessianPattern(interactions: Interactions): HessianPattern {
  return patternOf(sourceOf(interactions));
}

/** The same from couplings alone. O(m), O(m log z) where families couple more than the pairs do. */
export function patternOf(source: PatternSource): HessianPattern {
  const { particleCount: size, couplings } = source;
  const dimension = (source.dimension + source.unknowns) as BlockSize;
  const [pairs, ...others] = couplings;
  const blocks = pairBlocks(pairs, size);
  const placed = others.map((further) => placesOf(blocks, further));
  if (placed.every((places) => places !== undefined)) {
    const { columnStarts, rows, places } = blocks;
    return { size, dimension, columnStarts, rows, places: [places, ...placed] };
  }
  const all = union(couplings, size);
  return {
    size,
    dimension,
    ...all,
    places: couplings.map((own) => placesOf(all, own)!),
  };
}

interface BlockPlaces {
  readonly columnStarts: Int32Array;
  readonly rows: Int32Array;
}

/** Of pairs, sorted by (p, q), p < q. */
function pairBlocks({ p, q }: Couplings, size: number): BlockPlaces & { readonly places: Int32Array } {
  const columnStarts = new Int32Array(size + 1);
  const rows = new Int32Array(p.length);
  const places = new Int32Array(p.length);
  let entries = 0;
  for (let m = 0; m < p.length; m++) {
    const fresh = m === 0 || p[m] !== p[m - 1] || q[m] !== q[m - 1];
    if (fresh) {
      rows[entries++] = q[m];
      const column = p[m] + 1;
      columnStarts[column] = columnStarts[column] + 1;
    }
    places[m] = entries - 1;
  }
  for (let k = 0; k < size; k++) columnStarts[k + 1] = columnStarts[k + 1] + columnStarts[k];
  return { columnStarts, rows: rows.slice(0, entries), places };
}

/** Of everything that couples. */
function union(couplings: readonly Couplings[], size: number): BlockPlaces {
  const columns: number[][] = Array.from({ length: size }, () => []);
  for (const { p, q } of couplings)
    for (let c = 0; c < p.length; c++)
      if (p[c] !== q[c]) columns[Math.min(p[c], q[c])].push(Math.max(p[c], q[c]));
  const columnStarts = new Int32Array(size + 1);
  const sorted = columns.map((rows, k) => {
    const unique = Int32Array.from(new Set(rows)).sort();
    columnStarts[k + 1] = columnStarts[k] + unique.length;
    return unique;
  });
  const rows = new Int32Array(columnStarts[size]);
  sorted.forEach((column, k) => {
    rows.set(column, columnStarts[k]);
  });
  return { columnStarts, rows };
}

/** Entry of each coupling by bisection in its column; undefined where one has none. */
function placesOf(pattern: BlockPlaces, { p, q }: Couplings): Int32Array | undefined {
  const places = new Int32Array(p.length);
  for (let c = 0; c < p.length; c++) {
    if (p[c] === q[c]) {
      places[c] = -1;
      continue;
    }
    places[c] = entryOf(pattern, Math.max(p[c], q[c]), Math.min(p[c], q[c]));
    if (places[c] < 0) return undefined;
  }
  return places;
}

/** The same blocks with the places of other interactions among them; undefined where one has none. O(m + t log z). */
export function placedIn(
  { size, dimension, columnStarts, rows }: HessianPattern,
  interactions: Interactions,
): HessianPattern | undefined {
  const [pairs, ...others] = sourceOf(interactions).couplings;
  const first = sortedPlaces({ columnStarts, rows }, pairs);
  if (!first) return undefined;
  const places = [first];
  for (const further of others) {
    const found = placesOf({ columnStarts, rows }, further);
    if (!found) return undefined;
    places.push(found);
  }
  return { size, dimension, columnStarts, rows, places };
}

/** As `placesOf`, of pairs sorted by (p, q), p < q, in one sweep. */
function sortedPlaces({ columnStarts, rows }: BlockPlaces, { p, q }: Couplings): Int32Array | undefined {
  const places = new Int32Array(p.length);
  let entry = 0;
  let column = -1;
  for (let m = 0; m < p.length; m++) {
    if (p[m] !== column) {
      column = p[m];
      entry = columnStarts[column];
    }
    const end = columnStarts[column + 1];
    while (entry < end && rows[entry] < q[m]) entry++;
    if (entry === end || rows[entry] !== q[m]) return undefined;
    places[m] = entry;
  }
  return places;
}

/**
 * The Hessian M = ∂²U/∂x∂x, unit ε/λ², pre-stress included: of each pair K_α = φ″ nn + (φ′/r)(1 − nn), M_ii += K,
 * M_jj += K, M_ij −= K; other families add theirs, with their unknowns as hidden ones. O(m).
 *
 * Throws "usage" where the pattern is not that of these interactions.
 */
export function hessian(interactions: Interactions, pattern = hessianPattern(interactions)): BlockSymmetric {
  const { size, dimension: width, columnStarts, rows } = pattern;
  const lower = new Float64Array(rows.length * width * width);
  const diagonal = new Float64Array(size * width * width);
  familyBlocks(interactions, pattern, { lower, diagonal }).forEach((blocks, f) => {
    interactions.families[f].addHessian(blocks);
  });
  const hidden = width - interactions.dimension;
  return {
    size,
    dimension: width,
    columnStarts,
    rows,
    lower,
    diagonal,
    hidden: hidden > 0 ? hidden : undefined,
  };
}

/** Blocks on the pattern of M as each family sees them. */
export function familyBlocks(
  { dimension, families }: Interactions,
  { places, dimension: width }: HessianPattern,
  { lower, diagonal }: Pick<BlockSymmetric, "lower" | "diagonal">,
): readonly Blocks[] {
  let own: number = dimension;
  return families.map((family, f) => {
    if (places[f]?.length !== family.couplings.p.length) {
      throw new SoftfieldError(
        "usage",
        "hessian: the pattern is not that of these interactions; make it from them",
      );
    }
    const blocks = { width, own, lower, diagonal, places: places[f] };
    own += family.unknowns;
    return blocks;
  });
}
