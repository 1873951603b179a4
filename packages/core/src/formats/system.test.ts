import { expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { type PairModel, preset } from "../models/index.ts";
import { parseSpeciesMap, readSnapshot, toSystem } from "./index.ts";

const flat = preset("2dipl");
const solid = preset("3dkablj");
const read = (comment: string, ...rows: string[]) =>
  readSnapshot(`${rows.length}\nLattice="9 0 0 1 8 0 0 0 7" ${comment}\n${rows.join("\n")}\n`, {
    source: "f.xyz",
  });
const typed = (...types: (number | string)[]) =>
  read("Properties=type:I:1:pos:R:3", ...types.map((type, k) => `${type} ${k} 0 ${k}`));

const failure = (work: () => unknown): SoftfieldError => {
  try {
    work();
  } catch (error) {
    if (error instanceof SoftfieldError) return error;
    throw error;
  }
  throw new Error("no error");
};

test("species by name, by type in the model's order, by mapping", () => {
  expect([...toSystem(read("", "B 0 0 0", "A 1 1 1"), solid).system.species]).toEqual([1, 0]);
  expect([...toSystem(typed(1, 2, 1), solid).system.species]).toEqual([0, 1, 0]);
  expect([
    ...toSystem(typed(1, 2, 1), solid, { species: parseSpeciesMap("1=B,2=A") }).system.species,
  ]).toEqual([1, 0, 1]);
  expect([...toSystem(typed(26, 2), solid, { species: parseSpeciesMap("26=B") }).system.species]).toEqual([
    1, 1,
  ]);
  const renamed = { species: parseSpeciesMap(" big = A , tiny=B ") };
  expect([...toSystem(read("", "tiny 0 0 0", "big 1 1 1"), solid, renamed).system.species]).toEqual([1, 0]);
  // names that are numbers stand for types
  expect([...toSystem(read("", "2 0 0 0", "1 1 1 1"), solid).system.species]).toEqual([1, 0]);
  // names that mean nothing to the model give way to types
  const both = read("Properties=species:S:1:type:I:1:pos:R:3", "C 2 0 0 0", "C 1 1 1 1");
  expect([...toSystem(both, solid).system.species]).toEqual([1, 0]);
  const names = read("Properties=species:S:1:type:I:1:pos:R:3", "A 2 0 0 0", "B 1 1 1 1");
  expect([...toSystem(names, solid).system.species]).toEqual([0, 1]);
});

test("a mapping of types holds beside names, one of names beside types", () => {
  const both = read("Properties=species:S:1:type:I:1:pos:R:3", "A 1 0 0 0", "B 2 1 1 1", "A 1 2 2 2");
  const placed = (map: string) => toSystem(both, solid, { species: parseSpeciesMap(map) });
  expect([...placed("1=B,2=A").system.species]).toEqual([1, 0, 1]);
  expect([...placed("A=B,B=A").system.species]).toEqual([1, 0, 1]);
  // what it does not name keeps its name's meaning
  expect([...placed("1=B").system.species]).toEqual([1, 1, 1]);
  expect([...placed("2=A").system.species]).toEqual([0, 0, 0]);
  expect(placed("2=A").assumed).toBeUndefined();
  // both kinds, in agreement
  expect([...placed("A=B,1=B,2=A").system.species]).toEqual([1, 0, 1]);
  const error = failure(() => placed("B=B,2=A"));
  expect(error.message).toBe(
    "f.xyz, line 4, particle 1: the species mapping contradicts itself: by its name this is B=B, by its type 2=A; " +
      "map the file's names or its types.",
  );
  expect([error.code, error.place]).toEqual([
    "usage",
    { file: "f.xyz", line: 4, particle: 1, field: "species" },
  ]);
  const unknown = read("Properties=species:S:1:type:I:1:pos:R:3", "C 2 0 0 0", "C 7 1 1 1");
  const seventh = toSystem(unknown, solid, { species: parseSpeciesMap("7=A") });
  expect([...seventh.system.species]).toEqual([1, 0]);
  expect([...(seventh.assumed ?? [])]).toEqual([["2", "B"]]);
});

test.each(["1=A,2=C", "1=A,9=C"])("the mapping %s to a species that the model lacks is refused", (map) => {
  const rows = ["A 1 0 0 0", "B 2 1 1 1"];
  for (const [properties, cells] of [
    ["species:S:1:type:I:1:pos:R:3", rows],
    ["type:I:1:pos:R:3", rows.map((row) => row.slice(2))],
    ["pos:R:3", rows.map((row) => row.slice(4))],
  ] as const) {
    const file = read(`Properties=${properties}`, ...cells);
    const error = failure(() => toSystem(file, solid, { species: parseSpeciesMap(map) }));
    expect(error.message).toMatch(
      /^the species mapping .=C names no species of model 3dkablj: it has A, B\.$/,
    );
    expect(error.code).toBe("usage");
  }
});

test("a mapping that maps nothing is refused, one that maps more than there is not", () => {
  const reversed = failure(() => toSystem(typed(2, 1), solid, { species: parseSpeciesMap("A=1,B=2") }));
  expect(reversed.message).toBe(
    "f.xyz: the species mapping A=1,B=2 names none of the file's species or types, which are 1, 2: " +
      "write it as FILE=MODEL; map the file's species, e.g. --species 1=A,2=B.",
  );
  expect([reversed.code, reversed.place]).toEqual(["usage", { file: "f.xyz", field: "species" }]);
  const general = { species: parseSpeciesMap("1=A,2=B,3=B") };
  expect([...toSystem(typed(1, 1), solid, general).system.species]).toEqual([0, 0]);
});

test("which species were assumed for types, by their order alone", () => {
  const assumed = (...args: Parameters<typeof toSystem>) => [...(toSystem(...args).assumed ?? [])];
  expect(assumed(typed(2, 1, 2), solid)).toEqual([
    ["1", "A"],
    ["2", "B"],
  ]);
  expect(assumed(read("", "2 0 0 0", "A 1 1 1"), solid)).toEqual([["2", "B"]]);
  expect(assumed(typed(2, 1), solid, { species: parseSpeciesMap("2=A") })).toEqual([["1", "A"]]);
  expect(assumed(typed(2, 1), solid, { species: parseSpeciesMap("2=B,1=A") })).toEqual([]);
  expect(assumed(read("", "B 0 0 0", "A 1 1 1"), solid)).toEqual([]);
  // of one species there is nothing to take for another
  expect(assumed(typed(1, 1), preset("sw-silicon"))).toEqual([]);
});

test("unknown species name particle, file and line, and show the mapping to give", () => {
  const byType = failure(() => toSystem(typed(1, 3), solid));
  expect(byType.message).toBe(
    "f.xyz, line 4, particle 1: type 3 is unknown to model 3dkablj, whose species are A, B: map the file's species, e.g. --species 1=A,3=B.",
  );
  expect([byType.code, byType.place]).toEqual([
    "model",
    { file: "f.xyz", line: 4, particle: 1, field: "species" },
  ]);
  expect(failure(() => toSystem(typed(0), solid)).message).toContain("type 0 is unknown");
  const mapped = failure(() =>
    toSystem(read("", "A 0 0 0", "C 1 1 1"), solid, { species: parseSpeciesMap("A=B") }),
  );
  expect(mapped.message).toContain(
    'species "C" is unknown to model 3dkablj, whose species are A, B, and to the given mapping',
  );
  const target = failure(() => toSystem(typed(1), solid, { species: parseSpeciesMap("1=S") }));
  expect(target.message).toContain("1=S names no species of model 3dkablj: it has A, B");
  expect(failure(() => toSystem(read("Properties=pos:R:3", "0 0 0", "1 1 1"), solid)).message).toContain(
    "no column of species or types, and model 3dkablj has 2 species (A, B): add one (extended XYZ",
  );
});

test("the line named is that of the file, also where ids reorder the particles", () => {
  const s = read("Properties=id:I:1:species:S:1:pos:R:3", "2 Q 0 0 0", "1 A 1 1 1");
  expect(failure(() => toSystem(s, solid)).place).toMatchObject({ line: 3, particle: 1 });
});

test.each(["1:S", "", "1=S,", "=S", "1=", "1=S,1=L", "a b=S"])("the mapping %j is refused", (text) => {
  expect(failure(() => parseSpeciesMap(text)).code).toBe("usage");
});

test("a plane of a spatial file becomes a two-dimensional system", () => {
  const { system, plane } = toSystem(read('pbc="T T F"', "S 1 2 0.25", "L 3 4 0.25"), flat);
  expect(system).toEqual({
    box: { dimension: 2, vectors: Float64Array.of(9, 0, 1, 8) },
    positions: Float64Array.of(1, 2, 3, 4),
    species: Int32Array.of(0, 1),
  });
  expect(plane).toBe(0.25);
});

test("dimensions that do not fit are refused, with the particle out of the plane", () => {
  const error = failure(() => toSystem(read("", "S 1 2 0", "L 3 4 0.5", "L 3 4 0.75"), flat));
  expect(error.message).toContain(
    "line 5, particle 2: z = 0.75 differs from particle 0's z = 0, but model 2dipl is two-dimensional",
  );
  expect(error.code).toBe("geometry");
  expect(failure(() => toSystem(read("", "A 1 2 0", "B 3 4 0"), solid)).message).toContain(
    "all 2 particles share one z, 0",
  );
  const planar = read("Properties=species:S:1:pos:R:2", "A 1 2", "B 3 4");
  expect(failure(() => toSystem(planar, solid)).message).toContain("its positions have two components");
  expect(failure(() => toSystem(read("", "S 1 2 0", "L 3 4 1e-6"), flat)).code).toBe("geometry");
  expect(toSystem(read("", "S 1 2 0", "L 3 4 1e-9"), flat).system.box.dimension).toBe(2);
});

test("a model of either dimension takes that of the file", () => {
  const { dimension: _, ...either } = flat;
  expect(toSystem(read("", "S 1 2 0", "L 3 4 0"), either).system.box.dimension).toBe(2);
  expect(toSystem(read("", "S 1 2 0", "L 3 4 1"), either).system.box.dimension).toBe(3);
});

test("boundaries must be periodic in the dimensions that are used", () => {
  expect(failure(() => toSystem(read('pbc="T F T"', "A 0 0 0", "B 1 1 1"), solid)).message).toContain(
    "not periodic along y",
  );
  expect(failure(() => toSystem(read('pbc="T T F"', "A 0 0 0", "B 1 1 1"), solid)).message).toContain(
    'pbc="T T T"',
  );
});

test("diameters come from a column diameter, or twice a column radius, where the model mixes them", () => {
  const model: PairModel = { ...flat, species: ["A"], mixing: { nonAdditivity: 0.2 } };
  const sized = (name: string, ...sizes: string[]) =>
    read(`Properties=pos:R:3:${name}:R:1`, ...sizes.map((size, k) => `${k} 0 0 ${size}`));
  expect([...toSystem(sized("Diameter", "1.5", "0.5"), model).system.diameters!]).toEqual([1.5, 0.5]);
  expect([...toSystem(sized("radius", "1.5", "0.5"), model).system.diameters!]).toEqual([3, 1]);
  expect(toSystem(sized("radius", "1", "1"), { ...flat, species: ["A"] }).system.diameters).toBeUndefined();
  expect(failure(() => toSystem(sized("mass", "1", "1"), model)).message).toContain(
    'no column "diameter" or "radius"',
  );
  const bad = failure(() => toSystem(sized("radius", "1", "-1"), model));
  expect(bad.message).toContain("line 4, particle 1: the diameter is -2; it must be a positive number");
});

test("a file of other elements than the model's is no file of it, types or not, until a mapping says so", () => {
  const silicon = preset("sw-silicon");
  const carbon = read("Properties=species:S:1:pos:R:3", "C 0 0 0", "C 1 1 1");
  const error = failure(() => toSystem(carbon, silicon));
  expect([error.code, error.message]).toEqual([
    "model",
    `f.xyz, line 3, particle 0: species "C" is unknown to model sw-silicon, whose species are Si: map all of them with --species '*=Si'.`,
  ]);
  expect([...toSystem(carbon, silicon, { species: parseSpeciesMap("*=Si") }).system.species]).toEqual([0, 0]);
  const both = read("Properties=species:S:1:type:I:1:pos:R:3", "Na 2 0 0 0", "Cl 1 1 1 1");
  expect(failure(() => toSystem(both, preset("bks-silica"))).message).toContain('species "Na" is unknown');
  const typedBoth = toSystem(both, preset("bks-silica"), { species: parseSpeciesMap("1=Si,2=O") });
  expect([...typedBoth.system.species]).toEqual([1, 0]);
  // names that are no elements, or mean none, are another spelling
  const other = read("Properties=species:S:1:pos:R:3", "X 0 0 0", "X 1 1 1");
  expect([...toSystem(other, silicon).assumed!]).toEqual([["X", "Si"]]);
});
