import { expect, test } from "vitest";
import type { Minimum } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { createBox } from "../space/index.ts";
import { jumpShares } from "./jumps.ts";

/** Four pairs along x, of a distance variance of c k_BT each; E = 1, 2, 3, 4. */
function shares(name: "falk-langer" | "3dkablj" | "silica-2d", r: readonly number[], c: number) {
  const model = preset(name);
  const d = model.dimension!;
  const column = (of: (m: number) => number) => Float64Array.from(r, (_, m) => of(m));
  const pairs = {
    dimension: d,
    particleCount: 2,
    i: new Int32Array(r.length),
    j: new Int32Array(r.length).fill(1),
    r: Float64Array.from(r),
    du: Float64Array.from(r.flatMap((x) => [x, ...new Array(d - 1).fill(0)])),
    ...{ phi0: column(() => 0), phi1: column(() => 0), phi2: column(() => 0), phi3: column(() => 0) },
  };
  const covariances = Float64Array.from({ length: r.length * d * d }, (_, k) =>
    k % (d * d) === 0 ? c : 1e9,
  );
  const minimum = {
    model,
    // the backbone is the last two of three particles: S and L
    system: {
      box: createBox(
        d,
        Float64Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? 9 : 0)),
      ),
      positions: new Float64Array(3 * d),
      species: Int32Array.of(1, 0, 1),
    },
    backbone: { particles: Int32Array.of(1, 2) },
  } as unknown as Minimum;
  return jumpShares(
    minimum,
    { pairs: pairs as never, covariances },
    column((m) => (m % 2 === 0 ? 1 : -1) * (m + 1)),
  );
}

test("pairs within their thermal spread of a radius, and their part of Σ|E|", () => {
  const found = shares("falk-langer", [1.95, 2.2, 2.04, 2.48], 0.01);
  // √(0.373·0.01) = 0.061
  expect(found).toEqual({
    temperature: 0.373,
    radii: [
      { radius: 2, order: 3, pairs: 2, share: 0.5, energyShare: 0.4 },
      { radius: 2.5, order: 3, pairs: 1, share: 0.25, energyShare: 0.4 },
    ],
  });
});

test("nothing where φ‴ is continuous, or no temperature is known", () => {
  expect(shares("3dkablj", [2, 2.4], 0.01)).toBeUndefined();
  expect(shares("silica-2d", [9.99, 2], 0.01)).toBeUndefined();
});
