import { SoftfieldError } from "../errors.ts";
import type { BlockSymmetric } from "../sparse/index.ts";
import type { Interactions, Triples } from "./interactions.ts";
import { addTripleHessian } from "./triples-sums.ts";

/** The pattern of a Hessian and, for each interaction, the entry of the lower triangle that it adds to. */
export interface HessianPattern {
  readonly size: number;
  readonly dimension: 2 | 3;
  readonly columnStarts: Int32Array;
  readonly rows: Int32Array;
  /** m: index into `rows` of the block (j, i) of interaction α. Images of one pair share a block. */
  readonly entryOf: Int32Array;
  /** t: index into `rows` of the block that joins the ends of each triple; −1 where both are images of one particle. */
  readonly tripleEntries?: Int32Array;
}

/** What a pattern is made from: pairs, sorted by (i, j), and the ends of triples. */
export type PatternSource = Pick<Interactions, "dimension" | "particleCount" | "i" | "j"> & {
  readonly triples?: Pick<Triples, "j" | "k">;
};

/** Block pattern of M from interactions, which are sorted by (i, j): block column i, block row j. O(m). */
export function hessianPattern(interactions: PatternSource): HessianPattern {
  if (interactions.triples) return patternWithTriples(interactions, interactions.triples);
  const { i, j, particleCount: size, dimension } = interactions;
  const columnStarts = new Int32Array(size + 1);
  const rows = new Int32Array(i.length);
  const entryOf = new Int32Array(i.length);
  let entries = 0;
  for (let m = 0; m < i.length; m++) {
    const fresh = m === 0 || i[m] !== i[m - 1] || j[m] !== j[m - 1];
    if (fresh) {
      rows[entries++] = j[m];
      const column = i[m] + 1;
      columnStarts[column] = columnStarts[column] + 1;
    }
    entryOf[m] = entries - 1;
  }
  for (let k = 0; k < size; k++) columnStarts[k + 1] = columnStarts[k + 1] + columnStarts[k];
  return { size, dimension, columnStarts, rows: rows.slice(0, entries), entryOf };
}

/**
 * The Hessian M = ∂²U/∂x∂x of the pair interactions, unit ε/λ². Of each pair
 * K_α = φ″ nn + (φ′/r)(1 − nn), pre-stress included: M_ii += K, M_jj += K, M_ij −= K; triples add theirs. O(m).
 */
export function hessian(interactions: Interactions, pattern = hessianPattern(interactions)): BlockSymmetric {
  const { dimension: d, i, j, du, r, phi1, phi2 } = interactions;
  const dd = d * d;
  const lower = new Float64Array(pattern.rows.length * dd);
  const diagonal = new Float64Array(pattern.size * dd);
  for (let m = 0; m < i.length; m++) {
    const length = r[m];
    const transverse = phi1[m] / length;
    const along = (phi2[m] - transverse) / (length * length);
    const ii = i[m] * dd;
    const jj = j[m] * dd;
    const ij = pattern.entryOf[m] * dd;
    for (let a = 0; a < d; a++) {
      for (let b = 0; b < d; b++) {
        const k = along * (du[m * d + a] * du[m * d + b]) + (a === b ? transverse : 0);
        const ab = a * d + b;
        diagonal[ii + ab] = diagonal[ii + ab] + k;
        diagonal[jj + ab] = diagonal[jj + ab] + k;
        lower[ij + ab] = lower[ij + ab] - k;
      }
    }
  }
  if (interactions.triples) addTriples(interactions, interactions.triples, pattern, { lower, diagonal });
  return {
    size: pattern.size,
    dimension: pattern.dimension,
    columnStarts: pattern.columnStarts,
    rows: pattern.rows,
    lower,
    diagonal,
  };
}

/** The pattern of pairs and of the ends of triples, which need not interact themselves. O((m + t) log z). */
function patternWithTriples(
  { i, j, particleCount: size, dimension }: PatternSource,
  triples: Pick<Triples, "j" | "k">,
): HessianPattern {
  const columns: number[][] = Array.from({ length: size }, () => []);
  i.forEach((p, m) => {
    columns[p]?.push(j[m]);
  });
  triples.j.forEach((p, t) => {
    const q = triples.k[t];
    if (p !== q) columns[Math.min(p, q)]?.push(Math.max(p, q));
  });
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
  const entry = (p: number, q: number) =>
    p === q ? -1 : columnStarts[Math.min(p, q)] + (sorted[Math.min(p, q)]?.indexOf(Math.max(p, q)) as number);
  return {
    size,
    dimension,
    columnStarts,
    rows,
    entryOf: i.map((p, m) => entry(p, j[m])),
    tripleEntries: triples.j.map((p, t) => entry(p, triples.k[t])),
  };
}

/** The same blocks with the places of other interactions among them; undefined where one has none. O(m + t log z). */
export function placedIn(
  { size, dimension, columnStarts, rows }: HessianPattern,
  { i, j, triples }: PatternSource,
): HessianPattern | undefined {
  const entryOf = new Int32Array(i.length);
  let entry = 0;
  let column = -1;
  for (let m = 0; m < i.length; m++) {
    if (i[m] !== column) {
      column = i[m];
      entry = columnStarts[column];
    }
    const end = columnStarts[column + 1];
    while (entry < end && rows[entry] < j[m]) entry++;
    if (entry === end || rows[entry] !== j[m]) return undefined;
    entryOf[m] = entry;
  }
  const same = { size, dimension, columnStarts, rows, entryOf };
  if (!triples) return same;
  const tripleEntries = triples.j.map((p, t) => {
    const q = triples.k[t];
    return p === q ? NO_BLOCK : findBlock({ columnStarts, rows }, Math.min(p, q), Math.max(p, q));
  });
  return tripleEntries.includes(MISSING) ? undefined : { ...same, tripleEntries };
}

/** In `tripleEntries`: both ends are images of one particle; and, on the way, a block that is not there. */
const [NO_BLOCK, MISSING] = [-1, -2];

/** Index of a block in its column, by bisection. */
function findBlock(
  { columnStarts, rows }: Pick<HessianPattern, "columnStarts" | "rows">,
  column: number,
  row: number,
): number {
  let low = columnStarts[column];
  let high = columnStarts[column + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low < columnStarts[column + 1] && rows[low] === row ? low : MISSING;
}

function addTriples(
  { dimension: d }: Interactions,
  triples: Triples,
  pattern: HessianPattern,
  { lower, diagonal }: { lower: Float64Array; diagonal: Float64Array },
): void {
  const { tripleEntries, entryOf } = pattern;
  if (tripleEntries?.length !== triples.centre.length) {
    throw new SoftfieldError("usage", "hessian: the pattern is not that of these triples; make it from them");
  }
  const dd = d * d;
  addTripleHessian(triples, d, (t) => {
    const [c, j] = [triples.centre[t], triples.j[t]];
    return (p, q, sign, block) => {
      const between = q !== c ? tripleEntries[t] : entryOf[(p === j ? triples.first : triples.second)[t]];
      for (let a = 0; a < d; a++) {
        for (let b = 0; b < d; b++) {
          const value = sign * block[a * d + b];
          if (p !== q) lower[(between as number) * dd + (p > q ? a * d + b : b * d + a)] += value;
          else diagonal[p * dd + a * d + b] += value;
        }
      }
    };
  });
}
