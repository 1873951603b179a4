import { beforeAll, describe, expect, test } from "vitest";
import { withPairs } from "../../test/families.ts";
import { readReference } from "../../test/reference.ts";
import { periodicDistance, softnessField, softSpots } from "../fields/index.ts";
import { findInteractions, pairsOf } from "../interactions/index.ts";
import { factorHessian, minimumOf } from "../minimum/index.ts";
import { respond, spreadsOf } from "../response/index.ts";
import { selectedInverse, solve } from "../sparse/index.ts";
import { type GlassSoftness, glassSoftness, predict, scoreEvents } from "./index.ts";

const { system, model } = readReference("2dipl_400");

describe("softness of a glass", () => {
  let softness: GlassSoftness;
  beforeAll(() => {
    softness = glassSoftness(minimumOf(system, model), { modes: 20, seed: 3 });
  });

  test("field and baseline share their bins; the baseline keeps every particle", () => {
    const { field, baseline } = softness;
    expect(baseline?.field.counts).toEqual(field.counts);
    expect(baseline?.field.kept.reduce((sum, n) => sum + n, 0)).toBe(400);
    const total = baseline?.field.sums.reduce((sum, v) => sum + v, 0) as number;
    expect(total).toBeCloseTo(20, 9); // each mode has unit length
  });

  test("the baseline may be left out, and seeds move spots within their bins only", () => {
    const other = glassSoftness(minimumOf(system, model), { modes: 0, seed: 4 });
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

test("a glass on the brink of its first event is softest there, and the modes are less sure", () => {
  // 2dipl_1600 sheared to within ω² = 9e-4 of the instability whose trigger an independent code names
  const brink = readReference("2dipl_1600_sheared_soft");
  const softness = glassSoftness(minimumOf(brink.system, brink.model));
  const [score] = scoreEvents(softness, [{ ordinal: 1, strain: 0.00369, particle: 1578 }]);
  expect(score?.lte.nearest?.rank).toBe(1);
  expect(score?.lte.nearest?.distance).toBeLessThan(2);
  expect(score?.lte.correlation).toBeGreaterThan(0.99);
});

test("a soft defect planted in a stiff network is found first", () => {
  const sample = readReference("2dipl_1600");
  const { box, positions } = sample.system;
  const found = findInteractions(sample.system, sample.model);
  const bonds = pairsOf(found);
  const centre = Float64Array.of(30, 11);
  const near = Array.from(
    sample.system.species.keys(),
    (p) => periodicDistance(box, positions.subarray(2 * p), centre) < 3,
  );
  // an unstressed network of stiff springs, but for compressed bonds near one point: pre-stress softens it there
  const phi2 = bonds.phi2.map(() => 100);
  const phi1 = bonds.phi1.map((_, m) => (near[bonds.i[m]] && near[bonds.j[m]] ? -21 * bonds.r[m] : 0));
  const network = withPairs(found, { phi1, phi2, phi3: bonds.phi3.map(() => -1000) });
  const { analysed, result } = factorHessian({ box, positions, interactions: network });
  if (result.status !== "ok") throw new Error(`indefinite at ${result.particle}`);
  const spreads = spreadsOf(network, analysed.pattern, selectedInverse(result.factor));
  const { energies } = respond(network, spreads, (b) => solve(result.factor, b));
  const { spots } = softSpots(softnessField(box, positions, energies));
  expect(periodicDistance(box, spots[0]?.position as Float64Array, centre)).toBeLessThan(3);
  expect(spots[1]?.standardized ?? Infinity).toBeGreaterThan(1.5);
});

test("a prediction scores each event that the shear found", () => {
  const { shear, scores, softness } = predict(minimumOf(system, model), { modes: 0, shear: { events: 2 } });
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
