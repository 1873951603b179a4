import { root } from "../elementary.ts";
import { SoftfieldError } from "../errors.ts";
import { ofPairsAlone } from "../interactions/index.ts";
import { type Address, Arena, type DynamicsKernels, dynamicsKernels } from "../kernels/index.ts";
import { maxCutoff, type PairModel } from "../models/index.ts";
import { faceDistances, type System } from "../space/index.ts";
import { Purpose, RandomStream } from "./random.ts";
import { mixedRow } from "./terms/index.ts";

/** Of a swap Monte Carlo run. */
export interface SwapOptions {
  /** ε/k_B */
  readonly temperature: number;
  readonly seed: number;
  /** The share of attempts that exchange diameters; default 0.2 (Ninarello et al. 2017). */
  readonly share?: number;
  /** Largest component of a displacement, λ; default 0.1. */
  readonly step?: number;
}

/** Everything that decides what comes next; plain typed arrays. */
export interface SwapState {
  /** N×d, unit λ, along continuous paths */
  readonly positions: Float64Array;
  readonly diameters: Float64Array;
  /** Positions when the list was made. */
  readonly reference: Float64Array;
  readonly stream: Int32Array;
  /** Displacements tried and made, exchanges tried and made, ΔU since the start. */
  readonly tally: Float64Array;
  /** Sweeps made; largest component of a displacement. */
  readonly progress: Float64Array;
}

/** How far the neighbour list reaches beyond the cutoff, λ: as far as three cells fit into the box. */
const SKIN = { least: 0.4, most: 1 } as const;
/** Two diameters are exchanged where their ranks differ by no more than this share of all. */
const WINDOW = 0.2;
/** What is tuned to this share of displacements being made, within these bounds (a diagonal fits in half the skin). */
const TUNED = { share: 0.4, least: 0.01, most: 0.11 } as const;
/** Fields of the kernel's plan, 8 bytes each, in the order of assembly/dynamics/swap.ts. */
const PLAN = { bytes: 136, tally: 5 } as const;

/**
 * Monte Carlo in the canonical ensemble of positions and of which particle has which diameter: exchanges of diameters
 * let a liquid of continuously polydisperse particles equilibrate far below the temperature where its dynamics
 * arrests (Grigera & Parisi 2001; Ninarello, Berthier & Coslovich, Phys. Rev. X 7, 021039, 2017).
 *
 * An attempt displaces a particle (uniform in a cube) or, in a share of cases, exchanges two diameters whose ranks are
 * within a fifth of all; Metropolis decides, so detailed balance holds at a fixed step. N attempts are a sweep. The
 * same seed gives the same bits on every machine. Cost: about 0.2 µs an attempt.
 */
export class SwapMonteCarlo {
  readonly model: PairModel;
  readonly temperature: number;
  readonly share: number;
  /** Largest component of a displacement, λ. */
  step: number;
  /** Sweeps made. */
  sweeps = 0;
  readonly #system: System;
  readonly #count: number;
  readonly #dimension: 2 | 3;
  readonly #arena = new Arena();
  readonly #kernels: DynamicsKernels;
  readonly #stream: RandomStream;
  readonly #skin: number;
  readonly #reach: number;
  readonly #plan: Address;
  readonly #x: Address;
  readonly #reference: Address;
  readonly #diameters: Address;
  readonly #ranks: Address;
  readonly #byRank: Address;
  readonly #starts: Address;
  readonly #tally: Address;
  readonly #row: Address;
  readonly #cells: readonly number[];
  readonly #heads: Address;
  readonly #next: Address;
  readonly #most: number;
  #neighbours: Address = 0;
  #capacity = 0;

