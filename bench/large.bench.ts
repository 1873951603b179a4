// Large glasses: factor and selected inverse of one glass on 1, 2, … threads, wall and processor time; local thermal
// energies by windows beside the exact ones; molecular dynamics of one large sample. Glasses are made once and kept in
// bench/cache. Or factor and inverse alone of a glass of one's own, repeated along the axes, "4,4" times (1 where left out):
//   npx --no-install node --conditions=softfield-source bench/large.bench.ts GLASS MODEL [COPIES] [RUNS]
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
  type PairModel,
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

/** Order, factor and selected inverse on 1, 2, … threads. */
async function inverses(label: string, system: System, model: PairModel, count = 3): Promise<void> {
  for (let threads = 1; threads <= availableParallelism(); threads *= 2) {
    const team = useMachine(threads);
    const runs = Array.from({ length: count }, () => {
      const minimum = minimumOf(system, model);
      return timed(() => minimum.onInverse(() => undefined));
    });
    const cpu = summarise(runs.map((run) => run.cpu)).median;
    report({
      bench: "large",
      case: `${label}, factor and inverse, ${threads} threads`,
      ...summarise(runs.map((run) => run.wall)),
      notes: { cpu, "GiB at most so far": process.resourceUsage().maxRSS / 2 ** 20 },
    });
    await team?.end();
  }
}

/** A periodic glass, several times along each axis of its box. */
function repeated({ box, positions, species, diameters }: System, copies: readonly number[]): System {
  const d = box.dimension;
  const vectors = box.vectors.map((x, k) => x * copies[Math.floor(k / d)]);
  const total = copies.reduce((product, n) => product * n, 1);
  const places = Array.from({ length: total }, (_, copy) => {
    let rest = copy;
    const shift = new Float64Array(d);
    copies.forEach((n, a) => {
      for (let c = 0; c < d; c++) shift[c] += (rest % n) * box.vectors[a * d + c];
      rest = Math.floor(rest / n);
    });
    return positions.map((x, k) => x + shift[k % d]);
  });
  const times = <Values extends Int32Array | Float64Array>(values: Values, out: Values) => {
    for (let copy = 0; copy < total; copy++) out.set(values, copy * values.length);
    return out;
  };
  const all = new Float64Array(total * positions.length);
  places.forEach((own, copy) => {
    all.set(own, copy * positions.length);
  });
  return {
    box: { ...box, vectors },
    positions: all,
    species: times(species, new Int32Array(total * species.length)),
    ...(diameters && { diameters: times(diameters, new Float64Array(total * diameters.length)) }),
  };
}

const [path, name, times, count] = process.argv.slice(2);
if (path !== undefined) {
  const model = preset(name as PresetName);
  const { system } = toSystem(readSnapshot(readFileSync(path), { source: path }), model);
  const copies = Array.from({ length: system.box.dimension }, (_, a) => Number(times?.split(",")[a] ?? 1));
  const large = repeated(system, copies);
  await inverses(`${name} N = ${large.species.length}`, large, model, count ? Number(count) : undefined);
  process.exit();
}

for (const which of CASES) {
  const [system, model] = [glass(which), preset(which.model)];
  const label = `${which.model} N = ${which.n}`;
  await inverses(label, system, model);
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
  const run = () =>
    dynamics.run({ steps: STEPS, thermostat: { kind: "none" }, stretch: { done: 0, total: STEPS } });
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
