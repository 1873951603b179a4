import {
  BLOCK,
  ForceField,
  MolecularDynamics,
  type MolecularDynamicsState,
  usualTimes,
} from "../dynamics/index.ts";
import { SoftfieldError } from "../errors.ts";
import type { PairModel } from "../models/index.ts";
import { rounded } from "../rounded.ts";
import { reducedBox, type System, volume } from "../space/index.ts";
import { SHEAR_PLANES, type ShearPlane } from "./deformation.ts";

/** Shear at a finite rate and temperature. */
export interface FlowOptions {
  /** γ̇, 1/τ₀; negative shears the other way. */
  readonly rate: number;
  /** Kept by stochastic rescaling of the velocities relative to the flow, ε/k_B. */
  readonly temperature: number;
  readonly seed: number;
  /** Plane of flow and gradient: x += γ·y in "xy" (default). */
  readonly plane?: ShearPlane;
  /** Time step, τ₀; default 0.005, times √ of the lightest mass. */
  readonly dt?: number;
  /** Of the thermostat, τ₀; default 0.05, times √ of the lightest mass: the work that it takes up keeps the glass above T by that work in this time. Infinity: none. */
  readonly relaxation?: number;
}

/** A moment of a flow. */
export interface FlowPoint {
  readonly strain: number;
  /** σ along the plane, the kinetic part too, ε/λ^d. */
  readonly stress: number;
  /** −tr σ/d, the kinetic part too. */
  readonly pressure: number;
  /** U, ε. */
  readonly energy: number;
  /** Behind the thermostat, at this moment. */
  readonly temperature: number;
  /** Since the start, over all steps, those between two actions of the thermostat, too: what was kept, ε/k_B. */
  readonly meanTemperature: number;
  /** Work done on the glass and heat put in by the thermostat since the start, ε. */
  readonly work: number;
  readonly heat: number;
}

/** Mean temperature over the steps between two points of a flow, ε/k_B; of the start alone (no point before) that of its moment. */
export function keptBetween(before: FlowPoint | undefined, after: FlowPoint): number {
  if (before === undefined) return after.temperature;
  const sum = after.meanTemperature * after.strain - before.meanTemperature * before.strain;
  return sum / (after.strain - before.strain);
}

/** All that decides what comes next. */
export interface FlowState extends MolecularDynamicsState {
  /** Strain, energy at the start, heat, ∫ K dt. */
  readonly flow: Float64Array;
}

/** Steps between two looks at the tilt of the box, which is taken back where it exceeds half an edge. */
const STRIDE = 10 * BLOCK;
/** Strain of a stride, so that the box stays wide. */
const STEEPEST = 0.5;

/** Time step and relaxation time by default: those of `usualTimes` with a thermostat twenty times as fast, which has work to take up. O(N). */
export function flowTimes(system: System, model: PairModel): ReturnType<typeof usualTimes> {
  const { dt, relaxation } = usualTimes(system, model);
  return { dt, relaxation: 0.05 * relaxation };
}

/**
 * A glass under steady shear at a finite rate and temperature: SLLOD dynamics (Evans & Morriss, Phys. Rev. A 30, 1528,
 * 1984) with Lees and Edwards's boundaries, and a thermostat on the velocities relative to the flow that does not bias it
 * (Bussi, Donadio & Parrinello 2007). The same seed gives the same bits everywhere, however a run is cut into pieces of
 * whole strides. Cost: a force evaluation a step, and a few passes over the particles.
 */
export class ShearFlow {
  readonly field: ForceField;
  readonly dynamics: MolecularDynamics;
  readonly plane: ShearPlane;
  readonly rate: number;
  readonly temperature: number;
  readonly relaxation: number;
  #strain = 0;
  #energy: number;

  /** Begins with velocities of Maxwell's distribution. Throws "usage" on bad numbers, and as `ForceField.create`. */
  static start(system: System, model: PairModel, options: FlowOptions): ShearFlow {
    return new ShearFlow(system, model, options);
  }

