import { type Indicator, type Minimum, SoftfieldError, type WorkControl } from "softfield";
import { type Forecast, forecastsOf, periodicDistance } from "softfield/internal";
import type { Load } from "../loads.ts";
import { reachIn } from "../score.ts";

/** What a way to foretell events said of one. */
export interface Told {
  /** Its rank among the places that the way names; 0: none of them. */
  readonly rank: number;
  /** The strain at which that place was to yield; NaN: the way says nothing of strains. */
  readonly foretold: number;
}

/** What is said, from the unsheared glass, of the event of each load whose trigger is a particle: by load, `(trigger) => Told`. */
export type Way = (load: number, trigger: number) => Told;

/** How much a forecast tries. */
export interface Effort {
  readonly places: number;
  readonly maxStrain: number;
  /** So many folds a load. */
  readonly first: number;
}

/** γ_c of folds to a hundredth. */
const TOLERANCE = 1e-2;

/** Two ways: `forecast` by the folds of the excitations' surroundings, `cubic` by their cubic thresholds alone. */
export function forecastWays(
  minimum: Minimum,
  loads: readonly Load[],
  { places, maxStrain, first }: Effort,
  control: WorkControl,
): { readonly forecasts: readonly Forecast[]; readonly ways: ReadonlyMap<string, Way> } {
  const options = loads.map((load) => load.options);
  const efforts = { places, maxStrain, first, tolerance: TOLERANCE };
  const forecasts = forecastsOf(minimum, options, efforts, control);
  const near = nearIn(minimum);
  const folds: Way = (load, trigger) =>
    firstOf(forecasts[load].folds, ({ position, particle, strain }) => ({
      strain,
      holds: near(position, trigger) || near(particle, trigger),
    }));
  const cubic: Way = (load, trigger) =>
    firstOf(forecasts[load].excitations, ({ excitation: { position, particle }, threshold }) => ({
      strain: threshold,
      holds: near(position, trigger) || near(particle, trigger),
    }));
  return {
    forecasts,
    ways: new Map([
      ["forecast", folds],
      ["cubic", cubic],
    ]),
  };
}

function firstOf<Place>(
  places: readonly Place[],
  look: (place: Place) => { readonly strain: number; readonly holds: boolean },
): Told {
  const k = places.findIndex((place) => look(place).holds);
  return { rank: k + 1, foretold: k < 0 ? Number.NaN : look(places[k]).strain };
}

/** An indicator names one place, where its value is largest: under each load, if it knows directions. */
export function indicatorWay(
  minimum: Minimum,
  indicator: Indicator,
  loads: readonly Float64Array[],
  control: WorkControl,
): Way {
  const softest = (load?: Float64Array) => softestSite(minimum, indicator, load, control);
  const always = indicator.directional ? undefined : softest();
  const tops = loads.map((load) => always ?? softest(load));
  const near = nearIn(minimum);
  return (load, trigger) => ({
    rank: tops[load].some((particle) => near(particle, trigger)) ? 1 : 0,
    foretold: Number.NaN,
  });
}

/** The particles of the site whose value is largest in magnitude. */
function softestSite(
  minimum: Minimum,
  indicator: Indicator,
  load: Float64Array | undefined,
  control: WorkControl,
): number[] {
  let [most, particles]: [number, number[]] = [-1, []];
  for (const { sites, values } of indicator.run(minimum, load ? { load } : {}, control))
    values.forEach((value, t) => {
      if (!(Math.abs(value) > most)) return;
      most = Math.abs(value);
      particles = sites.members.map((members) => members[t]);
    });
  if (particles.length === 0)
    throw new SoftfieldError("numerics", `${indicator.name}: no site of this glass has a value`);
  return particles;
}

/** Whether a place (d, or a particle) lies within `NEAR` bond lengths of a particle. */
function nearIn({ system: { box, positions } }: Minimum) {
  const d = box.dimension;
  const reach = reachIn({ box, positions });
  const at = (p: number) => positions.subarray(p * d, (p + 1) * d);
  return (place: number | ArrayLike<number>, particle: number) =>
    periodicDistance(box, typeof place === "number" ? at(place) : place, at(particle)) <= reach;
}
