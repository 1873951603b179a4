import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SoftfieldError } from "../errors.ts";
import { energy, findInteractions } from "../interactions/index.ts";
import { type PairModel, parseModel, preset } from "../models/index.ts";
import { describeSnapshot, parseSpeciesMap, type ReadOptions, readSnapshot, toSystem } from "./index.ts";

/** Files as users have them, each the same glass of 64 discs in another dress; what was wrong once is right here. */
const folder = new URL("../../test/cases/", import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, folder));
const read = (name: string, options: ReadOptions = {}) =>
  readSnapshot(bytesOf(name), { source: name, ...options });
const model = preset("2dipl");
const glass = toSystem(read("04-suggested-map-is-wrong/plain.extxyz"), model).system;

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof SoftfieldError) return error.message;
    throw error;
  }
  throw new Error("no error");
};

/** The mapping that an error advises, as the option's value. */
const advised = (message: string) => /--species ('?)([^' ]+)\1\.$/.exec(message)?.[2];

test.each([
  ["zero-based.dump", "0=S,1=L"],
  ["lowercase.extxyz", "l=L,s=S"],
])("the map advised for %s is the glass's own", (name, map) => {
  const snapshot = read(`04-suggested-map-is-wrong/${name}`);
  expect(advised(messageOf(() => toSystem(snapshot, model)))).toBe(map);
  const { system } = toSystem(snapshot, model, { species: parseSpeciesMap(map) });
  expect(system.species).toEqual(glass.species);
});

test("no species is invented for a third type", () => {
  const snapshot = read("04-suggested-map-is-wrong/three-types.data");
  expect(messageOf(() => toSystem(snapshot, model))).toContain(
    "the file has 3 kinds of particles (1, 2, 3), the model 2: say which species each of them is, --species 1=…,2=…,3=….",
  );
});

test("* maps all that is not named", () => {
  const snapshot = read("04-suggested-map-is-wrong/plain.extxyz");
  const placed = (map: string) => toSystem(snapshot, model, { species: parseSpeciesMap(map) }).system.species;
  expect(placed("*=S")).toEqual(new Int32Array(64));
  expect(placed("S=S,*=L")).toEqual(glass.species);
  expect(placed("L=S,*=L")).toEqual(glass.species.map((k) => 1 - k));
});

const STYLES = "05-atom-style-hint";
test.each([
  ["capital.data", {}],
  ["free-comment.data", {}],
  ["full-unhinted.data", { atomStyle: "full" }],
  ["full-as-advised.data", { atomStyle: "full" }],
  ["molecular-unhinted.data", { atomStyle: "molecular" }],
  ["molecular-as-advised.data", { atomStyle: "molecular" }],
])("%s is read, by its columns or told its style", (name, options: ReadOptions) => {
  const { system } = toSystem(read(`${STYLES}/${name}`, options), model);
  expect([system.species, system.positions]).toEqual([glass.species, glass.positions]);
});

test.each([
  ["full-unhinted.data", "full (id molecule type q x y z) or sphere (id type diameter density x y z)"],
  ["full-as-advised.data", "full (id molecule type q x y z) or sphere (id type diameter density x y z)"],
  ["molecular-unhinted.data", "charge (id type q x y z) or molecular (id molecule type x y z)"],
])("%s names the styles that it can be of", (name, words) => {
  const message = messageOf(() => read(`${STYLES}/${name}`));
  expect(message).toContain(`This row can be of atom_style ${words}`);
  expect(message).toContain("--atom-style ");
});

