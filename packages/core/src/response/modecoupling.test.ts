import { describe, expect, test } from "vitest";
import { jitteredLattice } from "../../test/reference.ts";
import { differenceThirdDerivative, findInteractions } from "../mechanics/index.ts";
import { preset } from "../models/index.ts";
import { modeForce } from "./index.ts";

describe.each(["2dipl", "3dkablj", "sw-silicon"] as const)("U‴ : ΨΨ of %s", (name) => {
  const model = preset(name);
  const system = jitteredLattice(model, model.dimension === 2 ? 5 : 3, 3, 0.05);
  const psi = system.positions.map((_, k) => Math.sin(5 * k + 2) / 10);

  test("is the curvature of the gradient along Ψ", () => {
    const force = modeForce(findInteractions(system, model), psi);
    const n = psi.length;
    const error = (h: number) => {
      const third = differenceThirdDerivative(system, model, psi, h);
      let most = 0;
      for (let k = 0; k < n; k++)
        most = Math.max(most, Math.abs(psi.reduce((s, x, l) => s + third[k * n + l]! * x, 0) - force[k]!));
      return most;
    };
    expect(Math.log2(error(2e-2) / error(1e-2))).toBeCloseTo(2, 0);
    expect(error(1e-3)).toBeLessThan(1e-4 * Math.max(...force.map(Math.abs)));
  });

  test("is 0 for a translation", () => {
    const still = modeForce(
      findInteractions(system, model),
      psi.map(() => 0.3),
    );
    for (const f of still) expect(f).toBe(0);
  });
});
