import { readFileSync } from "node:fs";
import { fileError } from "@softfield/node";
import { bootstrap, type FeatureOptions, SoftfieldError } from "softfield";
import type { TableColumn } from "softfield/formats";
import {
  crossValidatedRidge,
  pearson,
  type RidgeModel,
  ridgePrediction,
  usualWidths,
  wrapPositions,
} from "softfield/internal";
import type { Configuration } from "../shell/load.ts";

/** A configuration with its features and what they are to foretell. */
export interface Sample {
  readonly configuration: Configuration;
  readonly columns: readonly TableColumn[];
  /** N; NaN where it is not known. */
  readonly target: Float64Array;
}

/** A linear model of the particles of one species, as it is stored. */
export interface SpeciesModel {
  readonly species: string;
  readonly means: readonly number[];
  readonly scales: readonly number[];
  readonly weights: readonly number[];
  readonly intercept: number;
  readonly penalty: number;
}

/** A linear model of a target, as it is stored. */
export interface StoredFit {
  readonly target: string;
  readonly features: readonly string[];
  readonly models: readonly SpeciesModel[];
}

/** What a model is worth on groups that it has not seen; of the species "all" where there are several. */
export interface Worth {
  readonly species: string;
  /** Pearson's r of each group. */
  readonly correlations: readonly number[];
  /** Their mean and its standard error. */
  readonly correlation: number;
  readonly error: number;
}

export interface Baseline {
  readonly fit: StoredFit;
  /** What was left out in turn: whole configurations, or parts of space where there are fewer than three. */
  readonly left: "configurations" | "parts";
  readonly worth: readonly Worth[];
}

/** How predictions and what they foretell go together, over the particles of a species, with a 95 % interval over parts of space. */
export interface Agreement {
  readonly species: string;
  readonly particles: number;
  readonly pearson: number;
  readonly low: number;
  readonly high: number;
}

/** Parts of space along each edge of the box, by dimension. */
const PARTS: Readonly<Record<number, number>> = { 2: 5, 3: 3 };
/** A species in a group counts with so many rows. */
const MIN_COUNT = 3;
/** Components of X and M⁺_ii: their sizes are features, too, and what is foretold is mostly a scalar. */
const OF_AXES = /^(displacement|debye_waller)_[xyz]+(_g|$)/;

/** A ridge regression for each species, and its worth where it was not fitted. Throws "input" where there is too little. */
export function baselineOf(target: string, samples: readonly Sample[]): Baseline {
  const [first] = samples;
  const features = first.columns.map(({ name }) => name).filter((name) => !OF_AXES.test(name));
  const left = samples.length < 3 ? "parts" : "configurations";
  const rows = samples.flatMap((sample, s) => rowsOf(sample, features, left === "parts" ? undefined : s));
  const named = [...new Set(rows.map(({ species }) => species))];
  const groups = [...new Set(rows.map(({ group }) => group))];
  const foretold = new Map<number, { x: number[]; y: number[] }>(groups.map((g) => [g, { x: [], y: [] }]));
  const fitted = named.flatMap((species) => {
    const own = groups
      .map((group) => ({ group, rows: rows.filter((row) => row.species === species && row.group === group) }))
      .filter((one) => one.rows.length >= MIN_COUNT);
    if (own.length < 3) return [];
    const result = crossValidatedRidge(
      own.map((one) => ({
        features: Float64Array.from(one.rows.flatMap(({ values }) => values)),
        target: Float64Array.from(one.rows, ({ y }) => y),
      })),
    );
    own.forEach((one, k) => {
      foretold.get(one.group)!.x.push(...result.predictions[k]);
      foretold.get(one.group)!.y.push(...one.rows.map(({ y }) => y));
    });
    return [
      { model: stored(species, result.model), worth: worthOf(species, Array.from(result.correlations)) },
    ];
  });
  if (fitted.length === 0) {
    const message = `--fit needs ${MIN_COUNT} particles with ${target} in three configurations or parts of space at least`;
    throw new SoftfieldError("input", message, { file: first.configuration.file });
  }
  const together = [...foretold.values()].map(({ x, y }) => pearson(x, y)).filter((r) => !Number.isNaN(r));
  return {
    fit: { target, features, models: fitted.map(({ model }) => model) },
    left,
    worth: [...(fitted.length > 1 ? [worthOf("all", together)] : []), ...fitted.map(({ worth }) => worth)],
  };
}

