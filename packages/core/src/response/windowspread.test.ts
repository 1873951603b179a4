import { describe, expect, test } from "vitest";
import { artificialMetal, metalDefinition } from "../../test/eam.ts";
import { makeGlass } from "../deform/index.ts";
import { hessian } from "../interactions/index.ts";
import { minimumOf } from "../minimum/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { unkept } from "../pieces.ts";
import { createBox, type System, wrapPositions } from "../space/index.ts";
import { ScaledMatrix, solveIteratively, withoutMean } from "../sparse/index.ts";
import { allModes, localThermalEnergy, windowSums, windowsOf } from "./index.ts";

/** A glass repeated along x. */
function repeated({ box, positions, species }: System, times: number): System {
  const vectors = box.vectors.slice();
  for (let a = 0; a < 3; a++) vectors[a] *= times;
  const copies = Array.from({ length: times }, (_, k) => positions.map((x, e) => x + k * box.vectors[e % 3]));
  return {
    box: createBox(3, vectors),
    positions: Float64Array.from(copies.flatMap((own) => Array.from(own))),
    species: Int32Array.from(copies.flatMap(() => Array.from(species))),
  };
}

const relative = (found: Float64Array, exact: Float64Array) => {
  const largest = (x: Float64Array) => x.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return largest(found.map((v, k) => v - exact[k])) / largest(exact);
};

const short = { liquidTime: 2, annealTime: 4 };
const long = { liquidTime: 40, annealTime: 60 };
const CASES: readonly (readonly [string, PairModel, number, number, object, number])[] = [
  ["pairs", preset("3dipl"), 64, 2, short, 2.5],
  ["embeddings", parseModel(metalDefinition(artificialMetal())), 60, 2, short, 2.2],
  ["triples", preset("sw-silicon"), 64, 3, short, 2],
  ["bond orders", preset("tersoff-silicon"), 40, 4, long, 3.3],
];

describe.each(CASES)("windows of %s", (_, model, particles, seed, protocol, reach) => {
  const { system } = makeGlass({ model, particles, seed, protocol });
  const minimum = minimumOf(repeated(system, 3), model);
  const { interactions, box, positions } = minimum.backbone;
  const matrix = hessian(interactions);
  const d = 3;

  test("with all modes of the glass as samples give its exact energies", () => {
    const { values, vectors } = allModes(interactions);
    const n = values.length;
    const modes = Array.from({ length: n - d }, (__, k) => {
      const row = k + d;
      return vectors.slice(row * n, (row + 1) * n).map((x) => x / Math.sqrt(values[row]));
    });
    const { fractional } = wrapPositions(box, positions);
    const windows = windowsOf(
      box,
      fractional.map((x) => x - Math.floor(x)),
      reach,
      particles,
    );
    expect(windows.length).toBeGreaterThan(2);
    for (const { particles: own } of windows) expect(own.length).toBeLessThan(interactions.particleCount);
    // the first twenty as soft directions, the rest as a batch: a mean over so many is a sum once they are longer
    const rest = modes.slice(20).map((u) => u.map((x) => x * Math.sqrt(modes.length - 20)));
    const whole = { directions: modes.slice(0, 20), batches: [rest] };
    const { backbone, arithmetic } = minimum;
    const glass = { backbone, arithmetic, matrix };
    const { harmonic, third } = windowSums(windows, glass, whole, unkept, {});
    const exact = localThermalEnergy(minimum);
    exact.energies.forEach((own, f) => {
      expect(relative(harmonic[0][f], own.harmonic)).toBeLessThan(1e-8);
    });
    const move = withoutMean(minimum.solve(third[0].map((f) => -f)), d);
    expect(relative(move, exact.displacement)).toBeLessThan(1e-8);
  });

  test("and conjugate gradients on the whole glass solve as its factor does", () => {
    const b = [1, 2, 3].map((k) =>
      withoutMean(
        positions.map((__, e) => Math.cos(k * e)),
        d,
      ),
    );
    const found = solveIteratively(new ScaledMatrix(matrix, "fast"), b, 1e-11);
    found.forEach((x, k) => {
      expect(relative(withoutMean(x, d), withoutMean(minimum.solve(b[k]), d))).toBeLessThan(1e-7);
    });
  });
});
