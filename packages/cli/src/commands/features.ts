import { readFileSync } from "node:fs";
import { fileError, type Results, useMachine, version } from "@softfield/node";
import type { Command } from "commander";
import { minimumOf, SoftfieldError } from "softfield";
import type { Table } from "softfield/formats";
import {
  crossValidatedRidge,
  particleFeatures,
  type RidgeFit,
  type RidgeModel,
  ridgePrediction,
} from "softfield/internal";
import { realNumber, repeatable, wholeNumber } from "../shell/arguments.ts";
import { type CommonOptions, registerCommand } from "../shell/command.ts";
import { compute, minimumOptions, type ResponseOptions, responseOptions } from "../shell/compute.ts";
import {
  type Configuration,
  type ConfigurationOptions,
  loadConfiguration,
  placingOptions,
} from "../shell/load.ts";
import type { Subject } from "../shell/subject.ts";
import { columnOf } from "../softness/outside.ts";
import { placeColumns } from "../softness/particles.ts";

interface FeaturesOptions extends ConfigurationOptions, CommonOptions, ResponseOptions {
  readonly widths?: string;
  readonly fit?: string;
  readonly table: readonly string[];
  readonly apply?: string;
  readonly threads?: string;
}

interface Several {
  readonly configurations: readonly Configuration[];
}

/** A linear model of a target, as it is stored. */
interface StoredModel {
  readonly target: string;
  readonly features: readonly string[];
  readonly means: readonly number[];
  readonly scales: readonly number[];
  readonly weights: readonly number[];
  readonly intercept: number;
  readonly penalty: number;
}

interface Found {
  readonly tables: readonly Table[];
  readonly fit?: { readonly features: readonly string[]; readonly result: RidgeFit } | undefined;
}

/** What `softfield features` says. */
interface FeaturesSummary {
  readonly version: string;
  readonly files: readonly string[];
  readonly model: string;
  readonly particles: readonly number[];
  readonly features: readonly string[];
  /** With --fit: what it is worth on configurations that it has not seen, and the model of all. */
  readonly fit?: StoredModel & {
    readonly correlations: readonly number[];
    readonly correlation: number;
    readonly error: number;
  };
  readonly seconds: { readonly read: number; readonly work: number };
  readonly outputs: readonly string[];
  readonly warnings: readonly string[];
}

const several: Subject<FeaturesOptions, Several> = {
  declare: (command) =>
    placingOptions(command.argument("<files...>", "configurations of one model, each at an energy minimum")),
  files: (args) => args,
  open: async (args, options) => {
    const configurations: Configuration[] = [];
    for (const file of args) configurations.push(await loadConfiguration(file, options));
    return { configurations };
  },
  model: ({ configurations: [first] }) => first.model,
};

