/**
 * Of glasses that were not chosen (seeds 1 to 20), how many first events the map of E and that of the modes foretold, that
 * is, put into the softest tenth of the glass (C ≥ 0.8): `validation/first-event.ts 2dipl 1000 20`, `… 2000 20`,
 * `… 10000 20`. A blind guess foretells one in ten.
 */
export const ODDS_TABLE = [
  { particles: 1000, of: 20, lte: 7, modes: 8 },
  { particles: 2000, of: 20, lte: 10, modes: 7 },
  { particles: 10_000, of: 20, lte: 15, modes: 12 },
] as const;

/** What is known of glasses of this model whose size is nearest to so many particles; undefined of other models. */
export function oddsFor(model: string, particles: number): (typeof ODDS_TABLE)[number] | undefined {
  if (model !== "2dipl") return undefined;
  const far = (row: (typeof ODDS_TABLE)[number]) => Math.abs(Math.log(row.particles / particles));
  return ODDS_TABLE.reduce((best, row) => (far(row) < far(best) ? row : best));
}

/** The first glass, which was chosen (seed 5): the share of it that the map calls softer than its first event. A test holds it. */
export const FIRST_GLASS = { softer: 0.004 } as const;
