// Local thermal energies of amorphous silicon (Stillinger–Weber), N = 1,000 and 4,000: pairs and triples. The glasses
// are made once and kept in bench/cache; molecular dynamics beside it, in steps a second.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ForceField,
  localThermalEnergy,
  MolecularDynamics,
  minimumOf,
  preset,
  readSnapshot,
  toSystem,
} from "softfield";
import { report, summarise, time } from "./harness.ts";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "cache");
const cli = join(here, "../packages/cli/bin/softfield.js");
mkdirSync(cache, { recursive: true });
const model = preset("sw-silicon");

for (const n of [1000, 4000]) {
  const path = join(cache, `sw-silicon_${n}.extxyz`);
  if (!existsSync(path)) {
    const recipe = ["--dt", "0.015", "--liquid-time", "10", "--anneal-time", n > 1000 ? "50" : "100"];
    const args = [cli, "make", "-m", "sw-silicon", "-n", String(n), "--seed", "1", "-o", path, ...recipe];
    execFileSync(process.execPath, args, { stdio: "inherit" });
  }
  const { system } = toSystem(readSnapshot(readFileSync(path), { source: path }), model);
  const solved = Array.from({ length: 4 }, () => localThermalEnergy(minimumOf(system, model))).slice(1);
  const first = solved[0] as (typeof solved)[0];
  report({
    bench: "threebody",
    case: `sw-silicon N = ${n}, local thermal energies`,
    ...summarise(solved.map(({ seconds }) => seconds.total)),
    notes: {
      ...Object.fromEntries(first.energies.map(({ kind, lte }) => [kind.name, lte.length])),
      "sum rule": first.sumRuleError,
      ...Object.fromEntries(Object.entries(first.seconds).map(([stage, s]) => [`${stage} ms`, s * 1000])),
    },
  });
  const dynamics = new MolecularDynamics(ForceField.create(system, model), { dt: 0.01, seed: 1 });
  dynamics.drawVelocities(0.02);
  const steps = 100;
  const thermostat = { kind: "rescaling", temperature: 0.02, relaxation: 0.5 } as const;
  const run = time(() => dynamics.run({ steps, thermostat }), { warmup: 2, runs: 5 });
  report({
    bench: "threebody",
    case: `sw-silicon N = ${n}, ${steps} steps of molecular dynamics`,
    ...run,
    notes: { "µs a particle and step": (1e6 * run.median) / steps / n },
  });
}
