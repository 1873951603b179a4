import { pointInBin, type SoftnessField, type SoftSpot, type SoftSpots, softSpots } from "softfield/internal";

/** A field, its spots as `softfield spots` tells them (SI D), and the same spots where the eye sees them. */
export interface FieldMap {
  readonly field: SoftnessField;
  readonly spots: SoftSpots;
  /** At the maxima themselves: SI D's noise within the bin is for statistics over many glasses. */
  readonly marks: readonly SoftSpot[];
}

const MIDDLE = [0.5, 0.5, 0.5];

export function mapOf(field: SoftnessField): FieldMap {
  const spots = softSpots(field);
  const marks = spots.spots.map((spot) => ({
    ...spot,
    position: pointInBin(field, binIndex(field, spot), MIDDLE),
  }));
  return { field, spots, marks };
}

function binIndex({ counts }: SoftnessField, { bin }: SoftSpot): number {
  return bin.reduceRight((index, number, axis) => index * counts[axis] + number, 0);
}
