import { intoBoxAt } from "softfield/internal";
import { cornerIn, eyeCorner } from "./glass.ts";
import { current, type GlassState, readState } from "./shear.ts";

/** The corner of a state's box. */
export function cornerOf({ glass, system }: GlassState): Float64Array {
  return cornerIn(glass, system.box);
}

/** A place in the box of a state, as the glass's file and all that is taken away count it. */
function asInFile(place: Float64Array, state: GlassState | undefined): Float64Array {
  return state ? intoBoxAt(state.system.box, cornerOf(state), place) : place;
}

/** A place in the picture of the state in view, as its file counts it. */
export function pictureAt(place: ArrayLike<number>): Float64Array {
  const state = current.value;
  const corner = state ? eyeCorner(state.system.box) : new Float64Array(place.length);
  return asInFile(
    Float64Array.from(place, (x, c) => x + corner[c]),
    state,
  );
}

/** A spot's place, in the state whose field is in view. */
export function spotAt(place: Float64Array): Float64Array {
  return asInFile(place, readState.value);
}