/** What a stored fit says of every particle; NaN of species that it does not know and where a feature is NaN. */
export function foretoldBy(
  fit: StoredFit,
  { system, model }: Configuration,
  columns: readonly TableColumn[],
): Float64Array {
  const named = new Map(columns.map(({ name, values }) => [name, values]));
  const missing = fit.features.find((name) => !named.has(name));
  if (missing !== undefined) {
    const message = `the fit needs the feature ${missing}, which is not there: give the --widths that it was made with`;
    throw new SoftfieldError("usage", message, { field: "apply" });
  }
  const values = fit.features.map((name) => Float64Array.from(named.get(name)!, Number));
  const models = model.species.map((name) => fit.models.find(({ species }) => species === name));
  if (models.every((one) => one === undefined)) {
    const message = `the fit is of ${fit.models.map(({ species }) => species).join(", ")}; here are ${model.species.join(", ")}`;
    throw new SoftfieldError("usage", message, { field: "apply" });
  }
  const foretold = new Float64Array(system.species.length).fill(Number.NaN);
  models.forEach((own, s) => {
    if (!own) return;
    const particles = Array.from(system.species.keys()).filter((p) => system.species[p] === s);
    const rows = Float64Array.from(particles.flatMap((p) => values.map((column) => column[p])));
    ridgePrediction(ridgeOf(own), rows).forEach((y, k) => {
      foretold[particles[k]] = y;
    });
  });
  return foretold;
}

/** Of all particles, and of each species where there are several; those with NaN are left out. */
export function agreementsOf(
  configuration: Configuration,
  foretold: Float64Array,
  target: Float64Array,
): Agreement[] {
  const { system, model } = configuration;
  const part = partsOf(configuration);
  const known = Array.from(target.keys()).filter(
    (p) => !Number.isNaN(target[p]) && !Number.isNaN(foretold[p]),
  );
  const each = model.species.map((name, s): [string, number[]] => [
    name,
    known.filter((p) => system.species[p] === s),
  ]);
  const there = each.filter(([, particles]) => particles.length >= MIN_COUNT);
  const groups: [string, number[]][] = there.length > 1 ? [["all", known], ...there] : there;
  return groups.map(([species, particles]) => {
    const weighted = (weights: Float64Array) => [
      weightedPearson(particles, foretold, target, (p) => weights[part[p]]),
    ];
    const [{ value, low, high }] = bootstrap(PARTS[system.box.dimension] ** system.box.dimension, weighted, {
      resamples: 400,
    });
    return { species, particles: particles.length, pearson: value, low, high };
  });
}

/** The fit in a .json that this command wrote. */
export function readFit(path: string): StoredFit {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw fileError(cause, path, "read");
  }
  const fault = new SoftfieldError(
    "input",
    `${path}: holds no fit; 'softfield features --fit … -o fit.json' writes one`,
    { file: path },
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw fault;
  }
  const found = fitIn(parsed);
  if (found) return found;
  throw fault;
}

/** The fit of a summary that `softfield features --fit` has written; undefined where there is none. */
export function fitIn(summary: unknown): StoredFit | undefined {
  const { fit } = (summary ?? {}) as { fit?: Partial<StoredFit> };
  const { target, features, models } = fit ?? {};
  const whole = ({ means, scales, weights }: Partial<SpeciesModel>) =>
    [means, scales, weights].every((list) => Array.isArray(list) && list.length === features?.length);
  if (typeof target !== "string" || !Array.isArray(features) || !Array.isArray(models)) return undefined;
  return models.length > 0 && models.every(whole) ? { target, features, models } : undefined;
}

