import { describe, expect, test } from "vitest";
import { triplesOf } from "../../test/families.ts";
import { differenceThirdDerivative } from "../../test/oracles/differences.ts";
import { jitteredLattice } from "../../test/reference.ts";
import { findInteractions, pairsOf } from "../interactions/index.ts";
import { preset } from "../models/index.ts";
import { modeCouplings } from "./index.ts";
import { gradientProjections, modeForce } from "./modecoupling.ts";

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
        most = Math.max(most, Math.abs(psi.reduce((s, x, l) => s + third[k * n + l] * x, 0) - force[k]));
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

describe("couplings of three fields, by differences of the Hessian", () => {
  const model = preset("2dipl");
  const system = jitteredLattice(model, 5, 3, 0.05);
  const size = system.positions.length;
  const fields = [2, 3, 7].map((q) => system.positions.map((_, k) => Math.sin(q * k + q) / 5));
  const interactions = findInteractions(system, model);
  const vectors = Float64Array.from(fields.flatMap((psi) => [...psi]));
  const squares = Float64Array.of(1, 2, 3);
  const found = modeCouplings(interactions, { squares, vectors });

  /** c_ijj */
  const coupling = (i: Float64Array, j: Float64Array) => {
    const third = differenceThirdDerivative(system, model, j, 1e-3);
    return i.reduce((sum, x, k) => sum + x * j.reduce((row, y, l) => row + third[k * size + l] * y, 0), 0);
  };

  test("c_iii, and the root mean square of c_ijj over the others", () => {
    fields.forEach((psi, k) => {
      const scale = found.selfCoupling.reduce((most, c) => Math.max(most, c));
      expect(Math.abs(found.selfCoupling[k] - Math.abs(coupling(psi, psi)))).toBeLessThan(1e-4 * scale);
      const [a, b] = fields.filter((other) => other !== psi).map((other) => coupling(psi, other));
      expect(Math.abs(found.crossCoupling[k] - Math.hypot(a!, b!) / Math.SQRT2)).toBeLessThan(1e-4 * scale);
    });
  });

  test("the largest change of a pair's energy along each, to first order", () => {
    const { i, j, du, r, phi1 } = pairsOf(interactions);
    fields.forEach((psi, k) => {
      const along = Array.from(r, (length, m) => {
        const [x, y] = [0, 1].map((a) => psi[2 * j[m] + a] - psi[2 * i[m] + a]) as [number, number];
        return Math.abs((phi1[m] * (x * du[2 * m] + y * du[2 * m + 1])) / length);
      });
      expect(found.projection[k]).toBeCloseTo(Math.max(...along), 12);
    });
  });

  test("a triple's energy counts as much as a pair's", () => {
    const silicon = preset("sw-silicon");
    const crystal = jitteredLattice(silicon, 3, 3, 0.05);
    const all = findInteractions(crystal, silicon);
    const psi = crystal.positions.map((_, k) => Math.sin(3 * k + 1) / 5);
    const h = 1e-5;
    const shifted = [h, -h].map((step) => {
      const positions = crystal.positions.map((x, k) => x + step * psi[k]);
      return triplesOf(findInteractions({ ...crystal, positions }, silicon)).energies();
    });
    const [up, down] = shifted as [Float64Array, Float64Array];
    expect(up).toHaveLength(triplesOf(all).count);
    const slopes = up.map((e, t) => (e - down[t]) / (2 * h));
    const found = gradientProjections(all, psi);
    expect(found).toHaveLength(pairsOf(all).count + slopes.length);
    slopes.forEach((slope, t) => {
      expect(found[pairsOf(all).count + t]).toBeCloseTo(slope, 6);
    });
    const { projection } = modeCouplings(all, { squares: Float64Array.of(1), vectors: psi });
    expect(projection[0]).toBe(found.reduce((most, x) => Math.max(most, Math.abs(x)), 0));
  });

  test("a single mode has no other", () => {
    const alone = modeCouplings(interactions, { squares: squares.subarray(0, 1), vectors: fields[0] });
    expect(alone.selfCoupling[0]).toBe(found.selfCoupling[0]);
    expect(alone.crossCoupling[0]).toBeNaN();
  });
});
