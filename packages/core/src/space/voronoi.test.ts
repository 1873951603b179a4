import { describe, expect, test } from "vitest";
import { Purpose, RandomStream } from "../dynamics/index.ts";
import { Arena, dynamicsKernels } from "../kernels/index.ts";
import { createBox, minimumImage, rectangularBox, volume } from "./box.ts";
import { crystal } from "./crystal.ts";
import { type VoronoiCell, voronoiCells } from "./voronoi.ts";

function cellsOf(
  box: Parameters<typeof voronoiCells>[0],
  positions: Float64Array,
  radii: Float64Array,
): VoronoiCell[] {
  const cells: VoronoiCell[] = [];
  voronoiCells(box, positions, radii, (p, cell) => {
    cells[p] = cell;
  });
  return cells;
}

/** Numbers in [0, 1) that are the same everywhere. */
function numbers(seed: number): () => number {
  const arena = new Arena();
  const stream = new RandomStream(arena, dynamicsKernels(arena), seed, Purpose.Positions);
  return () => stream.uniform();
}

const BOXES = [
  ["a tilted box in 2D", createBox(2, [7, 0, 2, 8])],
  ["a tilted box in 3D", createBox(3, [5, 0, 0, 1, 6, 0, -1, 1.5, 5.5])],
  ["a small box in 3D", rectangularBox(2.2, 2.5, 2.4)],
] as const;

describe.each(BOXES)("%s", (name, box) => {
  const d = box.dimension;
  const next = numbers(name.length);
  const count = d === 2 ? 60 : name.includes("small") ? 12 : 150;
  const positions = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    const shares = Array.from({ length: d }, next);
    for (let c = 0; c < d; c++)
      positions[p * d + c] = shares.reduce((sum, share, k) => sum + share * box.vectors[k * d + c], 0);
  }
  const radii = Float64Array.from({ length: count }, () => 0.25 + 0.2 * next());
  const cells = cellsOf(box, positions, radii);

  test("the cells fill the box", () => {
    const total = cells.reduce((sum, cell) => sum + cell.volume, 0);
    expect(total / volume(box)).toBeCloseTo(1, 11);
  });

  test("facets have two sides of equal area, corners d facets", () => {
    let facets = 0;
    for (const [p, cell] of cells.entries()) {
      expect(cell.corners.length % d).toBe(0);
      cell.neighbours.forEach((q, f) => {
        const own = cell.vectors.subarray(f * d, f * d + d);
        const back = cells[q].neighbours.findIndex(
          (other, g) => other === p && own.every((x, c) => Math.abs(x + cells[q].vectors[g * d + c]) < 1e-12),
        );
        if (cell.areas[f] < 1e-9) return;
        expect(cells[q].areas[back]).toBeCloseTo(cell.areas[f], 10);
        facets++;
      });
    }
    expect(facets).toBeGreaterThan(3 * count);
  });

  test("shares of random points nearest by power are the volumes", () => {
    const points = 20_000;
    const found = new Float64Array(count);
    for (let k = 0; k < points; k++) {
      const shares = Array.from({ length: d }, next);
      const x = Float64Array.from({ length: d }, (_, c) =>
        shares.reduce((sum, share, a) => sum + share * box.vectors[a * d + c], 0),
      );
      let [best, least] = [-1, Infinity];
      for (let p = 0; p < count; p++) {
        const away = minimumImage(
          box,
          x.map((y, c) => y - positions[p * d + c]),
        );
        const power = away.reduce((sum, y) => sum + y * y, 0) - radii[p] ** 2;
        if (power < least) [best, least] = [p, power];
      }
      found[best]++;
    }
    let chi2 = 0;
    let used = 0;
    cells.forEach((cell, p) => {
      const expected = (points * cell.volume) / volume(box);
      if (expected < 10) return;
      chi2 += (found[p] - expected) ** 2 / expected;
      used++;
    });
    expect(used).toBeGreaterThan(0.6 * count);
    // four standard deviations of χ²
    expect(Math.abs(chi2 - used)).toBeLessThan(4 * Math.sqrt(2 * used));
  });
});

test("crystals, whose cells are degenerate: fcc has rhombic dodecahedra, bcc truncated octahedra", () => {
  for (const [name, faces] of [
    ["fcc", 12],
    ["bcc", 14],
    ["sc", 6],
  ] as const) {
    const { box, positions } = crystal(name, 3, 1);
    const cells = cellsOf(box, positions, new Float64Array(positions.length / 3).fill(0.5));
    for (const cell of cells) {
      expect(cell.volume).toBeCloseTo(1, 10);
      expect(cell.areas.filter((area) => area > 1e-6)).toHaveLength(faces);
    }
  }
});

test("a particle that another swallows has no cell", () => {
  const cells = cellsOf(
    rectangularBox(6, 6),
    Float64Array.of(0, 0, 0.1, 0, 3, 3, -3, 2, 2, -2.9, -1, -2.7),
    Float64Array.of(1.2, 0.1, 0.5, 0.5, 0.5, 0.5),
  );
  expect(cells[1]).toMatchObject({ volume: 0, neighbours: [] });
  expect(cells.reduce((sum, cell) => sum + cell.volume, 0)).toBeCloseTo(36, 9);
});
