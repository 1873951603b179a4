import { describe, expect, test } from "vitest";
import { jitteredLattice } from "../../test/reference.ts";
import { energy, findInteractions, gradient } from "../interactions/index.ts";
import { preset } from "../models/index.ts";
import { inverseVectors, type System, volume } from "../space/index.ts";
import { affineResponse } from "./affine.ts";
import { Deformation, type DeformationOptions } from "./deformation.ts";
import { product } from "./stage.ts";

const STEP = 1e-5;

function sheared(system: System, deformation: Deformation, strain: number): System {
  const d = system.box.dimension;
  const fractional = product(system.positions, inverseVectors(system.box), d);
  const { box } = deformation.at(strain);
  return { ...system, box, positions: product(fractional, box.vectors, d) };
}

describe.each([
  ["2dipl", 7, {}],
  ["2dipl", 7, { angle: 35, direction: -1 }],
  ["2dipl", 7, { kind: "pure", angle: 20 }],
  ["3dipl", 5, { plane: "yz", angle: 70 }],
  ["3dkablj", 5, { kind: "pure", plane: "xz" }],
  ["sw-silicon", 4, { plane: "xz", angle: 30 }],
  ["sw-silicon", 5, { kind: "pure", plane: "yz" }],
] as const)("the affine response of %s (%i a side) to %j", (name, perAxis, options) => {
  const model = preset(name);
  const system = jitteredLattice(model, perAxis);
  const deformation = Deformation.of(system.box, options as DeformationOptions);
  const at = (strain: number) => findInteractions(sheared(system, deformation, strain), model);
  const strain = 0.05;
  const response = affineResponse(at(strain), deformation.at(strain));

  test("stress and Born modulus are the derivatives of the energy", () => {
    const v = volume(system.box);
    const [low, mid, high] = [-STEP, 0, STEP].map((by) => energy(at(strain + by))) as [
      number,
      number,
      number,
    ];
    expect((high - low) / (2 * STEP * v) / response.stress).toBeCloseTo(1, 6);
    expect((high - 2 * mid + low) / (STEP * STEP * v) / response.born).toBeCloseTo(1, 3);
  });

  test("Ξ is what an affine step adds to the gradient, in axes that turn with the box", () => {
    // Up to the rotation of the axes, which turns the gradient itself: Ξ + Ω·g, Ω antisymmetric.
    const g = gradient(at(strain));
    const [low, high] = [-STEP, STEP].map((by) => gradient(at(strain + by))) as [Float64Array, Float64Array];
    const d = system.box.dimension;
    const spin = rotation(deformation, strain, d);
    const largest = response.force.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    for (let k = 0; k < g.length; k++) {
      let turned = 0;
      for (let b = 0; b < d; b++) turned += spin[(k % d) * d + b] * g[k - (k % d) + b];
      const difference = (high[k] - low[k]) / (2 * STEP);
      expect(Math.abs(difference - response.force[k] - turned)).toBeLessThan(1e-5 * largest);
    }
  });
});

/** Ω = h′ᵀh⁻ᵀ − D of columns: how the axes of the triangular box turn, by differences. */
function rotation(deformation: Deformation, strain: number, d: number): Float64Array {
  const { box, rate } = deformation.at(strain);
  const [low, high] = [-STEP, STEP].map((by) => deformation.at(strain + by).box.vectors) as [
    Float64Array,
    Float64Array,
  ];
  const change = high.map((x, k) => (x - low[k]) / (2 * STEP));
  const map = product(inverseVectors(box), change, d);
  return Float64Array.from({ length: d * d }, (_, k) => map[(k % d) * d + Math.floor(k / d)] - rate[k]);
}
