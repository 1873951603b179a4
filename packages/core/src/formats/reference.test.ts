import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type PaperModel, preset } from "../models/index.ts";
import { readSnapshot, toSystem } from "./index.ts";

const folder = new URL("../../../../examples/reference/", import.meta.url);
const cases = [
  ["2dipl_400", "2dipl", 400],
  ["2dipl_1600", "2dipl", 1600],
  ["2dipl_1600_sheared_soft", "2dipl", 1600],
  ["3dipl_400", "3dipl", 400],
  ["3dkablj_400", "3dkablj", 400],
] as const satisfies readonly (readonly [string, PaperModel, number])[];

test.each(cases)("reference file %s is read to the last bit and placed in its model", (name, model, n) => {
  const text = readFileSync(new URL(`${name}.extxyz`, folder), "utf8");
  const snapshot = readSnapshot(text, { source: `${name}.extxyz` });
  const { system } = toSystem(snapshot, preset(model));
  const rows = text
    .trimEnd()
    .split("\n")
    .slice(2)
    .map((row) => row.split(" "));
  const d = system.box.dimension;
  expect(d).toBe(Number(name[0]));
  expect([snapshot.count, snapshot.digits, rows.length]).toEqual([n, 17, n]);
  expect([...system.positions]).toEqual(rows.flatMap((row) => row.slice(1, 1 + d).map(Number)));
  expect([...system.species]).toEqual(rows.map((row) => preset(model).species.indexOf(row[0])));
  const lattice = /Lattice="([^"]*)"/.exec(text)![1].split(" ").map(Number);
  expect([...system.box.vectors]).toEqual(d === 3 ? lattice : [0, 1, 3, 4].map((k) => lattice[k]));
});
