import { expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { ForceField } from "../dynamics/index.ts";
import { createBox, volume } from "../space/index.ts";
import { heldAsItStands, stretchAhead } from "./pressure.ts";

/** Newton's step of H = U + PV of affinely stretched boxes, from its differences by `axes`, each stretched by itself. */
function newtonStep(
  name: "2dipl_400" | "3dipl_400",
  pressure: number,
  axes: readonly (readonly number[])[],
): number[] {
  const { system, model } = readReference(name);
  const d = system.box.dimension;
  const enthalpy = (t: readonly number[]) => {
    const along = (a: number) => 1 + axes.reduce((sum, own, k) => sum + (own.includes(a) ? t[k] : 0), 0);
    const box = createBox(
      d,
      system.box.vectors.map((x, k) => x * along(k % d)),
    );
    const positions = system.positions.map((x, k) => x * along(k % d));
    return ForceField.create({ ...system, box, positions }, model).energy + pressure * volume(box);
  };
  const h = 1e-4;
  const at = (...moves: readonly (readonly [number, number])[]) =>
    enthalpy(axes.map((_, k) => moves.reduce((sum, [l, s]) => sum + (k === l ? s * h : 0), 0)));
  const slope = axes.map((_, k) => (at([k, 1]) - at([k, -1])) / (2 * h));
  const bend = axes.map((_, k) =>
    axes.map(
      (__, l) =>
        (at([k, 1], [l, 1]) - at([k, 1], [l, -1]) - at([k, -1], [l, 1]) + at([k, -1], [l, -1])) / (4 * h * h),
    ),
  );
  if (axes.length === 1) return [-slope[0] / bend[0][0]];
  const [[a, b], [, c]] = bend;
  const det = a * c - b * b;
  return [(b * slope[1] - c * slope[0]) / det, (b * slope[0] - a * slope[1]) / det];
}

test("how far a box goes before its load begins is Newton's step of the enthalpy by the free stretches", () => {
  const flat = readReference("2dipl_400");
  const own = heldAsItStands(flat.system, flat.model, { kind: "tension" }).pressure!;
  const [step] = newtonStep("2dipl_400", 0.9 * own, [[0, 1]]);
  expect(stretchAhead(flat.system, flat.model, { pressure: 0.9 * own }) / step).toBeCloseTo(1, 4);
  // simple shear keeps its volume; across tension in 2D there is one pressure, and it is the glass's
  expect(stretchAhead(flat.system, flat.model, {})).toBe(0);
  expect(stretchAhead(flat.system, flat.model, { kind: "tension" })).toBeLessThan(1e-12);
});

test("in 3D a glass pulled at one pressure goes to it both ways across, and nowhere without one", () => {
  const { system, model } = readReference("3dipl_400");
  const pressure = heldAsItStands(system, model, { kind: "tension" }).pressure!;
  const steps = newtonStep("3dipl_400", pressure, [[1], [2]]);
  const ahead = stretchAhead(system, model, { kind: "tension", pressure });
  expect(ahead / Math.max(...steps.map(Math.abs))).toBeCloseTo(1, 4);
  expect(ahead).toBeGreaterThan(1e-4);
  expect(stretchAhead(system, model, { kind: "tension" })).toBe(0);
});
