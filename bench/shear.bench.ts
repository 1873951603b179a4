// Quasistatic shear of 2DIPL glasses of N = 10,000 to five events, on one core: ten samples, one run each.
// SAMPLES and PARTICLES (environment) make it shorter; glasses are made first, by the paper's preparation.
import { makeGlass, preset, shear } from "softfield";
import { report, summarise } from "./harness.ts";

const samples = Number(process.env.SAMPLES ?? 10);
const particles = Number(process.env.PARTICLES ?? 10_000);
const model = preset("2dipl");
const seconds: number[] = [];
const work = { evaluations: 0, factorizations: 0, analyses: 0 };
let widest = 0;
for (let seed = 1; seed <= samples; seed++) {
  const { system } = makeGlass({ model, particles, seed });
  const start = performance.now();
  const result = shear(system, model, { events: 5, tolerance: 1e-6 });
  seconds.push((performance.now() - start) / 1000);
  if (result.status !== "complete") throw new Error(`seed ${seed}: ${result.status}: ${result.message}`);
  for (const { bracket } of result.events) widest = Math.max(widest, bracket[1] - bracket[0]);
  for (const key of ["evaluations", "factorizations", "analyses"] as const) {
    work[key] += result.work[key] / samples;
  }
}
report({
  bench: "shear",
  case: `2DIPL N = ${particles}, 5 events, ${samples} samples`,
  ...summarise(seconds),
  notes: { ...work, bracket: widest },
});
