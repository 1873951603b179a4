import {
  type Indicator,
  type Minimum,
  nearestSpot,
  type SoftnessField,
  type SoftSpots,
  softSpots,
  type WorkControl,
} from "softfield";
import { periodicDistance, softeningOfSpots, whereDerivable, yieldStrain } from "softfield/internal";
import { reachIn } from "./score.ts";

interface Ways {
  readonly field: SoftnessField;
  /** The load (displacement gradient per unit of strain, d×d) of the values. */
  readonly load: Float64Array;
  readonly seed: number;
  readonly control: WorkControl;
  /** Called where strains are not to be had: memory holds no derivative of the factor. */
  readonly onGap: () => void;
}

/**
 * What an indicator says of strains: of one whose values are one over them, the smallest within `NEAR` of a particle; of
 * one of energies Σ E²/Σ E ∂E/∂γ of the spot nearest to it, where that lies within `NEAR` and the load softens it.
 */
export function foretellingBy(
  minimum: Minimum,
  indicator: Indicator,
  ways: Ways,
): (particle: number) => number {
  const { box, positions } = minimum.system;
  const d = box.dimension;
  const placeOf = (p: number) => positions.subarray(p * d, (p + 1) * d);
  const reach = reachIn(minimum.system);
  if (indicator.yields === "sites") {
    const { load, control } = ways;
    const [{ values }] = indicator.run(minimum, indicator.directional ? { load } : {}, control);
    return (particle) => {
      let most = 0;
      values.forEach((value, p) => {
        if (value > most && periodicDistance(box, placeOf(p), placeOf(particle)) <= reach) most = value;
      });
      return most > 0 ? 1 / most : Number.NaN;
    };
  }
  if (indicator.yields === "spots") {
    const { spots, softening } = softeningSpots(minimum, ways);
    if (!softening) {
      ways.onGap();
      return () => Number.NaN;
    }
    return (particle) => {
      const nearest = nearestSpot(box, placeOf(particle), spots);
      if (!nearest || nearest.distance > reach) return Number.NaN;
      const strain = yieldStrain(softening[nearest.rank - 1], ways.load);
      return strain > 0 ? strain : Number.NaN;
    };
  }
  return () => Number.NaN;
}

interface SofteningSpots {
  readonly spots: SoftSpots["spots"];
  readonly softening: ReturnType<typeof softeningOfSpots> | undefined;
}

/** Of the fields of glasses at work: many loads ask for those of one field. */
const known = new WeakMap<SoftnessField, SofteningSpots>();

/** The spots of a field, and how each softens. */
function softeningSpots(minimum: Minimum, { field, seed, control }: Ways): SofteningSpots {
  const found = known.get(field);
  if (found) return found;
  const spots = softSpots(field, seed);
  const made = {
    spots: spots.spots,
    softening: whereDerivable(() => softeningOfSpots(minimum, { field, spots }, control)).found,
  };
  known.set(field, made);
  return made;
}
