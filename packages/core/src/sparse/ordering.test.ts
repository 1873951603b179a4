import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nestedDissection } from "../../test/oracles/dissection.ts";
import { validateSymbolic } from "../../test/oracles/symbolic.ts";
import { columnCounts, eliminationTree, plainTreeOrder } from "../../test/oracles/treeorder.ts";
import { coverWorkspace, minimumVertexCover } from "../../test/oracles/vertexcover.ts";
import { testRandom } from "../../test/reference.ts";
import { ADVERSARIAL, cutFine, glass, patternOf, randomPoints } from "../../test/sparse-fixtures.ts";
import { inversePermutation, postorder } from "./etree.ts";
import { components, type Graph, patternGraph } from "./graph.ts";
import { analyze, type BlockPattern, type CholeskySymbolic } from "./index.ts";
import { fundamentalSupernodes } from "./supernodes.ts";
import { treeOrder } from "./treeorder.ts";

/** Column structures of L by eliminating one vertex after another. */
function bruteFill(graph: Graph, order: Int32Array): Set<number>[] {
  const position = inversePermutation(order);
  const columns = Array.from(order, (v, k) => {
    const later = Array.from(
      graph.neighbors.subarray(graph.starts[v], graph.starts[v + 1]),
      (u) => position[u],
    );
    return new Set(later.filter((i) => i > k));
  });
  columns.forEach((column) => {
    const next = Math.min(...column);
    for (const i of column) if (i !== next) columns[next].add(i);
  });
  return columns;
}

/** Size of a largest matching by trying every way. */
function bruteMatching(
  edges: readonly (readonly [number, number])[],
  from = 0,
  used = new Set<number>(),
): number {
  if (from === edges.length) return 0;
  const [a, b] = edges[from];
  const without = bruteMatching(edges, from + 1, used);
  if (used.has(a) || used.has(b)) return without;
  return Math.max(without, 1 + bruteMatching(edges, from + 1, new Set([...used, a, b])));
}

const CASES: [string, BlockPattern, 2 | 3][] = [
  ...Object.entries(ADVERSARIAL).flatMap(([name, edges]): [string, BlockPattern, 2 | 3][] =>
    [1, 2, 17, 120].map((size) => [`${name}, N = ${size}`, patternOf(size, edges(size)), size % 2 ? 2 : 3]),
  ),
  ["glass 2D", glass(400, 2, 7, 1).matrix, 2],
  ["glass 3D", glass(300, 3, 14, 2).matrix, 3],
];

describe.each(CASES)("symbolic analysis: %s", (_, pattern, dimension) => {
  const coordinates = { dimension, fractional: randomPoints(pattern.size, dimension, 6) };
  const symbolic = analyze(pattern, coordinates);

  test("holds every invariant", () => {
    expect(validateSymbolic(symbolic)).toEqual([]);
  });

  test.each([1, 4, 9])("holds every invariant in strips of %d particles", (particles) => {
    expect(validateSymbolic(cutFine(symbolic, particles))).toEqual([]);
  });

  test("is ordered as by the plain twins of the kernels", () => {
    const graph = patternGraph(pattern);
    expect(treeOrder(graph, coordinates)).toEqual(
      plainTreeOrder(graph, nestedDissection(graph, coordinates)),
    );
  });

  test("has a place for all fill, and counts it rightly before supernodes are merged", () => {
    const graph = patternGraph(pattern);
    const { firsts, owner, rows, rowStarts, order } = symbolic;
    bruteFill(graph, order).forEach((column, j) => {
      const s = owner[j];
      const below = new Set(rows.subarray(rowStarts[s], rowStarts[s + 1]));
      for (const i of column) expect(i < firsts[s + 1] || below.has(i)).toBe(true);
    });
    const ordered = { graph, order, position: symbolic.position };
    const fill = bruteFill(graph, order);
    const parent = eliminationTree(ordered);
    expect([...parent]).toEqual(fill.map((column) => (column.size ? Math.min(...column) : -1)));
    expect([...columnCounts(ordered, parent)]).toEqual(fill.map((column) => column.size + 1));
  });
});

test.each([
  ["a missing row", (s: CholeskySymbolic) => s.rows.fill(s.pattern.size - 1)],
  ["a wrong position", (s: CholeskySymbolic) => s.position.reverse()],
  ["a supernode without its parent", (s: CholeskySymbolic) => s.parents.fill(-1)],
  ["a torn column range", (s: CholeskySymbolic) => s.firsts.fill(0)],
])("validateSymbolic notices %s", (_, damage) => {
  const { matrix, coordinates } = glass(150, 2, 6, 1);
  const symbolic = analyze(matrix, coordinates);
  damage(symbolic);
  expect(validateSymbolic(symbolic)).not.toEqual([]);
});

