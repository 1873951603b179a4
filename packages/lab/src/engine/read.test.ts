import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  extxyzText,
  frameOfSystem,
  indicatorMaps,
  makeGlass,
  minimumOf,
  preset,
  softnessField,
} from "softfield";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Reading, readJob } from "./read.ts";

const silicon = preset("sw-silicon");
let folder: string;
let reading: Reading;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "softfield-read-"));
  const { system } = makeGlass({
    model: silicon,
    particles: 125,
    seed: 1,
    protocol: { liquidTime: 2, annealTime: 4, dt: 0.015 },
  });
  reading = readJob(
    { state: 1, system, model: silicon, kept: 1.1, corner: new Float64Array(3) },
    () => undefined,
  );
  writeFileSync(join(folder, "silicon.extxyz"), [...extxyzText(frameOfSystem(system, silicon))].join(""));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in the folder. */
function softfield(...args: string[]): void {
  const cli = fileURLToPath(new URL("../../../cli/test/source-cli.ts", import.meta.url));
  const flags = ["--conditions=softfield-source", "--no-warnings"];
  const { status, stderr } = spawnSync(process.execPath, [...flags, cli, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(stderr).not.toContain("error");
  expect(status).toBe(0);
}

test("silicon's particles are coloured by pairs and triples, by the numbers of the command line", () => {
  softfield("lte", "silicon.extxyz", "--model", "sw-silicon", "-o", "lte.extxyz");
  const rows = readFileSync(join(folder, "lte.extxyz"), "utf8").trimEnd().split("\n").slice(2);
  const column = (k: number) => rows.map((row) => Number(row.split(" ")[k]));
  // species, type, x, y, z, lte, lte_max
  expect(Array.from(reading.share)).toEqual(column(5));
  expect(Array.from(reading.largest)).toEqual(column(6));
  const sum = (values: Float64Array) => values.reduce((all, x) => all + x, 0);
  expect(sum(reading.share)).toBeCloseTo(3 * 125 - 3, 6);
  expect(sum(reading.particleEnergy) / reading.energy).toBeCloseTo(1, 12);
});

test("silicon's field and spots are those of the command line, triples included", () => {
  const { system, energies } = reading;
  const field = softnessField(system.box, system.positions, energies);
  expect(field).toEqual(indicatorMaps(minimumOf(reading.system, silicon), { indicators: ["lte"] })[0].field);
  expect(field.entries.reduce((all, n) => all + n, 0)).toBe(energies[0].lte.length + energies[1].lte.length);
});
