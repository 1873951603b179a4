/**
 * How |E| and |dE/dγ| grow towards an instability, and how their tails fall off. Run:
 *
 *   npx --no-install node --conditions=softfield-source validation/directional.ts approach
 *   npx --no-install node --conditions=softfield-source validation/directional.ts tail 2dipl 2500 1..24 [ENSEMBLE]
 *
 * "approach": the largest of both in examples/reference/2dipl_1600 sheared to γ_c − δ, and the local exponents. "tail": of
 * glasses by SI A, the exponents a of p(x) ∼ x^−a by maximum likelihood from several thresholds on, and of the largest
 * value of each glass; what D(ω) ∼ ω^β lets expect, (5 + β)/4 for |E| and (9 + β)/8 for |dE/dγ|, with the β of the
 * lowest modes of the same glasses; ENSEMBLE: a folder of `yielding-ensemble.ts` that has them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  localThermalEnergy,
  makeGlass,
  minimumOf,
  normalModes,
  type PairModel,
  preset,
  presetNames,
  readSnapshot,
  SoftfieldError,
  type System,
  shear,
  strainDerivatives,
  toSystem,
} from "softfield";
import { scriptArguments, wholeNumber } from "./script.ts";

const [what, name = "2dipl", particlesGiven = "2500", seedsGiven = "1..24", ensemble] = scriptArguments(
  "directional.ts approach | tail [MODEL] [N] [FROM..TO] [ENSEMBLE]",
  1,
);
if (what === "approach") approach();
else if (what === "tail") tail();
else throw new SoftfieldError("usage", `"${what}": approach or tail`);

function approach(): void {
  const file = fileURLToPath(new URL("../examples/reference/2dipl_1600.extxyz", import.meta.url));
  const model = preset("2dipl");
  const { system } = toSystem(readSnapshot(readFileSync(file), { source: file }), model);
  const [{ strain }] = shear(system, model, { events: 1, tolerance: 1e-10 }).events;
  let before: number[] | undefined;
  console.log("δ\tmax |E|\tmax |dE/dγ|\texponents");
  for (const left of [1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6, 3e-7, 1e-7]) {
    const { system: at } = shear(system, model, { maxStrain: strain - left });
    const minimum = minimumOf(at, model);
    const [{ lte }] = localThermalEnergy(minimum).energies;
    const xy = strainDerivatives(minimum).families[0][2];
    const now = [left, largest(lte), largest(xy)];
    const slopes = before
      ? [1, 2].map((k) => (Math.log(now[k] / before![k]) / Math.log(now[0] / before![0])).toFixed(3))
      : [];
    console.log([...now.map((x) => x.toPrecision(4)), ...slopes].join("\t"));
    before = now;
  }
}

function tail(): void {
  const known = presetNames.find((one) => one === name);
  if (!known) throw new SoftfieldError("usage", `unknown model "${name}": one of ${presetNames.join(", ")}`);
  const model = preset(known);
  const particles = wholeNumber(particlesGiven, "the number of particles");
  const [from, to] = seedsGiven.split("..").map((text) => wholeNumber(text, "a seed"));
  const kinds: Record<"E" | "dE", number[]>[] = [];
  const frequencies: number[] = [];
  for (let seed = from; seed <= to; seed++) {
    const minimum = minimumOf(glassOf(model, particles, seed), model);
    const [{ lte }] = localThermalEnergy(minimum).energies;
    const { components, families } = strainDerivatives(minimum);
    const xy = components.findIndex(({ name: component }) => component === "xy");
    kinds.push({
      E: Array.from(lte, Math.abs),
      dE: Array.from(families[0][xy], Math.abs),
    });
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

/** Of the ensemble's folder, else made. */
function glassOf(model: PairModel, particles: number, seed: number): System {
  if (ensemble === undefined) return makeGlass({ model, particles, seed }).system;
  const path = join(ensemble, `${name}-${particles}-${seed}.json`);
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

function largest(x: Float64Array): number {
  return x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