/** Widths of configurations that share their columns: the usual ones of the first, as many as fit the boxes of all. */
export function sharedWidths(configurations: readonly Pick<Configuration, "system">[]): readonly number[] {
  const usual = configurations.map(({ system }) => usualWidths(system));
  return usual[0].slice(0, Math.min(...usual.map(({ length }) => length)));
}

/** What `particleFeatures` is asked for, so that its columns are those of a fit: "NAME_gW" is a mean of width W. */
export function optionsOfFit({ features }: Pick<StoredFit, "features">): FeatureOptions {
  const widths = features.flatMap((name) => {
    const [, width] = /_g([\d.e-]+)$/.exec(name) ?? [];
    return width === undefined ? [] : [Number(width)];
  });
  return { widths: [...new Set(widths)], slopes: features.some((name) => name.startsWith("dlte_")) };
}

interface Row {
  readonly species: string;
  readonly group: number;
  readonly values: readonly number[];
  readonly y: number;
}

/** Rows in which nothing is NaN, of the group given, or of parts of space. */
function rowsOf(
  { configuration, columns, target }: Sample,
  features: readonly string[],
  group: number | undefined,
): Row[] {
  const { system, model } = configuration;
  const named = new Map(columns.map(({ name, values }) => [name, values]));
  const values = features.map((name) => Float64Array.from(named.get(name) ?? [], Number));
  const part = partsOf(configuration);
  return Array.from(system.species, (s, p) => ({
    species: model.species[s],
    group: group ?? part[p],
    values: values.map((column) => column[p]),
    y: target[p],
  })).filter((row) => !Number.isNaN(row.y) && !row.values.some(Number.isNaN));
}

/** Which part of space every particle is in. */
function partsOf({ system: { box, positions } }: Configuration): Int32Array {
  const d = box.dimension;
  const { fractional } = wrapPositions(box, positions);
  return Int32Array.from({ length: positions.length / d }, (_, p) => {
    let part = 0;
    for (let a = 0; a < d; a++)
      part = part * PARTS[d] + Math.min(PARTS[d] - 1, Math.floor(PARTS[d] * fractional[p * d + a]));
    return part;
  });
}

function worthOf(species: string, correlations: readonly number[]): Worth {
  const n = correlations.length;
  const correlation = correlations.reduce((sum, r) => sum + r, 0) / n;
  const square = correlations.reduce((sum, r) => sum + (r - correlation) * (r - correlation), 0);
  return { species, correlations, correlation, error: Math.sqrt(square / (n - 1) / n) };
}

function stored(species: string, { means, scales, weights, intercept, penalty }: RidgeModel): SpeciesModel {
  const plain = (numbers: Float64Array) => Array.from(numbers);
  return { species, means: plain(means), scales: plain(scales), weights: plain(weights), intercept, penalty };
}

function ridgeOf({ means, scales, weights, intercept, penalty }: SpeciesModel): RidgeModel {
  const real = (numbers: readonly number[]) => Float64Array.from(numbers);
  return { means: real(means), scales: real(scales), weights: real(weights), intercept, penalty };
}

function weightedPearson(
  particles: readonly number[],
  x: Float64Array,
  y: Float64Array,
  weight: (particle: number) => number,
): number {
  const sum = (of: (p: number) => number) => particles.reduce((total, p) => total + weight(p) * of(p), 0);
  const all = sum(() => 1);
  const [mx, my] = [sum((p) => x[p]) / all, sum((p) => y[p]) / all];
  const xy = sum((p) => (x[p] - mx) * (y[p] - my));
  return xy / Math.sqrt(sum((p) => (x[p] - mx) * (x[p] - mx)) * sum((p) => (y[p] - my) * (y[p] - my)));
}
