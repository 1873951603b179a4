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
  localThermalEnergy,
  localYield,
  type Minimum,
  threshold,
  type WorkControl,
} from "softfield";
import { softestThreshold, unitOf } from "softfield/internal";

/** An excitation and what the load at hand does to it. */
export interface Loaded extends Excitation {
  /** γ_c under the load; negative: its opposite yields it. */
  readonly threshold: number;
  /** The smallest of any simple shear. */
  readonly softest: number;
  /** The elastic dipole that it is from afar. */
  readonly inclusion: EshelbyFit;
  /** γ_c of its surroundings, NaN where they do not yield; where that was asked for. */
  readonly local?: number;
  /** Its saddle and the minimum behind it; where that was asked for. */
  readonly well?: DoubleWellResult;
}

/** The excitations of a glass under a load. */
export interface Found {
  /** Those that the load yields first come first, then the others. */
  readonly excitations: readonly Loaded[];
}

/** Which load, how large a census, and of how many of the first what is costly. */
export interface CensusRequest {
  readonly load: DeformationOptions;
  readonly sizes: CensusOptions;
  readonly local: number;
  readonly barriers: number;
}

/** The census of a glass, with what a load does to each excitation. */
export function excitationsUnder(
  minimum: Minimum,
  { load, sizes, local, barriers }: CensusRequest,
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
  const order = ({ threshold: at }: Loaded) => (at > 0 ? at : Infinity);
  loaded.sort((a, b) => order(a) - order(b) || a.softest - b.softest);
  return {
    excitations: loaded.map((one, k) => ({
      ...one,
      ...(k < local && { local: localOf(minimum, one, load) }),
      ...(k < barriers && { well: doubleWell(minimum, one) }),
    })),
  };
}

function localOf(minimum: Minimum, { position }: Excitation, load: DeformationOptions): number {
  const [found] = localYield(minimum, position, [load]);
  return found.status === "fold" ? found.strain : Number.NaN;
}
