import { createBox, rectangularBox } from "softfield";
import { describe, expect, test } from "vitest";
import { bondLayer } from "../engine/bondlayer.ts";
import { byMagnitude } from "../engine/particles.ts";
import { Camera, middle } from "./camera.ts";
import { firstAbove, fractionMatrix, withGhosts } from "./geometry.ts";
import { arrowLayer, levelsOf, magnitudeQuantile, orderedQuantile } from "./layers.ts";
import { pick } from "./pick.ts";

const box = rectangularBox(10, 8);
const positions = Float32Array.of(0.5, 4, 9.5, 4, 5, 4, 6, 4);
const bonds = {
  i: Int32Array.of(0, 2),
  j: Int32Array.of(1, 3),
  du: Float64Array.of(-1, 0, 1, 0),
  values: Float64Array.of(-3, 1),
};

describe("layers", () => {
  test("bonds are sorted by |value|; one across the edge is drawn from both ends", () => {
    const layer = bondLayer(box, positions, bonds, { order: byMagnitude(bonds.values) });
    expect(layer.count).toBe(3);
    expect(Array.from(layer.starts)).toEqual([2, 0, 1]);
    expect(Array.from(layer.of)).toEqual([1, 0, 0]);
    expect(Array.from(layer.bonds)).toEqual(
      [1, 0, 0, 1, -1, 0, 0, -3, 1, -0, 0, -3].map((x) => (x === 0 ? expect.closeTo(0) : x)),
    );
    expect(firstAbove(layer, 0)).toBe(0);
    expect(firstAbove(layer, 2)).toBe(1);
    expect(firstAbove(layer, 4)).toBe(3);
  });

  test("bonds that follow take the nearest image of the sheared box", () => {
    const sheared = createBox(2, [10, 0, 0.8, 8]);
    const layer = bondLayer(sheared, positions, bonds, { order: Uint32Array.of(0, 1), follow: true });
    expect(layer.bonds[0]).toBeCloseTo(-1, 6);
  });

  test("arrows of rattlers are nothing", () => {
    expect(Array.from(arrowLayer(Float64Array.of(3, 4, Number.NaN, 1), 2))).toEqual([3, 4, 0, 5, 0, 1, 0, 1]);
  });

  test("the quantile is of magnitudes and leaves out what is not finite", () => {
    expect(magnitudeQuantile([1, -5, 2, Number.NaN, 3], 1)).toBe(5);
    expect(magnitudeQuantile([], 0.5)).toBe(1);
  });

  test("particles at an edge have images at the other side, at a corner three", () => {
    const entries = withGhosts(box, Float32Array.of(0.2, 0.3, 5, 5), 0.5);
    const ghosts = Array.from({ length: entries.length / 4 - 2 }, (_, k) =>
      Array.from(entries.slice(8 + 4 * k, 10 + 4 * k)),
    );
    expect(ghosts.map(([x, y]) => [x!.toFixed(1), y!.toFixed(1)])).toEqual([
      ["10.2", "0.3"],
      ["0.2", "8.3"],
      ["10.2", "8.3"],
    ]);
  });

  test("fractional coordinates undo the edge vectors", () => {
    const tilted = createBox(3, [4, 0, 0, 1, 5, 0, 0.5, -1, 6]);
    const rows = fractionMatrix(tilted);
    const point = [4 * 0.2 + 1 * 0.4 + 0.5 * 0.6, 5 * 0.4 - 1 * 0.6, 6 * 0.6];
    const s = [0, 1, 2].map((a) => point.reduce((sum, x, c) => sum + rows[a * 3 + c] * x, 0));
    expect(s[0]).toBeCloseTo(0.2, 12);
    expect(s[1]).toBeCloseTo(0.4, 12);
    expect(s[2]).toBeCloseTo(0.6, 12);
  });
});

describe("the camera", () => {
  const camera = (): Camera => {
    const made = new Camera();
    [made.width, made.height] = [400, 300];
    made.fit(box);
    return made;
  };

  test("shows the whole box, its middle in the middle", () => {
    const eye = camera();
    expect(eye.toScreen(middle(box)).slice(0, 2)).toEqual([200, 150]);
    const [x, y] = eye.toScreen([10, 8, 0]);
    expect(x).toBeLessThan(400);
    expect(y).toBeGreaterThan(0);
  });

  test("zooming keeps the point under the pointer where it is; panning moves by pixels", () => {
    const eye = camera();
    const point = [3, 2, 0] as const;
    const [x, y] = eye.toScreen(point);
    eye.zoomAt(2.5, x, y);
    expect(eye.toScreen(point)[0]).toBeCloseTo(x, 9);
    expect(eye.toScreen(point)[1]).toBeCloseTo(y, 9);
    eye.pan(17, -4);
    expect(eye.toScreen(point)[0]).toBeCloseTo(x + 17, 9);
    expect(eye.toScreen(point)[1]).toBeCloseTo(y - 4, 9);
  });

  test("turning is a rotation: lengths stay", () => {
    const eye = camera();
    eye.turn(0.7, -0.4);
    const r = eye.rotation;
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        const dot = [0, 1, 2].reduce((sum, c) => sum + r[a * 3 + c] * r[b * 3 + c], 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 12);
      }
    }
  });

  test("what is pointed at: the particle, the middle of a bond, nothing beside", () => {
    const eye = camera();
    const layer = bondLayer(box, positions, bonds, { order: byMagnitude(bonds.values) });
    const scene = {
      box,
      positions,
      radii: [0.3, 0.3, 0.3, 0.3],
      bonds: layer,
      threshold: 0,
      particles: true,
      seen: () => true,
    };
    const at = (x: number, y: number) =>
      pick(eye, eye.toScreen([x, y, 0]).slice(0, 2) as [number, number], scene);
    expect(at(5, 4)).toEqual({ kind: "particle", index: 2 });
    expect(at(5.5, 4)).toEqual({ kind: "bond", index: 1 });
    expect(at(2.5, 1)).toBeUndefined();
    expect(
      pick(eye, eye.toScreen([5.5, 4, 0]).slice(0, 2) as [number, number], { ...scene, threshold: 2 }),
    ).toBeUndefined();
  });
});

test("levels keep the order, run from 0 to 1, and leave the many visible beneath the few", () => {
  const values = Float64Array.of(1, 2, 3, 2, 1e6, 0.5, 2.5);
  const { levels, low, high } = levelsOf(values);
  expect([low, high]).toEqual([0.5, 1e6]);
  expect(levels[5]).toBe(0);
  expect(levels[4]).toBeCloseTo(1, 6);
  expect([1, 3, 2, 0].every((k) => levels[k] > 0)).toBe(true);
  expect(levels[2]).toBeGreaterThan(levels[6]);
  expect(levels[6]).toBeGreaterThan(levels[1]);
  // Differences without meaning are not blown up.
  expect(Math.max(...levelsOf(Float64Array.of(3.3, 3.31, 3.32)).levels)).toBeLessThan(0.3);
  // A flat field has one level.
  expect(Array.from(levelsOf(Float64Array.of(2, 2, 2)).levels)).toEqual([0, 0, 0]);
});

test("a quantile by a known order is the quantile", () => {
  const values = Float64Array.from({ length: 101 }, (_, k) => (k % 2 === 0 ? k : -k));
  const order = Uint32Array.from({ length: 101 }, (_, k) => k);
  for (const q of [0, 0.5, 0.96, 0.995, 1])
    expect(orderedQuantile(values, order, q)).toBe(magnitudeQuantile(values, q));
});
