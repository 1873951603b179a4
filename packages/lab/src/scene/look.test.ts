import { createBox } from "softfield/internal";
import { expect, test } from "vitest";
import { Camera } from "./camera.ts";
import { lookFrom, lookOf } from "./look.ts";

test.each([
  [2, [20, 0, 3, 18]],
  [3, [10, 0, 0, 1, 11, 0, 0.5, -0.7, 12]],
] as const)("in %iD what a link says of the camera brings it back", (dimension, vectors) => {
  const box = createBox(dimension, vectors);
  const camera = new Camera();
  [camera.width, camera.height] = [800, 600];
  camera.fit(box);
  expect(lookOf(camera, box)).toBe("");
  camera.zoomAt(2.5, 300, 200);
  if (dimension === 3) camera.turn(0.7, -0.4);
  const told = lookOf(camera, box);
  const other = new Camera();
  [other.width, other.height] = [800, 600];
  other.fit(box);
  expect(lookFrom(other, box, told)).toBe(true);
  const [a, b] = [camera, other].map((each) => each.toScreen([1, 2, dimension === 3 ? 3 : 0]));
  for (let c = 0; c < 2; c++) expect(b[c]).toBeCloseTo(a[c], 0);
  expect(lookFrom(other, box, "1,2,x")).toBe(false);
  expect(lookFrom(other, box, "1,2,3,4")).toBe(false);
});
