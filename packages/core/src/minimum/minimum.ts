import { SoftfieldError } from "../errors.ts";
import type { HessianPattern, Interactions } from "../interactions/index.ts";
import type { PairModel } from "../models/index.ts";
import type { WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import {
  type Arithmetic,
  type CholeskyFactor,
  currentTeam,
  onSelectedInverse,
  type SelectedInverse,
  selectedInverse,
  solve,
} from "../sparse/index.ts";
import { type Backbone, inOriginalNumbers } from "./backbone.ts";
import { factorOrRefuse, refined } from "./refine.ts";

/**
 * From so many particles on threads start while interactions are found. Whether they share a factor is decided by its work;
 * that is so from 19,000 particles on in two dimensions, and in three from 600 (embedded atoms less) to 1,300 by the range
 * of the terms. Where this is a wrong guess they start later, or for nothing.
 */
const SHARED = { 2: 20_000, 3: 1_000 };

/** How `minimumOf` takes a configuration to its minimum, and computes there. */
export interface MinimumOptions {
  /** Newton steps back to the minimum where the file has lost digits (default); false: refuse instead. */
  readonly refine?: boolean;
  /** "fast" (default): fused multiply-add where the engine has it; "reproducible": the same bits on every machine. */
  readonly arithmetic?: Arithmetic;
  /** false: no factor is made on the way, as of glasses too large for one; steps are found by conjugate gradients. Default true. */
  readonly factor?: boolean;
  /** Particle whose rows are dropped (index into the configuration; default: the first). No result depends on it. */
  readonly pin?: number;
}

/**
 * An energy minimum with all that linear response asks of it: its Hessian's Cholesky factor and selected inverse,
 * each made when it is first asked for, and once.
 */
export interface Minimum {
  /** The configuration at its minimum: the given one unless it was refined. */
  readonly system: System;
  readonly model: PairModel;
  readonly arithmetic: Arithmetic;
  /** It without rattlers. Factor, inverse and solutions are numbered as its particles. */
  readonly backbone: Backbone;
  /** Original indices of the particles that nothing holds. */
  readonly rattlers: Int32Array;
  /** The interactions α of the backbone, numbered as the particles of `system`. */
  readonly interactions: Interactions;
  /** max|∂U/∂x| over the typical pair force: of the minimum, and as given. */
  readonly residual: number;
  readonly residualGiven: number;
  /** Newton steps made; 0: the configuration was at its minimum as given. */
  readonly refineSteps: number;
  /** Largest displacement of a particle by refinement, unit λ. */
  readonly moved: number;
  /** That finding and refining it took. */
  readonly seconds: number;
  /** Zero modes of the backbone, its d translations: the pin takes them out. */
  readonly rigidModes: number;
  /** Blocks of M, and which of them each interaction of the backbone adds to. */
  readonly pattern: HessianPattern;
  /**
   * L·Lᵀ = M of the backbone without the rows of the pinned particle. Throws "not-a-minimum" where M is not positive
   * definite, "resource" where memory is short. Cost ~10³·N^1.5 flops in 2D, O(N²) in 3D, once.
   */
  readonly factor: (control?: WorkControl) => CholeskyFactor;
  /** The blocks of G = M⁻¹ (pinned) on the pattern of M. Twice the cost of the factor, once. */
  readonly inverse: (control?: WorkControl) => SelectedInverse;
  /**
   * What `use` makes of that inverse, which it must not keep, and without a solve on the way: one that nobody asks for
   * otherwise is not copied. Errors and cost as `inverse`.
   */
  readonly onInverse: <Result>(use: (inverse: SelectedInverse) => Result, control?: WorkControl) => Result;
  /** M⁻¹·b, kept×d (`count` of them, one after the other), up to a common translation; one step of refinement. */
  readonly solve: (b: Float64Array, count?: number) => Float64Array;
}

/** What linear responses ask of a minimum: its box and interactions, and M⁻¹. */
export interface Solvable extends Pick<Minimum, "solve"> {
  readonly backbone: Pick<Backbone, "box" | "interactions">;
}

/**
 * Finds the interactions and rattlers of a configuration and brings it, where digits were lost, back to its minimum by
 * Newton steps. O(N) where it is in equilibrium to 1e-11 of the typical pair force, else a factorisation a step.
 *
 * Throws "input", "model", "geometry" where system and model are unfit, "not-a-minimum" where the configuration is
 * no minimum, "usage" where there is no such particle to pin.
 */
export function minimumOf(
  given: System,
  model: PairModel,
  options: MinimumOptions = {},
  control: WorkControl = {},
): Minimum {
  const begun = performance.now();
  const { arithmetic = "fast", refine = true, factor: byFactor = true } = options;
  if (byFactor && given.species.length >= SHARED[given.box.dimension]) currentTeam()?.wake?.();
  const { system, backbone, analysed, ...refinement } = refined(
    given,
    model,
    { allowed: refine, arithmetic, byFactor },
    control,
  );
  const pin = pinIn(backbone, options.pin);
  const reuse = analysed && { reuse: analysed };
  const factored = once((now) => factorOrRefuse(backbone, { pin, arithmetic, ...reuse }, now));
  const factor = (now?: WorkControl) => factored(now).factor;
  let kept: SelectedInverse | undefined;
  const inverse = (now?: WorkControl) => (kept ??= selectedInverse(factor(now), now));
  const onInverse: Minimum["onInverse"] = (use, now) =>
    kept ? use(kept) : onSelectedInverse(factor(now), use, now);
  const interactions = once(() => inOriginalNumbers(backbone));
  return {
    ...{ system, model, arithmetic, backbone, factor, inverse, onInverse },
    rattlers: backbone.rattlers,
    residual: backbone.residual,
    residualGiven: refinement.residualBefore,
    refineSteps: refinement.steps,
    moved: refinement.moved,
    seconds: (performance.now() - begun) / 1000,
    rigidModes: system.box.dimension,
    solve: (b, count = 1) => solve(factor(), b, { count, refine: 1 }),
    get interactions() {
      return interactions();
    },
    get pattern() {
      return factored().analysed.pattern;
    },
  };
}

/** Makes a thing when it is first asked for, and keeps it. */
function once<T>(make: (control: WorkControl) => T): (control?: WorkControl) => T {
  let made: { readonly it: T } | undefined;
  return (control = {}) => {
    made ??= { it: make(control) };
    return made.it;
  };
}

function pinIn({ particles, rattlers }: Backbone, pin: number | undefined): number {
  if (pin === undefined) return 0;
  const at = particles.indexOf(pin);
  if (at >= 0) return at;
  const why = rattlers.includes(pin) ? "is a rattler" : `does not exist (0 … ${particles.length - 1})`;
  throw new SoftfieldError("usage", `cannot pin particle ${pin}: it ${why}`, { particle: pin, field: "pin" });
}
