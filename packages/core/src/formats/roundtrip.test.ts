import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { preset } from "../models/index.ts";
import { createBox } from "../space/index.ts";
import {
  extxyzText,
  type Frame,
  frameOfSystem,
  lammpsDataText,
  lammpsDumpText,
  readSnapshot,
  type Snapshot,
  toSystem,
} from "./index.ts";

const WRITERS = { extxyz: extxyzText, "lammps-data": lammpsDataText, "lammps-dump": lammpsDumpText } as const;
const FORMATS = Object.keys(WRITERS) as (keyof typeof WRITERS)[];

function through(format: keyof typeof WRITERS, frame: Frame): Snapshot {
  const snapshot = readSnapshot([...WRITERS[format](frame)].join(""), { source: `x.${format}` });
  expect(snapshot.format).toBe(format);
  return snapshot;
}

const folder = new URL("../../../../examples/reference/", import.meta.url);

test.each([
  ["2dipl_400", "2dipl"],
  ["2dipl_1600_sheared_soft", "2dipl"],
  ["3dipl_400", "3dipl"],
  ["3dkablj_400", "3dkablj"],
] as const)("%s keeps every bit through each pair of formats", (name, model) => {
  const original = readSnapshot(readFileSync(new URL(`${name}.extxyz`, folder)), { source: name });
  const { system } = toSystem(original, preset(model));
  const frame = frameOfSystem(system, preset(model));
  for (const first of FORMATS) {
    const once = through(first, frame);
    expect(toSystem(once, preset(model)).system).toEqual(system);
    // types alone, in the model's order
    const { species: _, ...unnamed } = once;
    expect(toSystem(unnamed, preset(model)).system).toEqual(system);
    for (const second of FORMATS) {
      expect(toSystem(through(second, once), preset(model)).system).toEqual(system);
      expect(toSystem(through(second, original), preset(model)).system).toEqual(system);
    }
  }
});

test("extended XYZ names chemical symbols species, and element what ASE would refuse as such", () => {
  const written = (names: string[]) => {
    const box = createBox(3, [9, 0, 0, 0, 9, 0, 0, 0, 9]);
    const species = { names, index: Int32Array.of(0, 1) };
    return [...extxyzText({ box, positions: Float64Array.of(0, 0, 0, 1, 1, 1), species })].join("");
  };
  expect(written(["Cu", "Zr"])).toContain("Properties=species:S:1:pos:R:3");
  for (const names of [
    ["A", "B"],
    ["Cu", "cu"],
    ["S", "L"],
  ]) {
    const text = written(names);
    expect(text).toContain("Properties=element:S:1:pos:R:3");
    expect(readSnapshot(text, { source: "x.extxyz" }).species?.names).toEqual(names);
  }
});

/** Uniform in value; fc.double is uniform in its bits, so that nearly all its values are tiny. */
const uniform = (min: number, max: number) =>
  fc
    .nat({ max: 2 ** 31 - 1 })
    .chain((high) =>
      fc.nat({ max: 2 ** 21 - 1 }).map((low) => min + (max - min) * ((high * 2 ** 21 + low) / 2 ** 52)),
    );
const coordinate = uniform(-50, 50);
const length = uniform(1, 60);
/** In units of the box length along which it leans; LAMMPS's own range. */
const tilt = fc.oneof(fc.constant(0), uniform(-0.5, 0.5));
const frames: fc.Arbitrary<Frame> = fc
  .record({
    n: fc.integer({ min: 1, max: 6 }),
    lengths: fc.tuple(length, length, length),
    tilts: fc.tuple(tilt, tilt, tilt),
    numbers: fc.array(coordinate, { minLength: 36, maxLength: 36 }),
    species: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 6, maxLength: 6 }),
    dimension: fc.constantFrom<2 | 3>(2, 3),
  })
  .map(({ n, lengths: [a, b, c], tilts: [xy, xz, yz], numbers, species, dimension: d }) => ({
    box: {
      dimension: d,
      vectors: Float64Array.from(d === 2 ? [a, 0, a * xy, b] : [a, 0, 0, a * xy, b, 0, a * xz, b * yz, c]),
    },
    positions: Float64Array.from(numbers.slice(0, n * d)),
    species: { names: ["S", "L"], index: Int32Array.from(species.slice(0, n)) },
    ids: Float64Array.from({ length: n }, (_, k) => 3 * k + 2),
    columns: new Map([["velocity", { width: d, values: Float64Array.from(numbers.slice(18, 18 + n * d)) }]]),
  }));

test("random tilted boxes and positions survive every pair of formats to the last bit", () => {
  const model = { ...preset("3dipl") };
  delete (model as { dimension?: number }).dimension;
  fc.assert(
    fc.property(frames, fc.constantFrom(...FORMATS), fc.constantFrom(...FORMATS), (frame, first, second) => {
      const d = frame.box.dimension;
      const last = through(second, through(first, frame));
      expect(last.ids).toEqual(frame.ids);
      const read = { ...last, ...(last.count === 1 && d === 2 ? { count: 2 } : {}) };
      if (d === 3) {
        expect(last.positions).toEqual(frame.positions);
        expect(last.box).toEqual(frame.box);
        expect(last.columns.get("velocity")!.values).toEqual(frame.columns!.get("velocity")!.values);
      } else {
        const plane = toSystem({ ...read, count: last.count }, { ...model, dimension: 2 });
        expect(plane.system.positions).toEqual(frame.positions);
        expect(plane.system.box).toEqual(frame.box);
        expect(plane.plane).toBe(0);
      }
      expect([...last.species!.index].map((k) => last.species!.names[k])).toEqual(
        [...frame.species!.index].map((k) => frame.species!.names[k]),
      );
    }),
    { numRuns: 400 },
  );
});
