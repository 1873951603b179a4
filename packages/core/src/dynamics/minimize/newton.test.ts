import { expect, test } from "vitest";
import { preset } from "../../models/index.ts";
import { ForceField } from "../forcefield.ts";
import { initialConfiguration } from "../initial.ts";
import { minimize } from "./minimize.ts";
import { newton } from "./newton.ts";

const model = preset("3dkablj");

/** A field whose minimum is close by. */
function nearMinimum(): ForceField {
  const field = ForceField.create(initialConfiguration(model, 300, 5), model);
  minimize(field, { newton: false, tolerance: 1e-5 });
  return field;
}

test("without a factor the steps lead to the minimum that those with one lead to", () => {
  const [own, other] = [nearMinimum(), nearMinimum()];
  const with_ = newton(own, { tolerance: 1e-12, maxMove: 0.1 });
  const without = newton(other, { tolerance: 1e-12, maxMove: 0.1, factorBytes: 0 });
  expect([with_.end, without.end]).toEqual(["converged", "converged"]);
  expect(with_.factorizations).toBeGreaterThan(0);
  expect(without.factorizations).toBe(0);
  const [x, y] = [own.positions(), other.positions()];
  const means = [x, y].map((all) =>
    [0, 1, 2].map((a) => all.reduce((s, v, k) => (k % 3 === a ? s + v : s), 0) / 300),
  );
  x.forEach((value, k) => {
    expect(Math.abs(value - means[0][k % 3] - (y[k] - means[1][k % 3]))).toBeLessThan(1e-9);
  });
});

test("a direction of negative curvature is no minimum", () => {
  const field = nearMinimum();
  newton(field, { tolerance: 1e-12, maxMove: 0.1 });
  // a wave of displacements along x: forces count as none, so that only the sign of the curvature can tell
  const shaken = field.positions().map((value, k) => value + (k % 3 === 0 ? 0.25 * Math.sin(k) : 0));
  const end = (options: { factorBytes?: number }) => {
    field.setPositions(shaken);
    return newton(field, { tolerance: 1e3, maxMove: 0.1, ...options }).end;
  };
  expect(end({})).toBe("indefinite");
  expect(end({ factorBytes: 0 })).toBe("far");
});
