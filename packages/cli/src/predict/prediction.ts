import {
  type DeformationOptions,
  type GlassResponse,
  type Indicator,
  indicators,
  localThermalEnergy,
  type MapOptions,
  type Minimum,
  type Prediction,
  predict,
  type ShearOptions,
  SoftfieldError,
  type WorkControl,
} from "softfield";
import {
  type FollowedStrain,
  type Forecast,
  type ForetoldStrain,
  followedStrains,
  forecastsOf,
  foretoldStrains,
  softeningOfSpots,
  whereDerivable,
} from "softfield/internal";
import { requireModes } from "../softness/options.ts";

/** A prediction with the strains at which its events were foretold. */
export interface Foretold extends Prediction {
  readonly foretold: readonly ForetoldStrain[];
  /** Why spots have no yield strains, if so. */
  readonly unstrained?: string | undefined;
  /** Where the glass was foretold to yield, in order, where that was asked for. */
  readonly forecast?: Forecast | undefined;
  /** What the minimum before each event foretold of it, where that was asked for. */
  readonly followed?: readonly FollowedStrain[] | undefined;
  /** E of the unsheared glass, where that was asked for. */
  readonly response?: GlassResponse | undefined;
}

/** By what spots are found, to how many events the glass is sheared, and what is foretold of them. */
export interface PredictionRequest extends Pick<MapOptions, "seed" | "modes" | "field"> {
  readonly indicators: readonly (string | Indicator)[];
  readonly load: DeformationOptions;
  readonly shear: Required<Pick<ShearOptions, "events" | "maxStrain">>;
  /** Whether events are foretold from the unsheared glass; and each from the minimum before it, too. */
  readonly forecast: boolean;
  readonly follow: boolean;
  /** Whether E of the unsheared glass is wanted beside, as for a figure. */
  readonly energies?: boolean;
}

/** The indicators of these names; by default the paper's two, or its first where no modes are wanted. Throws "usage". */
export function askedIndicators(given: readonly string[] | undefined, modes: number): readonly string[] {
  if (given === undefined) return modes === 0 ? ["lte"] : ["lte", "modes"];
  const names = [...new Set(given)];
  for (const name of names) indicators.get(name);
  if (names.includes("modes")) requireModes(modes);
  return names;
}

/** Throws "usage" for a way that has no start. */
export function checkFollow({ forecast, follow }: { forecast?: boolean; follow?: boolean }): void {
  if (!follow || forecast) return;
  throw new SoftfieldError("usage", "--follow goes on with the forecast of --forecast: give it, too", {
    field: "follow",
  });
}

/** Soft spots, plastic events, how well the first foretold the second, and at which strains. Throws "numerics" where the shear ends early. */
export function predictionUnder(
  minimum: Minimum,
  { load, shear: asked, forecast: foresee, follow, energies: wanted, ...reading }: PredictionRequest,
  control: WorkControl,
): Foretold {
  const shear = { ...asked, ...load };
  let response: GlassResponse | undefined;
  const energies = () => {
    response ??= localThermalEnergy(minimum, {}, control);
    return response;
  };
  const prediction = predict(minimum, { ...reading, energies, shear }, control);
  const { status, message, events } = prediction.shear;
  if (status !== "complete" && status !== "max-strain")
    throw new SoftfieldError("numerics", `the shear ended early (${status}): ${message}`);
  const [map] = prediction.maps;
  const { found: softening, why } = whereDerivable(() => softeningOfSpots(minimum, map, control));
  const forecast = foresee ? forecastsOf(minimum, [load], {}, control)[0] : undefined;
  const by = { indicator: map.indicator, softening, forecast };
  const way = forecast && { forecast, maxStrain: asked.maxStrain, events: events.length };
  const followed =
    way && follow && events.length > 0 ? followedStrains(minimum, load, way, {}, control) : undefined;
  const foretold = foretoldStrains(minimum, by, load, prediction);
  return {
    ...{ ...prediction, forecast, followed, foretold, unstrained: why },
    response: wanted ? energies() : undefined,
  };
}