test("postorder: every vertex once, children before parents, subtrees contiguous", () => {
  const parent = Int32Array.of(3, 5, 5, 4, 6, 6, -1, 9, 9, -1, -1);
  const post = [...postorder(parent)];
  expect(post).toEqual([0, 3, 4, 1, 2, 5, 6, 7, 8, 9, 10]);
});

test("components: labels by smallest particle", () => {
  const graph = patternGraph(
    patternOf(7, [
      [5, 1],
      [1, 3],
      [2, 6],
    ]),
  );
  expect(components(graph)).toEqual({
    component: Int32Array.of(0, 1, 2, 1, 3, 1, 2),
    count: 4,
    order: Int32Array.of(0, 1, 3, 5, 2, 6, 4),
  });
});

test("minimum vertex cover: covers every cut bond, as small as the largest matching; workspace left clean", () => {
  const edges = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 });
  const workspace = coverWorkspace(14);
  fc.assert(
    fc.property(edges, (pairs) => {
      const unique = [...new Map(pairs.map(([a, b]) => [a * 7 + b, [a, b + 7] as const])).values()];
      const graph = patternGraph(patternOf(14, unique));
      const mark = Int32Array.from({ length: 14 }, (_, v) => (v < 7 ? 0 : 1));
      const cover = new Int32Array(14);
      const left = Int32Array.from({ length: 7 }, (_, v) => v);
      const size = minimumVertexCover({ graph, left, leftCount: 7, mark, rightMark: 1 }, workspace, cover);
      const chosen = new Set(cover.subarray(0, size));
      expect(chosen.size).toBe(size);
      expect(unique.every(([a, b]) => chosen.has(a) || chosen.has(b))).toBe(true);
      expect(size).toBe(bruteMatching(unique));
      expect(workspace.mate.every((m) => m === -1) && workspace.level.every((l) => l === -1)).toBe(true);
    }),
    { numRuns: 200, seed: 3 },
  );
});

test("long alternating paths do not overflow any stack", () => {
  const half = 50_000;
  const edges = Array.from({ length: half }, (_, k): [number, number][] => [
    [k, half + k],
    [k + 1 < half ? k + 1 : k, half + k],
  ]).flat();
  const graph = patternGraph(patternOf(2 * half, edges));
  const mark = Int32Array.from({ length: 2 * half }, (_, v) => (v < half ? 0 : 1));
  const left = Int32Array.from({ length: half }, (_, k) => half - 1 - k);
  const cut = { graph, left, leftCount: half, mark, rightMark: 1 };
  expect(minimumVertexCover(cut, coverWorkspace(2 * half), new Int32Array(2 * half))).toBe(half);
});

test("a dissection of thousands of particles is the same by the plain twins", () => {
  for (const [size, dimension, neighbors] of [
    [3000, 2, 7],
    [1500, 3, 14],
  ] as const) {
    const { matrix, coordinates } = glass(size, dimension, neighbors, 8);
    const graph = patternGraph(matrix);
    const order = nestedDissection(graph, coordinates);
    expect(treeOrder(graph, coordinates)).toEqual(plainTreeOrder(graph, order));
  }
});

test("nested dissection returns a permutation for clustered and coinciding points", () => {
  const { matrix } = glass(500, 2, 6, 4);
  const random = testRandom(1);
  const fractional = Float64Array.from({ length: 1000 }, () => Math.floor(random() * 4) / 4);
  const order = nestedDissection(patternGraph(matrix), { dimension: 2, fractional });
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, k) => k));
});

test("merging supernodes pads L a little, and makes them fewer", () => {
  const { matrix, coordinates } = glass(1500, 2, 7, 5);
  const { order, position, count, nonzeros } = analyze(matrix, coordinates);
  const ordered = { graph: patternGraph(matrix), order, position };
  const parent = eliminationTree(ordered);
  const counts = columnCounts(ordered, parent);
  // Per particle column of k blocks: 4k scalars without the upper half of the diagonal block, that is one.
  const exact = counts.reduce((sum, k) => sum + 4 * k - 1, 0);
  expect(nonzeros).toBeGreaterThan(exact);
  expect(nonzeros).toBeLessThan(1.2 * exact);
  expect(count).toBeLessThan(fundamentalSupernodes(parent, counts).count / 2);
});

test("the geometry pays: fewer than a quarter of the operations of coordinates without meaning", () => {
  const { matrix, coordinates } = glass(1500, 2, 7, 5);
  const informed = analyze(matrix, coordinates).flops;
  const blind = analyze(matrix, { dimension: 2, fractional: randomPoints(1500, 2, 99) }).flops;
  expect(informed).toBeLessThan(blind / 4);
});