  private constructor(system: System, model: PairModel, options: FlowOptions) {
    const { rate, temperature, seed, plane = "xy" } = options;
    const usual = flowTimes(system, model);
    const { dt = usual.dt, relaxation = usual.relaxation } = options;
    const d = system.box.dimension;
    if (!SHEAR_PLANES.includes(plane) || (d === 2 && plane !== "xy")) {
      throw misuse(
        "plane",
        `must be ${d === 2 ? "xy in two dimensions" : SHEAR_PLANES.join(", ")}, got "${plane}"`,
      );
    }
    if (!(Number.isFinite(rate) && rate !== 0))
      throw misuse("rate", `must be a number other than 0, got ${rate}`);
    if (!(temperature >= 0 && temperature < Infinity)) {
      throw misuse("temperature", `must not be negative, got ${temperature}`);
    }
    if (Math.abs(rate) * dt * STRIDE > STEEPEST) {
      const most = rounded(STEEPEST / STRIDE / Math.abs(rate), 2);
      throw misuse("dt", `${dt} is too long for the rate ${rate}: give at most ${most}`);
    }
    if (!(relaxation > 0)) throw misuse("relaxation", `must be positive, got ${relaxation}`);
    this.field = ForceField.create({ ...system, box: reducedBox(system.box) }, model);
    this.dynamics = new MolecularDynamics(this.field, { dt, seed });
    this.dynamics.drawVelocities(temperature);
    this.plane = plane;
    this.rate = rate;
    this.temperature = temperature;
    this.relaxation = relaxation;
    this.#energy = this.#total();
  }

  /** γ */
  get strain(): number {
    return this.#strain;
  }

  /** The configuration as it is; copies. */
  system(): System {
    return this.field.system();
  }

  /** So many steps more, rounded up to whole strides of 100. Throws "numerics" where the time step is too large. */
  run(steps: number): void {
    const { dynamics, field, rate, plane, temperature, relaxation } = this;
    const thermostat =
      relaxation < Infinity
        ? ({ kind: "rescaling", temperature, relaxation } as const)
        : ({ kind: "none" } as const);
    for (let left = Math.ceil(steps / STRIDE); left > 0; left--) {
      dynamics.run({ steps: STRIDE, thermostat, drive: { plane, rate } });
      this.#strain = rate * dynamics.dt * dynamics.step;
      const reduced = reducedBox(field.box);
      if (reduced !== field.box) field.setLattice(reduced);
      // a list of the present box, so that a run from a checkpoint has the same
      else field.rebuild({ reorder: true });
    }
  }

  /** Stress, energies and temperature as they are. */
  point(): FlowPoint {
    const { field, dynamics } = this;
    const d = field.dimension;
    const kinetic = dynamics.kineticTensor();
    const v = volume(field.box);
    const sigma = field.stress().map((own, k) => own - kinetic[k] / v);
    const [s, n] = { xy: [0, 1], xz: [0, 2], yz: [1, 2] }[this.plane];
    return {
      strain: this.#strain,
      stress: sigma[s * d + n],
      pressure: -sigma.reduce((sum, own, k) => (k % (d + 1) === 0 ? sum + own : sum), 0) / d,
      energy: field.energy,
      temperature: dynamics.temperature,
      meanTemperature: this.#meanTemperature(),
      work: this.#total() - this.#energy - dynamics.heat,
      heat: dynamics.heat,
    };
  }

  /** For a checkpoint, between two runs; copies. */
  state(): FlowState {
    const state = this.dynamics.state();
    const { heat, kineticIntegral } = this.dynamics;
    return { ...state, flow: Float64Array.of(this.#strain, this.#energy, heat, kineticIntegral) };
  }

  /**
   * Goes back to a state of the same system, model and options: the same bits follow.
   *
   * @throws SoftfieldError "usage" where the state is of a version that kept other quantities of a flow.
   */
  restore(state: FlowState): void {
    if (state.flow.length !== 4)
      throw misuse("flow", `holds ${state.flow.length} numbers, not 4: the state is of another version`);
    this.dynamics.restore(state);
    const { dynamics } = this;
    [this.#strain, this.#energy, dynamics.heat, dynamics.kineticIntegral] = state.flow;
  }

  #meanTemperature(): number {
    const { kineticIntegral, degreesOfFreedom, step, dt, temperature } = this.dynamics;
    return step === 0 ? temperature : (2 * kineticIntegral) / degreesOfFreedom / (step * dt);
  }

  #total(): number {
    return this.field.energy + this.dynamics.kineticEnergy;
  }
}

function misuse(field: string, message: string): SoftfieldError {
  return new SoftfieldError("usage", `${field} ${message}`, { field });
}
