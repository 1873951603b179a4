import { expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { Deformation } from "../deform/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { wrapPositions } from "../space/index.ts";
import { nonAffineVelocity } from "./nonaffine.ts";

test.each([
  ["2dipl_400", "2dipl", { angle: 0 }],
  ["2dipl_400", "2dipl", { angle: 30, kind: "pure" }],
  ["3dkablj_400", "3dkablj", { angle: 20, plane: "xz", direction: -1 }],
] as const)("of %s it is the motion between re-minimised strained boxes: %s %o", (file, name, load) => {
  const model = preset(name);
  const minimum = minimumOf(readReference(file).system, model);
  const { system } = minimum;
  const d = system.box.dimension;
  const deformation = Deformation.of(system.box, load);
  const found = nonAffineVelocity(minimum, deformation.at(0).rate);
  const h = 1e-6;
  const { fractional } = wrapPositions(system.box, system.positions);
  /** What is added to the affine motion, in the axes of the strained box; its turn is of order γ. */
  const beyond = (strain: number) => {
    const { box } = deformation.at(strain);
    const affine = new Float64Array(fractional.length);
    for (let p = 0; p < affine.length; p += d)
      for (let b = 0; b < d; b++)
        for (let a = 0; a <= b; a++) affine[p + a] += fractional[p + b] * box.vectors[b * d + a];
    const { system: there } = minimumOf({ ...system, box, positions: affine }, model);
    return there.positions.map((x, k) => x - affine[k]);
  };
  const [more, less] = [beyond(h), beyond(-h)];
  const difference = more.map((x, k) => (x - less[k]) / (2 * h));
  const mean = Array.from({ length: d }, (_, a) =>
    difference.reduce((sum, x, k) => (k % d === a ? sum + (d * x) / difference.length : sum), 0),
  );
  const largest = found.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const error = found.reduce((most, v, k) => Math.max(most, Math.abs(v - difference[k] + mean[k % d])), 0);
  expect(error / largest).toBeLessThan(1e-5);
});