/** `softfield features FILES…`: exact quantities of every particle, and the linear baseline. */
export function registerFeatures(program: Command): void {
  registerCommand<FeaturesOptions, Several, Found, FeaturesSummary>(program, {
    name: "features",
    summary: "exact quantities of every particle for learning, and a linear baseline",
    description:
      "Writes what is exactly known of every particle of inherent structures (energy, vibration, displacement, local thermal " +
      "energies and their slopes by strain, modulus, and Gaussian means of all), ready for any network. --fit: a ridge " +
      "regression of a column of yours, cross-validated over whole configurations: the baseline without training of a network.",
    help:
      "Examples:\n  softfield features glass.extxyz -m 2dipl -o features.parquet\n" +
      "  softfield features run*.extxyz -m 3dkablj --fit propensity -o features.parquet -o fit.json\n" +
      "  softfield features new.extxyz -m 3dkablj --apply fit.json -o predicted.parquet\n",
    subject: several,
    options: (command) =>
      responseOptions(command)
        .option(
          "--widths <w,…>",
          "of the Gaussian means, in units of length (default: 1,2 as far as the box is large enough)",
        )
        .option(
          "--fit <column>",
          "regress this column of the files, or of --table; rows where it is NaN are left out",
        )
        .option(
          "--table <file>",
          "where the column is, a table a file in their order: .parquet .tsv .csv (repeatable)",
          repeatable,
          [],
        )
        .option("--apply <fit.json>", "add the column predicted, by a fit that was written before")
        .option("--threads <n>", "threads that share the work on a large glass (default: all cores)"),
    outputs: [
      {
        flags: "-o, --out <file>",
        description: "write features: .tsv .csv .parquet .npz .h5; the fit: .json",
        results: ({ configurations, found, summary }) => results(configurations, found, summary),
      },
    ],
    check: (options) => {
      widthsOf(options);
      useMachine(options.threads === undefined ? undefined : wholeNumber("threads", options.threads, 1));
    },
    run: async ({ configurations }, options) => await run(configurations, options),
    summarise: ({ configurations, options, found, seconds, outputs }) => {
      const own = found.tables[0].columns.map(({ name }) => name);
      return {
        version,
        files: configurations.map(({ file }) => file),
        model: configurations[0].model.name,
        particles: configurations.map(({ system }) => system.species.length),
        features: own,
        ...(found.fit && { fit: fitRecord(options.fit ?? "", found.fit) }),
        seconds,
        outputs,
        warnings: [...new Set(configurations.flatMap(({ warnings }) => warnings))],
      };
    },
    text: summaryText,
  });
}

async function run(configurations: readonly Configuration[], options: FeaturesOptions): Promise<Found> {
  const stored = options.apply === undefined ? undefined : readModel(options.apply);
  const widths = widthsOf(options);
  const { fit: target, table } = options;
  if (target !== undefined && configurations.length < 3) {
    const message = `--fit is cross-validated over configurations: name three files or more, not ${configurations.length}`;
    throw new SoftfieldError("usage", message, { field: "fit" });
  }
  if (table.length > 0 && (target === undefined || table.length !== configurations.length)) {
    const message = `--table: ${table.length} tables for ${configurations.length} files; --fit needs one a file, in their order`;
    throw new SoftfieldError("usage", message, { field: "table" });
  }
  const targets: Float64Array[] = [];
  if (target !== undefined)
    for (const [k, configuration] of configurations.entries())
      targets.push(await columnOf(configuration, target, table[k]));
  const tables = configurations.map((configuration) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      const columns = particleFeatures(minimum, { widths }, progress);
      const predicted = stored && [
        {
          name: "predicted",
          values: apply(stored, columns),
          description: `${stored.target} by ${options.apply}`,
        },
      ];
      return { columns: [...columns, ...(predicted ?? [])] };
    }),
  );
  if (target === undefined) return { tables };
  const features = tables[0].columns.map(({ name }) => name).filter((name) => name !== "predicted");
  const samples = tables.map(({ columns }, k) => sampleOf(columns.slice(0, features.length), targets[k]));
  const empty = samples.findIndex(({ target: own }) => own.length < 2);
  if (empty >= 0)
    throw new SoftfieldError("input", `${configurations[empty].file}: has no two rows with ${target}`, {
      file: configurations[empty].file,
    });
  return { tables, fit: { features, result: crossValidatedRidge(samples) } };
}

/** Rows in which nothing is NaN. */
function sampleOf(columns: Table["columns"], target: Float64Array) {
  const values = columns.map((column) => Float64Array.from(column.values, Number));
  const rows = Array.from(target.keys()).filter(
    (row) => !Number.isNaN(target[row]) && values.every((column) => !Number.isNaN(column[row])),
  );
  const features = new Float64Array(rows.length * values.length);
  rows.forEach((row, r) => {
    values.forEach((column, k) => {
      features[r * values.length + k] = column[row];
    });
  });
  return { features, target: Float64Array.from(rows, (row) => target[row]) };
}

