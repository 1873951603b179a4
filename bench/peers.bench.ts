// Factor and selected inverse beside CHOLMOD and MUMPS on the same matrices in the same run, 1 and 2 threads: seconds, entries
// of L, operations. Glasses: GLASS MODEL pairs on the command line, or those of large.bench.ts from bench/cache.
//   npx --no-install node --conditions=softfield-source bench/peers.bench.ts [GLASS MODEL]… [--inverse N]
// --inverse: MUMPS's entries of the inverse for glasses of up to N particles (default 2,000; it takes long).
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { useMachine } from "@softfield/node";
import { minimumOf, type PresetName, preset, readSnapshot, toSystem } from "softfield";
import { hessian } from "softfield/internal";
import { type CholeskyFactor, selectedInverse } from "softfield/sparse";
import { report, summarise } from "./harness.ts";
import { peer, writePinned } from "./peers/peers.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { inverse: { type: "string", default: "2000" }, runs: { type: "string", default: "3" } },
});
const cache = join(import.meta.dirname, "cache");
const given =
  positionals.length > 0
    ? positionals
    : ["3dkablj_2000", "3dkablj_8000", "2dipl_40000"].flatMap((name) => [
        join(cache, `${name}.extxyz`),
        name.split("_")[0],
      ]);

for (let k = 0; k < given.length; k += 2) {
  const [path, name] = given.slice(k, k + 2);
  const model = preset(name as PresetName);
  const { system } = toSystem(readSnapshot(readFileSync(path), { source: path }), model);
  const size = system.species.length;
  const label = `${name} N = ${size}`;
  const file = join(tmpdir(), `softfield-peers-${process.pid}.bin`);
  try {
    writePinned(hessian(minimumOf(system, model).backbone.interactions), file);
    for (const threads of [1, 2]) {
      await own(label, threads, () => minimumOf(system, model));
      for (const which of ["cholmod", "mumps"] as const) {
        const inverse = which === "mumps" && size <= Number(values.inverse);
        const found = peer(which, file, { threads, inverse });
        if (!found) continue;
        const { analysis, factor, invert, entries, operations, error } = found;
        report({
          bench: "peers",
          case: `${label}, ${which}, ${threads} threads`,
          ...summarise([factor]),
          notes: { analysis, ...(inverse && { invert }), entries, operations, error },
        });
      }
    }
  } finally {
    rmSync(file, { force: true });
  }
}

/** softfield's factor and selected inverse, the best of some runs each. */
async function own(label: string, threads: number, at: () => ReturnType<typeof minimumOf>): Promise<void> {
  const team = useMachine(threads);
  const [factors, inverses]: [number[], number[]] = [[], []];
  let factor: CholeskyFactor | undefined;
  for (let run = 0; run < Number(values.runs); run++) {
    const minimum = at();
    const start = performance.now();
    factor = minimum.factor();
    const between = performance.now();
    selectedInverse(factor);
    factors.push((between - start) / 1000);
    inverses.push((performance.now() - between) / 1000);
  }
  await team?.end();
  const { nonzeros: entries, flops: operations } = factor!.workspace.symbolic;
  report({
    bench: "peers",
    case: `${label}, softfield, ${threads} threads (factor with its analysis)`,
    ...summarise(factors),
    notes: { invert: Math.min(...inverses), entries, operations },
  });
}
