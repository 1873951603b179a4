import {
  type CensusOptions,
  census,
  type DeformationOptions,
  type DoubleWellResult,
  doubleWell,
  type EshelbyFit,
  type Excitation,
  elasticConstants,
  eshelbyFit,
  type LocalYield,
  localThermalEnergy,
  type Minimum,
  threshold,
  type WorkControl,
} from "softfield";
import { isCoupled, ownYieldStrain, settledYields, softestThreshold, unitOf } from "softfield/internal";

/** An excitation and what the load at hand does to it. */
export interface Loaded extends Excitation {
  /** γ_c under the load; negative: its opposite yields it. */
  readonly threshold: number;
  /** The smallest of any simple shear. */
  readonly softest: number;
  /** The elastic dipole that it is from afar. */
  readonly inclusion: EshelbyFit;
  /** How its surroundings yield, where that was asked for. */
  readonly local?: LocalAnswer;
  /** Its saddle and the minimum behind it; where that was asked for. */
  readonly well?: DoubleWellResult;
}

/** How the surroundings of an excitation yield. */
export interface LocalAnswer {
  /** γ_c under the load, NaN where they do not yield, or only at the border of every region tried. */
  readonly strain: number;
  /** That moves most there; −1: they do not yield. */
  readonly particle: number;
  /** dγ_c/de by a further strain of the box, d×d symmetric; NaN where they do not yield. */
  readonly sensitivity: Float64Array;
  /** dγ_c/dp at fixed shear, λ^d/ε: an isotropic strain −dp/K beside the load. */
  readonly byPressure: number;
  /** γ_c along each of the `directions` of shear, NaN where they do not yield. */
  readonly surface: readonly number[];
}

/** The excitations of a glass under a load. */
export interface Found {
  /** Directions of shear of the yield surfaces, degrees. */
  readonly directions: readonly number[];
  /** Those that the load yields first come first, then the others. */
  readonly excitations: readonly Loaded[];
}

/** Which load, how large a census, and of how many of the first what is costly. */
export interface CensusRequest {
  readonly load: DeformationOptions;
  readonly sizes: CensusOptions;
  readonly local: number;
  readonly barriers: number;
  /** How many directions of shear over 180° a yield surface has; 0: none is asked for. */
  readonly directions: number;
}

/** The census of a glass, with what a load does to each excitation. */
export function excitationsUnder(
  minimum: Minimum,
  { load, sizes, local, barriers, directions: count }: CensusRequest,
  control: WorkControl,
): Found {
  const found = census(minimum, localThermalEnergy(minimum, {}, control), sizes, control);
  const unit = unitOf(minimum, load);
  const medium = elasticConstants(minimum);
  const loaded = found.map((one) => ({
    ...one,
    threshold: threshold(one, unit),
    softest: softestThreshold(one),
    inclusion: eshelbyFit(minimum, one, medium),
  }));
  const order = ({ threshold: at }: Loaded) => (at > 0 && isCoupled(at) ? at : Infinity);
  loaded.sort((a, b) => order(a) - order(b) || a.softest - b.softest);
  const directions = Array.from({ length: count }, (_, k) => (180 * k) / count);
  const loads = [load, ...directions.map((angle) => ({ ...load, angle }))];
  const tried = loaded.slice(0, local).map(({ position }) => position);
  const yields = settledYields(minimum, tried, loads);
  return {
    directions,
    excitations: loaded.map((one, k) => ({
      ...one,
      ...(k < local && { local: localOf(yields[k], medium.bulkModulus) }),
      ...(k < barriers && { well: doubleWell(minimum, one) }),
    })),
  };
}

function localOf([first, ...others]: readonly LocalYield[], bulkModulus: number): LocalAnswer {
  const strain = ownYieldStrain(first);
  const sensitivity = strain > 0 ? first.sensitivity : first.sensitivity.map(() => Number.NaN);
  const d = first.position.length;
  let dilation = 0;
  for (let a = 0; a < d; a++) dilation += sensitivity[a * (d + 1)] / d;
  return {
    strain,
    particle: strain > 0 ? first.particle : -1,
    sensitivity,
    byPressure: -dilation / bulkModulus,
    surface: others.map(ownYieldStrain),
  };
}
