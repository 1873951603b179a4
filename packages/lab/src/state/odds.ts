/**
 * How often the softest spot is the one that goes first, over glasses that were not chosen: N = 1,000 and 2,000 by
 * `validation/first-event.ts 2dipl 1000 20` and `… 2000 20`, seeds 1 to 20; N = 10,000 by docs/REPRODUCTION.md.
 */
export const ODDS =
  "in 8 of the 20 glasses of seeds 1 to 20 at N = 1,000, in 9 of 20 at 2,000, in 22 of 100 at 10,000";

/** C = 1 − 2·CDF of the first event over the same glasses, as the mean share of the glass that is softer, (1 − C)/2. */
export const MEAN_SOFTER = "26\u202f% at N = 1,000, 18\u202f% at 2,000, 9\u202f% at 10,000";
