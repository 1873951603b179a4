import {
  fieldOf,
  pointInBin,
  type SoftnessField,
  type SoftSpot,
  type SoftSpots,
  softnessField,
  softSpots,
} from "softfield/internal";
import type { Reading } from "../engine/read.ts";
import type { Known } from "./known.ts";

/** A soft spot where the eye sees it, by a name that it keeps while the glass is sheared. */
export interface Mark extends SoftSpot {
  /** Of the unsheared glass its rank; of spots that come later a letter. */
  readonly name: string;
}

/** A field, its spots as `softfield spots` tells them (SI D), and the same spots where the eye sees them. */
export interface FieldMap {
  readonly field: SoftnessField;
  readonly spots: SoftSpots;
  /** At the maxima themselves: SI D's noise within the bin is for statistics over many glasses. */
  readonly marks: readonly Mark[];
}

const MIDDLE = [0.5, 0.5, 0.5];

export function mapOf(field: SoftnessField): FieldMap {
  const spots = softSpots(field);
  const marks = spots.spots.map((spot) => ({
    ...spot,
    name: String(spot.rank),
    position: pointInBin(field, binIndex(field, spot), MIDDLE),
  }));
  return { field, spots, marks };
}

function binIndex({ counts }: SoftnessField, { bin }: SoftSpot): number {
  return bin.reduceRight((index, number, axis) => index * counts[axis] + number, 0);
}

/** The softness field of E, by SI D; every interaction that is kept counts. */
export function fieldOfReading(now: Reading, kept: number): SoftnessField {
  const { system, energies, field } = now;
  // The worker that read the state has found the field that was wanted then.
  if (field.threshold === kept) return field;
  return softnessField(system.box, system.positions, energies, { threshold: kept });
}

/** Maps of what is known of a state, by the names of indicators: from E, and from others on the same bins. */
export type Maps = Readonly<Partial<Record<string, FieldMap>>>;

export function mapsOf({ reading: now, values = {} }: Known, kept: number): Maps {
  if (!now) return {};
  const grid = fieldOfReading(now, kept);
  const { box, positions } = now.system;
  const others = Object.entries(values).map(([name, own]) => [
    name,
    mapOf(fieldOf(box, positions, own, { grid })),
  ]);
  return { lte: mapOf(grid), ...Object.fromEntries(others) };
}
