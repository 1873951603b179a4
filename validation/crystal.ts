/**
 * Diamond silicon by the preset sw-silicon: energy an atom, largest force, pressure and elastic constants; on request
 * the crystal as a file, for `softfield info`, `lte`, `minimize` and others. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/crystal.ts 2 diamond.extxyz
 */
import { writeFileSync } from "node:fs";
import { extxyzText, ForceField, frameOfSystem, preset, SoftfieldError } from "softfield";
import { diamond, elasticConstants, GPA } from "./diamond.ts";
import { scriptArguments, wholeNumber } from "./script.ts";

const [given, file] = scriptArguments("crystal.ts CELLS [FILE.extxyz]   (8 CELLS^3 atoms)", 1) as [
  string,
  string?,
];
const cells = wholeNumber(given, "the number of cubic cells along an edge");
if (cells < 2) throw new SoftfieldError("usage", "one cell is shorter than the cutoff: give 2 cells or more");
const model = preset("sw-silicon");
const system = diamond(cells);
const field = ForceField.create(system, model);
const [xx, , , , yy, , , , zz] = field.stress() as unknown as number[];
const { c11, c12, c44 } = elasticConstants(cells);
const rows: [string, string][] = [
  ["N", String(field.count)],
  ["U/N, epsilon", (field.energy / field.count).toFixed(8)],
  ["largest force, epsilon/sigma", field.maxGradient().toExponential(1)],
  ["pressure, GPa", ((-(xx! + yy! + zz!) / 3) * GPA).toExponential(1)],
  ["C11, GPa", c11.toFixed(2)],
  ["C12, GPa", c12.toFixed(2)],
  ["C44, GPa", c44.toFixed(2)],
];
process.stdout.write(rows.map((row) => `${row.join("\t")}\n`).join(""));
if (file !== undefined) writeFileSync(file, [...extxyzText(frameOfSystem(system, model))].join(""));
