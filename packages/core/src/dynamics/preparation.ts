import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import type { Progress, WorkControl } from "../progress.ts";
import type { System } from "../space/index.ts";
import { Barostat, type BarostatState } from "./barostat.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.ts";
import { type Equilibration, EquilibrationCheck, type EquilibrationState, LOOKS } from "./equilibration.ts";
import { ForceField } from "./forcefield.ts";
import { initialConfiguration } from "./initial.ts";
import { BLOCK, MolecularDynamics, type MolecularDynamicsState } from "./md.ts";
import { descents, type MinimizeResult, minimize } from "./minimize/index.ts";
import {
  type Protocol,
  type ProtocolOptions,
  type ProtocolStage,
  resolveProtocol,
  stagesOf,
} from "./protocol.ts";
import { checkSeed } from "./random.ts";
import { SwapStage, type SwapStageState } from "./swapstage.ts";
import { temperatureAt } from "./thermostat.ts";

/** What names a glass: the same recipe gives the same bits on every machine. */
export interface GlassRecipe {
  readonly model: PairModel;
  /** N */
  readonly particles: number;
  /** An integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  readonly protocol?: ProtocolOptions;
}

/** An inherent structure and how it was found. */
export interface Glass {
  readonly system: System;
  readonly minimization: MinimizeResult;
  readonly protocol: Protocol;
  /** Of a liquid that was to be in equilibrium: swap, htl, esl, gq. */
  readonly equilibration?: Equilibration | undefined;
}

/** Overlaps of the start are pushed apart for this many force evaluations, by at most this much (λ) each. */
const PUSH_OFF = { evaluations: 60, maxMove: 0.05 };
/** Steps between two moves of the volume, where a pressure is held. */
const MOVE = BLOCK;
/** Steps between two looks at the abort signal. */
const STRIDE = 20 * BLOCK;

/**
 * The making of one glass, in pieces: `advance` until it says true, then `finish`. It can be stopped between any
 * two pieces and taken up from a checkpoint, in another process or on another machine, to the same glass, bit for bit.
 */
export class Preparation {
  readonly recipe: GlassRecipe;
  readonly protocol: Protocol;
  readonly dynamics: MolecularDynamics;
  readonly #stages: readonly ProtocolStage[];
  readonly #barostat: Barostat | undefined;
  /** Of the stage of dynamics that is watched. */
  readonly #check: EquilibrationCheck | undefined;
  #field: ForceField;
  #swap: SwapStage | undefined;
  #stage = 0;
  #done = 0;

