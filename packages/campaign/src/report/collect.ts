import { grouped } from "@softfield/node";
import { createLogHistogram, type LogHistogram } from "softfield";
import { familiesOf, lengthUnit, stressStrainCurve, unitNamed } from "softfield/internal";
import type { Campaign } from "../plan/campaign.ts";
import { type Ask, type QuerySource, withDatabase } from "../query/query.ts";
import { HISTOGRAM_BINS } from "../stages/lte.ts";
import { storedGlass } from "../stages/make.ts";
import { parentTemperature } from "./parent.ts";
import { storedSamples } from "./stored.ts";
import { namerOf, type UnitNamer } from "./units.ts";

/** How good the minima and energies of an ensemble are. */
export interface Quality {
  /** Largest residual of a minimum over the typical pair force. */
  readonly residual: number;
  /** Largest |Σ E/(Nd − d) − 1| of a sample; NaN where no energies were computed. */
  readonly sumRule: number;
  /** Samples with particles that nothing holds. */
  readonly withRattlers: number;
}

/** What the statistics of one ensemble are made from; every list has one entry a sample, in the order of `seeds`. */
export interface EnsembleData {
  readonly name: string;
  readonly model: string;
  /** "Å, eV, u", where the model names its units. */
  readonly units?: string | undefined;
  readonly particles: number;
  /** Of the liquids that were quenched at once, ε/k_B; none of glasses that were cooled, or come from files. */
  readonly parentTemperature?: number | undefined;
  /** Samples whose local thermal energies are there. */
  readonly seeds: readonly number[];
  /** |E_α| of all bonds. */
  readonly energies: readonly LogHistogram[];
  /** |E_α| of the further families of terms that the model has. */
  readonly others: readonly { readonly family: string; readonly energies: readonly LogHistogram[] }[];
  /** max|E_α| of each sample. */
  readonly maxima: readonly number[];
  /** Of each sample, the values among the ensemble's few thousand largest |E_α|. */
  readonly largest: readonly (readonly number[])[];
  /** |φ′| of all pairs. */
  readonly forces: readonly LogHistogram[];
  /** U/N of every glass that was made. */
  readonly energyPerParticle: readonly number[];
  /** Δε of every spot, by field. */
  readonly spots: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Plastic events of every sample that was sheared. */
  readonly events: readonly SampleEvents[];
  /** Stress over strain of every sample that was sheared. */
  readonly curves: readonly SampleCurve[];
  /** A unit of λ, ε and τ₀ by the names of the model. */
  readonly unit: UnitNamer;
  /** Of stresses: ε/λ^d by the names of the model. */
  readonly stressUnit: string;
  /** How much of each sample whose prediction was scored belongs to its spots, by field. */
  readonly shares: Readonly<Record<string, readonly SampleShares[]>>;
  /** d */
  readonly dimension: number;
  /** What radii said in bond lengths are, λ, by the first of its glasses: `lengthUnit`. */
  readonly bond: number;
  /** How good the minima and the energies are. */
  readonly quality: Quality;
}

/** The events of one sample. */
export interface SampleEvents {
  readonly seed: number;
  readonly strains: readonly number[];
  /** By field, in the order of the events. */
  readonly scores: Readonly<Record<string, readonly (EventScoreRow | undefined)[]>>;
}

/** Stress over strain of one sample: a broken line, see `stressStrainCurve`. */
export interface SampleCurve {
  readonly seed: number;
  readonly strain: readonly number[];
  readonly stress: readonly number[];
  /** Of its events, strain and stress before each. */
  readonly events: readonly { readonly strain: number; readonly stress: number }[];
}

/** The spots of one sample. */
export interface SampleShares {
  readonly seed: number;
  /** Δε */
  readonly standardized: readonly number[];
  /** Fraction of the particles whose nearest spot it is. */
  readonly share: readonly number[];
}

/** NaN where the field has no spots. */
export interface EventScoreRow {
  readonly standardized: number;
  /** Fraction of the particles that belong to softer spots than the event's, its own counted half. */
  readonly area: number;
  readonly distance: number;
  readonly correlation: number;
}

/** Largest |E_α| of an ensemble that are read one by one. */
const LARGEST = 5000;

