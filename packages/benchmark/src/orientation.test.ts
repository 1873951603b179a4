import { type Indicator, indicators, minimumOf, parseModel, shear } from "softfield";
import { crystal, ForceField, minimize, unitOf } from "softfield/internal";
import { describe, expect, test } from "vitest";
import { indicatorScorer } from "./score.ts";

/** ms */
const SLOW = 600_000;

/**
 * A crystal with one vacancy, under pressure: where it is weak nobody disputes, and there it yields. So an indicator whose
 * sign is wrong, or a score that takes small for soft, puts the event among the hardest.
 */
describe("a crystal with a vacancy yields there, and every indicator foretells it", () => {
  const model = parseModel({
    ...{ name: "discs", dimension: 2, species: ["A"], form: "lennard-jones", epsilon: 1, lambda: 1 },
    ...{ cutoff: 2.5, smoothing: { window: "smooth", from: 2 } },
  });
  const perfect = crystal("hexagonal", 10, 1.1);
  const count = perfect.species.length - 1;
  const vacancy = perfect.positions.slice(2 * count);
  // a little off the sites, so that no two directions are alike
  const positions = perfect.positions.slice(0, 2 * count).map((x, k) => x + 0.01 * Math.sin(1 + 7.3 * k));
  const field = ForceField.create({ ...perfect, positions, species: perfect.species.slice(0, count) }, model);
  minimize(field);
  const minimum = minimumOf(field.system(), model);
  const load = unitOf(minimum, {});
  const { system } = minimum;
  const [event] = shear(system, model, { events: 1, maxStrain: 0.3 }).events;

  test("the event is at the vacancy", () => {
    expect(away(event.trigger)).toBeLessThan(1.5);
  });

  test.each(indicators.all.map((indicator): [string, Indicator] => [indicator.name, indicator]))(
    "%s",
    (_, indicator) => {
      const score = indicatorScorer(minimum, indicator, { load, seed: 1, control: {} })(event.trigger);
      expect(score.softer).toBeLessThan(0.15);
    },
    // three folds at each of sixty places
    SLOW,
  );

  function away(particle: number): number {
    return Math.hypot(
      ...[0, 1].map((a) => {
        const u = system.positions[2 * particle + a] - vacancy[a];
        const edge = system.box.vectors[3 * a];
        return u - edge * Math.round(u / edge);
      }),
    );
  }
});
