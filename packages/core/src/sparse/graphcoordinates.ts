import type { BlockPattern } from "./blocksymmetric.ts";
import type { Coordinates } from "./dissection.ts";
import { type Graph, patternGraph } from "./graph.ts";

/** Passes in which a place becomes the mean of its neighbours' and its own: what is at one distance is told apart. */
const SMOOTHING = 4;

/**
 * Places in a plane for the block rows of a matrix of which none are known, to order it by: differences of the numbers of
 * steps to two pairs of far-off rows. O(passes·blocks).
 */
export function graphCoordinates(pattern: BlockPattern): Coordinates {
  const graph = patternGraph(pattern);
  const { size } = pattern;
  const fromFarthest = (distance: (k: number) => number) => {
    let best = 0;
    for (let k = 1; k < size; k++) if (distance(k) > distance(best)) best = k;
    return stepsFrom(graph, best);
  };
  const start = stepsFrom(graph, 0);
  const one = fromFarthest((k) => start[k]);
  const other = fromFarthest((k) => one[k]);
  const aside = fromFarthest((k) => Math.min(one[k], other[k]));
  const across = fromFarthest((k) => aside[k] - Math.abs(one[k] - other[k]));
  const fractional = new Float64Array(2 * size);
  const axes: [Int32Array, Int32Array][] = [
    [one, other],
    [aside, across],
  ];
  axes.forEach(([from, to], axis) => {
    let x = Float64Array.from(from, (steps, k) => steps - to[k]);
    for (let pass = 0; pass < SMOOTHING; pass++) x = smoothed(graph, x);
    const least = x.reduce((a, b) => Math.min(a, b), Infinity);
    const most = x.reduce((a, b) => Math.max(a, b), -Infinity);
    for (let k = 0; k < size; k++) fractional[2 * k + axis] = (x[k] - least) / (most - least + 1);
  });
  return { dimension: 2, fractional };
}

function smoothed({ starts, neighbors }: Graph, x: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(x, (own, k) => {
    let sum = own;
    for (let p = starts[k]; p < starts[k + 1]; p++) sum += x[neighbors[p]];
    return sum / (starts[k + 1] - starts[k] + 1);
  });
}

/** Steps along the graph from one row; of other components as many as there are rows. */
function stepsFrom({ starts, neighbors }: Graph, from: number): Int32Array {
  const size = starts.length - 1;
  const steps = new Int32Array(size).fill(size);
  const queue = new Int32Array(size);
  steps[from] = 0;
  queue[0] = from;
  for (let head = 0, tail = 1; head < tail; head++) {
    const v = queue[head];
    for (let p = starts[v]; p < starts[v + 1]; p++) {
      const u = neighbors[p];
      if (steps[u] < size) continue;
      steps[u] = steps[v] + 1;
      queue[tail++] = u;
    }
  }
  return steps;
}
