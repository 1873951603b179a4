import { SoftfieldError } from "../errors.ts";
import { minimumOf } from "../minimum/index.ts";
import { hasKinks, type PairModel, withContinuousEnergy } from "../models/index.ts";
import type { Progress, WorkControl } from "../progress.ts";
import { nearBox, type System } from "../space/index.ts";
import { beginBranch, descentOf, type ElasticBranch, type NoBranch } from "./branch.ts";
import type { CoarsePoint } from "./coarse.ts";
import { Deformation } from "./deformation.ts";
import { plasticEvent } from "./event.ts";
import type { BranchEnd } from "./follow.ts";
import { resolveShear, type ShearSettings } from "./options.ts";
import { type BranchPoint, stateOf } from "./point.ts";
import { heldAsItStands } from "./pressure.ts";
import { release, staysAtDistance } from "./release.ts";
import { decodeRun, encodeRun, type RunIdentity } from "./saved.ts";
import { ofStretches, place, positionsAt } from "./stage.ts";
import type { StiffnessSolver } from "./stiffness.ts";
import type {
  PathPoint,
  PlasticEvent,
  Resolution,
  ShearOptions,
  ShearResult,
  ShearState,
  ShearStatus,
  ShearWork,
} from "./types.ts";

/** Branches that end without an event, one after another, before the run is given up. */
const MAX_IDLE = 5;
/** The same at jumps of the potential, where each goes WIDER times as far beyond the end as the last. */
const MAX_IDLE_AT_JUMPS = 10;
const WIDER = 4;
/** Of an energy: a smaller drop there is what rounding leaves of a particle that moves at no cost. */
const ROUNDING = 1e-13;

/**
 * Athermal quasistatic shear of one glass, in pieces: `advance` until it says true, then `result`.
 *
 * It can be stopped with a checkpoint and taken up again from the last event, in another process or on another
 * machine, to the same bits: whatever decides which minimum is reached is plain f64 arithmetic.
 */
export class QuasistaticShear {
  readonly settings: ShearSettings;
  readonly #original: System;
  readonly #model: PairModel;
  readonly #events: PlasticEvent[] = [];
  readonly #path: PathPoint[] = [];
  #deformation: Deformation;
  #branch: ElasticBranch | undefined;
  /** Where the branch began, and where the run stands once it is over. */
  #strain = 0;
  #positions: Float64Array;
  /** Free stretches of the box of these positions. */
  #stretches: Float64Array;
  #status: ShearStatus | undefined;
  #message = "";
  /** Work of legs that are over. */
  #done: ShearWork = { evaluations: 0, factorizations: 0, analyses: 0 };
  #idle = 0;
  #resolution: Resolution | undefined;

  /** Throws "usage" on options out of range, "input", "model", "geometry" where system and model don't fit. */
  static start(system: System, model: PairModel, options: ShearOptions = {}): QuasistaticShear {
    const shear = new QuasistaticShear(system, model, options);
    shear.#begin(0, shear.#positions, shear.#stretches);
    return shear;
  }

  /**
   * Goes on from where a run of the same glass stopped, from the strain there, counted in the direction of `options`:
   * −γ where they turn it round.
   */
  static from(at: ShearState, model: PairModel, options: ShearOptions = {}): QuasistaticShear {
    const shear = new QuasistaticShear(at.original, model, options, at.strain);
    shear.#deformation = Deformation.of(at.original.box, shear.settings.deformation, at.turns);
    shear.#begin(at.strain, at.positions, at.stretches);
    return shear;
  }

