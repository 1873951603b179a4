import { carriedPoint, intoBoxAt } from "softfield/internal";
import { current, type GlassState, readState } from "./shear.ts";

/** The corner of a state's box: it goes with the box of the glass's file. */
export function cornerOf({ glass: { corner, system: own }, system }: GlassState): Float64Array {
  return system === own ? corner : carriedPoint(corner, own.box, system.box);
}

/** A place in the box of a state, as the glass's file and all that is taken away count it. */
export function asInFile(place: ArrayLike<number>, state: GlassState | undefined): ArrayLike<number> {
  return state ? intoBoxAt(state.system.box, cornerOf(state), Float64Array.from(place)) : place;
}

/** A particle's place in the state in view; a spot's in the state whose field is. */
export const particleAt = (place: ArrayLike<number>): ArrayLike<number> => asInFile(place, current.value);
export const spotAt = (place: ArrayLike<number>): ArrayLike<number> => asInFile(place, readState.value);
