import { rounded } from "../../rounded.ts";
import type { Smoothing } from "./table.ts";

/** What was done to columns of rows for their few digits, in a sentence; none where all are taken as they are. */
export function smoothingNotes(
  what: string,
  columns: readonly (Smoothing | undefined)[],
  unit = "",
): string[] {
  const smoothed = columns.filter((smoothing) => smoothing !== undefined);
  if (smoothed.length === 0) return [];
  const noisiest = smoothed.reduce((a, b) => (b.before / b.size > a.before / a.size ? b : a));
  const rows = smoothed.map((smoothing) => smoothing.rows);
  const [least, most] = [Math.min(...rows), Math.max(...rows)];
  const { before, after, size } = noisiest;
  const every = least === most ? `${least}` : `${least} to ${most}`;
  const met = Math.max(...smoothed.map(({ typical }) => typical));
  return [
    `${what}: rows of few digits smoothed, a knot every ${every} rows (median): noise of ${what}‴ ${rounded(before, 2)} → ${rounded(after, 2)}${unit} at a typical |${what}‴| of ${rounded(size, 2)}; rows met to ${rounded(met, 2)} times their scatter ("every": 1 takes them as they are)`,
  ];
}

/** A warning where even the smoothed rows have third derivatives of noise. */
export function smoothingWarnings(smoothing: Smoothing | undefined, field: string): string[] {
  if (smoothing === undefined || smoothing.after <= NOISY * smoothing.size) return [];
  return [
    `${field}: of too few digits for third derivatives: their noise is ${rounded((100 * smoothing.after) / smoothing.size, 2)} % of them even when rows are smoothed. Local thermal energies need φ‴: give more digits`,
  ];
}

/** Noise of third derivatives over their size from which on it is told. */
const NOISY = 0.01;
