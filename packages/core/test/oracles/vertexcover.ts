import type { Graph } from "../../src/sparse/graph.ts";

/** Scratch of the minimum vertex cover, allocated once for many calls; every array is workspace of length N. */
export interface CoverWorkspace {
  /** partner in the matching, −1 if free; −1 everywhere between calls */
  readonly mate: Int32Array;
  /** BFS level of a left vertex; −1 everywhere between calls */
  readonly level: Int32Array;
  readonly next: Int32Array;
  readonly queue: Int32Array;
  readonly path: Int32Array;
}

export function coverWorkspace(size: number): CoverWorkspace {
  return {
    mate: new Int32Array(size).fill(-1),
    level: new Int32Array(size).fill(-1),
    next: new Int32Array(size),
    queue: new Int32Array(size),
    path: new Int32Array(size),
  };
}

/** A bipartite graph inside a graph: edges from `left` to neighbours whose mark equals `rightMark`. */
export interface Cut {
  readonly graph: Graph;
  readonly left: Int32Array;
  readonly leftCount: number;
  readonly mark: Int32Array;
  readonly rightMark: number;
}

/**
 * Minimum vertex cover of a bipartite graph: Hopcroft & Karp's matching, then König's theorem.
 *
 * Writes the cover to `cover` and returns its size. Iterative throughout; cost O(√V·E).
 */
export function minimumVertexCover(cut: Cut, workspace: CoverWorkspace, cover: Int32Array): number {
  greedyMatching(cut, workspace);
  while (layers(cut, workspace)) augmentAll(cut, workspace);
  const size = collectCover(cut, workspace, cover);
  const { graph, left, leftCount, mark, rightMark } = cut;
  const { mate, level } = workspace;
  for (let q = 0; q < leftCount; q++) {
    const v = left[q];
    mate[v] = level[v] = -1;
    for (let p = graph.starts[v]; p < graph.starts[v + 1]; p++) {
      const u = graph.neighbors[p];
      if (mark[u] === rightMark) mate[u] = level[u] = -1;
    }
  }
  return size;
}

function greedyMatching({ graph, left, leftCount, mark, rightMark }: Cut, { mate }: CoverWorkspace): void {
  const { starts, neighbors } = graph;
  for (let q = 0; q < leftCount; q++) {
    const v = left[q];
    for (let p = starts[v]; p < starts[v + 1]; p++) {
      const u = neighbors[p];
      if (mark[u] === rightMark && mate[u] === -1) {
        mate[u] = v;
        mate[v] = u;
        break;
      }
    }
  }
}

/** Breadth-first levels of alternating paths from the free left vertices; true if one reaches a free right. */
function layers({ graph, left, leftCount, mark, rightMark }: Cut, workspace: CoverWorkspace): boolean {
  const { starts, neighbors } = graph;
  const { mate, level, next, queue } = workspace;
  let tail = 0;
  for (let q = 0; q < leftCount; q++) {
    const v = left[q];
    next[v] = starts[v];
    level[v] = mate[v] === -1 ? 0 : -1;
    if (mate[v] === -1) queue[tail++] = v;
  }
  let found = false;
  for (let head = 0; head < tail; head++) {
    const v = queue[head];
    for (let p = starts[v]; p < starts[v + 1]; p++) {
      const u = neighbors[p];
      if (mark[u] !== rightMark) continue;
      const w = mate[u];
      if (w === -1) found = true;
      else if (level[w] === -1) {
        level[w] = level[v] + 1;
        queue[tail++] = w;
      }
    }
  }
  return found;
}

/** Vertex-disjoint shortest augmenting paths, by depth-first search along the levels with an explicit stack. */
function augmentAll({ graph, left, leftCount, mark, rightMark }: Cut, workspace: CoverWorkspace): void {
  const { starts, neighbors } = graph;
  const { mate, level, next, path } = workspace;
  for (let q = 0; q < leftCount; q++) {
    if (mate[left[q]] !== -1) continue;
    let depth = 0;
    path[0] = left[q];
    while (depth >= 0) {
      const v = path[depth];
      if (next[v] >= starts[v + 1]) {
        depth--;
        continue;
      }
      const u = neighbors[next[v]++];
      if (mark[u] !== rightMark) continue;
      const w = mate[u];
      if (w !== -1) {
        if (level[w] === level[v] + 1) path[++depth] = w;
        continue;
      }
      // Free: flip the path; each vertex on it is left by the edge that it last tried.
      for (let k = depth; k >= 0; k--) {
        const x = path[k];
        const y = neighbors[next[x] - 1];
        mate[x] = y;
        mate[y] = x;
      }
      break;
    }
  }
}

/** König: left vertices that alternating paths from free ones do not reach, and right vertices that they do. */
function collectCover(cut: Cut, { level }: CoverWorkspace, cover: Int32Array): number {
  const { graph, left, leftCount, mark, rightMark } = cut;
  let size = 0;
  for (let q = 0; q < leftCount; q++) {
    const v = left[q];
    if (level[v] === -1) {
      cover[size++] = v;
      continue;
    }
    for (let p = graph.starts[v]; p < graph.starts[v + 1]; p++) {
      const u = graph.neighbors[p];
      if (mark[u] !== rightMark || level[u] !== -1) continue;
      level[u] = 0;
      cover[size++] = u;
    }
  }
  return size;
}
