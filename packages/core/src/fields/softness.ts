import { SoftfieldError } from "../errors.ts";
import type { Sites } from "../interactions/index.ts";
import type { Box } from "../space/index.ts";
import { type Bins, binCount, binIndices, coarser, makeBins, neighborhood } from "./bins.ts";

/** How the values of a bin become one, and how bins are smoothed: the choices that SI D leaves open. */
export interface FieldOptions {
  /** Bins along each edge; default by the rule of SI D: see `makeBins`. */
  readonly bins?: number;
  /** Only |value| ≥ threshold is kept; default 1.1 for local thermal energies, none for particle fields. */
  readonly threshold?: number;
  /** A bin's value: mean over its kept entries (default), over all its entries, or the sum of the kept. */
  readonly reading?: "mean-of-kept" | "mean-of-all" | "sum";
  /** In smoothing a bin without kept entries counts as 0 (default) or is left out. */
  readonly empty?: "zero" | "skip";
  /** Mean over a bin and its neighbours (default); one mean over all their entries; or none. */
  readonly smoothing?: "average" | "pool" | "none";
}

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

/** Paper's threshold on |E_α| ("easier processing; does not affect results", SI D). */
export const LTE_THRESHOLD = 1.1;

/** Energies of one family of terms and where they are; `TermEnergies` is one. */
export interface PlacedEnergies {
  readonly sites: Pick<Sites, "members" | "offsets">;
  /** t, E_α */
  readonly lte: Float64Array;
}

/**
 * The softness field of SI D, Zylberg 2017: |E_α| ≥ 1.1 averaged in bins by the places of interactions (of a bond its
 * midpoint, of a triple the mean of its three particles), then over each bin and its 8 (26 in 3D) periodic neighbours.
 * `energies`: those of every family, as a `GlassResponse` has them; `positions`: N×d, unit λ. All read. O(m + bins).
 *
 * Unless `bins` says otherwise, the bins are made coarser until each holds two interactions.
 */
export function softnessField(
  box: Box,
  positions: Float64Array,
  energies: readonly PlacedEnergies[],
  options: FieldOptions = {},
): SoftnessField {
  const { lte, places } = placed(positions, box.dimension, energies);
  const threshold = options.threshold ?? LTE_THRESHOLD;
  let bins = makeBins(box, positions.length / box.dimension, options.bins);
  while (options.bins === undefined && binCount(bins) > 1 && fewestEntries(bins, places) < 2)
    bins = coarser(bins);
  return coarseGrain(bins, places, lte, { ...options, threshold });
}

/** Energies of all interactions and where they stand, family after family. */
export function placed(
  positions: Float64Array,
  d: number,
  energies: readonly PlacedEnergies[],
): { lte: Float64Array; places: Float64Array } {
  const count = energies.reduce((sum, { lte }) => sum + lte.length, 0);
  const lte = new Float64Array(count);
  const places = new Float64Array(count * d);
  let at = 0;
  for (const { sites, lte: own } of energies) {
    const { members, offsets } = sites;
    if (offsets.length !== own.length * d) {
      const message = `${own.length} energies for ${offsets.length / d} places: give one a place`;
      throw new SoftfieldError("usage", message, { field: "energies" });
    }
    const [first] = members;
    for (let t = 0; t < own.length; t++)
      for (let a = 0; a < d; a++) places[(at + t) * d + a] = positions[first[t] * d + a] + offsets[t * d + a];
    lte.set(own, at);
    at += own.length;
  }
  return { lte, places };
}

function fewestEntries(bins: Bins, points: Float64Array): number {
  const entries = new Int32Array(binCount(bins));
  for (const bin of binIndices(bins, points)) entries[bin] = entries[bin] + 1;
  return Math.min(...entries);
}

/**
 * The same field of any per-particle value (N), binned at particle positions (N×d, unit λ): the normal-modes baseline
 * of SI E and other indicators. Give `bins` of the softness field to compare on one grid. O(N + bins).
 */
export function particleField(
  box: Box,
  positions: Float64Array,
  values: Float64Array,
  options: FieldOptions & { readonly grid?: Bins } = {},
): SoftnessField {
  const bins = options.grid ?? makeBins(box, values.length, options.bins);
  return coarseGrain({ box, counts: bins.counts }, positions, values, { threshold: 0, ...options });
}

/** The field at points (m×d, unit λ, wrapped into the box): the value of each one's bin, m. O(m). */
export function fieldAt(field: Bins & Pick<SoftnessField, "values">, points: Float64Array): Float64Array {
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
  const sums = new Float64Array(size);
  const all = new Float64Array(size);
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
  });
  const reading = options.reading ?? "mean-of-kept";
  const [above, below] =
    reading === "mean-of-all" ? [all, entries] : [sums, reading === "sum" ? undefined : kept];
  const raw = above.map((sum, bin) => ratio(sum, below ? below[bin] : 1));
  const values_ = smooth(bins, { raw, above, below, kept }, options);
  return { ...bins, values: values_, raw, sums, entries, kept, threshold: options.threshold };
}

interface Unsmoothed {
  readonly raw: Float64Array;
  readonly above: Float64Array;
  readonly below: Int32Array | undefined;
  readonly kept: Int32Array;
}

function smooth(bins: Bins, { raw, above, below, kept }: Unsmoothed, options: FieldOptions): Float64Array {
  const smoothing = options.smoothing ?? "average";
  if (smoothing === "none") return raw.slice();
  const skip = options.empty === "skip";
  return raw.map((_, bin) => {
    const near = neighborhood(bins, bin);
    const sum = (values: ArrayLike<number>) => near.reduce((total, k) => total + values[k], 0);
    if (smoothing === "pool") return ratio(sum(above), below ? sum(below) : near.length);
    return ratio(sum(raw), skip ? near.filter((k) => kept[k] > 0).length : near.length);
  });
}

function ratio(sum: number, count: number): number {
  return count === 0 ? 0 : sum / count;
}
