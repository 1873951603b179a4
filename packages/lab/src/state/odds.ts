import { behind } from "../words.ts";

/**
 * How often the softest spot is the one that goes first, over glasses that were not chosen, and the mean share of the
 * glass that is softer than the first event, (1 − C)/2: N = 1,000 and 2,000 by `validation/first-event.ts 2dipl 1000 20`
 * and `… 2000 20`, seeds 1 to 20; N = 10,000 by docs/REPRODUCTION.md. `blind`: how many a blind pick among the spots of
 * each glass would have met, Σ 1/spots over the same glasses (5.7 and 11.1 spots on average; 44 in the example of 10,000).
 */
export const ODDS_TABLE = [
  { particles: 1000, first: 8, of: 20, blind: 4.4, softer: 0.26 },
  { particles: 2000, first: 9, of: 20, blind: 2.1, softer: 0.18 },
  { particles: 10_000, first: 22, of: 100, blind: 2.3, softer: 0.09 },
] as const;

/** What is known of glasses of this model whose size is nearest to so many particles; undefined of other models. */
export function oddsFor(model: string, particles: number): (typeof ODDS_TABLE)[number] | undefined {
  if (model !== "2dipl") return undefined;
  const far = (row: (typeof ODDS_TABLE)[number]) => Math.abs(Math.log(row.particles / particles));
  return ODDS_TABLE.reduce((best, row) => (far(row) < far(best) ? row : best));
}

/** The first glass, which was chosen (seed 5): the share of it that the map calls softer than its first event. A test holds it. */
export const FIRST_GLASS = { softer: 0.004 } as const;

export const ODDS =
  "in 8 of the 20 glasses of seeds 1 to 20 at N = 1,000, in 9 of 20 at 2,000, in 22 of 100 at 10,000";

export const MEAN_BEHIND = ODDS_TABLE.map(
  ({ particles, softer }, k) =>
    `${behind(softer)} at ${k === 0 ? "N = " : ""}${particles.toLocaleString("en")}`,
).join(", ");