  /**
   * Throws "model" where the model has no diameters or more than one species, "geometry" where the box is tilted or
   * shorter than twice the cutoff, "usage" on bad numbers.
   */
  constructor(system: System, model: PairModel, { temperature, seed, share = 0.2, step = 0.1 }: SwapOptions) {
    checkSwap(model);
    const { diameters } = system;
    if (diameters === undefined) {
      throw new SoftfieldError("model", "the configuration has no diameters to exchange", {
        field: "diameters",
      });
    }
    for (const [field, value, most] of [
      ["temperature", temperature, Infinity],
      ["share", share, 1],
      ["step", step, TUNED.most],
    ] as const) {
      if (value > 0 && value <= most && value < Infinity) continue;
      const words = most < Infinity ? `positive and no larger than ${most}` : "positive";
      throw new SoftfieldError("usage", `${field} must be ${words}, got ${value}`, { field });
    }
    this.model = model;
    this.temperature = temperature;
    this.share = share;
    this.step = step;
    this.#system = system;
    this.#count = diameters.length;
    this.#dimension = system.box.dimension;
    const cutoff = maxCutoff(model, diameters);
    this.#skin = skinOf(system, cutoff);
    this.#reach = cutoff + this.#skin;
    this.#cells = cellsOf(system, this.#reach);
    this.#most = diameters.reduce((most, sigma) => Math.max(most, sigma), 0);
    this.#kernels = dynamicsKernels(this.#arena);
    this.#stream = new RandomStream(this.#arena, this.#kernels, seed, Purpose.Swap);
    this.#x = this.#arena.putF64(system.positions);
    this.#reference = this.#arena.putF64(system.positions);
    this.#diameters = this.#arena.putF64(diameters);
    this.#ranks = this.#arena.allocI32(this.#count);
    this.#byRank = this.#arena.allocI32(this.#count);
    this.#starts = this.#arena.allocI32(this.#count + 1);
    this.#tally = this.#arena.putF64(new Float64Array(PLAN.tally));
    this.#row = mixedRow(this.#arena, model);
    this.#heads = this.#arena.allocI32(this.#cells.reduce((product, cells) => product * cells, 1));
    this.#next = this.#arena.allocI32(this.#count);
    this.#plan = this.#arena.alloc(PLAN.bytes);
    this.#rank();
    this.#list();
  }

  /** Positions along continuous paths, N×d, unit λ; a copy. */
  positions(): Float64Array {
    return this.#arena.f64(this.#x, this.#count * this.#dimension).slice();
  }

  /** Of every particle, as it has it now; a copy. */
  diameters(): Float64Array {
    return this.#arena.f64(this.#diameters, this.#count).slice();
  }

  /** The configuration as it is; copies. */
  system(): System {
    return { ...this.#system, positions: this.positions(), diameters: this.diameters() };
  }

  /** Shares of displacements and of exchanges that were made, and the energy gained since the start, ε. */
  get tally(): { readonly displacements: number; readonly exchanges: number; readonly energy: number } {
    const [moves, moved, swaps, swapped, energy] = this.#arena.f64(this.#tally, PLAN.tally);
    return { displacements: moved / Math.max(1, moves), exchanges: swapped / Math.max(1, swaps), energy };
  }

  /** Makes so many sweeps of N attempts. */
  run(sweeps: number): void {
    for (let sweep = 0; sweep < sweeps; sweep++) {
      for (let left = this.#count; left > 0; ) {
        const window = Math.max(1, Math.ceil(WINDOW * this.#count));
        const beta = 1 / this.temperature;
        left -= this.#kernels.swapAttempts(
          this.#dimension,
          this.#plan,
          left,
          this.share,
          window,
          this.step,
          beta,
        );
        if (left > 0) {
          this.#arena.f64(this.#reference, this.#count * this.#dimension).set(this.positions());
          this.#list();
        }
      }
      this.sweeps++;
    }
  }

  /** Sweeps after each of which the step is brought nearer to where two in five displacements are made. */
  tune(sweeps: number): void {
    for (let sweep = 0; sweep < sweeps; sweep++) {
      const [moves, moved] = this.#arena.f64(this.#tally, 2).slice();
      this.run(1);
      const [after, made] = this.#arena.f64(this.#tally, 2);
      const better = (made - moved) / Math.max(1, after - moves) > TUNED.share;
      this.step = Math.min(TUNED.most, Math.max(TUNED.least, this.step * (better ? 1.02 : 1 / 1.02)));
    }
  }

  /** The complete state, for a checkpoint; copies. */
  state(): SwapState {
    return {
      positions: this.positions(),
      diameters: this.diameters(),
      reference: this.#arena.f64(this.#reference, this.#count * this.#dimension).slice(),
      stream: this.#stream.save(),
      tally: this.#arena.f64(this.#tally, PLAN.tally).slice(),
      progress: Float64Array.of(this.sweeps, this.step),
    };
  }

  /** Goes back to a state of the same system and model: the same bits follow. */
  restore(state: SwapState): void {
    this.#arena.f64(this.#x, state.positions.length).set(state.positions);
    this.#arena.f64(this.#diameters, this.#count).set(state.diameters);
    this.#arena.f64(this.#reference, state.reference.length).set(state.reference);
    this.#stream.restore(state.stream);
    this.#arena.f64(this.#tally, PLAN.tally).set(state.tally);
    [this.sweeps, this.step] = state.progress;
    this.#rank();
    this.#list();
  }

  #rank(): void {
    const diameters = this.diameters();
    const byRank = Int32Array.from(diameters.keys());
    byRank.sort((p, q) => diameters[p] - diameters[q] || p - q);
    this.#arena.i32(this.#byRank, this.#count).set(byRank);
    const ranks = this.#arena.i32(this.#ranks, this.#count);
    byRank.forEach((particle, rank) => {
      ranks[particle] = rank;
    });
  }

  /** Lists all neighbours of every particle at its reference position. */
  #list(): void {
    for (;;) {
      this.#writePlan();
      const [cx, cy, cz] = this.#cells;
      const found = this.#kernels.swapNeighbours(
        this.#dimension,
        this.#plan,
        this.#reach,
        cx,
        cy,
        cz,
        this.#heads,
        this.#next,
        this.#capacity,
      );
      if (found <= this.#capacity) return;
      this.#capacity = Math.ceil(1.2 * found);
      this.#neighbours = this.#arena.allocI32(this.#capacity);
    }
  }

