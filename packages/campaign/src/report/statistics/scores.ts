import { indicators } from "softfield";
import type { EnsembleData, EventScoreRow, SampleEvents } from "../collect.ts";

/** 1, 2, … up to the highest ordinal of any event. */
export function ordinals(events: readonly SampleEvents[]): number[] {
  const most = events.reduce((max, { strains }) => Math.max(max, strains.length), 0);
  return Array.from({ length: most }, (_, k) => k + 1);
}

/** Fields in the order in which indicators are listed; those that are not registered here come last. */
export function inOrder(fields: Iterable<string>): string[] {
  const place = (field: string) => {
    const at = indicators.names.indexOf(field);
    return at < 0 ? indicators.names.length : at;
  };
  return [...new Set(fields)].sort((a, b) => place(a) - place(b));
}

/** The fields whose prediction was scored. */
export function scoredFields({ events }: Pick<EnsembleData, "events">): string[] {
  return inOrder(events.flatMap(({ scores }) => Object.keys(scores)));
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
