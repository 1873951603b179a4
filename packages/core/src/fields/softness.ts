import { SoftfieldError } from "../errors.ts";
import { LTE_THRESHOLD, type SiteValues } from "../indicators/index.ts";
import type { Box } from "../space/index.ts";
import { type Bins, binCount, binIndices, coarser, makeBins, neighborhood } from "./bins.ts";

/** How the values of a bin become one, by name: of those that are kept, or of all. */
export const AGGREGATES = ["mean-of-kept", "mean-of-all", "sum", "largest", "sum-of-squares"] as const;

/** How the values of a bin become one, and how bins are smoothed: the choices that SI D leaves open. */
export interface FieldOptions {
  /** Bins along each edge; default by the rule of SI D: see `makeBins`. */
  readonly bins?: number;
  /** Only |value| ≥ threshold is kept; default 0. */
  readonly threshold?: number;
  /** A bin's value: mean over its kept entries (default), over all its entries; sum, largest or sum of squares of the kept. */
  readonly aggregate?: (typeof AGGREGATES)[number];
  /** In smoothing a bin without kept entries counts as 0 (default) or is left out. */
  readonly empty?: "zero" | "skip";
  /** Mean over a bin and its neighbours (default); one mean over all their entries; or none. */
  readonly smoothing?: "average" | "pool" | "none";
}

/** Bins with a value each. */
export type FieldOnBins = Bins & Pick<SoftnessField, "values">;

/** A coarse-grained field: one value a bin. */
export interface SoftnessField extends Bins {
  /** Smoothed values, one a bin; see `bins.ts` for their order. */
  readonly values: Float64Array;
  /** Before smoothing. */
  readonly raw: Float64Array;
  /** Σ|value| of the kept entries of each bin. */
  readonly sums: Float64Array;
  /** Entries in each bin, all and kept. */
  readonly entries: Int32Array;
  readonly kept: Int32Array;
  readonly threshold: number;
}

/** Bins for fields of these sites, unless `bins` says otherwise made coarser until each holds two of them (SI D). */
export function softnessBins(
  box: Box,
  positions: Float64Array,
  sites: readonly SiteValues["sites"][],
  bins?: number,
): Bins {
  let found = makeBins(box, positions.length / box.dimension, bins);
  if (bins !== undefined) return found;
  const places = placesOf(box.dimension, positions, sites);
  while (binCount(found) > 1 && fewestEntries(found, places) < 2) found = coarser(found);
  return found;
}

/**
 * The field of any values at their sites (`positions`: N×d, unit λ; all read): |value| ≥ threshold averaged in bins,
 * then over each bin and its 8 (26 in 3D) periodic neighbours (SI D, Zylberg 2017). Values that are NaN are left out;
 * `grid`: bins shared with other fields. O(sites + bins). Throws "usage" where values and places differ in number.
 */
export function fieldOf(
  box: Box,
  positions: Float64Array,
  values: readonly SiteValues[],
  options: FieldOptions & { readonly grid?: Bins } = {},
): SoftnessField {
  const sites = values.map((own) => own.sites);
  const places = placesOf(box.dimension, positions, sites);
  const all = new Float64Array(places.length / box.dimension);
  let at = 0;
  for (const { sites, values: own } of values) {
    const count = sites.offsets.length / box.dimension;
    if (own.length !== count) {
      const message = `${own.length} values for ${count} places: give one a place`;
      throw new SoftfieldError("usage", message, { field: "values" });
    }
    all.set(own, at);
    at += own.length;
  }
  const { counts } = options.grid ?? softnessBins(box, positions, sites, options.bins);
  return coarseGrain({ box, counts }, places, all, { threshold: 0, ...options });
}

/** Energies of one family of terms and where they are; `TermEnergies` is one. */
export interface PlacedEnergies {
  readonly sites: SiteValues["sites"];
  /** t, E_α */
  readonly lte: Float64Array;
}

/** The field of local thermal energies of every family, as a `GlassResponse` has them: |E_α| ≥ 1.1 unless said otherwise. */
export function softnessField(
  box: Box,
  positions: Float64Array,
  energies: readonly PlacedEnergies[],
  options: FieldOptions & { readonly grid?: Bins } = {},
): SoftnessField {
  const values = energies.map(({ sites, lte }) => ({ sites, values: lte }));
  return fieldOf(box, positions, values, { ...options, threshold: options.threshold ?? LTE_THRESHOLD });
}

