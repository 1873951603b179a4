import { type Results, useMachine, version } from "@softfield/node";
import type { Command } from "commander";
import { minimumOf, SoftfieldError } from "softfield";
import type { Table } from "softfield/formats";
import { particleFeatures } from "softfield/internal";
import {
  type Agreement,
  agreementsOf,
  type Baseline,
  baselineOf,
  foretoldBy,
  optionsOfFit,
  readFit,
  type StoredFit,
  sharedWidths,
  type Worth,
} from "../features/baseline.ts";
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
  readonly slopes: boolean;
  readonly fit?: string;
  readonly table: readonly string[];
  readonly apply?: string;
  readonly threads?: string;
}

interface Several {
  readonly configurations: readonly Configuration[];
}

interface Found {
  readonly tables: readonly Table[];
  readonly baseline?: Baseline;
  /** With --apply, a list a file that has the target. */
  readonly agreements?: readonly (readonly Agreement[])[];
}

/** What `softfield features` says. */
interface FeaturesSummary {
  readonly version: string;
  readonly files: readonly string[];
  readonly model: string;
  readonly particles: readonly number[];
  readonly features: readonly string[];
  /** With --fit: the model of all, and what it is worth on what was left out. */
  readonly fit?: StoredFit;
  readonly left?: Baseline["left"];
  readonly worth?: readonly Worth[];
  /** With --apply: how what is foretold and what is there go together, a file after the other; null: it is not there. */
  readonly agreements?: readonly (readonly Agreement[] | null)[];
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
      "regression of a column of yours, cross-validated over whole configurations (over parts of space where there are fewer than " +
      "three): the baseline without training of a network.",
    help:
      "Examples:\n  softfield features glass.extxyz -m 2dipl -o features.parquet\n" +
      "  softfield features run*.extxyz -m 3dkablj --fit propensity -o features.parquet -o fit.json\n" +
      "  softfield features new.extxyz -m 3dkablj --apply fit.json -o predicted.parquet\n",
    subject: several,
    options: (command) =>
      responseOptions(command)
        .option(
          "--widths <w,…>",
          "of the Gaussian means, in units of length (default: one and two bond lengths of the first file, as far as its box is large enough)",
        )
        .option("--no-slopes", "leave out dlte_xx …, the answers to strain: most of the work")
        .option(
          "--fit <column>",
          "regress this column of the files, or of --table, for each species; rows where it is NaN are left out",
        )
        .option(
          "--table <file>",
          "where the column is, a table a file in their order: .parquet .tsv .csv (repeatable)",
          repeatable,
          [],
        )
        .option(
          "--apply <fit.json>",
          "add the column predicted, by a fit that was written before, and compare where the files, or --table, have it",
        )
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
    summarise: ({ configurations, found, seconds, outputs }) => {
      const own = found.tables[0].columns.map(({ name }) => name);
      return {
        version,
        files: configurations.map(({ file }) => file),
        model: configurations[0].model.name,
        particles: configurations.map(({ system }) => system.species.length),
        features: own,
        ...found.baseline,
        ...(found.agreements && {
          agreements: found.agreements.map((own) => (own.length > 0 ? own : null)),
        }),
        seconds,
        outputs,
        warnings: [...new Set(configurations.flatMap(({ warnings }) => warnings))],
      };
    },
    text: summaryText,
  });
}

async function run(configurations: readonly Configuration[], options: FeaturesOptions): Promise<Found> {
  const stored = options.apply === undefined ? undefined : readFit(options.apply);
  const given = widthsOf(options);
  const asked = { widths: given ?? sharedWidths(configurations), slopes: options.slopes };
  const wanted = stored && given === undefined ? optionsOfFit(stored) : asked;
  const { fit, table } = options;
  if (fit !== undefined && stored) {
    throw new SoftfieldError("usage", "--fit makes a model, --apply uses one: give one of the two", {
      field: "apply",
    });
  }
  const target = fit ?? stored?.target;
  if (table.length > 0 && target === undefined) {
    throw new SoftfieldError(
      "usage",
      "--table goes with --fit or --apply: it has the column that they take",
      {
        field: "table",
      },
    );
  }
  if (table.length > 0 && table.length !== configurations.length) {
    const message = `--table: ${table.length} tables for ${configurations.length} files; --fit and --apply take one a file, in their order`;
    throw new SoftfieldError("usage", message, { field: "table" });
  }
  const targets: (Float64Array | undefined)[] = [];
  if (target !== undefined)
    for (const [k, configuration] of configurations.entries()) {
      // what is foretold of a new configuration need not be known
      const known = fit !== undefined || table.length > 0 || configuration.snapshot.columns.has(target);
      targets.push(known ? await columnOf(configuration, target, table[k]) : undefined);
    }
  const columns = configurations.map((configuration) =>
    compute(configuration, options, (progress) => {
      const { system, model } = configuration;
      const minimum = minimumOf(system, model, minimumOptions(options), progress);
      return particleFeatures(minimum, wanted, progress);
    }),
  );
  const foretold = stored && configurations.map((own, k) => foretoldBy(stored, own, columns[k]));
  const tables = columns.map((own, k) => ({
    columns: foretold
      ? [
          ...own,
          {
            name: "predicted",
            values: foretold[k],
            description: `${target} by ${options.apply}`,
          },
        ]
      : own,
  }));
  if (foretold) {
    const agreements = configurations.map((own, k) => {
      const there = targets[k];
      return there ? agreementsOf(own, foretold[k], there) : [];
    });
    return { tables, agreements };
  }
  if (fit === undefined) return { tables };
  const samples = configurations.map((configuration, k) => ({
    configuration,
    columns: columns[k],
    target: targets[k]!,
  }));
  return { tables, baseline: baselineOf(fit, samples) };
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
  const { files, particles, features, fit, left, worth = [], agreements = [], seconds } = summary;
  const n = particles.reduce((sum, count) => sum + count, 0);
  const r = (x: number) => x.toFixed(4);
  const several = left === "configurations" ? "configurations left out" : "parts of space left out";
  const lines = [
    `glasses   ${files.length} of ${summary.model}, ${n} particles; ${features.length} features in ${seconds.work.toFixed(1)} s`,
    ...worth.map(({ species, correlation, error, correlations }) => {
      const each =
        correlations.length > 12
          ? `${correlations.length}`
          : correlations.map((x) => x.toFixed(3)).join(", ");
      return `fit       ${fit?.target}, ${species}: Pearson's r ${r(correlation)} ± ${r(error)} on ${several} (${each})`;
    }),
    ...(fit?.models ?? []).map(({ species, penalty, weights }) => {
      const strongest = fit!.features
        .map((name, k) => ({ name, weight: weights[k] }))
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
        .slice(0, 5);
      return `          ${species}: penalty ${penalty}; largest weights ${strongest.map(({ name, weight }) => `${name} ${weight.toPrecision(3)}`).join(", ")}`;
    }),
    ...agreements.flatMap((own, k) =>
      (own ?? []).map(
        (one) =>
          `predicted ${files[k]}, ${one.species}: Pearson's r ${r(one.pearson)} (${r(one.low)} … ${r(one.high)}), ${one.particles} particles`,
      ),
    ),
    ...summary.warnings.map((warning) => `warning   ${warning}`),
    ...summary.outputs.map((path) => `wrote     ${path}`),
    "",
  ];
  return lines.join("\n");
}
