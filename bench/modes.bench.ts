// The 30 lowest normal modes of a 2DIPL glass of N = 10,000 by stage, and the whole of `softfield modes` in a fresh
// process; and the elastic constants. Glasses are made once and kept in bench/cache.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { elasticConstants, minimumOf, preset, readSnapshot, toSystem } from "softfield";
import { lowestNormalModes } from "softfield/internal";
import { report, time } from "./harness.ts";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "cache");
const cli = join(here, "../packages/cli/bin/softfield.js");
mkdirSync(cache, { recursive: true });
const model = preset("2dipl");

for (const n of [1600, 10_000]) {
  const path = join(cache, `2dipl_${n}.extxyz`);
  if (!existsSync(path)) {
    const args = [cli, "make", "--model", "2dipl", "-n", String(n), "--seed", "1", "-o", path];
    execFileSync(process.execPath, args, { stdio: "inherit" });
  }
  const { system } = toSystem(readSnapshot(readFileSync(path), { source: path }), model);
  const minimum = minimumOf(system, model);
  const factor = minimum.factor();
  for (const count of [1, 30, 100]) {
    const { residuals, squares } = lowestNormalModes(factor, count);
    const notes = { "largest residual": Math.max(...residuals), "ω²_1": squares[0] };
    const runs = time(() => lowestNormalModes(factor, count), { warmup: 1, runs: 5 });
    report({ bench: "modes", case: `2dipl N = ${n}, ${count} modes, factor given`, ...runs, notes });
  }
  report({
    bench: "modes",
    case: `2dipl N = ${n}, elastic constants, factor given`,
    ...time(() => elasticConstants(minimum), { warmup: 1, runs: 5 }),
    notes: { G: elasticConstants(minimum).shearModulus },
  });
  const whole = time(
    () => execFileSync(process.execPath, [cli, "modes", path, "-m", "2dipl", "-n", "30", "--json"]),
    { warmup: 1, runs: 5 },
  );
  report({ bench: "modes", case: `2dipl N = ${n}, softfield modes -n 30, whole process`, ...whole });
}
