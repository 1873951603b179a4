import { SoftfieldError } from "../errors.ts";
import type { BlockPattern, BlockSize } from "./blocksymmetric.ts";
import type { Coordinates } from "./dissection.ts";
import { composePermutations, inversePermutation, type OrderedGraph } from "./etree.ts";
import { components, type Graph, patternGraph } from "./graph.ts";
import { cutWide } from "./strips.ts";
import { AMALGAMATION, amalgamate, fundamentalSupernodes, type SupernodeForest } from "./supernodes.ts";
import { treeOrder } from "./treeorder.ts";

/**
 * Everything about a Cholesky factor that depends on the pattern alone: reusable for any number of matrices
 * with that pattern (samples of one topology, shear steps). In units of particles; read-only once made.
 */
export interface CholeskySymbolic {
  readonly pattern: BlockPattern;
  /** unknowns a particle: rows of a block */
  readonly dimension: BlockSize;
  /** hidden unknowns a particle */
  readonly hidden: number;
  /** elimination order, new → old; size */
  readonly order: Int32Array;
  /** old → new; size */
  readonly position: Int32Array;
  /** connected component of every particle (old numbering) */
  readonly component: Int32Array;
  readonly componentCount: number;
  /** supernodes, in postorder */
  readonly count: number;
  /** first particle (new) of each supernode; count+1 */
  readonly firsts: Int32Array;
  /** parent supernode, −1 for roots */
  readonly parents: Int32Array;
  /** start of each supernode's rows; count+1 */
  readonly rowStarts: Int32Array;
  /** R: particles (new, ascending) below each supernode's triangle */
  readonly rows: Int32Array;
  /** supernode that holds each particle's columns (new); size */
  readonly owner: Int32Array;
  /** entries of L, lower triangle, explicit zeros included */
  readonly nonzeros: number;
  /** floating-point operations of a factorisation */
  readonly flops: number;
}

/** How `analyze` orders a matrix. */
export interface AnalyzeOptions {
  /** Rows of a block, where a particle has more unknowns than coordinates. Default: the dimension. */
  readonly blockSize?: BlockSize;
  /** Of these, how many are hidden (see `BlockSymmetric`): factors have signs then. Default 0. */
  readonly hidden?: number;
}

/**
 * Analyses a block pattern: ordering, elimination tree, supernodes, column structures.
 *
 * The coordinates steer the ordering only; any finite values give a correct, if slower, factor. Throws "usage"
 * on sizes that do not match. Cost O(d·bonds·log N + nnz(L)/d²), ~10 µs a particle.
 */
export function analyze(
  pattern: BlockPattern,
  coordinates: Coordinates,
  options: AnalyzeOptions = {},
): CholeskySymbolic {
  const { size } = pattern;
  const { dimension, fractional } = coordinates;
  if (size < 1 || fractional.length !== size * dimension || pattern.columnStarts.length !== size + 1) {
    throw new SoftfieldError(
      "usage",
      `analyze: ${size} block rows need ${size + 1} column starts and ${size * dimension} coordinates, ` +
        `got ${pattern.columnStarts.length} and ${fractional.length}`,
    );
  }
  const { blockSize = dimension, hidden = 0 } = options;
  const graph = patternGraph(pattern);
  const { component, count: componentCount } = components(graph);
  const { order, parent, counts } = treeOrder(graph, coordinates);
  const fundamental = fundamentalSupernodes(parent, counts);
  const { forest: whole, order: merged } = amalgamate(fundamental, AMALGAMATION);
  const ordered = withOrder(graph, composePermutations(order, merged));
  const found = structures(ordered, whole, ownersOf(whole, size));
  const { forest, rowStarts, rows } = cutWide({ forest: whole, ...found }, blockSize);
  return {
    pattern,
    dimension: blockSize,
    hidden,
    order: ordered.order,
    position: ordered.position,
    component,
    componentCount,
    count: forest.count,
    firsts: forest.firsts,
    parents: forest.parents,
    rowStarts,
    rows,
    owner: ownersOf(forest, size),
    ...work(blockSize, forest.firsts, forest.below),
  };
}

function withOrder(graph: Graph, order: Int32Array): OrderedGraph {
  return { graph, order, position: inversePermutation(order) };
}

/**
 * R of every supernode, ascending: row after row it is given to those on the tree's paths from the row's earlier neighbours
 * up to the row's own supernode. O(bonds + rows).
 */
function structures(
  { graph: { starts, neighbors }, order, position }: OrderedGraph,
  { count, firsts, below, parents }: SupernodeForest,
  owner: Int32Array,
): { rowStarts: Int32Array; rows: Int32Array } {
  const rowStarts = new Int32Array(count + 1);
  for (let s = 0; s < count; s++) rowStarts[s + 1] = rowStarts[s] + below[s];
  const rows = new Int32Array(rowStarts[count]);
  const fill = rowStarts.slice();
  const seen = new Int32Array(count).fill(-1);
  for (let i = 0; i < order.length; i++) {
    const own = owner[i];
    const v = order[i];
    for (let p = starts[v]; p < starts[v + 1]; p++) {
      const k = position[neighbors[p]];
      if (k >= firsts[own]) continue;
      for (let s = owner[k]; s !== own && seen[s] !== i; s = parents[s]) {
        seen[s] = i;
        rows[fill[s]++] = i;
      }
    }
  }
  return { rowStarts, rows };
}

/** The supernode that holds each of `size` columns. */
function ownersOf({ count, firsts }: SupernodeForest, size: number): Int32Array {
  const owner = new Int32Array(size);
  for (let s = 0; s < count; s++) owner.fill(s, firsts[s], firsts[s + 1]);
  return owner;
}

function work(d: number, firsts: Int32Array, below: Int32Array): { nonzeros: number; flops: number } {
  let nonzeros = 0;
  let flops = 0;
  for (let s = 0; s < below.length; s++) {
    const c = d * (firsts[s + 1] - firsts[s]);
    const m = d * below[s];
    nonzeros += (c * (c + 1)) / 2 + c * m;
    flops += (c * c * c) / 3 + c * c * m + c * m * m;
  }
  return { nonzeros, flops };
}
