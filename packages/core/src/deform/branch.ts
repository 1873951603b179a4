import { ForceField, newton } from "../dynamics/index.ts";
import { pairsOf, typicalForce } from "../interactions/index.ts";
import { hasKinks, type PairModel } from "../models/index.ts";
import { lengthUnit, type System } from "../space/index.ts";
import { relaxBox } from "./boxrelax.ts";
import { FixedStepWalker } from "./coarse.ts";
import type { Deformation } from "./deformation.ts";
import type { ReleaseOptions } from "./descent.ts";
import { ArcLengthWalker } from "./follow.ts";
import type { ShearSettings } from "./options.ts";
import { type BranchPoint, measure } from "./point.ts";
import { fractionalOf, type Stage } from "./stage.ts";
import { StiffnessSolver } from "./stiffness.ts";
import type { Resolution } from "./types.ts";

// Lengths are told in bond lengths (`lengthUnit`), 1 λ in reduced units: in a unit that is far longer, such as the edge of the
// box, steps would pass events. Energies are told in ε: in a unit that is far larger than those of bonds, jumps are seen by
// their lengths alone.
/** A prediction off by more than this (bond lengths) is not trusted: jumps of this size are seen. */
const MAX_ERROR = 1e-3;
/** A change of energy beyond the elastic one by more than this (ε) is a jump to another branch. */
const UNEXPLAINED = 3e-5;
/** Where φ′ jumps, pairs snap in and out at their cutoff: such snaps are no events. */
const SNAPS = { error: 5, energy: 10 };
/** No particle moves further in one step of a minimiser, and in refining what was given, bond lengths. */
const MAX_MOVE = 0.1;
/** f/φ″ of liquids' potentials, bond lengths. */
const TYPICAL_OVERLAP = 0.01;
const MAX_REFINEMENT = 1e-2;
/** On the way to the pressure of a run, in one step, of an edge. */
const BOX_STEP = 2e-2;

/** A stretch of a run, from one event to the next (or to a change of box), begun from plain positions. */
export interface ElasticBranch {
  readonly stage: Stage;
  readonly typicalForce: number;
  /** What a bond length is, λ; of lengths to watch at contacts less, where overlaps are small. */
  readonly scale: number;
  /** λ */
  readonly bond: number;
  readonly resolution: Resolution;
  /** Where it begins. */
  readonly point: BranchPoint;
  readonly walker: ArcLengthWalker | FixedStepWalker;
}

/** Why a branch does not begin: the residual of what there is, and whether it is the box that finds no minimum. */
export interface NoBranch {
  readonly residual: number;
  readonly box: boolean;
}

export interface BranchStart {
  readonly system: System;
  readonly model: PairModel;
  readonly deformation: Deformation;
  readonly strain: number;
  /** Free stretches of the box of the system. */
  readonly stretches: Float64Array;
  /** A solver no longer needed, for its memory. */
  readonly last: StiffnessSolver | undefined;
}

/** Begins a branch, where Newton's method finds a minimum close by; else the residual of what there is. */
export function beginBranch(start: BranchStart, settings: ShearSettings): ElasticBranch | NoBranch {
  const { system, model, deformation, strain, stretches, last } = start;
  const { residual, strategy, maxStrain, tolerance } = settings;
  const field = ForceField.create(system, model);
  const stage: Stage = { field, deformation, stretches, solver: new StiffnessSolver(field, last) };
  const typical = typicalForce(field.interactions());
  const bond = lengthUnit(system.box, field.count);
  const descent = descentOf(settings, { typicalForce: typical, bond });
  const settled =
    field.maxGradient() <= residual * typical ||
    newton(field, { tolerance: residual, maxMove: MAX_REFINEMENT * bond }).end === "converged";
  const free = settled && relaxBox(stage, strain, residual * typical, descent, BOX_STEP);
  const measured =
    free && typical > 0 ? measure(stage, { strain, fractional: fractionalOf(stage) }) : undefined;
  if (!measured) return { residual: field.maxGradient() / typical, box: settled && !free };
  const rough = hasKinks(model);
  const overlaps = rough ? overlapsOf(field, bond) : 1;
  const scale = overlaps * bond;
  const snaps = model.smoothness < 1 ? SNAPS : { error: 1, energy: 1 };
  const limits = {
    maxStrain,
    tolerance,
    maxStep: settings.step,
    maxError: snaps.error * scale * MAX_ERROR,
    unexplained: snaps.energy * overlaps * overlaps * overlaps * UNEXPLAINED,
    settle: rough ? { ...descent, maxMove: scale * MAX_MOVE } : undefined,
  };
  const walker =
    strategy === "branch"
      ? new ArcLengthWalker(stage, measured, { ...limits, bond, gradient: residual * typical })
      : new FixedStepWalker(stage, measured.point, { ...settings, release: descent });
  const resolution = { drop: limits.unexplained, displacement: 2 * limits.maxError };
  return { stage, typicalForce: typical, scale, bond, resolution, point: measured.point, walker };
}

/** Overlaps of contacts, the typical force over the typical φ″, as a fraction of what is typical of liquids' potentials. */
function overlapsOf(field: ForceField, bond: number): number {
  const { phi1, phi2 } = pairsOf(field.interactions());
  let [force, stiffness] = [0, 0];
  for (let m = 0; m < phi1.length; m++) {
    force += phi1[m] * phi1[m];
    stiffness += phi2[m] * phi2[m];
  }
  return Math.min(1, Math.sqrt(force / stiffness) / (TYPICAL_OVERLAP * bond));
}

/** How configurations go down in a run with these settings. */
export function descentOf(
  settings: ShearSettings,
  { typicalForce, bond }: Pick<ElasticBranch, "typicalForce" | "bond">,
  signal?: AbortSignal,
): ReleaseOptions {
  return {
    method: settings.minimizer,
    tolerance: settings.residual,
    typicalForce,
    maxEvaluations: settings.maxEvaluations,
    maxMove: MAX_MOVE * bond,
    interrupted: () => signal?.aborted ?? false,
  };
}
