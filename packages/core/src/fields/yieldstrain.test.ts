import { expect, test } from "vitest";
import { readReference, testRandom } from "../../test/reference.ts";
import { Deformation } from "../deform/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { localThermalEnergy, strainDerivatives } from "../response/index.ts";
import { dot, unit } from "../vectors.ts";
import {
  simpleShear,
  softestLoad,
  softestShear,
  softnessField,
  softSpots,
  spotSoftening,
  yieldStrain,
} from "./index.ts";

const { system, model } = readReference("2dipl_1600");
const minimum = minimumOf(system, model);
const response = localThermalEnergy(minimum);
const { families } = strainDerivatives(minimum);
const energies = response.energies.map((own, f) => ({ ...own, derivatives: families[f] }));
const { box, positions } = response.system;
const field = softnessField(box, positions, response.energies);
const { spots } = softSpots(field);
const softening = spotSoftening(field, positions, energies, spots);

test("the unit of simple shear is the displacement gradient of the shear of a glass", () => {
  for (const angle of [0, 30, 90, 135]) {
    const { rate } = Deformation.of(box, { angle }).at(0);
    simpleShear(2, angle).forEach((x, k) => {
      expect(Math.abs(x - rate[k])).toBeLessThan(1e-15);
    });
  }
});

test("a spot's slope is that of Σ E²/2 over its bins, whatever the direction; a shear turned by 90° is the opposite", () => {
  const strain = simpleShear(2, 20);
  const along = strainDerivatives(minimum, [{ name: "20°", strain }]).families[0][0];
  const alone = spotSoftening(field, positions, [{ ...response.energies[0], derivatives: [along] }], spots);
  softening.forEach((spot, k) => {
    expect(yieldStrain(spot, strain) / (alone[k].squares / alone[k].products[0])).toBeCloseTo(1, 9);
    expect(yieldStrain(spot, simpleShear(2, 110)) / yieldStrain(spot, strain)).toBeCloseTo(-1, 9);
  });
});

test("the softest angle has the smallest positive yield strain", () => {
  for (const spot of softening) {
    const { angle, strain } = softestShear(spot);
    expect(angle).toBeGreaterThanOrEqual(0);
    expect(angle).toBeLessThan(180);
    expect(yieldStrain(spot, simpleShear(2, angle)) / strain).toBeCloseTo(1, 9);
    for (let other = 0; other < 180; other += 15) {
      const found = yieldStrain(spot, simpleShear(2, other));
      expect(found < 0 || found >= strain * (1 - 1e-9)).toBe(true);
    }
  }
});

test("the softest of all simple shears: in the plane that of the softest angle, in space none is softer", () => {
  const outer = (s: Float64Array, n: Float64Array) =>
    Float64Array.from({ length: s.length ** 2 }, (_, k) => s[Math.floor(k / s.length)] * n[k % s.length]);
  for (const spot of softening) {
    const { slide, normal, strain } = softestLoad(spot);
    expect(strain / softestShear(spot).strain).toBeCloseTo(1, 9);
    expect(yieldStrain(spot, outer(slide, normal)) / strain).toBeCloseTo(1, 9);
  }
  const random = testRandom(4);
  const spatial = { squares: 2, products: Float64Array.from({ length: 6 }, () => random() - 0.5) };
  const { slide, normal, strain } = softestLoad(spatial);
  expect(yieldStrain(spatial, outer(slide, normal)) / strain).toBeCloseTo(1, 9);
  expect(dot(slide, normal)).toBeCloseTo(0, 12);
  for (let k = 0; k < 200; k++) {
    const s = unit(Float64Array.from({ length: 3 }, () => random() - 0.5));
    const n = Float64Array.from({ length: 3 }, () => random() - 0.5);
    const along = dot(s, n);
    const found = yieldStrain(spatial, outer(s, unit(n.map((x, a) => x - along * s[a]))));
    expect(found < 0 || found >= strain * (1 - 1e-9)).toBe(true);
  }
});

test("all bins of the box together are Σ E² and Σ E ∂E/∂e", () => {
  const whole = softnessField(box, positions, response.energies, { bins: 3 });
  const [all] = spotSoftening(whole, positions, energies, [{ ...spots[0], bin: [1, 1] }]);
  const { lte } = response.energies[0];
  expect(all.squares / lte.reduce((sum, e) => sum + e * e, 0)).toBeCloseTo(1, 12);
  families[0].forEach((rates, c) => {
    expect(all.products[c] / rates.reduce((sum, x, t) => sum + x * lte[t], 0)).toBeCloseTo(1, 10);
  });
});
