import { Arena, createOrdering } from "../kernels/index.ts";
import { type Coordinates, LEAF, sortAxes } from "./dissection.ts";
import { inversePermutation, postorder, relabelTree, type TreeOrder } from "./etree.ts";
import type { Graph } from "./graph.ts";

/**
 * Nested dissection, its elimination tree in postorder, and the entries of every column of L. Cost O(d·bonds·log N).
 */
export function treeOrder(graph: Graph, coordinates: Coordinates): TreeOrder {
  const size = graph.starts.length - 1;
  const axes = sortAxes(coordinates, size);
  const arena = new Arena();
  const kernels = createOrdering(arena);
  const starts = arena.putI32(graph.starts);
  const neighbors = arena.putI32(graph.neighbors);
  const sorted = arena.allocI32(size * axes.length);
  const work = arena.allocI32(size * kernels.dissectWork);
  const parent = arena.allocI32(size);
  axes.forEach((list, axis) => {
    arena.i32(sorted + 4 * axis * size, size).set(list);
  });
  kernels.dissect(size, axes.length, LEAF, starts, neighbors, sorted, work);
  const dissected = arena.i32(sorted, size).slice();
  // The workspace of the dissection is free now: positions, then counts and scratch of N each.
  const position = work;
  const counts = work + 4 * size;
  const scratch = work + 8 * size;
  arena.i32(position, size).set(inversePermutation(dissected));
  kernels.eliminationTree(size, starts, neighbors, sorted, position, parent, scratch);
  const tree = arena.i32(parent, size).slice();
  const post = postorder(tree);
  const order = arena.i32(sorted, size);
  for (let k = 0; k < size; k++) order[k] = dissected[post[k]];
  arena.i32(position, size).set(inversePermutation(order));
  const relabelled = relabelTree(tree, post);
  arena.i32(parent, size).set(relabelled);
  kernels.columnCounts(size, starts, neighbors, sorted, position, parent, counts, scratch);
  return { order: order.slice(), parent: relabelled, counts: arena.i32(counts, size).slice() };
}
