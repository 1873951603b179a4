import type { Graph } from "./graph.ts";

/** A graph under an elimination order: `order` new → old, `position` old → new. */
export interface OrderedGraph {
  readonly graph: Graph;
  readonly order: Int32Array;
  readonly position: Int32Array;
}

/** A postordered elimination order (new → old), its tree and the entries of every column of L. */
export interface TreeOrder {
  readonly order: Int32Array;
  readonly parent: Int32Array;
  readonly counts: Int32Array;
}

/** The inverse of a permutation. */
export function inversePermutation(order: Int32Array): Int32Array {
  const position = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) position[order[k]] = k;
  return position;
}

/** Depth-first postorder of a forest with parent > child: post[k] is the k-th vertex; children keep their order. */
export function postorder(parent: Int32Array): Int32Array {
  const size = parent.length;
  const first = new Int32Array(size).fill(-1);
  const sibling = new Int32Array(size).fill(-1);
  const stack = new Int32Array(size);
  const post = new Int32Array(size);
  for (let v = size - 1; v >= 0; v--) {
    const up = parent[v];
    if (up === -1) continue;
    sibling[v] = first[up];
    first[up] = v;
  }
  let done = 0;
  for (let root = 0; root < size; root++) {
    if (parent[root] !== -1) continue;
    let depth = 0;
    stack[0] = root;
    while (depth >= 0) {
      const v = stack[depth];
      const child = first[v];
      if (child === -1) {
        post[done++] = v;
        depth--;
      } else {
        first[v] = sibling[child];
        stack[++depth] = child;
      }
    }
  }
  return post;
}

/** The tree in the numbering that its postorder gives: parent'[k] = number of the parent of post[k]. */
export function relabelTree(parent: Int32Array, post: Int32Array): Int32Array {
  const number = inversePermutation(post);
  const relabelled = new Int32Array(parent.length);
  for (let k = 0; k < parent.length; k++) {
    const up = parent[post[k]];
    relabelled[k] = up === -1 ? -1 : number[up];
  }
  return relabelled;
}

/** first[second[k]]: an order relabelled by a later permutation of its positions. */
export function composePermutations(first: Int32Array, second: Int32Array): Int32Array {
  const composed = new Int32Array(second.length);
  for (let k = 0; k < second.length; k++) composed[k] = first[second[k]];
  return composed;
}
