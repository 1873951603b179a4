import type { Ask } from "@softfield/campaign";
import type { ScoredEvent } from "../data.ts";

/** A rearrangement of a flow by one indicator; its load is "TEMPERATURE RATE". */
export interface ScoredFlowEvent extends ScoredEvent {
  readonly temperature: number;
  readonly rate: number;
}

/** A rearrangement of a flow. */
export interface FlowEventRow {
  readonly seed: number;
  readonly temperature: number;
  readonly rate: number;
  readonly ordinal: number;
  readonly strain: number;
  /** Ordinal of the athermal event at the same place; 0: none. */
  readonly athermal: number;
}

/** How well a feature of one glass orders the propensities of its particles at one time. */
export interface PropensityScore {
  readonly seed: number;
  readonly time: number;
  readonly species: string;
  readonly feature: string;
  readonly pearson: number;
  readonly spearman: number;
}

/** What the tables of finite temperature are made from. */
export interface ThermalData {
  readonly flows: readonly ScoredFlowEvent[];
  readonly flowEvents: readonly FlowEventRow[];
  readonly propensities: readonly PropensityScore[];
}

/** Reads what there is, of glasses with such a bond length (λ). */
export async function thermalOf(ask: Ask, only: string, bond: number): Promise<ThermalData> {
  const scores = await ask(
    `select seed, temperature, rate, ordinal, strain, indicator, softer, "precision", distance from deform_scores ${only} ` +
      "order by seed, temperature, rate, ordinal, indicator",
  );
  const events = await ask(
    `select seed, temperature, rate, ordinal, strain, athermal from deform_events ${only} ` +
      "order by seed, temperature, rate, ordinal",
  );
  const propensities = await ask(
    `select seed, "time", species, feature, pearson, spearman from propensity_scores ${only} ` +
      'order by seed, "time", species, feature',
  );
  return {
    flows: scores.rows.map((row) => {
      const [seed, temperature, rate, ordinal, strain] = row.slice(0, 5).map(Number);
      const [softer, precision, away] = row.slice(6).map(Number);
      const distance = away / bond;
      const load = `${temperature} ${rate}`;
      const indicator = String(row[5]);
      return { seed, temperature, rate, load, ordinal, strain, indicator, softer, precision, distance };
    }),
    flowEvents: events.rows.map((row) => {
      const [seed, temperature, rate, ordinal, strain, athermal] = row.map(Number);
      return { seed, temperature, rate, ordinal, strain, athermal };
    }),
    propensities: propensities.rows.map(([seed, time, species, feature, pearson, spearman]) => ({
      ...{ seed: Number(seed), time: Number(time), species: String(species), feature: String(feature) },
      ...{ pearson: Number(pearson), spearman: Number(spearman) },
    })),
  };
}
