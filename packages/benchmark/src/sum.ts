import {
  type Campaign,
  type QuerySource,
  readColumns,
  readTexts,
  type StoredSample,
  storedGlass,
  storedSamples,
} from "@softfield/campaign";
import { grouped } from "@softfield/node";
import { indicators, type System } from "softfield";
import {
  periodicDistance,
  type RidgeModel,
  type RidgeSample,
  ridge,
  ridgePrediction,
} from "softfield/internal";
import type { ScoredEvent } from "./data.ts";
import type { Outsiders } from "./outsiders.ts";
import { readRanks } from "./ranks.ts";
import { inBonds, particleScorer, peaksOf, reachIn } from "./score.ts";
import { benchmarkSection } from "./stage.ts";
import type { ValuesData } from "./values/data.ts";

/** What the league calls it. */
const NAME = "sum-of-parts";
/** κ of the ridge regression, of features of variance 1. */
const PENALTY = 1e-3;
/** Fewer glasses are not fitted. */
const FEWEST = 4;

/** A load of a glass: its ranks as features (N×p), and which particles are near its first event. */
interface Loaded extends RidgeSample {
  readonly load: string;
}

interface Glass {
  readonly ensemble: string;
  readonly seed: number;
  readonly system: System;
  readonly loads: readonly Loaded[];
  readonly events: readonly {
    readonly load: string;
    readonly ordinal: number;
    readonly strain: number;
    readonly particle: number;
  }[];
}

/**
 * A linear combination of all indicators as a row of the league: a ridge regression, of whether a particle lies near the first
 * event of a load, on −ln(1 − rank) of the particle by each indicator under that load. Each half of an ensemble's glasses
 * (even and odd places in the order of their seeds) is scored by what was fitted on the other half; and by what was fitted on all
 * glasses of the campaign's first ensemble of another model, "sum-of-parts of NAME".
 */
export async function scoreSums(campaign: Campaign, source: QuerySource): Promise<Outsiders> {
  const names = namesOf(campaign);
  if (names.length < 2) return new Map();
  const samples = storedSamples(campaign, source, ["make", "benchmark"]);
  const glasses: Glass[] = [];
  for (const sample of samples) glasses.push(await glassOf(sample, names));
  const ensembles = [...grouped(glasses, ({ ensemble }) => ensemble)].filter(
    ([, own]) => own.length >= FEWEST,
  );
  const scores = new Map<string, ValuesData>();
  for (const [name, own] of ensembles) {
    const halves = [0, 1].map((half) => own.filter((_, k) => k % 2 === half));
    const rows = halves.flatMap((half, k) => {
      const model = fitted(halves[1 - k]);
      return half.flatMap((glass) => scored(glass, model, NAME));
    });
    const model = campaign.ensembles.find((one) => one.name === name)?.model.name;
    const other = ensembles.find(
      ([one]) => campaign.ensembles.find((e) => e.name === one)?.model.name !== model,
    );
    if (other) {
      const foreign = fitted(other[1]);
      rows.push(...own.flatMap((glass) => scored(glass, foreign, `${NAME} of ${other[0]}`)));
    }
    scores.set(name, { benchmark: rows, byValues: [] });
  }
  return scores;
}

/** The indicators that all ensembles have scored. */
function namesOf({ ensembles }: Campaign): string[] {
  const asked = ensembles.flatMap((ensemble) => {
    const own = benchmarkSection.of(ensemble);
    return own ? [own.indicators ?? indicators.names] : [];
  });
  const [first = [], ...others] = asked;
  return first.filter((name) => others.every((list) => list.includes(name)));
}

async function glassOf({ ensemble, seed, read }: StoredSample, names: readonly string[]): Promise<Glass> {
  const system = storedGlass({ ensemble, read });
  const count = system.species.length;
  const bytes = read("benchmark", "benchmark_events.parquet");
  const of = await readTexts(bytes, "load");
  const { ordinal, strain, particle } = await readColumns(bytes, ["ordinal", "strain", "particle"]);
  const events = of.map((load, k) => ({
    load,
    ordinal: ordinal[k],
    strain: strain[k],
    particle: particle[k],
  }));
  const directional = names.filter((name) => indicators.find(name)?.directional);
  const common = names.filter((name) => !directional.includes(name));
  const ranks = await readRanks(read, { common, directional }, count);
  const loads = [...new Set(of)].map((load): Loaded => {
    const first = events.find((event) => event.load === load && event.ordinal === 1);
    return { load, features: featuresOf(ranks(load), count), target: nearTo(system, first?.particle) };
  });
  return { ensemble: ensemble.name, seed, system, loads, events };
}

/** −ln(1 − (rank + ½)/N) of each indicator, N×p; of what has no rank that of the hardest. */
function featuresOf(ranks: readonly ArrayLike<number>[], count: number): Float64Array {
  const p = ranks.length;
  const features = new Float64Array(count * p);
  ranks.forEach((own, k) => {
    for (let i = 0; i < count; i++) features[i * p + k] = -Math.log(1 - (Math.max(0, own[i]) + 0.5) / count);
  });
  return features;
}

/** 1 of the particles near to one, 0 of all others. */
function nearTo({ box, positions, species }: System, particle: number | undefined): Float64Array {
  const d = box.dimension;
  const placeOf = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const reach = reachIn({ box, positions });
  return Float64Array.from(species, (_, p) =>
    particle !== undefined && periodicDistance(box, placeOf(p), placeOf(particle)) <= reach ? 1 : 0,
  );
}

function fitted(glasses: readonly Glass[]): RidgeModel {
  return ridge(
    glasses.flatMap(({ loads }) => loads),
    PENALTY,
  );
}

function scored({ seed, system, loads, events }: Glass, model: RidgeModel, indicator: string): ScoredEvent[] {
  return loads.flatMap(({ load, features }) => {
    const values = ridgePrediction(model, features);
    const score = inBonds(particleScorer(values, system, peaksOf(values, system)), system);
    return events
      .filter((event) => event.load === load)
      .map(({ ordinal, strain, particle }) => ({
        seed,
        load,
        ordinal,
        strain,
        indicator,
        ...score(particle),
      }));
  });
}
