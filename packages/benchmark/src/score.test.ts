import { fieldOf, findInteractions, initialConfiguration, preset } from "softfield";
import { particleSites, softnessBins } from "softfield/internal";
import { describe, expect, test } from "vitest";
import { loadsOf } from "./loads.ts";
import { fieldBy, NEAR, scorerOf } from "./score.ts";

const model = preset("2dipl");
const system = initialConfiguration(model, 400, 1);
const { box, positions } = system;
const sites = particleSites(400, 2);
const grid = softnessBins(box, positions, [findInteractions(system, model).families[0].sites()]);

/** Periodic distance in the square box of the liquid. */
function apart(p: number, q: number): number {
  const edge = box.vectors[0];
  return Math.hypot(
    ...[0, 1].map((a) => {
      const du = positions[2 * p + a] - positions[2 * q + a];
      return du - edge * Math.round(du / edge);
    }),
  );
}

describe("scores of events", () => {
  // largest around particle 17, falling off with the distance
  const values = Float64Array.from({ length: 400 }, (_, p) => Math.exp(-apart(p, 17)));
  const field = fieldBy("mine", system, [{ sites, values }], grid);
  const score = scorerOf(field, system, 1);

  test("an event where the field is largest has nothing softer, and spots close by", () => {
    const { softer, distance } = score(17);
    expect(softer).toBeLessThan(0.03);
    expect(distance).toBeLessThan(2);
    const far = Array.from({ length: 400 }, (_, p) => p).sort((a, b) => apart(b, 17) - apart(a, 17))[0];
    expect(score(far).softer).toBeGreaterThan(0.9);
    expect(score(far).precision).toBeLessThan(score(17).precision);
  });

  test("average precision: the mean over the near ones of near ones so far over ranks", () => {
    const raw = fieldOf(box, positions, [{ sites, values }], { threshold: 0, grid });
    const at = (p: number) => {
      const [bx, by] = [0, 1].map((a) => {
        const share = positions[2 * p + a] / box.vectors[0];
        return Math.floor((share - Math.floor(share)) * raw.counts[a]);
      });
      return raw.values[by * raw.counts[0] + bx];
    };
    const event = 40;
    const ranked = Array.from({ length: 400 }, (_, p) => p).sort((p, q) => at(q) - at(p) || p - q);
    let [near, sum] = [0, 0];
    ranked.forEach((p, k) => {
      if (apart(p, event) > NEAR) return;
      near++;
      sum += near / (k + 1);
    });
    expect(score(event).precision).toBeCloseTo(sum / near, 12);
  });
});

test("loads: eight directions over half a turn; planes take turns in 3D", () => {
  expect(loadsOf(2, { loads: 8 }).map(({ options }) => options.angle)).toEqual([
    0, 22.5, 45, 67.5, 90, 112.5, 135, 157.5,
  ]);
  const solid = loadsOf(3, { loads: 8 });
  expect(new Set(solid.map(({ name }) => name)).size).toBe(8);
  expect(solid.slice(0, 4).map(({ options }) => [options.plane, options.angle])).toEqual([
    ["xy", 0],
    ["xz", 0],
    ["yz", 0],
    ["xy", 60],
  ]);
});
