// Reading and breaking one glass of N = 10,000 in two dimensions: local thermal energies + softness field + soft spots
// + 30 normal modes, then the shear to five events. Warm, in one process.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  indicatorMaps,
  localThermalEnergy,
  makeGlass,
  minimumOf,
  normalModes,
  preset,
  readSnapshot,
  softnessField,
  softSpots,
  toSystem,
} from "softfield";
import { report, time } from "./harness.ts";

const model = preset("2dipl");
const cached = join(dirname(fileURLToPath(import.meta.url)), "cache/2dipl_10000.extxyz");
const system = existsSync(cached)
  ? toSystem(readSnapshot(readFileSync(cached), { source: cached }), model).system
  : makeGlass({ model, particles: 10_000, seed: 1 }).system;

const response = localThermalEnergy(minimumOf(system, model));
const few = { warmup: 1, runs: 5 };
const { status, spots } = softSpots(softnessField(system.box, system.positions, response.energies));
report({ bench: "softness", case: "LTE", ...time(() => localThermalEnergy(minimumOf(system, model)), few) });
report({
  bench: "softness",
  case: "field and spots",
  ...time(() => softSpots(softnessField(system.box, system.positions, response.energies)), few),
  notes: { status, spots: spots.length },
});
const residual = Math.max(...normalModes(minimumOf(system, model)).residuals);
report({
  bench: "softness",
  case: "30 normal modes",
  ...time(() => normalModes(minimumOf(system, model)), few),
  notes: { residual },
});
report({
  bench: "softness",
  case: "LTE + field + spots + 30 modes",
  ...time(() => indicatorMaps(minimumOf(system, model)), few),
});
