import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseTableColumns } from "./columns.ts";
import { evaluatePairs, parseModel } from "./index.ts";

const folder = new URL("../../test/cases/12-lammps-table/", import.meta.url);
const text = (name: string) => readFileSync(new URL(name, folder), "utf8");
const lj = (r: number) => 4 * (1 / r ** 12 - 1 / r ** 6);
const rsq = (n: number, low: number, high: number, energy = lj) => {
  const rows = Array.from({ length: n }, (_, k) => {
    const r = Math.sqrt(low * low + ((high * high - low * low) * k) / (n - 1));
    return `${k + 1} ${r.toPrecision(15)} ${energy(r).toPrecision(15)} 0`;
  });
  return `# own\n\nLJ\nN ${n} RSQ ${low} ${high}\n\n${rows.join("\n")}\n`;
};

test("a table as pair_write makes it gives r and φ", () => {
  const { r, phi } = parseTableColumns(text("lj.table"), "lj.table");
  expect([r.length, r[0], r[99]]).toEqual([100, 0.8, 2.5]);
  for (let k = 0; k < 100; k++) expect(phi[k]).toBeCloseTo(lj(r[k]), 10);
});

test("a model that names such a table has the energy of Lennard-Jones", () => {
  const columns = { "lj.table": parseTableColumns(text("lj.table"), "lj.table") };
  const model = parseModel(JSON.parse(text("lj.json")) as object, "lj.json", columns);
  const one = () => Float64Array.of(0);
  const pair = {
    i: Int32Array.of(0),
    j: Int32Array.of(1),
    r: Float64Array.of(1.3),
    phi0: one(),
    phi1: one(),
    phi2: one(),
    phi3: one(),
  };
  const plain = parseModel({
    name: "lj",
    species: ["A"],
    form: "lennard-jones",
    lambda: 1,
    cutoff: 2.5,
    smoothing: 0,
  });
  evaluatePairs(model, { species: new Int32Array(2) }, pair);
  const [phi, slope] = [pair.phi0[0], pair.phi1[0]];
  evaluatePairs(plain, { species: new Int32Array(2) }, pair);
  expect(phi).toBeCloseTo(pair.phi0[0], 7);
  expect(slope).toBeCloseTo(pair.phi1[0], 6);
});

test("rows at equal steps of r² come at equal steps of r", () => {
  const { r, phi } = parseTableColumns(rsq(2000, 0.9, 2.5), "lj.table");
  expect([r[0], r[r.length - 1]]).toEqual([0.9, 2.5]);
  const step = (2.5 - 0.9) / (r.length - 1);
  for (let k = 0; k < r.length; k++) {
    expect(r[k]).toBeCloseTo(0.9 + k * step, 12);
    expect(phi[k]).toBeCloseTo(lj(r[k]), 9);
  }
});

test.each([
  [
    "a head cut off",
    text("lj-headless.table"),
    1,
    "the first column counts 1, 2, 3, …: this is a LAMMPS table without its head",
  ],
  [
    "two sections",
    `${rsq(20, 0.9, 2.5)}\n${rsq(20, 0.9, 2.5).replace("LJ", "BB")}`,
    4,
    "has the sections LJ, BB: keep one",
  ],
  ["a bitmap", rsq(20, 0.9, 2.5).replace("RSQ", "BITMAP"), 4, "BITMAP tables are not read"],
  ["rows too few", rsq(20, 0.9, 2.5).replace("N 20", "N 21"), 4, "announces 21 rows and has 20"],
  ["rows elsewhere", rsq(20, 0.9, 2.5).replace("RSQ", "R"), 7, "puts 0.984210526315789"],
  [
    "a zero at the cutoff",
    rsq(200, 0.9, 2.5, (r) => (r < 2.499999 ? lj(r) : 0)),
    205,
    "pair_write writes that at the cutoff",
  ],
  ["a broken row", rsq(20, 0.9, 2.5).replace(/\n2 \S+/, "\n2 x"), 7, 'expected "index r energy force"'],
])("refused: %s", (_, table, line, words) => {
  try {
    parseTableColumns(table, "own.table");
  } catch (error) {
    expect((error as Error).message).toContain(words);
    expect((error as Error).message).toMatch(new RegExp(`^own.table, line ${line}: `));
    return;
  }
  throw new Error("was read");
});

test("a table that goes to zero by itself may end in a zero", () => {
  const smooth = (r: number) => (2.5 - r) ** 3;
  const { phi } = parseTableColumns(rsq(200, 0.9, 2.5, smooth).replace(/\S+ 0\n$/, "0 0\n"), "own.table");
  expect(phi[phi.length - 1]).toBeCloseTo(0, 12);
});
