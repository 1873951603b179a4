import type { PairModel } from "../models/index.ts";
import type { System } from "../space/index.ts";
import { type Equilibration, EquilibrationCheck, type EquilibrationState, LOOKS } from "./equilibration.ts";
import { SwapMonteCarlo, type SwapOptions, type SwapState } from "./swap.ts";

/** All that decides what comes next. */
export interface SwapStageState extends SwapState, EquilibrationState {}

/** Sweeps during which the step is tuned: this share of the run. */
const TUNING = 0.1;

/**
 * A preparation's run of Monte Carlo with swaps: the step is tuned first and kept then, and from half of the run on it
 * is seen how long the liquid remembers.
 */
export class SwapStage {
  /** Since the configuration was last taken. */
  moved = false;
  readonly #monteCarlo: SwapMonteCarlo;
  readonly #check: EquilibrationCheck;
  readonly #total: number;
  readonly #box: System["box"];

  constructor(system: System, model: PairModel, options: SwapOptions, total: number) {
    this.#monteCarlo = new SwapMonteCarlo(system, model, options);
    this.#check = new EquilibrationCheck(total, "sweeps", options.temperature);
    this.#total = total;
    this.#box = system.box;
  }

  /** So many more sweeps; however a run is cut into pieces, its bits are the same. */
  run(sweeps: number): void {
    const tuning = Math.ceil(TUNING * this.#total);
    const interval = Math.ceil(this.#total / LOOKS);
    for (let sweep = 0; sweep < sweeps; sweep++) {
      if (this.#monteCarlo.sweeps < tuning) this.#monteCarlo.tune(1);
      else this.#monteCarlo.run(1);
      const done = this.#monteCarlo.sweeps;
      if (done % interval !== 0 || 2 * done < this.#total) continue;
      this.#check.look(this.#box, done, this.#monteCarlo.positions(), this.#monteCarlo.diameters());
    }
    this.moved = true;
  }

  /** The configuration as it is; copies. */
  system(): System {
    this.moved = false;
    return this.#monteCarlo.system();
  }

  get equilibration(): Equilibration {
    return this.#check.result;
  }

  state(): SwapStageState {
    return { ...this.#monteCarlo.state(), ...this.#check.state() };
  }

  restore(state: SwapStageState): void {
    this.#monteCarlo.restore(state);
    this.#check.restore(state);
    this.moved = true;
  }
}
