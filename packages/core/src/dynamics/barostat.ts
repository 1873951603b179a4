import { exponential, logarithm } from "../elementary.ts";
import { createBox, volume } from "../space/index.ts";
import type { ForceField } from "./forcefield.ts";
import { Purpose, RandomStream } from "./random.ts";

/** Everything that decides what comes next; plain typed arrays. */
export interface BarostatState {
  readonly volumeStream: Int32Array;
  /** Largest change of ln V. */
  readonly volumeStep: Float64Array;
}

/** What the largest change of ln V begins with, and may become. */
const STEP = { first: 4e-3, least: 1e-5, most: 2e-2 } as const;
/** After a change that was made the next may be larger, after one that was not smaller: two in five are made. */
const GROWTH = { made: 1.03, refused: 0.98 } as const;

/**
 * Holds the pressure of a liquid by Monte Carlo moves of its volume between blocks of dynamics: ln V → ln V + δ, the
 * particles along with the box, accepted with min(1, exp(−(ΔU + PΔV)/T + (N + 1)δ)), so that V is distributed as
 * V^N exp(−(U + PV)/T). The size of the moves follows how many are made. An energy and a list of neighbours each.
 */
export class Barostat {
  readonly #field: ForceField;
  readonly #pressure: number;
  readonly #stream: RandomStream;
  #step: number = STEP.first;

  constructor(field: ForceField, { pressure, seed }: { readonly pressure: number; readonly seed: number }) {
    this.#field = field;
    this.#pressure = pressure;
    this.#stream = new RandomStream(field.arena, field.kernels, seed, Purpose.Volume);
  }

  /** One move at a temperature, ε/k_B. */
  move(temperature: number): void {
    const field = this.#field;
    const { box, count, dimension } = field;
    const [energy, before] = [field.energy, volume(box)];
    const change = this.#step * (2 * this.#stream.uniform() - 1);
    const scale = exponential(change / dimension);
    field.setBox(
      createBox(
        dimension,
        box.vectors.map((edge) => edge * scale),
      ),
    );
    const work = field.energy - energy + this.#pressure * (volume(field.box) - before);
    const chance = logarithm(1 - this.#stream.uniform());
    const made = chance < (count + 1) * change - work / temperature;
    if (!made) field.setBox(box);
    const { made: up, refused: down } = GROWTH;
    this.#step = Math.min(STEP.most, Math.max(STEP.least, this.#step * (made ? up : down)));
    // what follows does not depend on whether a checkpoint was taken here
    field.rebuild({ reorder: true });
  }

  state(): BarostatState {
    return { volumeStream: this.#stream.save(), volumeStep: Float64Array.of(this.#step) };
  }

  restore({ volumeStream, volumeStep }: BarostatState): void {
    this.#stream.restore(volumeStream);
    this.#step = volumeStep[0];
  }
}
