import { SoftfieldError } from "../errors.ts";
import type { Address } from "../kernels/index.ts";
import { rounded } from "../rounded.ts";
import type { FieldState } from "./fieldsetup.ts";
import type { ForceField } from "./forcefield.ts";
import { Inertia } from "./inertia.ts";
import { Purpose, RandomStream } from "./random.ts";
import { checkTemperature, type Thermostat, targetsOf, temperatureAt } from "./thermostat.ts";
import { checkTimeStep } from "./wholesteps.ts";

/** Of a molecular dynamics run: its step, its seed, its thermostat. */
export interface MolecularDynamicsOptions {
  /** Time step, τ₀. */
  readonly dt: number;
  readonly seed: number;
  /** Put particles in cell order when the list is built anew (default); false where a glass only vibrates. */
  readonly reorder?: boolean;
  /** All masses 1, whatever configuration and model say: averages over positions do not depend on them. */
  readonly unitMasses?: boolean;
}

/** A stretch of a run: `done` of its `total` steps lie behind. */
export interface Stretch {
  readonly done: number;
  readonly total: number;
}

/** Everything that decides what comes next; plain typed arrays. */
export interface MolecularDynamicsState extends FieldState {
  readonly step: number;
  readonly velocities: Float64Array;
  readonly velocityStream: Int32Array;
  readonly thermostatStream: Int32Array;
}

/** Simple shear at a constant rate: x_s += γ̇t·x_n, (s, n) the axes of the plane; periodic boundaries of Lees & Edwards (1972). */
export interface Drive {
  readonly plane: "xy" | "xz" | "yz";
  /** γ̇, 1/τ₀ */
  readonly rate: number;
}

/** What to make of a molecular dynamics, and who looks on. */
export interface MolecularDynamicsRun {
  readonly steps: number;
  readonly thermostat: Thermostat;
  /** Steps that are part of a longer run, whose temperature programme they take up where `done` says; default: all of it. */
  readonly stretch?: Stretch;
  /** Shears the box: velocities are then those relative to the flow (SLLOD), so that the thermostat does not see it. */
  readonly drive?: Drive;
  /**
   * Called behind every block of ten steps and the thermostat's action, with the dynamics as it is, to be read: `velocities()`,
   * `temperature`, `kineticTensor()`, `field.positions()`, `field.energy`, `field.stress()`. It changes no bits.
   */
  readonly observe?: (dynamics: MolecularDynamics) => void;
}

/** Steps between two applications of the thermostat; runs go in blocks of it, and stop only between blocks. */
export const BLOCK = 10;
/** A kinetic energy this many times above the run's natural scale is no fluctuation. */
const BLOWN_UP = 50;

/**
 * Molecular dynamics of a `ForceField`: velocity Verlet, with the masses of configuration or model
 * (see `particleMasses`; 1 where neither says any), with a thermostat or none.
 *
 * Neighbouring half kicks within a block of BLOCK steps are done as one, so the bits of a trajectory depend on
 * where blocks begin: run multiples of BLOCK to be independent of how a run is cut into pieces.
 */
export class MolecularDynamics {
  readonly field: ForceField;
  /** May be changed between runs, τ₀. */
  dt: number;
  /** In the arena, as `field.x`. */
  readonly v: Address;
  /** Steps made. */
  step = 0;
  /** What the thermostat (stochastic rescaling) has put in so far, ε. */
  heat = 0;
  /**
   * ∫ K dt over the steps made, ετ₀: trapezia over blocks, from behind the thermostat to before it. Over the time it is the
   * mean kinetic energy; what is seen behind the thermostat alone lacks half of what a drive heats in a block.
   */
  kineticIntegral = 0;
  readonly #matrix: Address;
  readonly #reorder: boolean;
  readonly #inertia: Inertia | undefined;
  readonly #velocityStream: RandomStream;
  readonly #thermostatStream: RandomStream;

  /** Throws "usage" where dt is not positive or the seed is no integer. */
  constructor(field: ForceField, { dt, seed, reorder = true, unitMasses = false }: MolecularDynamicsOptions) {
    checkTimeStep(dt);
    this.field = field;
    this.dt = dt;
    this.#reorder = reorder;
    this.v = field.newVector();
    field.follow(this.v);
    this.#matrix = field.arena.allocF64(9);
    this.#inertia = field.masses && !unitMasses ? new Inertia(field, field.masses) : undefined;
    this.#velocityStream = new RandomStream(field.arena, field.kernels, seed, Purpose.Velocities);
    this.#thermostatStream = new RandomStream(field.arena, field.kernels, seed, Purpose.Thermostat);
  }

  /** Nd − d: the total momentum is zero and stays so. */
  get degreesOfFreedom(): number {
    return this.field.dimension * Math.max(1, this.field.count - 1);
  }

