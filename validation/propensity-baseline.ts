/**
 * The linear baseline of propensities on a published configuration: ridge regressions of the exact quantities of inherent
 * structures, fitted to configurations of one's own (samples of a campaign with the stage `propensity`), tested on the published
 * one, species by species and time by time, beside every quantity alone and beside a regression within the published one
 * (27 parts of its box, each left out in turn). Without the slopes of energies by strain.
 *
 *   npx --no-install node --conditions=softfield-source validation/propensity-baseline.ts SAMPLES GIVEN.extxyz [OWN.tsv …]
 *
 * SAMPLES: the folder of the stage's samples (seed=1 …), GIVEN: with `propensity` (a column a time) and `propensity_times`.
 * OWN: tables of `softfield propensity` of GIVEN at some of these times, which are correlated with the published ones.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readNumberColumns } from "@softfield/node";
import {
  ForceField,
  type Minimum,
  minimize,
  minimumOf,
  preset,
  readSnapshot,
  SoftfieldError,
  toSystem,
} from "softfield";
import {
  crossValidatedRidge,
  particleFeatures,
  pearson,
  ridgePrediction,
  wrapPositions,
} from "softfield/internal";
import { scriptArguments } from "./script.ts";

const model = preset("3dkablj");
const WIDTHS = [1, 1.5];
const PARTS = 3;
const [samples, given, ...own] = scriptArguments(
  "propensity-baseline.ts SAMPLES GIVEN.extxyz [OWN.tsv …]",
  2,
);
const print = (...cells: readonly (string | number)[]) => process.stdout.write(`${cells.join("\t")}\n`);

/** Exact quantities by name, N each; NaN is never there: nothing rattles in a liquid's inherent structure. */
type Features = Map<string, Float64Array>;

function featuresOf(minimum: Minimum): Features {
  return new Map(
    particleFeatures(minimum, { widths: WIDTHS, slopes: false })
      .filter(({ name }) => !/_[xyz]+(_g|$)/.test(name))
      .map(({ name, values }) => [name, Float64Array.from(values, Number)]),
  );
}

/** Rows of some particles. */
function rowsOf(features: Features, particles: readonly number[]): Float64Array {
  const columns = [...features.values()];
  return Float64Array.from(particles.flatMap((p) => columns.map((column) => column[p])));
}

const ofSpecies = (species: Int32Array, s: number) =>
  Array.from(species.keys()).filter((p) => species[p] === s);

const snapshot = readSnapshot(readFileSync(given), { source: given });
const published = snapshot.columns.get("propensity");
const times = [snapshot.info.get("propensity_times") ?? []].flat().map(Number);
if (published?.width !== times.length)
  throw new SoftfieldError("input", `${given} needs a column propensity, and propensity_times`, {
    file: given,
  });
const folders = readdirSync(samples)
  .filter((name) => existsSync(join(samples, name, "particles.parquet")))
  .sort((a, b) => Number(a.split("=")[1]) - Number(b.split("=")[1]));
const training = [];
for (const name of folders) {
  const file = join(samples, name, "inherent.extxyz");
  const { system } = toSystem(readSnapshot(readFileSync(file), { source: file }), model);
  const columns = await readNumberColumns(join(samples, name, "particles.parquet"));
  training.push({
    species: system.species,
    features: featuresOf(minimumOf(system, model)),
    propensities: new Map(
      [...columns]
        .filter(([column]) => column.startsWith("propensity_"))
        .map(([column, values]) => [Number(column.slice(11)), values]),
    ),
  });
  process.stderr.write(`${name}\n`);
}
const { system } = toSystem(snapshot, model);
const field = ForceField.create(system, model);
const { status } = minimize(field);
if (status !== "converged") throw new Error(`minimisation: ${status}`);
const inherent = minimumOf(field.system(), model);
const features = featuresOf(inherent);
const target = (k: number) =>
  Float64Array.from(system.species, (_, p) => published.values[p * times.length + k]);
const order = Array.from(times.keys()).sort((a, b) => times[a] - times[b]);

print(
  `${training.length} configurations of one's own; published: N = ${system.species.length}; ${features.size} quantities`,
);
for (const [s, name] of model.species.entries()) {
  const particles = ofSpecies(system.species, s);
  const pick = (values: Float64Array) => particles.map((p) => values[p]);
  print("");
  print(`${name}: Pearson's r at the time`, ...order.map((k) => times[k]));
  const alone = [...features].map(([feature, values]) => ({
    feature,
    r: order.map((k) => pearson(pick(values), pick(target(k)))),
  }));
  const most = (r: readonly number[]) => Math.max(...r.map(Math.abs));
  for (const { feature, r } of alone.sort((a, b) => most(b.r) - most(a.r)).slice(0, 16))
    print(feature, ...r.map((x) => x.toFixed(3)));
  for (const time of training[0].propensities.keys()) {
    const fit = crossValidatedRidge(
      training.map((one) => {
        const rows = ofSpecies(one.species, s);
        const values = one.propensities.get(time)!;
        return { features: rowsOf(one.features, rows), target: Float64Array.from(rows, (p) => values[p]) };
      }),
    );
    const predicted = ridgePrediction(fit.model, rowsOf(features, particles));
    print(
      `fitted to ours at ${time}: ${fit.correlation.toFixed(3)} ± ${fit.error.toFixed(3)} on ours left out; on the published`,
      ...order.map((k) => pearson(predicted, pick(target(k))).toFixed(3)),
    );
  }
  const { fractional } = wrapPositions(system.box, system.positions);
  const part = (p: number) =>
    [0, 1, 2].reduce(
      (sum, a) => sum * PARTS + Math.min(PARTS - 1, Math.floor(PARTS * fractional[3 * p + a])),
      0,
    );
  const parts = Array.from({ length: PARTS ** 3 }, (_, k) => particles.filter((p) => part(p) === k));
  print(
    "fitted within the published one, parts left out",
    ...order.map((k) => {
      const values = target(k);
      const fit = crossValidatedRidge(
        parts.map((own) => ({
          features: rowsOf(features, own),
          target: Float64Array.from(own, (p) => values[p]),
        })),
      );
      const predicted = fit.predictions.flatMap((list) => Array.from(list));
      return pearson(
        predicted,
        parts.flat().map((p) => values[p]),
      ).toFixed(3);
    }),
  );
}
for (const file of own) {
  const columns = await readNumberColumns(file);
  for (const [column, values] of columns) {
    if (!column.startsWith("propensity_")) continue;
    const time = Number(column.slice(11));
    const k = times.findIndex((one) => Math.abs(one / time - 1) < 0.01);
    if (k < 0) continue;
    for (const [s, name] of model.species.entries()) {
      const particles = ofSpecies(system.species, s);
      const [x, y] = [values, target(k)].map((list) => particles.map((p) => list[p]));
      const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
      const error = columns.get(`error_${column.slice(11)}`)!;
      const noise = mean(particles.map((p) => error[p] ** 2));
      const spread = mean(x.map((value) => (value - mean(x)) ** 2));
      print(
        `reproduced, ${name}, t = ${times[k]}`,
        `mean ${mean(x).toFixed(4)}, published ${mean(y).toFixed(4)}`,
        `r ${pearson(x, y).toFixed(3)}; noise is ${((100 * noise) / spread).toFixed(0)} % of our variance: without it ${(pearson(x, y) / Math.sqrt(1 - noise / spread)).toFixed(3)}`,
      );
    }
  }
}
