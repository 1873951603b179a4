import {
  type FieldOptions,
  fieldOf,
  type SoftnessField,
  type SoftSpots,
  softnessBins,
  softSpots,
} from "../fields/index.ts";
import { type EnergiesOf, type Indicator, indicators, type SiteValues } from "../indicators/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";

/** By which indicators `indicatorMaps` looks at a glass, and how values become fields and spots. */
export interface MapOptions {
  /** Indicators, by name or themselves; default local thermal energies and normal modes. */
  readonly indicators?: readonly (string | Indicator)[];
  /** How values become a field (SI D); the threshold is that of |E_α|. */
  readonly field?: FieldOptions;
  /** Of the noise in the positions of spots. Default 0. */
  readonly seed?: number;
  /** Lowest modes of the normal-modes baseline (SI E). Default 30. */
  readonly modes?: number;
  /** The rate of deformation that directional indicators look at, d×d; default simple shear, x += γ·y. */
  readonly load?: Float64Array;
  /** Another way to local thermal energies than the exact inverse, as by windows. */
  readonly energies?: EnergiesOf | undefined;
}

/** A field and its maxima. */
export interface FieldWithSpots {
  readonly field: SoftnessField;
  readonly spots: SoftSpots;
}

/** Where a glass is soft by one indicator. */
export interface IndicatorMap extends FieldWithSpots {
  readonly indicator: Indicator;
  readonly values: readonly SiteValues[];
}

/**
 * Softness field and soft spots of a glass by each indicator (SI D, E, Zylberg 2017), all on the bins of its
 * interactions, so that they can be compared. Throws "usage" where there is no such indicator; otherwise as they do.
 */
export function indicatorMaps(
  minimum: Minimum,
  options: MapOptions = {},
  control: WorkControl = {},
): IndicatorMap[] {
  const {
    indicators: names = ["lte", "modes"],
    field: choices = {},
    seed = 0,
    modes,
    load,
    energies,
  } = options;
  const asked = names.map((one) => (typeof one === "string" ? indicators.get(one) : one));
  const { box, positions } = minimum.system;
  const sites = minimum.interactions.families.map((family) => family.sites());
  const grid = softnessBins(box, positions, sites, choices.bins);
  return asked.map((indicator) => {
    const given = { energies, ...(modes !== undefined && { modes }), ...(load && { load }) };
    const values = indicator.run(minimum, given, control);
    const threshold = thresholdOf(indicator, choices.threshold);
    const field = fieldOf(box, positions, values, { ...choices, threshold, grid });
    return { indicator, values, field, spots: softSpots(field, seed) };
  });
}

/** The threshold that a caller asks for is one of energies: indicators that keep every value keep it. */
export function thresholdOf({ threshold }: Pick<Indicator, "threshold">, asked: number | undefined): number {
  return threshold === 0 ? 0 : (asked ?? threshold);
}
