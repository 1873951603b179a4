import type { Address } from "../kernels/index.ts";
import type { ForceField } from "./forcefield.ts";

/** The masses of a run in the arena, vectors in cell order as `ForceField.x`. */
export class Inertia {
  readonly #field: ForceField;
  /** N, in the caller's order */
  readonly #masses: Float64Array;
  readonly #root: Address;
  readonly #inverseRoot: Address;
  readonly #inverse: Address;
  readonly #scratch: Address;

  constructor(field: ForceField, masses: Float64Array) {
    this.#field = field;
    this.#masses = masses;
    [this.#root, this.#inverseRoot, this.#inverse] = [0, 1, 2].map(() => field.newVector());
    this.#scratch = field.newVector();
    for (const vector of [this.#root, this.#inverseRoot, this.#inverse]) field.follow(vector);
    this.place();
  }

  /** Puts the masses where the particles are; to be called when their order was set from outside. */
  place(): void {
    const { dimension: d } = this.#field;
    const put = (vector: Address, value: (mass: number) => number) => {
      const each = Float64Array.from({ length: this.#masses.length * d }, (_, k) =>
        value(this.#masses[Math.floor(k / d)]),
      );
      this.#field.toVector(each, vector);
    };
    put(this.#root, Math.sqrt);
    put(this.#inverseRoot, (mass) => 1 / Math.sqrt(mass));
    put(this.#inverse, (mass) => 1 / mass);
  }

  /** g/m; valid until the next call of any of these. */
  accelerations(gradient: Address): Address {
    this.#field.kernels.multiply(this.#field.length, this.#inverse, gradient, this.#scratch);
    return this.#scratch;
  }

  /** Σ m v²/2. */
  kineticEnergy(v: Address): number {
    const { kernels, length } = this.#field;
    kernels.multiply(length, this.#root, v, this.#scratch);
    return kernels.kineticEnergy(length, this.#scratch);
  }

  /** v ← √m v, whose entries have the variance T in equilibrium. */
  weigh(v: Address): void {
    this.#field.kernels.multiply(this.#field.length, this.#root, v, v);
  }

  /** Undoes `weigh`. */
  unweigh(v: Address): void {
    this.#field.kernels.multiply(this.#field.length, this.#inverseRoot, v, v);
  }

  /** Takes the velocity of the centre of mass off all. */
  restCentre(v: Address): void {
    const { arena, stride, length } = this.#field;
    const root = arena.f64(this.#root, length);
    const velocities = arena.f64(v, length);
    for (let c = 0; c < stride; c++) {
      let momentum = 0;
      let mass = 0;
      for (let k = c; k < length; k += stride) {
        momentum += root[k] * root[k] * velocities[k];
        mass += root[k] * root[k];
      }
      if (mass === 0) continue;
      for (let k = c; k < length; k += stride) velocities[k] -= momentum / mass;
    }
  }
}
