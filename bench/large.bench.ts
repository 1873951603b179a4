// Large glasses: factor and selected inverse of one glass on 1, 2, … threads, wall and processor time; local thermal
// energies by windows beside the exact ones; molecular dynamics of one large sample. Glasses are made once and kept in
// bench/cache.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { useMachine } from "@softfield/node";
import {
  ForceField,
  initialConfiguration,
  localThermalEnergy,
  MolecularDynamics,
  minimumOf,
  preset,
  readSnapshot,
  type System,
  toSystem,
  windowedThermalEnergy,
} from "softfield";
import type { PresetName } from "softfield/internal";
import { report, summarise } from "./harness.ts";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "cache");
const cli = join(here, "../packages/cli/bin/softfield.js");
mkdirSync(cache, { recursive: true });

const CASES: readonly { model: PresetName; n: number; reach: number }[] = [
  { model: "3dkablj", n: 2000, reach: 2.6 },
  { model: "3dkablj", n: 8000, reach: 3 },
  { model: "2dipl", n: 40_000, reach: 10 },
];

function glass({ model, n }: (typeof CASES)[number]): System {
  const path = join(cache, `${model}_${n}.extxyz`);
  if (!existsSync(path)) {
    const args = [cli, "make", "--model", model, "-n", String(n), "--seed", "1", "-o", path];
    execFileSync(process.execPath, args, { stdio: "inherit" });
  }
  return toSystem(readSnapshot(readFileSync(path), { source: path }), preset(model)).system;
}

/** Seconds of wall and processor time. */
function timed<Result>(work: () => Result): { result: Result; wall: number; cpu: number } {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

for (const which of CASES) {
  const [system, model] = [glass(which), preset(which.model)];
  const label = `${which.model} N = ${which.n}`;
  for (let threads = 1; threads <= availableParallelism(); threads *= 2) {
    const team = useMachine(threads);
    const runs = Array.from({ length: 3 }, () => {
      const minimum = minimumOf(system, model);
      return timed(() => minimum.inverse());
    });
    const cpu = summarise(runs.map((run) => run.cpu)).median;
    const walls = summarise(runs.map((run) => run.wall));
    report({
      bench: "large",
      case: `${label}, factor and inverse, ${threads} threads`,
      ...walls,
      notes: { cpu },
    });
    await team?.end();
  }
  const minimum = minimumOf(system, model);
  const exact = localThermalEnergy(minimum).energies[0].lte;
  const { result, wall, cpu } = timed(() =>
    windowedThermalEnergy(minimum, { reach: which.reach, samples: 32 }),
  );
  const sum = (values: Float64Array) => values.reduce((all, x) => all + x * x, 0);
  const off = result.energies[0].lte.map((e, m) => e - exact[m]);
  report({
    bench: "large",
    case: `${label}, windows of reach ${which.reach}, 32 samples`,
    ...summarise([wall]),
    notes: { cpu, error: Math.sqrt(sum(off) / sum(exact)), said: result.accuracy.relativeError },
  });
}

const STEPS = 300;
const liquid = initialConfiguration(preset("3dkablj"), 60_000, 1);
for (let threads = 1; threads <= availableParallelism(); threads *= 2) {
  const team = useMachine(threads);
  const dynamics = new MolecularDynamics(ForceField.create(liquid, preset("3dkablj")), {
    dt: 0.001,
    seed: 1,
  });
  dynamics.drawVelocities(1);
  const run = () => dynamics.run(STEPS, { kind: "none" }, { done: 0, total: STEPS });
  run();
  const own = process.threadCpuUsage();
  const { wall, cpu } = timed(run);
  const { user, system } = process.threadCpuUsage(own);
  report({
    bench: "large",
    case: `3dkablj N = 60000, a step of dynamics, ${threads} threads`,
    ...summarise([wall / STEPS]),
    notes: { cpu: cpu / STEPS, "of the first thread": (user + system) / 1e6 / STEPS },
  });
  await team?.end();
}
