import { describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { findInteractions } from "../interactions/index.ts";
import { factorHessian } from "../minimum/index.ts";
import { allModes, lowestNormalModes, modeWeights, participationRatios } from "./index.ts";

describe("normal modes of a glass", () => {
  const { system, model } = readReference("2dipl_400");
  const interactions = findInteractions(system, model);
  const { result } = factorHessian({ box: system.box, positions: system.positions, interactions });
  if (result.status !== "ok") throw new Error("indefinite");
  const modes = lowestNormalModes(result.factor, 30);

  test("are the lowest of the full diagonalisation but for the two translations", () => {
    const all = allModes(interactions).values.slice(2, 32);
    modes.squares.forEach((square, k) => {
      expect(Math.abs(square / all[k] - 1)).toBeLessThan(1e-9);
      expect(modes.frequencies[k]).toBe(Math.sqrt(square));
      expect(modes.residuals[k]).toBeLessThan(1e-6 * square);
    });
  });

  test("weights of particles add up to the number of modes", () => {
    const weights = modeWeights(modes);
    expect(weights.length).toBe(400);
    expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(30, 10);
    expect(Math.min(...weights)).toBeGreaterThan(0);
  });

  test("participation ratios: a wave takes all particles, a hop one", () => {
    const wave = Float64Array.from({ length: 800 }, (_, k) => (k % 2 ? 0 : Math.sqrt(1 / 400)));
    const hop = Float64Array.from({ length: 800 }, (_, k) => (k === 6 ? 1 : 0));
    const pair = Float64Array.from([...wave, ...hop]);
    const [first, second] = participationRatios({ ...modes, squares: Float64Array.of(1, 2), vectors: pair });
    expect(first).toBeCloseTo(1, 12);
    expect(second).toBeCloseTo(1 / 400, 12);
    expect(participationRatios(modes).every((p) => p > 0.01 && p < 1)).toBe(true);
  });

  test("more than there are is refused", () => {
    expect(() => lowestNormalModes(result.factor, 799)).toThrow(/798 vibrations/);
    expect(() => lowestNormalModes(result.factor, 0)).toThrow(/0 modes/);
  });
});