test("an atom style is guessed where the first row leaves one alone, and any later row holds it to that", () => {
  const data = (rows: string, head = "") =>
    `own\n\n2 atoms\n2 atom types\n${head}0 9 xlo xhi\n0 9 ylo yhi\n0 9 zlo zhi\n\nAtoms\n\n${rows}`;
  expect([...readSnapshot(data("1 2 0.5 1 2 3\n2 1 -1 4 5 6\n")).types!]).toEqual([2, 1]);
  expect([...readSnapshot(data("1 1 2 0 1 2 3\n2 1 1 0 4 5 6\n", "1 bonds\n")).types!]).toEqual([2, 1]);
  expect([...readSnapshot(data("1 1 1.0 2.0 1 2 3\n2 1 1.0 2.0 4 5 6\n")).types!]).toEqual([1, 1]);
  expect(messageOf(() => readSnapshot(data("1 2 0.5 1 2 3\n2 1.5 1 4 5 6\n")))).toContain('type: "1.5"');
  expect(messageOf(() => readSnapshot(data("1 2 1 2 3\n"), { atomStyle: "granular" }))).toContain(
    "--atom-style granular is not read; known are atomic",
  );
  const hybrid = readSnapshot(data("1 2 1 2 3 0.5 7\n2 1 4 5 6 0.5 7\n"), { atomStyle: "hybrid" });
  expect([...hybrid.positions]).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a planar file of ASE with a third cell vector of zeros is read; in 3D it is not periodic", () => {
  const snapshot = read("06-ase-2d-zero-cell-vector/glass.extxyz");
  expect(toSystem(snapshot, model).system).toEqual(glass);
  expect(snapshot.periodic).toEqual([true, true, false]);
  const text = '2\nLattice="9 0 0 0 9 0 0 0 0"\nA 1 2 3\nA 4 5 6\n';
  expect(messageOf(() => toSystem(readSnapshot(text), preset("3dkablj")))).toContain("not periodic along z");
});

test("LAMMPS boxes without height are planar too", () => {
  const dump = (flags: string) =>
    `ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS ${flags}\n0 9\n0 8\n0 0\nITEM: ATOMS id type x y z\n1 1 1 2 0\n2 2 4 5 0\n`;
  const data =
    "own\n\n2 atoms\n2 atom types\n0 9 xlo xhi\n0 8 ylo yhi\n0 0 zlo zhi\n\nAtoms\n\n1 1 1 2 0\n2 2 4 5 0\n";
  for (const text of [dump("pp pp pp"), dump("pp pp ff"), data]) {
    const { system } = toSystem(readSnapshot(text), model);
    expect([...system.box.vectors, ...system.positions]).toEqual([9, 0, 0, 8, 1, 2, 4, 5]);
  }
});

test.each(["glass.dump", "glass.extxyz"])(
  "inf and nan in a column of %s that nobody uses are no flaw",
  (name) => {
    const { system } = toSystem(read(`10-nan-in-unused-column/${name}`), model);
    expect([system.species, system.positions]).toEqual([glass.species, glass.positions]);
  },
);

test("a diameter that is infinite is refused", () => {
  const text =
    '2\nLattice="9 0 0 0 9 0 0 0 9" Properties=species:S:1:pos:R:3:diameter:R:1\nP 1 2 0 1\nP 4 5 0 inf\n';
  expect(messageOf(() => toSystem(readSnapshot(text), polydisperse))).toContain("the diameter is Infinity");
});

const BOXES = "11-box-in-other-comment-styles";
test.each([
  ["atooms.xyz", {}, "", -0.5],
  ["rumd1.xyz", {}, "0=S,1=L", -0.5],
  ["rumd2.xyz", {}, "0=S,1=L", -0.5],
  ["plain.xyz", { box: [8.6266218562750741, 8.6266218562750741] }, "", 0],
])("the box of %s", (name, options: ReadOptions, map, corner) => {
  const snapshot = read(`${BOXES}/${name}`, options);
  const species = map === "" ? {} : { species: parseSpeciesMap(map) };
  expect(toSystem(snapshot, model, species).system).toEqual(glass);
  expect([...snapshot.origin.subarray(0, 2)]).toEqual([
    8.6266218562750741 * corner,
    8.6266218562750741 * corner,
  ]);
});

