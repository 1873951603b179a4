import { beforeAll, describe, expect, test } from "vitest";
import { readReference } from "../../test/reference.ts";
import { periodicDistance } from "../analysis/index.ts";
import { type GlassSoftness, glassSoftness, predict, scoreEvents } from "./index.ts";

const { system, model } = readReference("2dipl_400");

describe("softness of a glass", () => {
  let softness: GlassSoftness;
  beforeAll(() => {
    softness = glassSoftness(system, model, { modes: 20, seed: 3 });
  });

  test("field and baseline share their bins; the baseline keeps every particle", () => {
    const { field, baseline } = softness;
    expect(baseline?.field.counts).toEqual(field.counts);
    expect(baseline?.field.kept.reduce((sum, n) => sum + n, 0)).toBe(400);
    const total = baseline?.field.sums.reduce((sum, v) => sum + v, 0) as number;
    expect(total).toBeCloseTo(20, 9); // each mode has unit length
  });

  test("the baseline may be left out, and seeds move spots within their bins only", () => {
    const other = glassSoftness(system, model, { modes: 0, seed: 4 });
    expect(other.baseline).toBeUndefined();
    expect(other.spots.spots.map(({ bin, score }) => ({ bin, score }))).toEqual(
      softness.spots.spots.map(({ bin, score }) => ({ bin, score })),
    );
    expect(other.spots.spots[0]?.position).not.toEqual(softness.spots.spots[0]?.position);
  });

  test("an event at a spot is scored by it, at no distance if it sits there", () => {
    const { spots } = softness.spots;
    const last = spots.at(-1) as (typeof spots)[number];
    const { positions, box } = softness.response.system;
    const distances = Array.from(system.species.keys(), (p) =>
      periodicDistance(box, positions.subarray(2 * p, 2 * p + 2), last.position),
    );
    const particle = distances.indexOf(Math.min(...distances));
    const [score] = scoreEvents(softness, [{ ordinal: 1, strain: 0.01, particle }]);
    expect(score?.lte.nearest).toMatchObject({ rank: spots.length, standardized: last.standardized });
    expect(score?.lte.nearest?.distance).toBe(Math.min(...distances));
    expect(score?.position).toEqual(positions.slice(2 * particle, 2 * particle + 2));
    expect(score?.modes?.nearest?.rank).toBeGreaterThan(0);
  });
});

test("a prediction scores each event that the shear found", () => {
  const { shear, scores, softness } = predict(system, model, { modes: 0, shear: { events: 2 } });
  expect(shear.status).toBe("complete");
  expect(scores.map(({ ordinal, strain, particle }) => ({ ordinal, strain, particle }))).toEqual(
    shear.events.map(({ ordinal, strain, particle }) => ({ ordinal, strain, particle })),
  );
  for (const { lte, modes } of scores) {
    expect(modes).toBeUndefined();
    expect(Math.abs(lte.correlation)).toBeLessThanOrEqual(1);
    expect(lte.nearest?.standardized).toBeGreaterThanOrEqual(1);
  }
  expect(softness.response.system).toBe(system);
});
