import { expect, test } from "vitest";
import { isosurface } from "./isosurface.ts";

const N = 16;

/** A ball about the middle, by distance in fractions of the box. */
function ball(): Float32Array {
  return Float32Array.from({ length: N * N * N }, (_, k) => {
    const [i, j, l] = [k % N, Math.floor(k / N) % N, Math.floor(k / (N * N))];
    const r = Math.hypot(...[i, j, l].map((x) => (x + 0.5) / N - 0.5));
    return 1 - 2 * r;
  });
}

test("the surface of a ball lies at its radius, closed, with normals outwards", () => {
  const surface = isosurface([N, N, N], ball(), 0.4);
  expect(surface.length % 18).toBe(0);
  let volume = 0;
  let [near, far, outwards] = [1, 0, 1];
  for (let t = 0; t < surface.length; t += 18) {
    const corner = (c: number) => Array.from(surface.subarray(t + 6 * c, t + 6 * c + 3), (x) => x - 0.5);
    const [a, b, c] = [corner(0), corner(1), corner(2)];
    for (const [k, p] of [a, b, c].entries()) {
      near = Math.min(near, Math.hypot(...p));
      far = Math.max(far, Math.hypot(...p));
      const normal = surface.subarray(t + 6 * k + 3, t + 6 * k + 6);
      outwards = Math.min(
        outwards,
        p.reduce((sum, x, d) => sum + x * normal[d], 0),
      );
    }
    const cross = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
    volume += Math.abs(a[0] * cross[0] + a[1] * cross[1] + a[2] * cross[2]) / 6;
  }
  expect(near).toBeGreaterThan(0.28);
  expect(far).toBeLessThan(0.32);
  expect(outwards).toBeGreaterThan(0);
  expect(volume).toBeGreaterThan(0.95 * (4 / 3) * Math.PI * 0.3 ** 3);
  expect(volume).toBeLessThan(1.02 * (4 / 3) * Math.PI * 0.3 ** 3);
});

test("above everything there is no surface; a spot at the edge is cut at the faces of the box", () => {
  expect(isosurface([N, N, N], ball(), 2).length).toBe(0);
  const edge = Float32Array.from({ length: N * N * N }, (_, k) => (k % N === 0 ? 1 : 0));
  const surface = isosurface([N, N, N], edge, 0.5);
  const places = Array.from(surface).filter((_, k) => k % 6 < 3);
  expect(places.length).toBeGreaterThan(0);
  expect(places.every((x) => x >= 0 && x <= 1)).toBe(true);
});

test("a picture that begins elsewhere in the box has the surface moved by as much", () => {
  const bins = 3;
  const moved = isosurface([N, N, N], ball(), 0.4, [bins / N, 0, -bins / N]);
  const values = ball();
  const rolled = Float32Array.from({ length: N * N * N }, (_, k) => {
    const [i, j, l] = [k % N, Math.floor(k / N) % N, Math.floor(k / (N * N))];
    return values[((i + bins) % N) + N * (j + N * ((l - bins + N) % N))];
  });
  expect(moved).toEqual(isosurface([N, N, N], rolled, 0.4));
});
