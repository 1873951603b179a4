import { minimumOf, normalModes, QuasistaticShear, type System } from "softfield";
import { expect, test } from "vitest";
import { readReference } from "../packages/core/test/reference.ts";

test("the lowest transverse phonon of a large sample has ω = c_s·2π/L, c_s² = shear modulus/density", () => {
  const { system, model } = readReference("2dipl_1600");
  const modulus = QuasistaticShear.start(system, model).result().path[0]?.modulus as number;
  const large = repeated(system, 3);
  const edge = large.box.vectors[3];
  const wave = (phase: (x: number) => number) =>
    large.positions.map((_, k) => (k % 2 ? 0 : phase((2 * Math.PI * large.positions[k + 1]) / edge)));
  const waves = [wave(Math.cos), wave(Math.sin)];
  const { vectors, frequencies } = normalModes(minimumOf(large, model), { count: 12 });
  const size = large.positions.length;
  // share of each mode in waves along y of displacements along x
  const shares = Array.from(frequencies, (_, mode) =>
    waves.reduce((sum, w) => {
      const psi = vectors.subarray(mode * size, (mode + 1) * size);
      const overlap = psi.reduce((all, p, k) => all + p * w[k], 0);
      return sum + overlap ** 2 / (size / 4);
    }, 0),
  );
  const phonon = shares.indexOf(Math.max(...shares));
  expect(shares[phonon]).toBeGreaterThan(0.3);
  const expected = Math.sqrt(modulus / 0.86) * ((2 * Math.PI) / edge);
  expect(Math.abs(frequencies[phonon] / expected - 1)).toBeLessThan(0.05);
});

/** The configuration, k×k times. */
function repeated({ box, positions, species }: System, k: number): System {
  const h = box.vectors;
  const cells = Array.from({ length: k * k }, (_, c) => [c % k, Math.floor(c / k)] as const);
  const shifted = (a: number, b: number) => positions.map((x, c) => x + a * h[c % 2] + b * h[2 + (c % 2)]);
  return {
    box: { ...box, vectors: h.map((x) => k * x) },
    positions: Float64Array.from(cells.flatMap(([a, b]) => Array.from(shifted(a, b)))),
    species: Int32Array.from(cells.flatMap(() => Array.from(species))),
  };
}