  /** Takes up a checkpoint. Throws "usage" where it is of another system, model or options, "input" where corrupt. */
  static resume(
    system: System,
    model: PairModel,
    options: ShearOptions,
    checkpoint: Uint8Array,
  ): QuasistaticShear {
    const shear = new QuasistaticShear(system, model, options);
    const saved = decodeRun(shear.#identity(), system, checkpoint);
    shear.#events.push(...saved.events);
    shear.#path.push(...saved.path);
    shear.#done = saved.work;
    shear.#idle = saved.idle;
    shear.#deformation = Deformation.of(system.box, shear.settings.deformation, saved.turns);
    shear.#begin(saved.strain, saved.positions, Float64Array.from(saved.stretches ?? shear.#stretches));
    return shear;
  }

  private constructor(system: System, model: PairModel, options: ShearOptions, from = 0) {
    const settings = resolveShear(options, from);
    this.settings = { ...settings, deformation: heldAsItStands(system, model, settings.deformation) };
    this.#original = system;
    this.#positions = nearBox(system.box, system.positions);
    this.#model = withContinuousEnergy(model);
    this.#deformation = Deformation.of(system.box, this.settings.deformation);
    this.#stretches = new Float64Array(this.#deformation.freedom);
  }

  get strain(): number {
    return this.#branch?.walker.point.strain ?? this.#strain;
  }

  get events(): readonly PlasticEvent[] {
    return this.#events;
  }

  get progress(): Progress {
    const detail = `strain ${this.strain.toFixed(5)}`;
    return { stage: "shear", done: this.#events.length, total: this.settings.events, detail };
  }

  /** One more point of the branch, or one event; true when the run is over. Throws "aborted" when the signal fires. */
  advance({ signal }: Pick<WorkControl, "signal"> = {}): boolean {
    if (signal?.aborted) throw new SoftfieldError("aborted", "the shear was stopped");
    const branch = this.#branch;
    if (!branch) return true;
    const { walker, stage } = branch;
    const before = walker.point;
    const end = walker.step();
    if (walker.point !== before) this.#record(walker.point);
    if (end) this.#endBranch(branch, end, signal);
    else if (this.#deformation.reduced(this.strain, ofStretches(walker.point.fractional, stage))) {
      this.#next(branch, walker.point);
    }
    return this.#status !== undefined;
  }

  /** Events and path so far, and the configuration: the last minimum that was reached. */
  result(): ShearResult {
    const point = this.#branch?.walker.point;
    const at = point ?? { strain: this.#strain };
    const { positions, stretches } = point
      ? placeOf(this.#branch!, point)
      : { positions: this.#positions, stretches: this.#stretches };
    return {
      status: this.#status ?? "unfinished",
      message: this.#message,
      events: this.#events,
      path: this.#path,
      strain: at.strain,
      system: { ...this.#original, box: this.#deformation.at(at.strain, stretches).box, positions },
      work: this.#work(),
      ...(stretches.length > 0 && { stretches: Array.from(stretches) }),
      resolution: this.#resolution,
    };
  }

  /** Where the run stands, for another that goes on from there. */
  state(): ShearState {
    const { strain, system, stretches = [] } = this.result();
    const { positions } = system;
    const original = this.#original;
    return {
      ...{ original, strain, positions, stretches: Float64Array.from(stretches) },
      turns: this.#deformation.turns,
    };
  }

  /** The state at the last event as bytes: what follows it is done again. */
  checkpoint(): Uint8Array {
    const strain = this.#strain;
    return encodeRun(this.#identity(), this.#original, {
      events: this.#events,
      path: this.#path.filter((point) => point.strain <= strain),
      strain,
      idle: this.#idle,
      turns: Array.from(this.#deformation.turns),
      ...(this.#stretches.length > 0 && { stretches: Array.from(this.#stretches) }),
      work: this.#done,
      positions: this.#positions,
    });
  }

  #identity(): RunIdentity {
    const { events: _events, maxStrain: _maxStrain, ...options } = this.settings;
    return { model: this.#model.definition, box: Array.from(this.#original.box.vectors), options };
  }

  #work(): ShearWork {
    const { solver, field } = this.#branch?.stage ?? {};
    return {
      evaluations: this.#done.evaluations + (field?.evaluations ?? 0),
      factorizations: this.#done.factorizations + (solver?.factorizations ?? 0),
      analyses: this.#done.analyses + (solver?.analyses ?? 0),
    };
  }

  #record(point: BranchPoint | CoarsePoint): void {
    const { strain, energy, shown, fractional } = point;
    const branch =
      "eigenvalue" in point ? { modulus: point.shown.modulus, eigenvalue: point.eigenvalue } : {};
    const stretches = Array.from(fractional.subarray(this.#original.positions.length));
    this.#path.push({
      ...{ strain, energy, stress: shown.stress },
      ...branch,
      ...(stretches.length > 0 && { stretches }),
      events: this.#events.length,
    });
  }

  #stop(status: ShearStatus, message = ""): void {
    this.#status = status;
    this.#message = message;
  }

  /** Ends a branch and begins the next from a minimum at this strain. */
  #next(branch: ElasticBranch, at: { readonly strain: number; readonly fractional: Float64Array }): void {
    const { positions, stretches } = placeOf(branch, at);
    this.#done = this.#work();
    this.#branch = undefined;
    this.#begin(at.strain, positions, stretches, branch.stage.solver);
  }

  #begin(strain: number, positions: Float64Array, stretches: Float64Array, last?: StiffnessSolver): void {
    this.#strain = strain;
    this.#positions = positions;
    this.#stretches = stretches;
    if (this.#events.length >= this.settings.events) {
      this.#stop("complete");
      return;
    }
    this.#deformation = this.#deformation.reduced(strain, stretches) ?? this.#deformation;
    const deformation = this.#deformation;
    const { box } = deformation.at(strain, stretches);
    const system = { ...this.#original, box, positions };
    const from = { model: this.#model, deformation, strain, stretches, last };
    let begun = beginBranch({ ...from, system }, this.settings);
    if (!("stage" in begun) && !begun.box && this.#path.length === 0) {
      try {
        // As everything that computes at a minimum does; the same bits everywhere.
        const { system: polished } = minimumOf(system, this.#model, { arithmetic: "reproducible" });
        begun = beginBranch({ ...from, system: polished }, this.settings);
      } catch (error) {
        if (!(error instanceof SoftfieldError) || error.code !== "not-a-minimum") throw error;
        this.#stop("not-a-minimum", error.message);
        return;
      }
    }
    if (!("stage" in begun)) {
      if (this.#path.length === 0) this.#stop("not-a-minimum", notAMinimum(begun, this.#deformation));
      else this.#stop("lost", MESSAGES.lost);
      return;
    }
    if (this.#path.at(-1)?.strain !== strain) this.#record(begun.point);
    this.#branch = begun;
    if (hasKinks(this.#model) && this.settings.strategy === "branch") this.#resolution ??= begun.resolution;
  }

  #endBranch(branch: ElasticBranch, end: BranchEnd, signal?: AbortSignal): void {
    const { settings } = this;
    if (end.kind === "lost" || end.kind === "stalled") {
      this.#stop(end.kind, MESSAGES[end.kind]);
    } else if (end.kind === "max-strain" || end.strain > settings.maxStrain) {
      const count = this.#events.length;
      this.#stop(
        "max-strain",
        `${count} of ${settings.events} events up to the strain ${settings.maxStrain}`,
      );
    } else {
      this.#release(branch, end, signal);
    }
    if (this.#status && this.#branch === branch) {
      const { strain, fractional } = branch.walker.point;
      this.#done = this.#work();
      this.#branch = undefined;
      this.#strain = strain;
      const place = placeOf(branch, { strain, fractional });
      this.#positions = place.positions;
      this.#stretches = place.stretches;
    }
  }

  /** From the end of a branch down to another one. */
  #release(branch: ElasticBranch, end: Extract<BranchEnd, { kind: "unstable" }>, signal?: AbortSignal): void {
    const { stage, walker } = branch;
    const before = "measured" in walker ? walker.measured() : walker.point;
    if (!before) {
      this.#stop("lost", MESSAGES.lost);
      return;
    }
    const fold = end.fold || !hasKinks(this.#model);
    const descent = {
      ...descentOf(this.settings, branch, signal),
      fold,
      scale: branch.scale,
      bond: branch.bond,
    };
    const upper = fold ? end.upper : this.#beyond(end.upper);
    place(stage, before.strain, before.fractional);
    const interactions = stage.field.interactions();
    const down = release(stage, before, upper, descent);
    if (signal?.aborted) throw new SoftfieldError("aborted", "the shear was stopped");
    if (!down.ended) {
      this.#stop("stalled", MESSAGES.stalled);
      return;
    }
    const after = { strain: upper, ...stateOf(stage, upper) };
    const irreversible = staysAtDistance(stage, before, down, descent);
    if (irreversible) {
      this.#idle = 0;
      const parts = {
        before,
        interactions,
        after,
        release: down,
        irreversible,
        strain: fold ? end.strain : 0.5 * (before.strain + upper),
        fold: end.fold,
      };
      const { d2minThreshold, displacements: keepDisplacements } = this.settings;
      const ordinal = this.#events.length + 1;
      const event = plasticEvent(stage, { ...parts, ordinal, d2minThreshold, keepDisplacements });
      const rounding = hasKinks(this.#model) ? ROUNDING * Math.abs(after.energy) : 0;
      if (event.drop > Math.max(this.settings.minDrop, rounding)) this.#events.push(event);
    } else if (++this.#idle > (fold ? MAX_IDLE : MAX_IDLE_AT_JUMPS)) {
      this.#stop("lost", MESSAGES.lost);
      return;
    }
    this.#next(branch, { strain: upper, fractional: down.fractional });
  }

  /** A strain past the end of a branch at a jump of the potential: further, the more of them came to nothing. */
  #beyond(strain: number): number {
    let width = this.settings.tolerance;
    for (let k = 0; k < this.#idle; k++) width *= WIDER;
    return this.#idle === 0 ? strain : Math.min(strain + width, Math.max(strain, this.settings.maxStrain));
  }
}

/** Positions and free stretches of what has these fractional coordinates. */
function placeOf(
  { stage }: ElasticBranch,
  { strain, fractional }: { readonly strain: number; readonly fractional: Float64Array },
): { readonly positions: Float64Array; readonly stretches: Float64Array } {
  return {
    positions: positionsAt(stage, strain, fractional),
    stretches: ofStretches(fractional, stage).slice(),
  };
}

function notAMinimum({ residual, box }: NoBranch, { options: { pressure } }: Deformation): string {
  if (box) {
    return (
      `the box found no minimum at the pressure ${pressure}: a glass whose particles only repel has none at a pressure ` +
      "that is not positive, and one under another pressure has to be brought there first"
    );
  }
  return (
    `the configuration is no minimum of this model (residual ${residual.toExponential(1)} of the typical pair ` +
    "force, or a direction that goes down): minimise it first, and check model and species"
  );
}

const MESSAGES = {
  stalled:
    "the minimiser found no minimum within its force evaluations: allow more of them, or take another minimiser",
  lost:
    "the branch could not be followed any further, and an event may have passed unseen: take a smaller step, " +
    "or a tighter residual of the minimum",
} as const;

/**
 * Shears a glass to its first plastic events (SI E, Zylberg 2017). The configuration has to be a minimum.
 *
 * Ends with a tagged status; look at it. Throws "usage", "input", "model", "geometry" on misuse, "aborted" when the
 * signal fires. Cost: 15–30 factorisations and 1,000 force evaluations an event.
 */
export function shear(
  system: System,
  model: PairModel,
  options: ShearOptions = {},
  control: WorkControl = {},
): ShearResult {
  const run = QuasistaticShear.start(system, model, options);
  while (!run.advance(control)) {
    control.onProgress?.(run.progress);
  }
  return run.result();
}
