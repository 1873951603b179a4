import type { Method } from "../dynamics/index.ts";
import type { System } from "../space/index.ts";
import type { DeformationOptions } from "./deformation.ts";

/** How a configuration goes down at an event: a first-order minimiser, or Newton's method regularised along the flow. */
export type ReleaseMethod = Method | "newton";
/** All ways down at an event. */
export const RELEASE_METHODS: readonly ReleaseMethod[] = ["lbfgs", "cg", "fire", "newton"];

/** How far a glass is deformed, how, and how exactly its events are found. */
export interface ShearOptions extends DeformationOptions {
  /** Stop after this many events. Default 5. */
  readonly events?: number;
  /** Stop at this strain. Default 0.2. */
  readonly maxStrain?: number;
  /** "branch" (default) follows the elastic branch to its end; "coarse" takes fixed steps and looks at energies only. */
  readonly strategy?: "branch" | "coarse";
  /** Width of the bracket around γ_c. Default 1e-8; down to 1e-10. */
  readonly tolerance?: number;
  /** branch: longest step in strain; coarse: the step. Default 1e-3 and 1e-4. */
  readonly step?: number;
  /** How the system goes down at an event (coarse: at every step). Default "fire"; "cg" is the paper's. */
  readonly minimizer?: ReleaseMethod;
  /** Residual of a minimum over the typical pair force. Default 1e-11. */
  readonly residual?: number;
  /** Force evaluations of one minimisation at most. Default 200,000. */
  readonly maxEvaluations?: number;
  /** An event with a smaller drop is not counted, ε. Default 0; coarse: 1e-5, what energies alone can tell. */
  readonly minDrop?: number;
  /** A particle has rearranged above this D²_min (per bond, λ²). Default: 0.01 bond lengths². */
  readonly d2minThreshold?: number;
  /** Keep the displacement field of every event. Default false. */
  readonly displacements?: boolean;
}

/** An irreversible rearrangement under quasistatic shear (SI E, Zylberg 2017). */
export interface PlasticEvent {
  /** 1, 2, … */
  readonly ordinal: number;
  /** γ_c, where the branch ends. */
  readonly strain: number;
  /** Stable at the first strain, unstable at the second. */
  readonly bracket: readonly [number, number];
  /** U at γ_c on either side, ε (where the box is free U + P(V − V₀)), and their difference: > 0 */
  readonly energyBefore: number;
  readonly energyAfter: number;
  readonly drop: number;
  /** The load's stress at γ_c on either side, ε/λ^d. */
  readonly stressBefore: number;
  readonly stressAfter: number;
  /** The particle that moves furthest at the event, and how far (λ). */
  readonly particle: number;
  readonly displacement: number;
  /** Its place before the event, in the sheared box, λ. */
  readonly position: readonly number[];
  /** Where the critical mode, followed a little way into the instability, peaks. */
  readonly trigger: number;
  /** Where the critical mode peaks at γ_c itself; differs from the trigger where particles move about alike. */
  readonly modeParticle: number;
  /** (Σu²)²/(N Σu⁴) of the displacements u: 1 if all move alike, 1/N if one does. */
  readonly participation: number;
  /** Particles with D²_min above the threshold. */
  readonly rearranged: number;
  /** Lowest eigenvalue of M at the last stable strain, ε/λ². */
  readonly eigenvalue: number;
  /** Sheared back to the first strain of the bracket it stays in another minimum: true of every plastic event. */
  readonly irreversible: boolean;
  /**
   * How its branch ended: at a "fold", where the lowest eigenvalue goes to zero; or without one having been seen, at a
   * "jump" of φ″ or a lower derivative (a contact, a truncation), or of a coarse run.
   */
  readonly onset: "fold" | "jump";
  /** What the bracket leaves open of the drop, ε. */
  readonly dropError: number;
  /** N×d, λ, affine part excluded; where asked for. */
  readonly displacements?: Float64Array;
}

/** A minimum that was passed on the way. */
export interface PathPoint {
  readonly strain: number;
  /** U, ε; where the box is free U + P(V − V₀). */
  readonly energy: number;
  /** Of the load, ε/λ^d: (1/V) dU/dγ; of tension and compression the true stress ±σ_ss. */
  readonly stress: number;
  /** What the box is stretched by where it is free, each less 1. */
  readonly stretches?: readonly number[];
  /** dσ/dγ along the branch and the lowest eigenvalue of M; not in coarse runs. */
  readonly modulus?: number;
  readonly eigenvalue?: number;
  /** Events before it. */
  readonly events: number;
}

/**
 * How a run ended. complete: as many events as asked for; max-strain: fewer up to there; not-a-minimum: the
 * configuration given is none; stalled: a minimiser found no minimum; lost: the branch could not be followed, an
 * event may have passed unseen; unfinished: it has not ended.
 */
export type ShearStatus = "complete" | "max-strain" | "not-a-minimum" | "stalled" | "lost" | "unfinished";

/** What a quasistatic deformation has cost so far. */
export interface ShearWork {
  readonly evaluations: number;
  readonly factorizations: number;
  /** Orderings and symbolic factorisations. */
  readonly analyses: number;
}

/** What is told from an elastic branch where the potential has jumps. */
export interface Resolution {
  /** An event may pass unseen that has a smaller drop (ε) … */
  readonly drop: number;
  /** … and moves no particle further, λ. */
  readonly displacement: number;
}

/** What a quasistatic deformation found: its events, its path, and why it ended. */
export interface ShearResult {
  readonly status: ShearStatus;
  /** What to do about it, in words, where the status is not "complete". */
  readonly message: string;
  readonly events: readonly PlasticEvent[];
  readonly path: readonly PathPoint[];
  /** Strain reached, and the configuration there. */
  readonly strain: number;
  readonly system: System;
  /** What the box there is stretched by where it is free, each less 1. */
  readonly stretches?: readonly number[];
  readonly work: ShearWork;
  /** Where φ″ or a lower derivative jumps, of branches that are followed. */
  readonly resolution?: Resolution | undefined;
}

/** Where a run stands, for another that goes on from there. */
export interface ShearState {
  /** What the strains are counted from. */
  readonly original: System;
  readonly strain: number;
  /** N×d, λ, at a minimum in the box of this strain and these stretches. */
  readonly positions: Float64Array;
  readonly stretches: Float64Array;
  /** The edge vectors of that box in those of the original one. */
  readonly turns: Int32Array;
}
