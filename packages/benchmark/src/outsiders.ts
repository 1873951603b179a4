import { existsSync } from "node:fs";
import {
  type Campaign,
  type QueryResult,
  type QuerySource,
  queryCampaign,
  readColumns,
  readTexts,
  type StoredSample,
  storedGlass,
  storedSamples,
} from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { findInteractions, indicators, SoftfieldError, type System } from "softfield";
import { particleSites, softnessBins } from "softfield/internal";
import type { ScoredEvent } from "./data.ts";
import { atParticles, fieldBy, inBonds, particleScorer, peaksOf, type Scorer, scorerOf } from "./score.ts";
import type { ValuesData } from "./values/data.ts";

/** Columns that say which particle of which glass a row is of; all others are indicators. */
const KEYS = ["ensemble", "seed", "particle"];

/** Scores of indicators that softfield does not know, by ensemble. */
export type Outsiders = ReadonlyMap<string, ValuesData>;

/**
 * Scores fields from a file (Parquet, CSV, TSV): one row a particle, with `seed`, `particle` (from 0) and, where the
 * campaign has several ensembles, `ensemble`; every further column of numbers is an indicator, the larger (in magnitude)
 * the softer. They are averaged, mapped and scored as those of softfield, and by their values themselves.
 *
 * @throws SoftfieldError "input" where a glass is not the campaign's, or a field has not one value for each of its
 * particles.
 */
export async function scoreOutsiders(
  campaign: Campaign,
  source: QuerySource,
  file: string,
): Promise<Outsiders> {
  const fields = await readFields(campaign, source, file);
  const samples = storedSamples(campaign, source, ["make", "benchmark"]);
  const scores = new Map<string, ValuesData>();
  for (const [key, rows] of fields.glasses) {
    const sample = samples.find(({ ensemble, seed }) => keyOf(ensemble.name, seed) === key);
    if (!sample) {
      throw fault(
        file,
        `the campaign has no benchmark of ${key}: it has ${samples.length} glasses, as ${said(samples)}`,
      );
    }
    const { benchmark, byValues } = await scored(sample, { ...fields, rows, file, key });
    const { name } = sample.ensemble;
    const before = scores.get(name) ?? { benchmark: [], byValues: [] };
    scores.set(name, {
      benchmark: [...before.benchmark, ...benchmark],
      byValues: [...before.byValues, ...byValues],
    });
  }
  return scores;
}

interface Fields {
  readonly names: readonly string[];
  /** Particle and the values of all indicators, by glass. */
  readonly glasses: ReadonlyMap<string, readonly (readonly number[])[]>;
}

const keyOf = (ensemble: string, seed: number | string) => `ensemble ${ensemble}, seed ${seed}`;

async function readFields(campaign: Campaign, source: QuerySource, file: string): Promise<Fields> {
  if (!existsSync(file)) throw fault(file, "there is no such file");
  const reader = file.endsWith(".parquet") ? "read_parquet" : "read_csv";
  const sql = `select * from ${reader}('${file.replaceAll("'", "''")}')`;
  const { columns, rows }: QueryResult = await queryCampaign(campaign, { ...source, sql });
  const at = (name: string) => columns.indexOf(name);
  for (const name of ["seed", "particle"]) {
    if (at(name) < 0) throw fault(file, `has no column "${name}": there are ${columns.join(", ")}`, name);
  }
  if (at("ensemble") < 0 && campaign.ensembles.length > 1) {
    throw fault(file, 'has no column "ensemble", and the campaign has several', "ensemble");
  }
  const names = columns.filter((name) => !KEYS.includes(name));
  if (names.length === 0) throw fault(file, "has no indicator: give it a column of numbers");
  const known = names.find((name) => indicators.find(name));
  if (known)
    throw fault(file, `"${known}" is an indicator of softfield: give the column another name`, known);
  const [only] = campaign.ensembles;
  const glasses = grouped(rows, (row) =>
    keyOf(at("ensemble") < 0 ? only.name : String(row[at("ensemble")]), String(row[at("seed")])),
  );
  const numbers = (row: readonly unknown[]) =>
    ["particle", ...names].map((name) => {
      const value = row[at(name)];
      const number = value === null ? Number.NaN : Number(value);
      if (number < Infinity && number > -Infinity) return number;
      if (value === null || String(value).toLowerCase() === "nan") return Number.NaN;
      throw fault(
        file,
        `the column "${name}" has "${String(value)}": give numbers, and nothing or NaN where there is none`,
        name,
      );
    });
  return { names, glasses: new Map([...glasses].map(([key, own]) => [key, own.map(numbers)])) };
}

interface FieldsOfGlass extends Pick<Fields, "names"> {
  readonly rows: readonly (readonly number[])[];
  readonly file: string;
  readonly key: string;
}

async function scored(
  { ensemble, seed, read }: StoredSample,
  { names, rows, file, key }: FieldsOfGlass,
): Promise<ValuesData> {
  const system = storedGlass({ ensemble, read });
  const values = valuesOf(system, { names, rows, file, key });
  const { box, positions } = system;
  const { families } = findInteractions(system, ensemble.model);
  const grid = softnessBins(
    box,
    positions,
    families.map((family) => family.sites()),
  );
  const bytes = read("benchmark", "benchmark_events.parquet");
  const loads = await readTexts(bytes, "load");
  const { ordinal, strain, particle } = await readColumns(bytes, ["ordinal", "strain", "particle"]);
  const count = positions.length / box.dimension;
  const sites = particleSites(count, box.dimension);
  const scoredBy = (scorer: (values: Float64Array, indicator: string) => Scorer) =>
    names.flatMap((indicator, k) => {
      const score = inBonds(scorer(values[k], indicator), system);
      return loads.map((load, n): ScoredEvent => {
        return { seed, load, ordinal: ordinal[n], strain: strain[n], indicator, ...score(particle[n]) };
      });
    });
  return {
    benchmark: scoredBy((own, indicator) =>
      scorerOf(fieldBy(indicator, system, [{ sites, values: own }], grid), system, seed),
    ),
    byValues: scoredBy((own) => {
      const sizes = atParticles([{ sites, values: own }], count);
      return particleScorer(sizes, system, peaksOf(sizes, system));
    }),
  };
}

/** One array an indicator, by particle. */
function valuesOf({ species }: System, { names, rows, file, key }: FieldsOfGlass): Float64Array[] {
  const count = species.length;
  const seen = new Set(rows.map(([particle]) => particle));
  const missing = Array.from(species.keys()).find((p) => !seen.has(p));
  if (rows.length !== count || missing !== undefined) {
    const what =
      rows.length !== count
        ? `has ${rows.length} rows`
        : `has none for particle ${missing}, or one particle twice`;
    throw fault(
      file,
      `${key} ${what}, its glass ${count} particles: give each one row, numbered from 0`,
      "particle",
    );
  }
  return names.map((name, k) => {
    const values = new Float64Array(count);
    for (const row of rows) values[row[0]] = row[k + 1];
    if (values.some((x) => Number.isFinite(x))) return values;
    throw fault(file, `${key}: the column "${name}" holds no numbers`, name);
  });
}

function said(samples: readonly StoredSample[]): string {
  const [first] = samples;
  return first ? keyOf(first.ensemble.name, first.seed) : "none";
}

function fault(file: string, message: string, field?: string): SoftfieldError {
  return new SoftfieldError("input", `${file}: ${message}`, { file, ...(field !== undefined && { field }) });
}