/** Where sites stand, one family after another. */
export function placesOf(
  d: number,
  positions: Float64Array,
  sites: readonly SiteValues["sites"][],
): Float64Array {
  const places = new Float64Array(sites.reduce((sum, { offsets }) => sum + offsets.length, 0));
  let at = 0;
  for (const { members, offsets } of sites) {
    const [first] = members;
    for (let k = 0; k < offsets.length; k++)
      places[at + k] = positions[first[Math.floor(k / d)] * d + (k % d)] + offsets[k];
    at += offsets.length;
  }
  return places;
}

function fewestEntries(bins: Bins, points: Float64Array): number {
  const entries = new Int32Array(binCount(bins));
  for (const bin of binIndices(bins, points)) entries[bin] = entries[bin] + 1;
  return Math.min(...entries);
}

/** The field at points (m×d, unit λ, wrapped into the box): the value of each one's bin, m. O(m). */
export function fieldAt(field: FieldOnBins, points: Float64Array): Float64Array {
  return Float64Array.from(binIndices(field, points), (bin) => field.values[bin]);
}

/** Bins |values| at points (m×d) and smooths them. */
export function coarseGrain(
  bins: Bins,
  points: Float64Array,
  values: Float64Array,
  options: FieldOptions & { readonly threshold: number },
): SoftnessField {
  const size = binCount(bins);
  const [sums, all, squares, most] = Array.from({ length: 4 }, () => new Float64Array(size));
  const entries = new Int32Array(size);
  const kept = new Int32Array(size);
  binIndices(bins, points).forEach((bin, m) => {
    const value = Math.abs(values[m]);
    if (Number.isNaN(value)) return; // rattlers have none
    entries[bin] = entries[bin] + 1;
    all[bin] = all[bin] + value;
    if (value < options.threshold) return;
    kept[bin] = kept[bin] + 1;
    sums[bin] = sums[bin] + value;
    squares[bin] = squares[bin] + value * value;
    most[bin] = Math.max(most[bin], value);
  });
  const readings: Record<(typeof AGGREGATES)[number], Reading> = {
    "mean-of-kept": meanReading(sums, kept),
    "mean-of-all": meanReading(all, entries),
    sum: meanReading(sums),
    "sum-of-squares": meanReading(squares),
    largest: { of: (bin) => most[bin], pooled: (near) => Math.max(...near.map((bin) => most[bin])) },
  };
  const reading = readings[options.aggregate ?? "mean-of-kept"];
  const raw = sums.map((_, bin) => reading.of(bin));
  const smoothed = smooth(bins, { raw, kept, reading }, options);
  return { ...bins, values: smoothed, raw, sums, entries, kept, threshold: options.threshold };
}

/** What a bin's entries make, and what those of several bins make together. */
interface Reading {
  readonly of: (bin: number) => number;
  readonly pooled: (near: readonly number[]) => number;
}

/** Sums over counts; without counts a bin is one. */
function meanReading(above: Float64Array, below?: Int32Array): Reading {
  const total = (values: ArrayLike<number>, near: readonly number[]) =>
    near.reduce((sum, bin) => sum + values[bin], 0);
  return {
    of: (bin) => ratio(above[bin], below ? below[bin] : 1),
    pooled: (near) => ratio(total(above, near), below ? total(below, near) : near.length),
  };
}

interface Unsmoothed {
  readonly raw: Float64Array;
  readonly kept: Int32Array;
  readonly reading: Reading;
}

function smooth(bins: Bins, { raw, kept, reading }: Unsmoothed, options: FieldOptions): Float64Array {
  const smoothing = options.smoothing ?? "average";
  if (smoothing === "none") return raw.slice();
  const skip = options.empty === "skip";
  return raw.map((_, bin) => {
    const near = neighborhood(bins, bin);
    if (smoothing === "pool") return reading.pooled(near);
    const sum = near.reduce((total, k) => total + raw[k], 0);
    return ratio(sum, skip ? near.filter((k) => kept[k] > 0).length : near.length);
  });
}

function ratio(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}