test("boxes that are not said, said twice, or of a kind that is not read", () => {
  expect(messageOf(() => read(`${BOXES}/plain.xyz`))).toContain("give its edges with --box Lx,Ly,Lz");
  for (const name of [
    `${BOXES}/atooms.xyz`,
    "06-ase-2d-zero-cell-vector/glass.extxyz",
    `${STYLES}/capital.data`,
  ])
    expect(messageOf(() => read(name, { box: [9, 9, 9] }))).toContain("the file says its own box");
  expect(messageOf(() => read(`${BOXES}/plain.xyz`, { box: [9] }))).toContain(
    "give two or three positive edges",
  );
  const sheared = "1\nioformat=2 sim_box=LeesEdwardsBox,5,5,5,0.1 columns=type,x,y,z\n0 1 2 3\n";
  expect(messageOf(() => readSnapshot(sheared))).toContain("a LeesEdwardsBox is not read");
  const endless = "1\nstep:0 columns:id,pos cell:5.0,nan,5.0\nA 1 2 3\n";
  expect(messageOf(() => readSnapshot(endless))).toContain("is not two or three positive lengths");
});

test("an older comment of atooms: cell= alone, velocities behind the positions", () => {
  const snapshot = readSnapshot("1\n   cell=5.0,6.0,7.0     \nA 1 2 3 4 5 6\n");
  expect([...snapshot.box.vectors, ...snapshot.positions]).toEqual([5, 0, 0, 0, 6, 0, 0, 0, 7, 1, 2, 3]);
});

test.each([
  ["10.5 11 12.25", "--box 10.5,11,12.25 if the numbers of the comment are they"],
  ["t = 5, L = 9.4", "--box Lx,Ly,Lz, or"],
  ["L = 9.4", "--box 9.4,9.4,9.4 if"],
  ["1.05e1 11 12.25", "--box 1.05e1,11,12.25 if"],
  ["box 9.4", "--box 9.4,9.4,9.4 if"],
  ["Atoms. Timestep: 0", "--box Lx,Ly,Lz, or"],
  ["Atoms. Timestep: 5000", "--box Lx,Ly,Lz, or"],
  ["v2 of 2020-01-02, 1 2 3 4", "--box Lx,Ly,Lz, or"],
])("of a comment %s", (comment, advice) => {
  expect(messageOf(() => readSnapshot(`1\n${comment}\nA 1 2 3\n`))).toContain(advice);
});

test("columns of RUMD and atooms by their names", () => {
  const rumd = readSnapshot(
    "1\nioformat=2 numTypes=2 sim_box=RectangularSimulationBox,5,6,7 columns=type,x,y,z,imx,imy,imz,vx,vy,vz,pe\n1 1 2 3 0 1 0 4 5 6 -5.5\n",
  );
  expect([...rumd.types!, ...rumd.positions, ...rumd.origin]).toEqual([1, 1, 2, 3, -2.5, -3, -3.5]);
  expect([...rumd.columns.get("velocity")!.values, ...rumd.columns.get("pe")!.values]).toEqual([
    4, 5, 6, -5.5,
  ]);
  const atooms = readSnapshot("1\nstep:10 columns:id,pos,vel,radius dt:1 cell:5.0,6.0 \nB 1 2 4 5 0.5\n");
  expect([atooms.dimension, ...atooms.positions, ...atooms.columns.get("velocity")!.values]).toEqual([
    2, 1, 2, 4, 5,
  ]);
  expect([...atooms.columns.get("radius")!.values, ...atooms.box.vectors]).toEqual([0.5, 5, 0, 0, 6]);
});

const polydisperse = parseModel(
  JSON.parse(bytesOf("16-a-type-per-particle/poly.json").toString()) as object,
) as PairModel;

