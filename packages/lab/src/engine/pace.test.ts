import { createBox } from "softfield";
import { expect, test } from "vitest";
import { wrapped } from "./pace.ts";

test.each([
  ["2D", createBox(2, [4, 0, 1, 5]), [-3, 2]],
  ["3D", createBox(3, [4, 0, 0, 1, 5, 0, 0, 0, 6]), [-3, 2, 1.5]],
])("%s: a picture begins at the corner of the file, wherever that is", (_, box, corner) => {
  const d = box.dimension;
  const positions = Float64Array.from({ length: 30 * d }, (__, k) => ((k * 37) % 101) / 10 - 3);
  const moved = positions.map((x, k) => x + corner[k % d]!);
  const there = wrapped(box, moved, corner);
  wrapped(box, positions, new Float64Array(d)).forEach((x, k) => {
    expect(there[k]).toBeCloseTo(x, 5);
  });
});
