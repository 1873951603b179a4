import type { LocalModeOptions } from "./localcubic.ts";

/** What a census grows from, and when two modes are one. */
export interface CensusOptions extends LocalModeOptions {
  /** Seeds: the lowest normal modes (default 40) and the responses to soft pairs (default N/8, at least 150). */
  readonly modes?: number;
  readonly bonds?: number;
  /**
   * Excitations of an earlier state of the glass (before a strain, before an event): they are followed to the present one, and
   * only `bonds` of the softest pairs elsewhere (default N/160, at least 15) are new seeds, no normal modes.
   */
  readonly from?: readonly Excitation[];
}

/** A localised excitation of a glass: what may yield, in which direction, under which load. */
export interface Excitation {
  /** Particle that moves most in it. */
  readonly particle: number;
  /** d, its centre: the mean place of its particles weighted by |z_i|⁴, unit λ */
  readonly position: Float64Array;
  /** Root mean square distance from it by the same weights: the core's radius, λ */
  readonly radius: number;
  /** (Σ|z_i|²)²/Σ|z_i|⁴: how many particles take part. */
  readonly participation: number;
  /** κ, ε/λ²; with unit masses the square of its frequency. */
  readonly stiffness: number;
  /** τ ≥ 0, ε/λ³ */
  readonly anharmonicity: number;
  /** 2κ³/(3τ²), the cubic estimate of its energy barrier, ε */
  readonly barrier: number;
  /** Symmetric d×d, N_ab: ν = z·Ξ, minus the force on it by the strain e, is Σ N_ab e_ab; ε/λ. */
  readonly coupling: Float64Array;
  /** z, N×d, unit length; 0 on rattlers. As τ ≥ 0 along it, the barrier lies along −z. */
  readonly field: Float64Array;
}
