import type { Minimum, WorkControl } from "softfield/internal";
import {
  lowestNormalModes,
  type ModeCouplings,
  modeCouplings,
  participationRatios,
  planeWaveCouplings,
  type WaveCouplings,
} from "softfield/internal";

/** Eq. 4, Zylberg 2017, measured on one glass. */
export interface GlassCouplings {
  /** Of the lowest modes, ascending in ω. */
  readonly modes: ModeCouplings & {
    /** count, ω, 1/τ₀ */
    readonly frequencies: Float64Array;
    /** count, participation ratios */
    readonly participation: Float64Array;
  };
  /** Of plane waves; empty where none were asked for. */
  readonly waves: readonly WaveCouplings[];
}

/** How many modes and plane waves `glassCouplings` measures. */
export interface GlassCouplingsOptions {
  /** Lowest modes measured; default 10, 0: none. */
  readonly modes?: number;
  /** Largest wave number; default 12, or fewer in a small box; 0: none. */
  readonly waves?: number;
}

/**
 * How the lowest modes of a glass, and plane waves in it, couple to each other and to its bonds: c_iii, c_ijj and
 * f_α·Ψ of Eq. 4, Zylberg 2017. Rattlers are left out. Errors as `normalModes`; "usage" where there are not so many
 * modes or wave numbers.
 */
export function glassCouplings(
  minimum: Minimum,
  options: GlassCouplingsOptions = {},
  control: WorkControl = {},
): GlassCouplings {
  const { modes: count = 10, waves } = options;
  minimum.factor(control);
  const limits = waves === undefined ? {} : { largest: waves };
  return {
    modes: count === 0 ? NO_MODES : ofModes(minimum, count, control),
    waves: waves === 0 ? [] : planeWaveCouplings(minimum.backbone, { solve: minimum.solve, ...limits }),
  };
}

const NONE = new Float64Array(0);
const NO_MODES: GlassCouplings["modes"] = {
  frequencies: NONE,
  participation: NONE,
  selfCoupling: NONE,
  crossCoupling: NONE,
  projection: NONE,
};

function ofModes(minimum: Minimum, count: number, control: WorkControl): GlassCouplings["modes"] {
  const modes = lowestNormalModes(minimum.factor(), count, control);
  return {
    ...modeCouplings(minimum.backbone.interactions, modes),
    frequencies: modes.frequencies,
    participation: participationRatios(modes),
  };
}