  private constructor(recipe: GlassRecipe, system: System) {
    this.recipe = recipe;
    this.protocol = resolveProtocol(recipe.model, recipe.protocol);
    this.#stages = stagesOf(this.protocol);
    this.#field = ForceField.create(system, recipe.model);
    this.dynamics = new MolecularDynamics(this.#field, { dt: this.protocol.dt, seed: recipe.seed });
    const { pressure, kind, dt, annealTemperature } = this.protocol;
    const watched = this.#stages.find((stage) => stage.watched);
    if (watched) this.#check = new EquilibrationCheck(watched.steps * dt, "time", annealTemperature!);
    if (pressure !== undefined && kind !== "swap")
      this.#barostat = new Barostat(this.#field, { pressure, seed: recipe.seed });
  }

  /** The configuration as it is; another one after Monte Carlo has gone on, whose diameters have changed places. */
  get field(): ForceField {
    if (this.#swap?.moved) this.#field = ForceField.create(this.#swap.system(), this.recipe.model);
    return this.#field;
  }

  /** Throws "usage", "model" or "geometry" where the recipe can't be followed (N too small for the cutoff …). */
  static start(recipe: GlassRecipe): Preparation {
    checkSeed(recipe.seed);
    const system = initialConfiguration(recipe.model, recipe.particles, recipe.seed);
    const preparation = new Preparation(recipe, system);
    descents.cg(preparation.field, { ...PUSH_OFF, gradient: 1e-3 });
    preparation.field.rebuild({ reorder: true });
    preparation.dynamics.drawVelocities(preparation.protocol.liquidTemperature);
    return preparation;
  }

  /** Takes up a checkpoint. Throws "input" where it is corrupt, "usage" where it belongs to another recipe. */
  static resume(recipe: GlassRecipe, checkpoint: Uint8Array): Preparation {
    const { header, arrays } = decodeCheckpoint(checkpoint);
    const system = initialConfiguration(recipe.model, recipe.particles, recipe.seed);
    const preparation = new Preparation(recipe, system);
    const mine = preparation.#identity();
    for (const [key, value] of Object.entries(mine)) {
      if (JSON.stringify(header[key]) === JSON.stringify(value)) continue;
      throw new SoftfieldError(
        "usage",
        `the checkpoint is of another glass: its ${key} is ${short(header[key])}, asked for is ${short(value)}`,
        { field: key },
      );
    }
    preparation.#stage = header.stage as number;
    preparation.#done = header.done as number;
    preparation.dynamics.restore({ ...arrays, step: header.step } as unknown as MolecularDynamicsState);
    preparation.#barostat?.restore(arrays as unknown as BarostatState);
    if (arrays.earlierPositions !== undefined)
      preparation.#check?.restore(arrays as unknown as EquilibrationState);
    if (arrays.diameters !== undefined) preparation.#startSwap().restore(arrays as unknown as SwapStageState);
    return preparation;
  }

  /** Steps of dynamics behind and in all, and what is going on. */
  get progress(): Progress {
    const before = this.#stages.slice(0, this.#stage).reduce((sum, { steps }) => sum + steps, 0);
    const total = this.#stages.reduce((sum, { steps }) => sum + steps, 0);
    const stage = this.#stages[this.#stage]?.name ?? "minimise";
    return { stage, done: before + this.#done, total };
  }

  /** At most `steps` more steps of dynamics (rounded up to whole blocks); true when all are made. */
  advance(steps: number = STRIDE): boolean {
    let left = Math.max(BLOCK, BLOCK * Math.ceil(steps / BLOCK));
    while (left > 0) {
      const stage = this.#stages[this.#stage];
      if (!stage) return true;
      if (this.#done === 0 && stage.jump !== undefined) this.dynamics.scaleTemperature(stage.jump);
      const some = Math.min(left, stage.steps - this.#done);
      if (stage.name === "swap") (this.#swap ?? this.#startSwap()).run(some);
      else this.#simulate(some, stage);
      this.#done += some;
      left -= some;
      if (this.#done === stage.steps) {
        this.#stage++;
        this.#done = 0;
      }
    }
    return this.#stage === this.#stages.length;
  }

  #simulate(steps: number, { temperature, steps: total, watched }: ProtocolStage): void {
    const { relaxation, dt } = this.protocol;
    const interval = watched ? BLOCK * Math.ceil(total / LOOKS / BLOCK) : total;
    const every = this.#barostat ? MOVE : interval;
    const end = this.#done + steps;
    for (let done = this.#done; done < end; ) {
      const some = Math.min(every - (done % every), end - done);
      this.dynamics.run({
        steps: some,
        thermostat: { kind: "rescaling", temperature, relaxation },
        stretch: { done, total },
      });
      done += some;
      this.#barostat?.move(temperatureAt(temperature, done, total));
      if (watched && done % interval === 0)
        this.#check!.look(this.#field.box, done * dt, this.#field.positions());
    }
  }

  /** Minimises at the volume that there is: the glass, unless the protocol names a pressure. Throws "aborted" where the signal fires; a checkpoint taken before stays good. */
  finish(control: WorkControl = {}): Glass {
    while (!this.advance()) checkAbort(control);
    this.field.rebuild({ reorder: true });
    const { minimizer, tolerance } = this.protocol;
    const minimization = minimize(this.field, { method: minimizer, tolerance }, control);
    return {
      system: this.field.system(),
      minimization,
      protocol: this.protocol,
      equilibration: this.#swap?.equilibration ?? this.#check?.result,
    };
  }

  /** The complete state as bytes, between two `advance`s. */
  checkpoint(): Uint8Array {
    const { step, ...arrays } = this.dynamics.state();
    return encodeCheckpoint({
      header: { ...this.#identity(), stage: this.#stage, done: this.#done, step },
      arrays: { ...arrays, ...this.#barostat?.state(), ...this.#check?.state(), ...this.#swap?.state() },
    });
  }

  #startSwap(): SwapStage {
    const { seed, model } = this.recipe;
    const { temperature, sweeps, swapShare } = this.protocol;
    const options = { temperature: temperature!, seed, share: swapShare! };
    this.#swap = new SwapStage(this.#field.system(), model, options, BLOCK * Math.ceil(sweeps! / BLOCK));
    return this.#swap;
  }

  #identity(): Record<string, unknown> {
    const { model, particles, seed } = this.recipe;
    return { model: model.definition, particles, seed, protocol: this.protocol };
  }
}

/** A preparation all of whose dynamics is made. Throws as `Preparation.start`, "numerics", "aborted". */
export function prepare(recipe: GlassRecipe, control: WorkControl = {}): Preparation {
  const preparation = Preparation.start(recipe);
  for (let ready = false; !ready; ) {
    checkAbort(control);
    ready = preparation.advance();
    control.onProgress?.(preparation.progress);
  }
  return preparation;
}

function checkAbort({ signal }: WorkControl): void {
  if (signal?.aborted) throw new SoftfieldError("aborted", "the preparation was stopped");
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
