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
  const { forest, rowStarts, rows } = cutWide({ forest: whole, ...structures(ordered, whole) }, blockSize);
  const owner = new Int32Array(size);
  for (let s = 0; s < forest.count; s++) owner.fill(s, forest.firsts[s], forest.firsts[s + 1]);
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
    owner,
    ...work(blockSize, forest.firsts, forest.below),
  };
}

function withOrder(graph: Graph, order: Int32Array): OrderedGraph {
  return { graph, order, position: inversePermutation(order) };
}

/** R of every supernode: its columns' later neighbours and its children's R, minus its own columns; ascending. */
function structures(
  { graph, order, position }: OrderedGraph,
  { firsts, below, parents }: SupernodeForest,
): { rowStarts: Int32Array; rows: Int32Array } {
  const count = below.length;
  const rowStarts = new Int32Array(count + 1);
  for (let s = 0; s < count; s++) rowStarts[s + 1] = rowStarts[s] + below[s];
  const rows = new Int32Array(rowStarts[count]);
  const seen = new Int32Array(order.length).fill(-1);
  const firstChild = new Int32Array(count).fill(-1);
  const sibling = new Int32Array(count).fill(-1);
  for (let s = 0; s < count; s++) {
    const end = firsts[s + 1];
    let fill = rowStarts[s];
    for (let j = firsts[s]; j < end; j++) {
      const v = order[j];
      for (let p = graph.starts[v]; p < graph.starts[v + 1]; p++) {
        const i = position[graph.neighbors[p]];
        if (i < end || seen[i] === s) continue;
        seen[i] = s;
        rows[fill++] = i;
      }
    }
    for (let c = firstChild[s]; c !== -1; c = sibling[c]) {
      for (let p = rowStarts[c]; p < rowStarts[c + 1]; p++) {
        const i = rows[p];
        if (i < end || seen[i] === s) continue;
        seen[i] = s;
        rows[fill++] = i;
      }
    }
    rows.subarray(rowStarts[s], fill).sort();
    const t = parents[s];
    if (t === -1) continue;
    sibling[s] = firstChild[t];
    firstChild[t] = s;
  }
  return { rowStarts, rows };
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
