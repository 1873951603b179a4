import { createBox } from "softfield/internal";
import { expect, test } from "vitest";
import { nearerShare } from "./nearer.ts";

test("the share of particles nearer to a bet: 0 at the particle itself, by chance ½, across the edges", () => {
  const positions = Float64Array.of(1, 1, 2, 1.3, 4, 1.1, 9.5, 1.2, 6, 6.4);
  const system = { box: createBox(2, [10, 0, 0, 10]), positions, species: new Int32Array(5) };
  expect(nearerShare(system, [1, 1], 0)).toBe(0);
  // Particle 3 is 1.5 away across the edge: only particles 0 and 1 are nearer.
  expect(nearerShare(system, [1, 1], 3)).toBe(0.5);
  expect(nearerShare(system, [1, 1], 4)).toBe(1);
  let sum = 0;
  for (let b = 0; b < 5; b++)
    for (let p = 0; p < 5; p++) sum += nearerShare(system, positions.subarray(2 * b, 2 * b + 2), p) / 25;
  expect(sum).toBeCloseTo(0.5, 12);
});
