import type { Ask, EnsembleData } from "@softfield/campaign";
import { grouped } from "@softfield/node";

/** The lowest modes of one sample, ascending in ω. */
export interface SampleModes {
  readonly seed: number;
  readonly frequency: readonly number[];
  readonly participation: readonly number[];
}

/** The same modes with what they couple to. */
export interface SampleCouplings extends SampleModes {
  readonly selfCoupling: readonly number[];
  readonly crossCoupling: readonly number[];
  readonly projection: readonly number[];
}

/** Plane waves of one sample, polarisation and wave number. */
export interface SampleWaves {
  readonly seed: number;
  readonly polarisation: string;
  readonly wave: number;
  readonly frequency: number;
  readonly relaxedFrequency: number;
  readonly selfCoupling: number;
  readonly crossCoupling: number;
  readonly projection: number;
}

/** A sample on the way to its first plastic event, ascending in strain. */
export interface SamplePath {
  readonly seed: number;
  readonly fraction: readonly number[];
  readonly distance: readonly number[];
  readonly frequency: readonly number[];
  readonly selfCoupling: readonly number[];
  readonly projection: readonly number[];
  /** max|E_α| */
  readonly largest: readonly number[];
}

/** Vibrations of an ensemble: every list has one entry a sample that has them, ascending in the seed. */
export interface Vibrations {
  readonly modes: readonly SampleModes[];
  readonly couplings: readonly SampleCouplings[];
  /** By seed, polarisation and wave number. */
  readonly waves: readonly SampleWaves[];
  readonly paths: readonly SamplePath[];
}

/** What tables of vibrations are made from. */
export type VibrationData = EnsembleData & { readonly vibrations: Vibrations };

/** Reads what there is of modes, couplings and approaches to an instability. */
export async function vibrationsOf(ask: Ask, only: string): Promise<{ vibrations: Vibrations }> {
  const modes = await bySeed(ask, `modes ${only} order by seed, mode`, ["frequency", "participation"]);
  const couplings = await bySeed(ask, `modecouplings ${only} order by seed, mode`, [
    "frequency",
    "participation",
    "self_coupling",
    "cross_coupling",
    "projection",
  ]);
  const paths = await bySeed(ask, `approach ${only} order by seed, strain`, [
    "fraction",
    "distance",
    "frequency",
    "self_coupling",
    "projection",
    "lte_largest",
  ]);
  const vibrations = {
    modes: modes.map(([seed, [frequency, participation]]) => ({
      seed,
      frequency: frequency!,
      participation: participation!,
    })),
    couplings: couplings.map(([seed, [frequency, participation, self, cross, projection]]) => ({
      seed,
      frequency: frequency!,
      participation: participation!,
      selfCoupling: self!,
      crossCoupling: cross!,
      projection: projection!,
    })),
    waves: await wavesOf(ask, only),
    paths: paths.map(([seed, [fraction, distance, frequency, self, projection, largest]]) => ({
      seed,
      fraction: fraction!,
      distance: distance!,
      frequency: frequency!,
      selfCoupling: self!,
      projection: projection!,
      largest: largest!,
    })),
  };
  return { vibrations };
}

/** Columns of a table, one list each and sample. */
async function bySeed(
  ask: Ask,
  from: string,
  columns: readonly string[],
): Promise<[number, readonly (readonly number[])[]][]> {
  const { rows } = await ask(`select seed, ${columns.join(", ")} from ${from}`);
  // DuckDB gives NaN as text
  const values = rows.map((row) => row.map(Number));
  return [...grouped(values, ([seed]) => seed!)].map(([seed, own]) => [
    seed,
    columns.map((_, k) => own.map((row) => row[k + 1])),
  ]);
}

async function wavesOf(ask: Ask, only: string): Promise<SampleWaves[]> {
  const columns =
    "seed, wave, frequency, relaxed_frequency, self_coupling, cross_coupling, projection, polarisation";
  const { rows } = await ask(
    `select ${columns} from wavecouplings ${only} order by polarisation desc, wave, seed`,
  );
  return rows.map((row) => {
    const [seed, wave, frequency, relaxed, self, cross, projection] = row.slice(0, -1).map(Number);
    return {
      seed: seed!,
      polarisation: String(row.at(-1)),
      wave: wave!,
      frequency: frequency!,
      relaxedFrequency: relaxed!,
      selfCoupling: self!,
      crossCoupling: cross!,
      projection: projection!,
    };
  });
}
