import { simpleShear } from "softfield/internal";
import { expect, test } from "vitest";
import { slopeAlong } from "./slope.ts";

test.each([2, 3] as const)("in %iD dE/dγ is the tensor contracted with the load, in any direction", (d) => {
  const names = d === 2 ? ["xx", "yy", "xy"] : ["xx", "yy", "zz", "xy", "xz", "yz"];
  const components = names.map((_, k) => Float64Array.of(0.3 + k, -1.1 * k));
  for (const angle of [0, 30, 45, 100]) {
    const load = simpleShear(d, angle);
    const expected = [0, 1].map((t) => {
      let sum = 0;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) {
          const name = ["x", "y", "z"][Math.min(a, b)] + ["x", "y", "z"][Math.max(a, b)];
          sum += components[names.indexOf(name)][t] * load[a * d + b];
        }
      return sum;
    });
    const found = slopeAlong(components, d, angle);
    for (const t of [0, 1]) expect(found[t]).toBeCloseTo(expected[t], 12);
  }
  // A quarter turn is the opposite shear.
  const [one, other] = [slopeAlong(components, d, 20), slopeAlong(components, d, 110)];
  expect(one[0]).toBeCloseTo(-other[0], 12);
});
