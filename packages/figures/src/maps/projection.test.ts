import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fractional, inSlab, projectBox, wrapSegment } from "./projection.ts";

const tilted = { dimension: 3 as const, vectors: [5, 0, 0, 1.2, 4, 0, -0.5, 0.7, 6] };

describe("projection of a box", () => {
  test("in 2D the drawn edges are the box's own", () => {
    const { across, up, slab } = projectBox({ dimension: 2, vectors: [4, 0, 1, 3] });
    expect([across, up, slab]).toEqual([[4, 0], [1, 3], undefined]);
  });

  test.each([
    ["z", [0, 1]],
    ["y", [0, 2]],
    ["x", [1, 2]],
  ] as const)("across %s in 3D the two other edges keep lengths and angle", (axis, [a, b]) => {
    const { across, up, axes } = projectBox(tilted, { axis });
    const edge = (k: number) => tilted.vectors.slice(3 * k, 3 * k + 3);
    const dot = (u: number[], v: number[]) => u.reduce((sum, x, c) => sum + x * v[c], 0);
    expect(axes).toEqual([a, b]);
    expect(across[0] ** 2).toBeCloseTo(dot(edge(a), edge(a)), 12);
    expect(up[0] ** 2 + up[1] ** 2).toBeCloseTo(dot(edge(b), edge(b)), 12);
    expect(across[0] * up[0]).toBeCloseTo(dot(edge(a), edge(b)), 12);
  });

  test("fractional coordinates undo the edge vectors", () => {
    const projection = projectBox(tilted);
    const s = [0.3, -1.4, 2.2];
    const x = [0, 1, 2].map((c) => s.reduce((sum, f, a) => sum + f * tilted.vectors[3 * a + c], 0));
    s.forEach((f, k) => {
      expect(fractional(projection, x, 0, k)).toBeCloseTo(f, 12);
    });
  });

  test("the slab is as thick as asked, measured across its planes, and periodic", () => {
    const projection = projectBox(tilted, { axis: "z", centre: 0.02, thickness: 1.2 });
    // planes across z of a lower triangular box are Lz apart
    expect(projection.slab?.half).toBeCloseTo(0.1, 12);
    expect([0.11, 0.13, 0.93, 0.91].map((s) => inSlab(projection, s))).toEqual([true, false, true, false]);
  });
});

test("wrapped segments lie in the box and keep the whole length", () => {
  // on a lattice, so that starts on edges, steps along edges and cuts at corners occur
  const start = fc.integer({ min: -300, max: 300 }).map((n) => n / 100);
  const step = fc.integer({ min: -170, max: 170 }).map((n) => n / 100);
  fc.assert(
    fc.property(start, start, step, step, (s, t, ds, dt) => {
      let [sumS, sumT] = [0, 0];
      wrapSegment([s, t], [ds, dt], (s0, t0, s1, t1) => {
        for (const f of [s0, t0, s1, t1]) expect(f >= -1e-9 && f <= 1 + 1e-9).toBe(true);
        sumS += s1 - s0;
        sumT += t1 - t0;
      });
      expect(sumS).toBeCloseTo(ds, 9);
      expect(sumT).toBeCloseTo(dt, 9);
    }),
  );
});
