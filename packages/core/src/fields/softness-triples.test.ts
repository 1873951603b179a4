import { expect, test } from "vitest";
import { makeGlass } from "../deform/index.ts";
import { pairsOf } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { preset } from "../models/index.ts";
import { localThermalEnergy } from "../response/index.ts";
import { softnessField } from "./index.ts";

const silicon = preset("sw-silicon");
const { system } = makeGlass({
  model: silicon,
  particles: 125,
  seed: 1,
  protocol: { liquidTime: 2, annealTime: 4, dt: 0.015 },
});
const response = localThermalEnergy(minimumOf(system, silicon));
const { interactions, energies } = response;
const field = softnessField(system.box, response.system.positions, energies, { bins: 4 });
const [{ lte }, triples] = energies;
const pairs = pairsOf(interactions);

test("the field of a three-body glass holds every pair and every triple, at the mean of its particles", () => {
  const kept = [...lte, ...triples.lte].filter((e) => Math.abs(e) >= 1.1);
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, v) => all + v, 0);
  expect(sum(field.entries)).toBe(lte.length + triples.lte.length);
  expect(sum(field.kept)).toBe(kept.length);
  expect(sum(field.sums) / sum(kept.map(Math.abs))).toBeCloseTo(1, 12);
  // the bins of triples by plain arithmetic: minimum images of both ends about the centre
  const edge = system.box.vectors[0];
  const nearest = (x: number) => x - edge * Math.round(x / edge);
  const { box, positions } = response.system;
  const expected = new Float64Array(64);
  const into = (point: number[], energy: number) => {
    if (Math.abs(energy) < 1.1) return;
    const [x, y, z] = point.map((c) => Math.floor((4 * (c - edge * Math.floor(c / edge))) / edge));
    expected[(z! * 4 + y!) * 4 + x!] += Math.abs(energy);
  };
  const at = (p: number, a: number) => positions[3 * p + a];
  const axes = [0, 1, 2];
  lte.forEach((energy, m) => {
    const [p, q] = [pairs.i[m], pairs.j[m]];
    into(
      axes.map((a) => at(p, a) + nearest(at(q, a) - at(p, a)) / 2),
      energy,
    );
  });
  triples.lte.forEach((energy, t) => {
    const [c, j, k] = triples.sites.members.map((list) => list[t]) as [number, number, number];
    into(
      axes.map((a) => at(c, a) + (nearest(at(j, a) - at(c, a)) + nearest(at(k, a) - at(c, a))) / 3),
      energy,
    );
  });
  expect(box.vectors[4]).toBeCloseTo(edge, 12);
  field.sums.forEach((value, bin) => {
    expect(Math.abs(value - expected[bin])).toBeLessThan(1e-9 * sum(expected));
  });
});

test("energies without places are refused", () => {
  const { box, positions } = response.system;
  const [bonds] = energies;
  expect(() => softnessField(box, positions, [{ ...bonds, lte: bonds.lte.slice(1) }])).toThrow(
    /\d+ values for \d+ places/,
  );
});
