import type { Ask } from "@softfield/campaign";
import { withoutSlopes } from "../gaps.ts";
import { forecastGaps } from "./stage.ts";

/** What one way said of one event. */
export interface ForetoldEvent {
  readonly seed: number;
  readonly load: string;
  readonly ordinal: number;
  readonly strain: number;
  /** "forecast", "cubic", or an indicator. */
  readonly way: string;
  /** 0: the way names no place there. */
  readonly rank: number;
  readonly foretold: number;
}

/** What the tables of forecasts are made from. */
export interface ForecastData {
  readonly foretold: readonly ForetoldEvent[];
  /** Glasses whose forecasts tried no places by the slopes of E. */
  readonly withoutSlopes: number;
}

/** Reads the forecasts that there are. */
export async function forecastOf(ask: Ask, only: string): Promise<ForecastData> {
  const { rows } = await ask(
    `select seed, load, ordinal, strain, way, "rank", foretold from forecast_events ${only} order by seed, load, ordinal`,
  );
  return {
    withoutSlopes: await withoutSlopes(ask, forecastGaps, only),
    foretold: rows.map(([seed, load, ordinal, strain, way, rank, foretold]) => ({
      ...{ seed: Number(seed), load: String(load), ordinal: Number(ordinal), strain: Number(strain) },
      ...{ way: String(way), rank: Number(rank) },
      foretold: foretold === null ? Number.NaN : Number(foretold),
    })),
  };
}
