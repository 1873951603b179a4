import { type EnsembleData, type EventScoreRow, FIELDS, type SampleEvents } from "../collect.ts";

/** 1, 2, … up to the highest ordinal of any event. */
export function ordinals(events: readonly SampleEvents[]): number[] {
  const most = events.reduce((max, { strains }) => Math.max(max, strains.length), 0);
  return Array.from({ length: most }, (_, k) => k + 1);
}

/** The fields whose prediction was scored. */
export function scoredFields({ events }: EnsembleData): (typeof FIELDS)[number][] {
  return FIELDS.filter((field) => events.some(({ scores }) => scores[field] !== undefined));
}

/** What there is to say of every scored field and every ordinal, in this order. */
export function ofScored<Row>(data: EnsembleData, rows: (field: string, ordinal: number) => Row[]): Row[] {
  return scoredFields(data).flatMap((field) => ordinals(data.events).flatMap((n) => rows(field, n)));
}

/** A score of the n-th event, one a sample that has one; NaN where the field has no spots. */
export function scoresOf(
  events: readonly SampleEvents[],
  score: keyof EventScoreRow,
  { field, ordinal }: { field: string; ordinal: number },
): number[] {
  return events
    .filter(({ strains }) => strains.length >= ordinal)
    .map(({ scores }) => scores[field]?.[ordinal - 1]?.[score] ?? Number.NaN);
}
