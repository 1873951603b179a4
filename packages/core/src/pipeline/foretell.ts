import type { DeformationOptions } from "../deform/index.ts";
import {
  type CensusOptions,
  census,
  type Excitation,
  type ForecastOptions,
  isCoupled,
  type LocalYield,
  threshold,
  unitOf,
  yieldForecasts,
} from "../excitations/index.ts";
import { periodicDistance, type SpotSoftening, spotSoftening, yieldStrain } from "../fields/index.ts";
import type { Minimum } from "../minimum/index.ts";
import type { WorkControl } from "../progress.ts";
import { localThermalEnergy, strainDerivatives } from "../response/index.ts";
import { lengthUnit } from "../space/index.ts";
import type { IndicatorMap } from "./maps.ts";
import type { Prediction } from "./predict.ts";
import { softeningPlaces } from "./softeningplaces.ts";

/**
 * How the energies of each spot of a map answer to strain (`spotSoftening`, of the local thermal energies whatever the map
 * is of): for `yieldStrain`, `softestShear`, `softestLoad`. Cost and errors: `strainDerivatives`.
 */
export function softeningOfSpots(
  minimum: Minimum,
  { field, spots }: Pick<IndicatorMap, "field" | "spots">,
  control: WorkControl = {},
): SpotSoftening[] {
  const { lte, families } = strainDerivatives(minimum, undefined, control);
  const strained = minimum.interactions.families.map((family, f) => ({
    sites: family.sites(),
    lte: lte[f],
    derivatives: families[f],
  }));
  return spotSoftening(field, minimum.system.positions, strained, spots.spots);
}

/**
 * Places that a forecast tries: those of the excitations with the smallest cubic thresholds, as many of the softest, and as
 * many where E ∂E/∂γ is largest.
 */
export interface GlassForecastOptions extends ForecastOptions {
  /** Default 20. */
  readonly places?: number;
  /** Folds a load, the first to come; default 10. */
  readonly first?: number;
  /** Of the census; `from`: the excitations of the state before, which after an event are followed, not found anew. */
  readonly census?: CensusOptions;
}

/** What is foretold of a glass under a load, from its unstrained state alone. */
export interface Forecast {
  /** All excitations, the softest barrier first: `census: {from}` of a forecast after the event. */
  readonly census: readonly Excitation[];
  /** The excitations that the load yields, by their cubic thresholds γ_c = κ²/(2τν), the smallest first. */
  readonly excitations: readonly { readonly excitation: Excitation; readonly threshold: number }[];
  /** The folds of the surroundings (`yieldForecast`), first the event that comes first. */
  readonly folds: readonly LocalYield[];
  /**
   * Σ E ∂E/∂γ of the interactions of each particle, N; undefined where memory holds no derivative of the factor, so that no
   * places by it were tried.
   */
  readonly slopes: Float64Array | undefined;
}

/**
 * The events of a glass under a load, foretold from its unstrained state alone: the census of its excitations gives the
 * places, the fold of the region around each the strain (`yieldForecast`). First the event that comes first. A load that
 * lets the box go before its strain grows (another pressure than the glass's) is foretold from the glass as it is. Cost: the
 * census, and some hundred solves a place.
 */
export function foretell(
  minimum: Minimum,
  load: DeformationOptions = {},
  options: GlassForecastOptions = {},
  control: WorkControl = {},
): readonly LocalYield[] {
  return forecastsOf(minimum, [load], options, control)[0].folds;
}

/** `foretell` under several loads, with the cubic thresholds that it starts from; a region serves all of them. */
export function forecastsOf(
  minimum: Minimum,
  loads: readonly DeformationOptions[],
  options: GlassForecastOptions = {},
  control: WorkControl = {},
): Forecast[] {
  const { places = 20, first: named = 10, census: sizes = {}, ...rest } = options;
  const lte = localThermalEnergy(minimum, {}, control);
  const found = census(minimum, lte, sizes, control);
  const units = loads.map((load) => unitOf(minimum, load));
  const ahead = units.map((unit) =>
    found
      .map((excitation) => ({ excitation, threshold: threshold(excitation, unit) }))
      .filter(({ threshold: at }) => at > 0 && isCoupled(at))
      .sort((a, b) => a.threshold - b.threshold),
  );
  const softening = softeningPlaces(minimum, lte, { units, places }, control);
  // found is in the order of the barriers: a soft one may turn to yield, whatever its cubic threshold says
  const tasks = loads.map((load, k) => {
    const first = ahead[k].slice(0, places).map(({ excitation }) => excitation);
    const tried = new Set([...first, ...found.slice(0, places)]);
    return { load, places: [...Array.from(tried, ({ position }) => position), ...softening[k].places] };
  });
  const folds = yieldForecasts(minimum, tasks, { ...rest, first: named }, control);
  return ahead.map((excitations, k) => {
    return { census: found, excitations, folds: folds[k], slopes: softening[k].slopes };
  });
}

/** The strain at which an event was foretold. */
export interface ForetoldStrain {
  /** γ̂_c = Σ E²/Σ E ∂E/∂γ of the spot nearest to it; negative: the load stiffens it. NaN without spots. */
  readonly linear: number;
  /** Of the first excitation within `HIT` of it γ_c to cubic order, and its rank: NaN and 0 where none is; absent without a forecast. */
  readonly cubic?: number;
  readonly cubicRank?: number;
  /** The same of the forecast's folds. */
  readonly local?: number;
  readonly rank?: number;
}

/** An event lies at a place within this distance, bond lengths. */
const HIT = 3;

/** Whether a place, by its centre or the particle that moves most, lies at an event whose trigger is a particle. */
export function isNear(
  { system: { box, positions } }: Minimum,
  { position, particle }: Pick<LocalYield, "position" | "particle">,
  trigger: number,
): boolean {
  const d = box.dimension;
  const at = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const reach = HIT * lengthUnit(box, positions.length / d);
  return [position, at(particle)].some((place) => periodicDistance(box, place, at(trigger)) <= reach);
}

/**
 * What a map's spots and a forecast said of the events of a prediction under its load: the spot is the nearest one to the
 * particle that moves furthest, as scored; the forecast's place, its centre or the particle that moves most, lies at the
 * trigger.
 */
export function foretoldStrains(
  minimum: Minimum,
  { indicator, softening, forecast }: ForetoldBy,
  load: DeformationOptions,
  { scores: events, shear }: Pick<Prediction, "scores" | "shear">,
): ForetoldStrain[] {
  const unit = unitOf(minimum, load);
  return events.map(({ scores }, k) => {
    const { trigger } = shear.events[k];
    const { nearest } = scores[indicator.name];
    const spot = nearest && softening?.[nearest.rank - 1];
    const linear = spot ? yieldStrain(spot, unit) : Number.NaN;
    if (!forecast) return { linear };
    const { excitations, folds } = forecast;
    const first = excitations.findIndex(({ excitation }) => isNear(minimum, excitation, trigger));
    const fold = folds.findIndex((one) => isNear(minimum, one, trigger));
    return {
      linear,
      cubic: excitations[first]?.threshold ?? Number.NaN,
      cubicRank: first + 1,
      local: folds[fold]?.strain ?? Number.NaN,
      rank: fold + 1,
    };
  });
}

interface ForetoldBy extends Pick<IndicatorMap, "indicator"> {
  readonly softening: readonly SpotSoftening[] | undefined;
  readonly forecast: Forecast | undefined;
}