function apply(model: StoredModel, columns: Table["columns"]): Float64Array {
  const named = new Map(columns.map(({ name, values }) => [name, values]));
  const missing = model.features.find((name) => !named.has(name));
  if (missing !== undefined) {
    const message = `the fit needs the feature ${missing}, which is not there: give the --widths that it was made with`;
    throw new SoftfieldError("usage", message, { field: "apply" });
  }
  const values = model.features.map((name) => Float64Array.from(named.get(name) ?? [], Number));
  const [first] = values;
  const rows = new Float64Array(first.length * values.length);
  for (let p = 0; p < first.length; p++)
    values.forEach((column, k) => {
      rows[p * values.length + k] = column[p];
    });
  return ridgePrediction(arraysOf(model), rows);
}

function arraysOf({ means, scales, weights, intercept, penalty }: StoredModel): RidgeModel {
  const real = (numbers: readonly number[]) => Float64Array.from(numbers);
  return { means: real(means), scales: real(scales), weights: real(weights), intercept, penalty };
}

/** The fit in a .json that this command wrote. */
function readModel(path: string): StoredModel {
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
  let fit: unknown;
  try {
    ({ fit } = JSON.parse(text) as { fit?: unknown });
  } catch {
    throw fault;
  }
  const { features, means, scales, weights } = (fit ?? {}) as Partial<StoredModel>;
  const lists = [features, means, scales, weights];
  if (lists.every((list) => Array.isArray(list) && list.length === features?.length && list.length > 0))
    return fit as StoredModel;
  throw fault;
}

function fitRecord(target: string, { features, result }: NonNullable<Found["fit"]>) {
  const { model, correlations, correlation, error } = result;
  return {
    target,
    features,
    means: Array.from(model.means),
    scales: Array.from(model.scales),
    weights: Array.from(model.weights),
    intercept: model.intercept,
    penalty: model.penalty,
    correlations: Array.from(correlations),
    correlation,
    error,
  };
}

function widthsOf({ widths }: FeaturesOptions): number[] | undefined {
  return widths?.split(",").map((text) => realNumber("widths", text));
}

/** All configurations below each other, the number of the file first. */
function results(
  configurations: readonly Configuration[],
  { tables }: Found,
  summary: FeaturesSummary,
): Results {
  const parts = tables.map(({ columns }, k) => {
    const { system } = configurations[k];
    const places = placeColumns(configurations[k], system).filter(({ name }) => name !== "id");
    const number = {
      name: "configuration",
      values: new Int32Array(system.species.length).fill(k),
      description: "of the files, from 0",
    };
    return [number, ...places, ...columns];
  });
  const columns = parts[0].map((column, c) => {
    const lists = parts.map((part) => part[c].values);
    const whole = lists.every((list) => list instanceof Int32Array);
    const numbers = lists.flatMap((list) => Array.from(list, Number));
    return { ...column, values: whole ? Int32Array.from(numbers) : Float64Array.from(numbers) };
  });
  const metadata = { source: summary.files.join(", "), model: summary.model, softfield: version };
  return { table: { metadata, columns }, summary };
}

function summaryText(summary: FeaturesSummary): string {
  const { files, particles, features, fit, seconds, warnings, outputs } = summary;
  const n = particles.reduce((sum, count) => sum + count, 0);
  const lines = [
    `glasses   ${files.length} of ${summary.model}, ${n} particles; ${features.length} features in ${seconds.work.toFixed(1)} s`,
  ];
  if (fit) {
    const strongest = fit.features
      .map((name, k) => ({ name, weight: fit.weights[k] }))
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, 5);
    lines.push(
      `fit       ${fit.target}: Pearson's r ${fit.correlation.toFixed(4)} ± ${fit.error.toFixed(4)} on configurations left out (${fit.correlations.map((r) => r.toFixed(3)).join(", ")})`,
      `          penalty ${fit.penalty}; largest weights ${strongest.map(({ name, weight }) => `${name} ${weight.toPrecision(3)}`).join(", ")}`,
    );
  }
  lines.push(
    ...warnings.map((warning) => `warning   ${warning}`),
    ...outputs.map((path) => `wrote     ${path}`),
    "",
  );
  return lines.join("\n");
}