  /** Σ m v²/2, unit ε. */
  get kineticEnergy(): number {
    if (this.#inertia) return this.#inertia.kineticEnergy(this.v);
    return this.field.kernels.kineticEnergy(this.field.length, this.v);
  }

  /** 2K/(Nd − d). */
  get temperature(): number {
    return (2 * this.kineticEnergy) / this.degreesOfFreedom;
  }

  /** Velocities, N×d, λ/τ₀; a copy. */
  velocities(): Float64Array {
    return this.field.fromVector(this.v);
  }

  /** Sets all velocities; N×d, λ/τ₀, read. */
  setVelocities(velocities: Float64Array): void {
    this.field.toVector(velocities, this.v);
  }

  /** Draws velocities from Maxwell's distribution, takes off the total momentum and scales to exactly `temperature`. */
  drawVelocities(temperature: number): void {
    checkTemperature(temperature);
    const { field, v } = this;
    const { kernels, count, dimension, stride } = field;
    kernels.noise(count, dimension, 0, 1, v, this.#velocityStream.at);
    this.#inertia?.unweigh(v);
    if (this.#inertia) this.#inertia.restCentre(v);
    else kernels.removeMean(count, stride, v);
    this.scaleTemperature(temperature);
  }

  /** Scales all velocities to exactly `temperature`: a jump. */
  scaleTemperature(temperature: number): void {
    checkTemperature(temperature);
    const now = this.temperature;
    const scale = now > 0 ? Math.sqrt(temperature / now) : 0;
    this.field.kernels.scaleAdd(this.field.length, scale, this.v, 0, this.v);
  }

  /**
   * Makes `steps` steps: free, with a thermostat, or sheared, with `observe` looking on. The last block may be shorter than ten.
   *
   * Throws "usage" for temperatures below 0 and a drive with a Langevin thermostat, "numerics" where the time step is too large:
   * particles fly apart. Cost: one force evaluation a step.
   */
  run({
    steps,
    thermostat,
    stretch = { done: 0, total: steps },
    drive,
    observe,
  }: MolecularDynamicsRun): void {
    if (drive && thermostat.kind === "langevin") {
      throw new SoftfieldError("usage", "a driven run takes the thermostats rescaling and none", {
        field: "thermostat",
      });
    }
    const limit = this.#blowUpLimit(thermostat);
    let behind = this.kineticEnergy;
    for (let done = 0; done < steps; ) {
      const block = Math.min(BLOCK, steps - done);
      if (thermostat.kind === "langevin") this.#langevinBlock(block, thermostat);
      else if (drive) this.#drivenBlock(block, drive);
      else this.#verletBlock(block);
      done += block;
      const kinetic = this.kineticEnergy;
      if (!(kinetic <= limit)) throw this.#blownUp(kinetic);
      this.kineticIntegral += 0.5 * (behind + kinetic) * block * this.dt;
      behind = kinetic;
      if (thermostat.kind === "rescaling") {
        const target = temperatureAt(thermostat.temperature, stretch.done + done, stretch.total);
        behind += this.#rescale(kinetic, target, (block * this.dt) / thermostat.relaxation);
      }
      observe?.(this);
    }
  }

  /** The complete state, for a checkpoint; copies. */
  state(): MolecularDynamicsState {
    const { field } = this;
    return {
      ...field.state(),
      step: this.step,
      velocities: field.arena.f64(this.v, field.length).slice(),
      velocityStream: this.#velocityStream.save(),
      thermostatStream: this.#thermostatStream.save(),
    };
  }

  /** Goes back to a state of the same system and model; what follows is the same, bit for bit. */
  restore(state: MolecularDynamicsState): void {
    const { field } = this;
    field.restore(state);
    field.arena.f64(this.v, field.length).set(state.velocities);
    this.#inertia?.place();
    this.step = state.step;
    this.#velocityStream.restore(state.velocityStream);
    this.#thermostatStream.restore(state.thermostatStream);
  }

  #verletBlock(steps: number): void {
    const { field, v, dt } = this;
    const { kernels, count, stride, x, reference, length } = field;
    field.evaluateGradient();
    for (let k = 0; k < steps; k++) {
      const h = k === 0 ? 0.5 * dt : dt;
      this.#advance(kernels.kickDrift(count, stride, 1, h, dt, x, v, this.#acceleration(), reference));
    }
    kernels.kick(length, 0.5 * dt, v, this.#acceleration());
  }

  /**
   * SLLOD (Evans & Morriss 1984) by a symmetric splitting: half kick, half −γ̇ v_n e_s on the velocities, half of the
   * flow, drift, and back. What the flow carries, it carries as `setBox` does.
   */
  #drivenBlock(steps: number, { plane, rate }: Drive): void {
    const { field, v, dt } = this;
    const { kernels, count, stride, dimension: d, x, g, reference, length } = field;
    const [s, n] = { xy: [0, 1], xz: [0, 2], yz: [1, 2] }[plane];
    const half = 0.5 * dt * rate;
    const couple = () => {
      const matrix = field.arena.f64(this.#matrix, d * d);
      for (let k = 0; k < d * d; k++) matrix[k] = k % (d + 1) === 0 ? 1 : 0;
      matrix[n * d + s] = -half;
      kernels.deform(count, d, this.#matrix, v);
    };
    const flow = () => {
      const vectors = field.box.vectors.slice();
      for (let row = 0; row < d; row++) vectors[row * d + s] += half * vectors[row * d + n];
      field.setBox({ dimension: d, vectors });
    };
    field.evaluateGradient();
    for (let k = 0; k < steps; k++) {
      kernels.kick(length, 0.5 * dt, v, this.#acceleration());
      couple();
      flow();
      const distance2 = kernels.kickDrift(count, stride, 1, 0, dt, x, v, g, reference);
      if (!Number.isFinite(distance2)) throw this.#blownUp(distance2);
      field.moved(distance2, this.#reorder);
      flow();
      this.step++;
      field.evaluateGradient();
      couple();
      kernels.kick(length, 0.5 * dt, v, this.#acceleration());
    }
  }

  /** Σ m v_a v_b, d×d, ε: of the velocities relative to the flow. */
  kineticTensor(): Float64Array {
    const { dimension: d, count, masses } = this.field;
    const velocities = this.velocities();
    const own = this.#inertia ? masses : undefined;
    const tensor = new Float64Array(d * d);
    for (let p = 0; p < count; p++) {
      const mass = own ? own[p] : 1;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) tensor[a * d + b] += mass * velocities[p * d + a] * velocities[p * d + b];
    }
    return tensor;
  }

  /** ∂U/∂x over the masses. */
  #acceleration(): Address {
    const { g } = this.field;
    return this.#inertia ? this.#inertia.accelerations(g) : g;
  }

  #langevinBlock(
    steps: number,
    { temperature, friction, fixedCentre }: Thermostat & { kind: "langevin" },
  ): void {
    const { field, v, dt } = this;
    const { kernels, count, dimension, stride, x, g, reference, length } = field;
    const inertia = this.#inertia;
    const decay = kernels.exponential(-friction * dt);
    const strength = Math.sqrt(temperature * (1 - decay * decay));
    field.evaluateGradient();
    for (let k = 0; k < steps; k++) {
      const h = k === 0 ? 0.5 * dt : dt;
      kernels.kickDrift(count, stride, 1, h, 0.5 * dt, x, v, this.#acceleration(), reference);
      inertia?.weigh(v);
      kernels.noise(count, dimension, decay, strength, v, this.#thermostatStream.at);
      inertia?.unweigh(v);
      if (fixedCentre) {
        if (inertia) inertia.restCentre(v);
        else kernels.removeMean(count, stride, v);
      }
      this.#advance(kernels.kickDrift(count, stride, 1, 0, 0.5 * dt, x, v, g, reference));
    }
    kernels.kick(length, 0.5 * dt, v, this.#acceleration());
  }

  /** After a drift: new list where it is needed, new forces. */
  #advance(distance2: number): void {
    this.step++;
    if (!Number.isFinite(distance2)) throw this.#blownUp(distance2);
    this.field.moved(distance2, this.#reorder);
    this.field.evaluateGradient();
  }

  /** Scales the velocities; the heat that was put in. */
  #rescale(kinetic: number, temperature: number, time: number): number {
    const { kernels, length } = this.field;
    if (kinetic === 0) return 0;
    const degrees = this.degreesOfFreedom;
    const decay = kernels.exponential(-time);
    const perDegree = (0.5 * temperature) / kinetic;
    const factor = kernels.rescaling(this.#thermostatStream.at, degrees, decay, perDegree);
    kernels.scaleAdd(length, factor, this.v, 0, this.v);
    const heat = (factor * factor - 1) * kinetic;
    this.heat += heat;
    return heat;
  }

  #blowUpLimit(thermostat: Thermostat): number {
    const scales = [
      this.temperature,
      Math.abs(this.field.energy) / this.field.count,
      ...targetsOf(thermostat),
    ];
    return 0.5 * this.degreesOfFreedom * BLOWN_UP * Math.max(...scales);
  }

  #blownUp(kinetic: number): SoftfieldError {
    const each = kinetic / this.field.count;
    const size = Number.isFinite(each)
      ? `kinetic energy ${each.toPrecision(3)} a particle`
      : "beyond all bounds";
    return new SoftfieldError(
      "numerics",
      `the dynamics blew up at step ${this.step} (${size}): ` +
        `the time step ${this.dt} is too large; try ${rounded(this.dt / 2, 3)}`,
      { field: "dt" },
    );
  }
}
