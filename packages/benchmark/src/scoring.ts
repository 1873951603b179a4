import { type RecordColumn, type Refusal, real } from "@softfield/campaign";
import { indicators } from "softfield";
import { z } from "zod";
import { NEAR, type Score, SPOTS } from "./score.ts";

/** The field of a section that says which indicators are scored. */
export const indicatorsField = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe("Those that are scored; all by default.");

/** Names of no indicator. */
export function refuseIndicators(asked: readonly string[] = []): Refusal | undefined {
  const unknown = asked.findIndex((name) => !indicators.find(name));
  if (unknown < 0) return undefined;
  return { field: ["indicators", String(unknown)], message: indicators.unknown(asked[unknown]) };
}

/** The options with the names of all indicators where none are given: which are "all" belongs to the result. */
export function withIndicators<Options extends { readonly indicators?: readonly string[] | undefined }>(
  options: Options | undefined,
): (Options & { readonly indicators: readonly string[] }) | undefined {
  return options && { ...options, indicators: options.indicators ?? [...indicators.names] };
}

/** Columns of the scores of events, or of what else is called `what`. */
export function scoreColumns<Row extends Score>(
  what: string,
): Readonly<Record<"softer" | "precision" | "distance", RecordColumn<Row>>> {
  return {
    softer: real<Row>(
      ({ softer }) => softer,
      `fraction of the particles softer than the ${what}'s; C = 1 − 2·softer`,
    ),
    precision: real<Row>(
      ({ precision }) => precision,
      `average precision for the particles within ${NEAR} bond lengths of the ${what}`,
    ),
    distance: real<Row>(({ distance }) => distance, `to the nearest of the ${SPOTS} softest spots`, "λ"),
  };
}
