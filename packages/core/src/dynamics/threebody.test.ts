import { describe, expect, test } from "vitest";
import { triplesOf } from "../../test/families.ts";
import { jitteredLattice } from "../../test/reference.ts";
import { makeGlass } from "../deform/index.ts";
import { energy, findInteractions, gradient, stress } from "../interactions/index.ts";
import { preset } from "../models/index.ts";
import { ForceField, minimize } from "./index.ts";

const silicon = preset("sw-silicon");

describe.each([2, 3, 5])("a force field of silicon, %i³ atoms", (perAxis) => {
  const system = jitteredLattice(silicon, perAxis, 7, 0.11);
  const interactions = findInteractions(system, silicon);
  const field = ForceField.create(system, silicon);

  test("has the energy, gradient and stress of the sums over pairs and triples", () => {
    expect(field.energy / energy(interactions)).toBeCloseTo(1, 12);
    const exact = gradient(interactions);
    const scale = Math.max(...exact.map(Math.abs));
    field.gradient().forEach((g, k) => {
      expect(Math.abs(g - exact[k])).toBeLessThan(1e-12 * scale);
    });
    const sigma = stress(interactions, system.box);
    const most = Math.max(...sigma.map(Math.abs));
    field.stress().forEach((s, k) => {
      expect(Math.abs(s - sigma[k])).toBeLessThan(1e-12 * most);
    });
  });

  test("lists the triples", () => {
    const [listed, expectedTriples] = [triplesOf(field.interactions()), triplesOf(interactions)];
    expect(listed.centre).toEqual(expectedTriples.centre);
    expect(listed.j).toEqual(expectedTriples.j);
    // images of one pair may come in another order: energies are compared sorted
    const stride = expectedTriples.jets.length / expectedTriples.centre.length;
    const energies = (jets: Float64Array) => jets.filter((_, e) => e % stride === 0).sort();
    const expected = energies(expectedTriples.jets);
    energies(listed.jets).forEach((f, t) => {
      expect(Math.abs(f - expected[t])).toBeLessThan(1e-11 * (1 + Math.abs(f)));
    });
  });
});

test("the energy falls to a minimum with a positive definite Hessian", () => {
  const field = ForceField.create(jitteredLattice(silicon, 4, 2, 0), silicon);
  const before = field.energy;
  const { status, residual, energy: after } = minimize(field);
  expect(status).toBe("converged");
  expect(residual).toBeLessThanOrEqual(1e-12);
  expect(after).toBeLessThan(before);
});

test("a glass of 64 atoms: the same bits from the same seed", () => {
  const protocol = { liquidTime: 2, annealTime: 4 };
  const [a, b] = [1, 1].map((seed) => makeGlass({ model: silicon, particles: 64, seed, protocol }));
  expect(a!.minimization.status).toBe("converged");
  expect(a!.system.positions).toEqual(b!.system.positions);
});
