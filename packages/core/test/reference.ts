import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type PairModel, parseModel, preset } from "../src/models/index.ts";
import { createBox, type System } from "../src/space/index.ts";

/** Names of the configurations in examples/reference, made and solved by an independent code. */
export const REFERENCES = [
  "2dipl_400",
  "2dipl_1600",
  "2dipl_1600_sheared_soft",
  "3dipl_400",
  "3dkablj_400",
] as const;
export type ReferenceName = (typeof REFERENCES)[number];

export interface Reference {
  readonly system: System;
  readonly model: PairModel;
  readonly lte: { i: Int32Array; j: Int32Array; lte: Float64Array; harmonic: Float64Array };
}

const folder = new URL("../../../examples/reference/", import.meta.url);

/** Reads a reference with a reader of its own, so that the tests of physics do not lean on core/formats. */
export function readReference(name: ReferenceName): Reference {
  const lines = readFileSync(new URL(`${name}.extxyz`, folder), "utf8").split("\n");
  const model = preset(name.slice(0, name.indexOf("_")) as Parameters<typeof preset>[0]);
  const d = model.dimension as 2 | 3;
  const lattice = (/Lattice="([^"]*)"/.exec(lines[1] as string) as RegExpExecArray)[1]
    ?.split(" ")
    .map(Number) as number[];
  const vectors = lattice.filter((_, k) => k % 3 < d && k < 3 * d);
  const atoms = lines.slice(2, 2 + Number(lines[0])).map((line) => line.split(/\s+/));
  const positions = Float64Array.from(atoms.flatMap((atom) => atom.slice(1, 1 + d).map(Number)));
  const species = Int32Array.from(atoms, ([symbol]) => (symbol === "S" || symbol === "A" ? 0 : 1));
  const rows = gunzipSync(readFileSync(new URL(`${name}.lte.tsv.gz`, folder)))
    .toString()
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t").map(Number));
  const column = (k: number) => Float64Array.from(rows, (row) => row[k]);
  return {
    system: { box: createBox(d, vectors), positions, species },
    model,
    lte: {
      i: Int32Array.from(column(0)),
      j: Int32Array.from(column(1)),
      lte: column(2),
      harmonic: column(3),
    },
  };
}

/** A deterministic generator for tests: uniform in [0, 1). */
export function testRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A small dense liquid-like configuration on a jittered lattice: no minimum, every force non-zero. */
export function jitteredLattice(model: PairModel, perAxis: number, seed = 1, tilt = 0.13): System {
  const d = model.dimension as 2 | 3;
  const random = testRandom(seed);
  const density = model.glass?.density ?? 1;
  const spacing = (1 / density) ** (1 / d);
  const edge = perAxis * spacing;
  const vectors =
    d === 2 ? [edge, 0, tilt * edge, edge] : [edge, 0, 0, tilt * edge, edge, 0, 0, 0.1 * edge, edge];
  const count = perAxis ** d;
  const positions = new Float64Array(count * d);
  for (let p = 0; p < count; p++) {
    let rest = p;
    for (let a = 0; a < d; a++) {
      const s = ((rest % perAxis) + 0.5) / perAxis;
      rest = Math.floor(rest / perAxis);
      for (let c = 0; c < d; c++) positions[p * d + c] = positions[p * d + c] + s * vectors[a * d + c];
    }
    for (let c = 0; c < d; c++)
      positions[p * d + c] = positions[p * d + c] + 0.2 * spacing * (random() - 0.5);
  }
  const species = Int32Array.from({ length: count }, () => Math.floor(random() * model.species.length));
  return { box: createBox(d, vectors), positions, species };
}

/** The same of two species at a density, in three dimensions: what is near enough to touch depends on it. */
export function twoSpeciesLattice(density: number, perAxis = 6, seed = 5): System {
  const carrier = parseModel({
    name: "carrier",
    dimension: 3,
    species: ["A", "B"],
    form: "lennard-jones",
    lambda: 1,
    cutoff: 1,
    glass: {
      density,
      fractions: [0.5, 0.5],
      liquidTemperature: 1,
      annealTemperature: 1,
      glassTransition: 1,
      annealTime: 1,
    },
  });
  return jitteredLattice(carrier, perAxis, seed, 0.11);
}
