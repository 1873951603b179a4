import { power } from "../elementary.ts";
import type { Address, Arena, DynamicsKernels } from "../kernels/index.ts";
import type { Box } from "../space/index.ts";
import { type CellGrid, cellGrid, cellReach, checkCutoff, shiftVectors } from "./cellgrid.ts";
import type { PairType } from "./pairtypes.ts";

/** Particles of one species after another: where each species starts, S+1 entries. */
export type SpeciesStarts = Int32Array;

interface ListPlan {
  readonly count: number;
  readonly dimension: 2 | 3;
  readonly speciesStarts: SpeciesStarts;
  readonly types: readonly PairType[];
  readonly skin: number;
}

/**
 * A half neighbour list with a skin, in the arena: segments of neighbours by species pair, particle and image.
 *
 * Images are shifts that are kept beside the neighbours, so that no minimum image is taken in the force loop and a
 * box shorter than two cutoffs is exact. All addresses may change with `build`.
 */
export class NeighborListStore {
  readonly #arena: Arena;
  readonly #kernels: DynamicsKernels;
  readonly #plan: ListPlan;
  readonly #fixed: FixedAddresses;
  #cellStarts: Address = 0;
  #cellCapacity = 0;
  #shifts: Address = 0;
  #shiftCapacity = 0;
  #ranges: Address = 0;
  #rangeCapacity = 0;
  #segments: Address = 0;
  #segmentCapacity = 0;
  #neighbours: Address = 0;
  #capacity = 0;
  #images = 0;
  /** Neighbour places in use, padding included. */
  places = 0;

  constructor(arena: Arena, kernels: DynamicsKernels, plan: ListPlan) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#plan = plan;
    this.#fixed = allocateFixed(arena, plan);
  }

  get segmentStarts(): Address {
    return this.#fixed.segmentStarts;
  }
  get segments(): Address {
    return this.#segments;
  }
  get neighbours(): Address {
    return this.#neighbours;
  }
  get shifts(): Address {
    return this.#shifts;
  }

  /** Where `sort` leaves the order: i32 a particle, index of the particle at each place of the cell order. */
  get order(): Address {
    return this.#fixed.order;
  }

  /** The longest cutoff of the model. */
  get cutoff(): number {
    return this.#plan.types.reduce((most, { cutoff }) => Math.max(most, cutoff), 0);
  }

  /**
   * Wraps positions (in the arena, overwritten) into the box, adds what was taken off to `images`, and sorts
   * particles by species and cell into `order`. Throws "geometry" where the box is shorter than the cutoff.
   */
  sort(box: Box, x: Address, images: Address): CellGrid {
    const { count, dimension, speciesStarts, skin } = this.#plan;
    const grid = cellGrid(box, this.cutoff + skin);
    checkCutoff(grid, this.cutoff);
    if (grid.cellCount > this.#cellCapacity) {
      this.#cellCapacity = grid.cellCount;
      this.#cellStarts = this.#arena.allocI32((speciesStarts.length - 1) * (grid.cellCount + 1));
    }
    const f = this.#fixed;
    this.#arena.f64(f.box, dimension * dimension).set(box.vectors);
    this.#arena.f64(f.inverse, dimension * dimension).set(grid.inverse);
    this.#arena.i32(f.cells, 3).set(grid.cells);
    const k = this.#kernels;
    k.wrapAndBin(count, dimension, f.box, f.inverse, f.cells, x, images, f.cellOf);
    k.sortByCell(
      speciesStarts.length - 1,
      f.speciesStarts,
      grid.cellCount,
      f.cellOf,
      this.#cellStarts,
      f.order,
    );
    return grid;
  }

  /** Builds the list from positions in cell order (read) and the names that `order` gives their particles. */
  build(box: Box, grid: CellGrid, sorted: Address, order: Address): void {
    const { count, dimension, skin } = this.#plan;
    const types = this.#plan.types.length;
    const pairs = this.#arena.i32(this.#fixed.pairs, types * 8);
    const reach2 = this.#arena.f64(this.#fixed.reach2, types);
    let images = 0;
    let ranges = 0;
    this.#plan.types.forEach(({ s, t, cutoff }, k) => {
      const reach = cellReach(grid, cutoff + skin);
      pairs.set([s, t, ...reach], k * 8);
      reach2[k] = (cutoff + skin) * (cutoff + skin);
      images = Math.max(images, ...reach.map((r, a) => Math.ceil(r / grid.cells[a])));
      const rows = (2 * reach[1] + 1) * (2 * reach[2] + 1);
      ranges = Math.max(ranges, rows * (2 + Math.ceil((2 * reach[0] + 1) / grid.cells[0])));
    });
    this.#reserve(images, ranges, grid);
    this.setBox(box);
    for (;;) {
      this.places = this.#kernels.buildList(
        dimension,
        count,
        sorted,
        order,
        this.#fixed.cells,
        this.#cellStarts,
        images,
        this.#shifts,
        types,
        this.#fixed.pairs,
        this.#fixed.reach2,
        this.#ranges,
        this.#fixed.segmentStarts,
        this.#segments,
        this.#segmentCapacity,
        this.#neighbours,
        this.#capacity,
      );
      if (this.places >= 0) return;
      this.#growList(this.#capacity * 1.5);
    }
  }

  /** Moves the images to those of a box of another shape; the pairs stay. */
  setBox(box: Box): void {
    const shifts = shiftVectors(box, this.#images, box.dimension === 2 ? 2 : 4);
    this.#arena.f64(this.#shifts, shifts.length).set(shifts);
  }

  #reserve(images: number, ranges: number, grid: CellGrid): void {
    this.#images = images;
    const shiftLength = power(2 * images + 1, 3) * 4;
    if (shiftLength > this.#shiftCapacity) {
      this.#shiftCapacity = shiftLength;
      this.#shifts = this.#arena.allocF64(shiftLength);
    }
    if (ranges > this.#rangeCapacity) {
      this.#rangeCapacity = ranges;
      this.#ranges = this.#arena.allocI32(ranges * 4);
    }
    if (this.#capacity === 0) this.#growList(expectedPlaces(this.#plan, grid));
  }

  #growList(capacity: number): void {
    this.#capacity = Math.ceil(capacity / 4) * 4;
    this.#segmentCapacity = Math.ceil(this.#capacity / 2);
    this.#neighbours = this.#arena.allocI32(this.#capacity);
    this.#segments = this.#arena.allocI32(this.#segmentCapacity * 4);
  }
}

