// Local thermal energies by stage, in fresh processes (what a user waits for) and warm (what an ensemble pays), beside
// LAPACK's full diagonalisation, the paper's way, in the same run. Glasses are made once and kept in bench/cache.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  extxyzText,
  findInteractions,
  frameOfSystem,
  hessian,
  localThermalEnergy,
  minimumOf,
  preset,
  readSnapshot,
  type System,
  toSystem,
} from "softfield";
import type { PaperModel } from "softfield/internal";
import { toDense } from "softfield/sparse";
import { report, summarise } from "./harness.ts";
import { peer, writePinned } from "./peers/peers.ts";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "cache");
const cli = join(here, "../packages/cli/bin/softfield.js");
mkdirSync(cache, { recursive: true });

const CASES: readonly { model: PaperModel; n: number; tiles?: number }[] = [
  { model: "2dipl", n: 1600 },
  { model: "2dipl", n: 10_000 },
  { model: "2dipl", n: 40_000, tiles: 2 },
  { model: "2dipl", n: 160_000, tiles: 4 },
  { model: "3dipl", n: 2000 },
  { model: "3dkablj", n: 2000 },
];

/** A glass of softfield's own making, seed 1; the two largest are the N = 10,000 one repeated 2×2 and 4×4. */
function glass({ model, n, tiles }: (typeof CASES)[number]): string {
  const path = join(cache, `${model}_${n}.extxyz`);
  if (existsSync(path)) return path;
  if (tiles === undefined) {
    execFileSync(
      process.execPath,
      [cli, "make", "--model", model, "-n", String(n), "--seed", "1", "-o", path],
      { stdio: "inherit" },
    );
    return path;
  }
  const system = read(glass({ model, n: n / tiles ** 2 }), model);
  writeFileSync(path, [...extxyzText(frameOfSystem(tiled(system, tiles), preset(model)))].join(""));
  return path;
}

function read(path: string, model: PaperModel): System {
  return toSystem(readSnapshot(readFileSync(path), { source: path }), preset(model)).system;
}

function tiled({ box, positions, species }: System, k: number): System {
  const h = box.vectors;
  const cells = Array.from({ length: k * k }, (_, c) => [c % k, Math.floor(c / k)] as const);
  return {
    box: { ...box, vectors: h.map((x) => k * x) },
    positions: Float64Array.from(
      cells.flatMap(([a, b]) => Array.from(positions, (x, c) => x + a * h[c % 2] + b * h[2 + (c % 2)])),
    ),
    species: Int32Array.from(cells.flatMap(() => Array.from(species))),
  };
}

interface Summary {
  readonly seconds: Record<string, number>;
  readonly peakMemoryMB: number;
  readonly sumRuleError: number;
  readonly bonds: number;
}

const totals: [number, number][] = [];
for (const which of CASES) {
  const path = glass(which);
  const runs = which.n >= 100_000 ? 3 : 5;
  const cold = Array.from({ length: runs }, () => {
    const { stdout } = spawnSync(process.execPath, [cli, "lte", path, "-m", which.model, "--json"], {
      encoding: "utf8",
    });
    return JSON.parse(stdout) as Summary;
  });
  const stage = (name: string) => summarise(cold.map(({ seconds }) => seconds[name])).median;
  const total = summarise(cold.map(({ seconds }) => seconds.total as number));
  const label = `${which.model} N = ${which.n}`;
  report({
    bench: "lte",
    case: `${label}, fresh process`,
    ...total,
    notes: {
      interactions: stage("interactions"),
      factor: stage("factor"),
      invert: stage("invert"),
      respond: stage("respond"),
      read: stage("read"),
      peakMB: Math.max(...cold.map(({ peakMemoryMB }) => peakMemoryMB)),
      sumRuleError: Math.max(...cold.map(({ sumRuleError }) => sumRuleError)),
    },
  });
  if (which.model === "2dipl") totals.push([which.n, total.median]);
  if (which.n > 50_000) continue;
  const system = read(path, which.model);
  const warm = Array.from(
    { length: 8 },
    () => localThermalEnergy(minimumOf(system, preset(which.model))).seconds.total,
  ).slice(3);
  report({ bench: "lte", case: `${label}, warm`, ...summarise(warm) });
}

report({
  bench: "lte",
  case: "2dipl, growth from N = 10,000 to 160,000",
  ...summarise(totals.slice(1).map(([, seconds]) => seconds)),
  notes: { exponent: exponent(totals.slice(1)) },
});
fullDiagonalisation();
for (const n of [1600, 10_000, 40_000]) mumps(n);

/** Slope of log t against log N, least squares. */
function exponent(points: readonly [number, number][]): number {
  const logs = points.map(([n, t]) => [Math.log(n), Math.log(t)] as const);
  const mean = (k: 0 | 1) => logs.reduce((sum, point) => sum + point[k] / logs.length, 0);
  const [x, y] = [mean(0), mean(1)];
  return (
    logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) /
    logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
  );
}

/** scipy.linalg.eigh (LAPACK) of the Hessian of the N = 1,600 glass, one thread. */
function fullDiagonalisation(): void {
  const matrix = join(cache, "hessian1600.bin");
  const dense = toDense(
    hessian(findInteractions(read(join(cache, "2dipl_1600.extxyz"), "2dipl"), preset("2dipl"))),
  );
  writeFileSync(matrix, new Uint8Array(dense.buffer));
  const program =
    "import sys, time, numpy as n, scipy.linalg as l\n" +
    "a = n.fromfile(sys.argv[1]); k = int(len(a)**.5); a = a.reshape(k, k); t = time.time(); w, v = l.eigh(a, driver='evd')\n" +
    "print(time.time() - t, abs(a @ v - v * w).max())";
  const environment = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const { stdout, status } = spawnSync("python3", ["-c", program, matrix], {
    encoding: "utf8",
    env: environment,
  });
  if (status !== 0) {
    process.stderr.write("no scipy here: LAPACK's full diagonalisation not timed\n");
    return;
  }
  const [seconds, residual] = stdout.trim().split(" ").map(Number) as [number, number];
  report({
    bench: "lte",
    case: "2dipl N = 1600, LAPACK dsyevd",
    ...summarise([seconds]),
    notes: { residual },
  });
}

/** MUMPS's entries of the inverse on the pattern of M (one particle pinned), in the same run, where it is installed. */
function mumps(n: number): void {
  const file = join(cache, `pinned${n}.bin`);
  const system = read(join(cache, `2dipl_${n}.extxyz`), "2dipl");
  writePinned(hessian(findInteractions(system, preset("2dipl"))), file);
  const found = peer("mumps", file, { inverse: true });
  if (!found) return;
  const { analysis, factor, invert, error: traceError } = found;
  report({
    bench: "lte",
    case: `2dipl N = ${n}, MUMPS entries of the inverse`,
    ...summarise([analysis + factor + invert]),
    notes: { analysis, factor, invert, traceError },
  });
}