/** Reads of the samples of one ensemble (`only`: its "where …") what a part's tables need beside `EnsembleData`. */
export type Collector<Data> = (ask: Ask, only: string, ensemble: Pick<EnsembleData, "bond">) => Promise<Data>;

/** Where results lie, of which stages, and who else collects. */
interface CollectSource {
  readonly folder: string;
  readonly registry: {
    readonly stages: QuerySource["stages"];
    readonly collectors: readonly Collector<object>[];
  };
}

/** Reads what the statistics need from a campaign's store, and what the parts collect: of bonds their histograms, and the largest few thousand. */
export async function collect(campaign: Campaign, source: CollectSource): Promise<EnsembleData[]> {
  return await withDatabase(
    campaign,
    { folder: source.folder, stages: source.registry.stages },
    async (ask) => {
      const found: EnsembleData[] = [];
      const bonds = bondLengths(campaign, source);
      for (const { name, model, particles, protocol } of campaign.ensembles) {
        const only = `where ensemble = '${name}'`;
        const bond = bonds.get(name) ?? 1;
        const own: object = {};
        for (const collector of source.registry.collectors)
          Object.assign(own, await collector(ask, only, { bond }));
        const seeds = await numbers(ask, `select seed from responses ${only} order by seed`);
        found.push({
          name,
          model: model.name,
          units: model.units,
          particles,
          parentTemperature: parentTemperature(protocol),
          seeds,
          energies: await histograms(ask, seeds, `${only} and quantity = 'lte'`),
          others: await Promise.all(
            familiesOf(model)
              .slice(1)
              .map(async ({ name: family }) => ({
                family,
                energies: await histograms(ask, seeds, `${only} and quantity = '${family}'`),
              })),
          ),
          maxima: await numbers(
            ask,
            `select greatest(lte_max, -lte_min) from responses ${only} order by seed`,
          ),
          largest: await largestOf(ask, seeds, only),
          forces: await histograms(ask, seeds, `${only} and quantity = 'force'`),
          energyPerParticle: await numbers(
            ask,
            `select energy / ${particles} from glasses ${only} order by seed`,
          ),
          spots: await spotsOf(ask, seeds, only),
          events: await eventsOf(ask, only),
          curves: await curvesOf(ask, only),
          unit: namerOf(model),
          stressUnit: unitNamed(model.dimension === 2 ? "ε/λ²" : "ε/λ³", model),
          shares: await sharesOf(ask, only),
          dimension: model.dimension ?? 3,
          bond,
          quality: await qualityOf(ask, only),
          ...own,
        });
      }
      return found;
    },
  );
}

/** By ensemble. */
function bondLengths(campaign: Campaign, { folder, registry }: CollectSource): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const sample of storedSamples(campaign, { folder, stages: registry.stages }, ["make"])) {
    const { name } = sample.ensemble;
    if (found.has(name)) continue;
    const { box, species } = storedGlass(sample);
    found.set(name, lengthUnit(box, species.length));
  }
  return found;
}

async function qualityOf(ask: Ask, only: string): Promise<Quality> {
  const [[residual, withRattlers]] = (
    await ask(`select max(residual), count(*) filter (rattlers > 0) from glasses ${only}`)
  ).rows;
  const [[sumRule]] = (await ask(`select max(sum_rule_error) from responses ${only}`)).rows;
  const known = (value: unknown) => (value === null ? Number.NaN : Number(value));
  return { residual: known(residual), sumRule: known(sumRule), withRattlers: Number(withRattlers) };
}

async function numbers(ask: Ask, sql: string): Promise<number[]> {
  return (await ask(sql)).rows.map(([value]) => Number(value));
}

async function histograms(ask: Ask, seeds: readonly number[], only: string): Promise<LogHistogram[]> {
  const found = seeds.map(() => createLogHistogram(HISTOGRAM_BINS));
  const at = new Map(seeds.map((seed, k) => [seed, found[k]]));
  const { rows } = await ask(`select seed, bin, sum(count) from histogram ${only} group by seed, bin`);
  for (const [seed, bin, count] of rows as [number, number, number][]) {
    const histogram = at.get(seed);
    if (histogram === undefined) continue;
    if (bin < 0) histogram.below += Number(count);
    else if (bin >= histogram.counts.length) histogram.above += Number(count);
    else histogram.counts[bin] += Number(count);
  }
  return found;
}