interface FixedAddresses {
  readonly box: Address;
  readonly inverse: Address;
  readonly cells: Address;
  readonly speciesStarts: Address;
  readonly cellOf: Address;
  readonly order: Address;
  readonly pairs: Address;
  readonly reach2: Address;
  readonly segmentStarts: Address;
}

function allocateFixed(arena: Arena, plan: ListPlan): FixedAddresses {
  const types = plan.types.length;
  return {
    box: arena.allocF64(9),
    inverse: arena.allocF64(9),
    cells: arena.putI32(Int32Array.of(1, 1, 1)),
    speciesStarts: arena.putI32(plan.speciesStarts),
    cellOf: arena.allocI32(plan.count),
    order: arena.allocI32(plan.count),
    pairs: arena.allocI32(types * 8),
    reach2: arena.allocF64(types),
    segmentStarts: arena.allocI32(types + 1),
  };
}

/** A generous first guess at the places that the list needs, from the mean density. */
function expectedPlaces(plan: ListPlan, grid: CellGrid): number {
  const { count, dimension, speciesStarts, types, skin } = plan;
  const volume = grid.widths.reduce((product, width) => product * width, 1);
  let places = 0;
  for (const { s, t, cutoff } of types) {
    const reach = cutoff + skin;
    const ball = dimension === 2 ? 3.15 * reach * reach : 4.2 * reach * reach * reach;
    const mine = speciesStarts[s + 1] - speciesStarts[s];
    const theirs = speciesStarts[t + 1] - speciesStarts[t];
    places += mine * (4 + (1.2 * ball * theirs * (s === t ? 0.5 : 1)) / volume);
  }
  return places + count;
}
