import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { makeGlass } from "../deform/index.ts";
import { hessian } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { parseModel, preset } from "../models/index.ts";
import { multiply, symmetricEigen, toDense } from "../sparse/index.ts";
import { localThermalEnergy, normalModes } from "./index.ts";

const protocol = { liquidTime: 2, annealTime: 4 };
const kobAndersen = preset("3dkablj");
const metal = parseModel(metalDefinition(artificialMetal()));

describe.each([
  ["pairs", kobAndersen, 3.5],
  ["embedded atoms, whose Hessian has hidden unknowns", metal, 0.4],
] as const)("modes with masses: %s", (_, model, mass) => {
  const { system: glass } = makeGlass({ model, particles: 150, seed: 3, protocol });
  const masses = Float64Array.from(glass.species, (s, p) => (s === 0 ? 1 : mass) * (1 + 0.1 * (p % 3)));
  const minimum = minimumOf({ ...glass, masses }, model);
  const modes = normalModes(minimum, { count: 12 });
  const n = glass.positions.length;
  const root = Float64Array.from({ length: n }, (_, k) => Math.sqrt(masses[Math.floor(k / 3)]));
  const matrix = hessian(minimum.backbone.interactions);

  test("are the lowest of the full m^{-½} M m^{-½} beyond the three translations", () => {
    const dense = toDense(matrix).map((value, k) => value / (root[Math.floor(k / n)] * root[k % n]));
    const { values } = symmetricEigen(dense);
    modes.squares.forEach((square, k) => {
      expect(Math.abs(square / values[k + 3] - 1)).toBeLessThan(1e-9);
      expect(modes.residuals[k]).toBeLessThan(1e-6 * square);
    });
  });

  test("vectors are eigenvectors, normalised, at right angles to √m times a translation", () => {
    for (let k = 0; k < 12; k++) {
      const mode = modes.vectors.subarray(k * n, (k + 1) * n);
      const product = multiply(
        matrix,
        mode.map((x, i) => x / root[i]),
      );
      const residual = product.map((p, i) => Math.abs(p / root[i] - modes.squares[k] * mode[i]));
      expect(Math.max(...residual)).toBeLessThan(1e-6);
      const along = [0, 0, 0];
      mode.forEach((x, i) => {
        along[i % 3] += root[i] * x;
      });
      for (const sum of along) expect(Math.abs(sum)).toBeLessThan(1e-9);
      expect(mode.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 10);
    }
  });

  test("equal masses m: ω² of M over m, the same vectors", () => {
    const equal = minimumOf({ ...glass, masses: masses.map(() => 4) }, model);
    const unit = normalModes(minimum, { count: 5, unitMasses: true });
    normalModes(equal, { count: 5 }).squares.forEach((square, k) => {
      expect(Math.abs((4 * square) / unit.squares[k] - 1)).toBeLessThan(1e-9);
    });
  });

  test("local thermal energies do not know them", () => {
    expect(localThermalEnergy(minimum).energies[0].lte).toEqual(
      localThermalEnergy(minimumOf(glass, model)).energies[0].lte,
    );
  });
});