  #writePlan(): void {
    const d = this.#dimension;
    const { vectors } = this.#system.box;
    const words = this.#arena.i32(this.#plan, PLAN.bytes / 4);
    const numbers = this.#arena.f64(this.#plan, PLAN.bytes / 8);
    words[0] = this.#count;
    for (let c = 0; c < 3; c++) numbers[1 + c] = c < d ? vectors[c * d + c] : 1;
    [
      this.#x,
      this.#reference,
      this.#diameters,
      this.#ranks,
      this.#byRank,
      this.#starts,
      this.#neighbours,
      this.#row,
    ].forEach((address, k) => {
      words[8 + 2 * k] = address;
    });
    numbers[12] = this.model.mixing?.nonAdditivity ?? 0;
    numbers[13] = 0.25 * this.#skin * this.#skin;
    words[28] = this.#stream.at;
    words[30] = this.#tally;
    numbers[16] = this.#most;
  }
}

/** Throws "model" where diameters cannot be exchanged. */
export function checkSwap(model: PairModel): void {
  const why = whyNoSwap(model);
  if (why === undefined) return;
  throw new SoftfieldError("model", `the model "${model.name}" ${why}`, { field: "diameters" });
}

function whyNoSwap(model: PairModel): string | undefined {
  if (model.mixing === undefined)
    return 'has no diameters of particles; swap needs a model with "diameters", as poly2d and poly3d';
  if (model.species.length > 1) return "has several species; swap exchanges diameters within one";
  if ((model.mixing.strength ?? "constant") !== "constant")
    return "scales ε with the diameters, which swap does not do";
  return ofPairsAlone(model) ? undefined : "has terms beside its pairs, which swap does not do";
}

function skinOf({ box }: System, cutoff: number): number {
  const d = box.dimension;
  if (box.vectors.some((entry, k) => entry !== 0 && k % (d + 1) !== 0)) {
    throw new SoftfieldError("geometry", "swap Monte Carlo runs in rectangular boxes, this one is tilted");
  }
  const shortest = Math.min(...faceDistances(box));
  const skin = Math.min(SKIN.most, shortest / 3 - cutoff);
  if (skin >= SKIN.least) return skin;
  const needed = 3 * (cutoff + SKIN.least);
  throw new SoftfieldError(
    "geometry",
    `swap Monte Carlo needs a box no shorter than ${needed.toPrecision(4)}, three times the longest cutoff and a skin; its shortest side is ${shortest.toPrecision(4)}: take more particles`,
  );
}

/** Cells along each axis, no smaller than the reach; three or more of them. */
function cellsOf({ box, species }: System, reach: number): readonly number[] {
  const d = box.dimension;
  const most = Math.max(3, Math.ceil(root(4 * species.length, d)));
  // the reach may be a third of the side, but for rounding
  const cells = faceDistances(box).map((side) => Math.min(most, Math.floor((1 + 1e-12) * (side / reach))));
  return d === 2 ? [...cells, 1] : cells;
}