test("a model of one species takes a type for each size, or any one name", () => {
  const snapshot = read("16-a-type-per-particle/poly.dump");
  const placed = toSystem(snapshot, polydisperse);
  expect([placed.system.species, placed.assumed]).toEqual([new Int32Array(64), undefined]);
  expect(placed.system.diameters).toEqual(snapshot.columns.get("diameter")!.values);
  const all = toSystem(snapshot, polydisperse, { species: parseSpeciesMap("*=P") });
  expect(all.system).toEqual(placed.system);
  const lattice = 'Lattice="9 0 0 0 9 0 0 0 9" Properties=species:S:1:pos:R:3:diameter:R:1';
  const named = (...names: string[]) =>
    readSnapshot(`${names.length}\n${lattice}\n${names.map((name, k) => `${name} ${k} 1 0 1\n`).join("")}`);
  expect([...toSystem(named("X", "X"), polydisperse).assumed!]).toEqual([["X", "P"]]);
  const message = messageOf(() => toSystem(named("X", "Y"), polydisperse));
  expect(advised(message)).toBe("*=P");
  expect([
    ...toSystem(named("X", "Y"), polydisperse, { species: parseSpeciesMap("*=P") }).system.species,
  ]).toEqual([0, 0]);
});

test("diameters from the column that is named, with advice where none is", () => {
  const snapshot = read("16-a-type-per-particle/size-column.extxyz");
  expect(messageOf(() => toSystem(snapshot, polydisperse))).toContain("--diameters size");
  const { diameters } = toSystem(snapshot, polydisperse, { diameters: "size" }).system;
  expect(diameters).toEqual(snapshot.columns.get("size")!.values);
  expect(messageOf(() => toSystem(snapshot, polydisperse, { diameters: "width" }))).toContain(
    "--diameters width: there is no such column of one number a particle. Its columns of numbers are size",
  );
});

test("a box tilted by whole edges is the same lattice: the same energy to rounding", () => {
  const energyOf = (lattice: string) => {
    const text = bytesOf("04-suggested-map-is-wrong/plain.extxyz").toString();
    const { system } = toSystem(readSnapshot(text.replace(/Lattice="[^"]*"/, `Lattice="${lattice}"`)), model);
    return energy(findInteractions(system, model));
  };
  const edge = 8.6266218562750741;
  const square = energyOf(`${edge} 0 0 0 ${edge} 0 0 0 1`);
  for (const turns of [1, 3, -7]) {
    expect(energyOf(`${edge} 0 0 ${turns * edge} ${edge} 0 0 0 1`) / square).toBeCloseTo(1, 12);
  }
  const { box } = toSystem(
    readSnapshot('1\nLattice="4 0 0 1 5 0 7 13 6"\nA 1 2 3\n'),
    preset("3dkablj"),
  ).system;
  expect([...box.vectors]).toEqual([4, 0, 0, 1, 5, 0, 0, -2, 6]);
});

test.each([
  ["B", true],
  ["AB", true],
  ["A", false],
  ["C", false],
])(
  "a file may end without a line break after %s, where species A, B and AB came before: %s",
  (last, whole) => {
    const head =
      '5\nLattice="9 0 0 0 9 0 0 0 9" Properties=pos:R:3:species:S:1\n1 2 3 A\n1 2 4 AB\n1 2 5 B\n1 2 6 Z';
    const bytes = new TextEncoder().encode(`${head}\n1 2 7 ${last}`);
    if (whole) expect(readSnapshot(bytes).count).toBe(5);
    else expect(messageOf(() => readSnapshot(bytes))).toContain("its last word may be cut off");
  },
);

test("a planar file is said to be so, and zeros are not said to be rounded", () => {
  const flat = describeSnapshot(read("06-ase-2d-zero-cell-vector/glass.extxyz"));
  expect([flat.dimension, flat.planar]).toEqual([2, false]);
  const layer = describeSnapshot(readSnapshot('2\nLattice="4 0 0 0 5 0 0 0 6"\nA 0 0 1\nA 1 2 1\n'));
  expect([layer.dimension, layer.planar]).toEqual([2, true]);
  const zeros = describeSnapshot(readSnapshot('1\nLattice="4 0 0 0 5 0 0 0 6"\nA 0 0 0\n'));
  expect([zeros.dimension, zeros.planar, zeros.digits]).toEqual([3, false, 0]);
});
