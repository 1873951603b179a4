/**
 * How |E| and |dE/dγ| grow towards an instability, and how their tails fall off. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/directional.ts approach [FILE MODEL]
 *   npx --no-install node --conditions=softfield-source validation/directional.ts tail 2dipl 2500 1..24 [ENSEMBLE]
 *
 * "approach": the largest of both, of all families of interactions, in a glass (examples/reference/2dipl_1600; a file, and a
 * preset or a model file) sheared to γ_c − δ, and the local exponents of δ. "tail": of glasses by SI A, the exponents a of
 * p(x) ∼ x^−a by maximum likelihood from several thresholds on, and of the largest value of each glass, all families; what
 * D(ω) ∼ ω^β lets expect, (5 + β)/4 for |E| and (9 + β)/8 for |dE/dγ|, with the β of the lowest modes of the same glasses;
 * ENSEMBLE: a folder of `yielding-ensemble.ts` that has them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModel } from "@softfield/node";
import {
  localThermalEnergy,
  type Minimum,
  makeGlass,
  minimumOf,
  normalModes,
  readSnapshot,
  SoftfieldError,
  type System,
  shear,
  strainComponents,
  strainDerivatives,
  toSystem,
} from "softfield";
import { scriptArguments, wholeNumber } from "./script.ts";

const [what, ...rest] = scriptArguments(
  "directional.ts approach [FILE MODEL] | tail [MODEL] [N] [FROM..TO] [ENSEMBLE]",
  1,
);
if (what === "approach") approach(rest[0], rest[1]);
else if (what === "tail") tail(rest[0], rest[1], rest[2], rest[3]);
else throw new SoftfieldError("usage", `"${what}": approach or tail`);

function approach(
  file = fileURLToPath(new URL("../examples/reference/2dipl_1600.extxyz", import.meta.url)),
  name = "2dipl",
): void {
  const model = loadModel(name);
  const { system } = toSystem(readSnapshot(readFileSync(file), { source: file }), model);
  const [{ strain }] = shear(system, model, { events: 1, tolerance: 1e-10 }).events;
  let before: number[] | undefined;
  console.log("δ\tmax |E|\tmax |dE/dγ|\texponents");
  for (const left of [1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7]) {
    const { system: at } = shear(system, model, { maxStrain: strain - left });
    const minimum = minimumOf(at, model);
    const { E, dE } = valuesOf(minimum);
    const now = [left, largest(E), largest(dE)];
    const slopes = before
      ? [1, 2].map((k) => (Math.log(now[k] / before![k]) / Math.log(now[0] / before![0])).toFixed(3))
      : [];
    console.log([...now.map((x) => x.toPrecision(4)), ...slopes].join("\t"));
    before = now;
  }
}

function tail(name = "2dipl", particlesGiven = "2500", seedsGiven = "1..24", ensemble?: string): void {
  const model = loadModel(name);
  const particles = wholeNumber(particlesGiven, "the number of particles");
  const [from, to] = seedsGiven.split("..").map((text) => wholeNumber(text, "a seed"));
  const kinds: Record<"E" | "dE", number[]>[] = [];
  const frequencies: number[] = [];
  for (let seed = from; seed <= to; seed++) {
    const path = ensemble && join(ensemble, `${name}-${particles}-${seed}.json`);
    const system = path ? stored(path) : makeGlass({ model, particles, seed }).system;
    const minimum = minimumOf(system, model);
    kinds.push(valuesOf(minimum));
    frequencies.push(normalModes(minimum, { count: 1 }).frequencies[0]);
  }
  // the lowest frequency of a glass of N particles: Weibull of exponent 1 + β
  const beta =
    hill(
      frequencies.map((w) => 1 / w),
      Math.ceil(frequencies.length / 2),
    ) - 2;
  console.log(
    `${name}, N = ${particles}, ${kinds.length} glasses; β of the lowest half of ω_min: ${beta.toFixed(2)}`,
  );
  console.log(
    `expected a: |E| ${((5 + beta) / 4).toFixed(2)} (2.25 by β = 4), |dE/dγ| ${((9 + beta) / 8).toFixed(2)} (1.63)`,
  );
  for (const kind of ["E", "dE"] as const) {
    const all = kinds.flatMap((one) => one[kind]).sort((a, b) => b - a);
    for (const count of [100, 300, 1000, 3000])
      if (count < all.length)
        console.log(
          `${kind}: the ${count} largest, from ${all[count].toPrecision(3)}: a = ${hill(all, count).toFixed(2)}`,
        );
    const most = kinds.map((one) => Math.max(...one[kind]));
    const half = Math.ceil(most.length / 2);
    console.log(
      `${kind}: the largest of each glass, upper half: a = ${hill(most, half).toFixed(2)} ± ${((hill(most, half) - 1) / Math.sqrt(half)).toFixed(2)}`,
    );
  }
}

/** |E| and |dE/dγ| under simple shear in the plane xy, of all interactions. */
function valuesOf(minimum: Minimum): Record<"E" | "dE", number[]> {
  const { components, families } = strainDerivatives(
    minimum,
    strainComponents(minimum.interactions.dimension).filter(({ name }) => name === "xy"),
  );
  if (components.length !== 1) throw new SoftfieldError("usage", "no plane xy");
  return {
    E: localThermalEnergy(minimum).energies.flatMap(({ lte }) => Array.from(lte, Math.abs)),
    dE: families.flatMap(([rates]) => Array.from(rates, Math.abs)),
  };
}

/** The glass of an ensemble's file. */
function stored(path: string): System {
  const { box, species, positions } = JSON.parse(readFileSync(path, "utf8")) as {
    box: number[];
    species: number[];
    positions: string;
  };
  return {
    box: { dimension: box.length === 4 ? 2 : 3, vectors: Float64Array.from(box) },
    species: Int32Array.from(species),
    positions: new Float64Array(Uint8Array.from(Buffer.from(positions, "base64")).buffer),
  };
}

/** Hill's estimate of a in p(x) ∼ x^−a from the `count` largest. */
function hill(values: readonly number[], count: number): number {
  const sorted = [...values].sort((a, b) => b - a);
  const least = sorted[Math.min(count, sorted.length - 1)];
  const sum = sorted.slice(0, count).reduce((total, x) => total + Math.log(x / least), 0);
  return 1 + count / sum;
}

function largest(x: readonly number[]): number {
  return x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
