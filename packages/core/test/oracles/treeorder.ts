import {
  composePermutations,
  inversePermutation,
  type OrderedGraph,
  postorder,
  relabelTree,
  type TreeOrder,
} from "../../src/sparse/etree.ts";
import type { Graph } from "../../src/sparse/graph.ts";

/** Elimination tree by Liu's algorithm with path compression: parent in the new numbering, −1 for roots. */
export function eliminationTree({ graph, order, position }: OrderedGraph): Int32Array {
  const size = order.length;
  const parent = new Int32Array(size).fill(-1);
  const ancestor = new Int32Array(size).fill(-1);
  for (let j = 0; j < size; j++) {
    const v = order[j];
    for (let p = graph.starts[v]; p < graph.starts[v + 1]; p++) {
      let k = position[graph.neighbors[p]];
      while (k !== -1 && k < j) {
        const up = ancestor[k];
        ancestor[k] = j;
        if (up === -1) parent[k] = j;
        k = up;
      }
    }
  }
  return parent;
}

/**
 * Entries of every column of L, diagonal included: row i of L is the row subtree of i, the tree paths from its
 * lower neighbours up to i. Cost O(nnz(L)), no storage.
 */
export function columnCounts({ graph, order, position }: OrderedGraph, parent: Int32Array): Int32Array {
  const size = order.length;
  const counts = new Int32Array(size).fill(1);
  const seen = new Int32Array(size).fill(-1);
  for (let i = 0; i < size; i++) {
    seen[i] = i;
    const v = order[i];
    for (let p = graph.starts[v]; p < graph.starts[v + 1]; p++) {
      for (let k = position[graph.neighbors[p]]; k < i && seen[k] !== i; k = parent[k]) {
        counts[k]++;
        seen[k] = i;
      }
    }
  }
  return counts;
}

/** Postorders the elimination tree of an order and counts the columns of L. */
export function plainTreeOrder(graph: Graph, dissected: Int32Array): TreeOrder {
  const tree = eliminationTree({ graph, order: dissected, position: inversePermutation(dissected) });
  const post = postorder(tree);
  const order = composePermutations(dissected, post);
  const parent = relabelTree(tree, post);
  return {
    order,
    parent,
    counts: columnCounts({ graph, order, position: inversePermutation(order) }, parent),
  };
}
