import { describe, expect, test } from "vitest";
import { failure, one, phi } from "../../test/onemodel.ts";
import { formNames } from "./forms/registry.ts";
import { parseModel, registerForm, type Taylor } from "./index.ts";

describe("forms from outside", () => {
  registerForm({
    name: "gaussian-core",
    version: "1",
    formula: "φ = ε exp(−a x²)",
    parameters: { a: { description: "Inverse square of the width.", default: 1 } },
    phi: (x, { a }) => x.times(x).times(-a).exponential(),
  });
  const gaussian = { ...one, form: "gaussian-core", lambda: 2, epsilon: 3, cutoff: 4, smoothing: "none" };

  test("are evaluated with exact derivatives", () => {
    const model = parseModel({ ...gaussian, a: 0.5 });
    const x = 0.7;
    const value = 3 * Math.exp(-0.5 * x * x);
    const expected = [value, -x * value, (x * x - 1) * value, (3 * x - x ** 3) * value];
    phi(model, 2 * x).forEach((found, k) => {
      expect(found * 2 ** k).toBeCloseTo(expected[k], 13);
    });
  });

  test("smooth, sum, and carry their identity", () => {
    expect(parseModel({ ...gaussian, smoothing: 4 }).smoothness).toBe(4);
    const { smoothing: _, ...term } = gaussian;
    const model = parseModel({
      ...one,
      form: "sum",
      terms: [{ form: term.form, lambda: 1, cutoff: 3, smoothing: 3 }],
    });
    expect(JSON.stringify(model.definition)).toContain('"identity":"gaussian-core@1"');
    expect(failure({ ...gaussian, identity: "gaussian-core@2" }).message).toMatch(
      /identity: is gaussian-core@2, but .*@1/,
    );
    expect(formNames()).toContain("gaussian-core");
  });

  test("may not take the name of another form, or of a field of all models", () => {
    const phi = (x: Taylor) => x;
    expect(() => registerForm({ name: "yukawa", formula: "", phi })).toThrow(/registered already/);
    const parameters = { cutoff: { description: "" } };
    expect(() => registerForm({ name: "mine", formula: "", parameters, phi })).toThrow(
      /call the parameter otherwise/,
    );
  });
});