async function largestOf(ask: Ask, seeds: readonly number[], only: string): Promise<number[][]> {
  const { rows } = await ask(
    `select seed, abs(lte) as size from bonds ${only} order by size desc, seed limit ${LARGEST}`,
  );
  const bySeed = grouped(rows as [number, number][], ([seed]) => seed);
  return seeds.map((seed) => (bySeed.get(seed) ?? []).map(([, size]) => size));
}

/** Δε of the spots of each sample, by field; a sample without spots has an empty list. */
async function spotsOf(ask: Ask, seeds: readonly number[], only: string): Promise<EnsembleData["spots"]> {
  const sampled = (await ask(`select distinct field, seed from fields ${only} order by field, seed`)).rows;
  const { rows } = await ask(
    `select field, seed, standardized from spots ${only} order by field, seed, rank`,
  );
  const byField = grouped(rows as [string, number, number][], ([field]) => field);
  const found = [...grouped(sampled as [string, number][], ([field]) => field)].map(([field, samples]) => {
    const there = new Set(samples.map(([, seed]) => seed));
    const bySeed = grouped(byField.get(field) ?? [], ([, seed]) => seed);
    const lists = seeds
      .filter((seed) => there.has(seed))
      .map((seed) => (bySeed.get(seed) ?? []).map(([, , standardized]) => standardized));
    return [field, lists] as const;
  });
  return Object.fromEntries(found);
}

async function eventsOf(ask: Ask, only: string): Promise<SampleEvents[]> {
  const sheared = await numbers(ask, `select seed from shears ${only} order by seed`);
  const events = (await ask(`select seed, ordinal, strain from events ${only} order by seed, ordinal`)).rows;
  const scores = (
    await ask(`select seed, field, ordinal, standardized, area, distance, correlation from scores ${only}`)
  ).rows as [number, string, number, number, number, number, number][];
  const strains = grouped(events as [number, number, number][], ([seed]) => seed);
  const scored = grouped(scores, ([seed]) => seed);
  return sheared.map((seed) => {
    const own = (strains.get(seed) ?? []).map(([, , strain]) => strain);
    const lists: Record<string, (EventScoreRow | undefined)[]> = {};
    for (const [, field, ordinal, standardized, area, distance, correlation] of scored.get(seed) ?? []) {
      lists[field] ??= own.map(() => undefined);
      // DuckDB gives NaN as text
      lists[field][ordinal - 1] = {
        standardized: Number(standardized),
        area: Number(area),
        distance: Number(distance),
        correlation: Number(correlation),
      };
    }
    return { seed, strains: own, scores: lists };
  });
}

async function curvesOf(ask: Ask, only: string): Promise<SampleCurve[]> {
  const points = (
    await ask(`select seed, strain, stress, events from path ${only} order by seed, events, abs(strain)`)
  ).rows;
  const drops = (
    await ask(`select seed, strain, stress_before, stress_after from events ${only} order by seed, ordinal`)
  ).rows;
  const events = grouped(drops as [number, number, number, number][], ([seed]) => seed);
  return [...grouped(points as [number, number, number, number][], ([seed]) => seed)].map(([seed, rows]) => {
    const own = (events.get(seed) ?? []).map(([, strain, stressBefore, stressAfter]) => ({
      strain,
      stressBefore,
      stressAfter,
    }));
    const path = rows.map(([, strain, stress, before]) => ({ strain, stress, events: before }));
    return {
      seed,
      ...stressStrainCurve(path, own),
      events: own.map(({ strain, stressBefore: stress }) => ({ strain, stress })),
    };
  });
}

async function sharesOf(ask: Ask, only: string): Promise<EnsembleData["shares"]> {
  const { rows } = await ask(
    `select field, seed, standardized, share from shares ${only} order by seed, rank`,
  );
  const byField = grouped(rows as [string, number, number, number][], ([field]) => field);
  return Object.fromEntries(
    [...byField].map(([field, own]) => [
      field,
      [...grouped(own, ([, seed]) => seed)].map(([seed, spots]) => ({
        seed,
        standardized: spots.map(([, , standardized]) => standardized),
        share: spots.map(([, , , share]) => share),
      })),
    ]),
  );
}
