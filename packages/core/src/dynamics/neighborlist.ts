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
  /** Blocks that the list is cut into, by cells (default 1). */
  readonly blocks?: number;
}

/** A part of the list: the rows of the particles of some cells. */
export interface ListBlock {
  readonly segmentStarts: Address;
  readonly segments: Address;
  readonly neighbours: Address;
  /** Of neighbours in use, padding included. */
  readonly places: number;
}

/** A block and its room. */
interface GrowingBlock {
  readonly segmentStarts: Address;
  ranges: Address;
  segments: Address;
  neighbours: Address;
  capacity: number;
  places: number;
}

/** Arguments of the kernel that builds a block. */
export type BuildArguments = Parameters<DynamicsKernels["buildList"]>;

/** A block that is to be built. */
export interface BlockToBuild {
  readonly number: number;
  readonly block: ListBlock;
  readonly list: BuildArguments;
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
  #rangeCapacity = 0;
  #images = 0;
  readonly #blocks: GrowingBlock[];
  /** Builds blocks: places of each, or −1 where there is too little room. Another one shares them among threads. */
  share = (build: readonly BlockToBuild[]): readonly number[] =>
    build.map(({ list }) => this.#kernels.buildList(...list));

  constructor(arena: Arena, kernels: DynamicsKernels, plan: ListPlan) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#plan = plan;
    this.#fixed = allocateFixed(arena, plan);
    this.#blocks = Array.from({ length: plan.blocks ?? 1 }, () => ({
      segmentStarts: arena.allocI32(plan.types.length + 1),
      ...{ ranges: 0, segments: 0, neighbours: 0, capacity: 0, places: 0 },
    }));
  }

  get blocks(): readonly ListBlock[] {
    return this.#blocks;
  }
  // Of a list that is not cut.
  get segmentStarts(): Address {
    return this.#blocks[0].segmentStarts;
  }
  get segments(): Address {
    return this.#blocks[0].segments;
  }
  get neighbours(): Address {
    return this.#blocks[0].neighbours;
  }
  /** Neighbour places in use, padding included. */
  get places(): number {
    return this.#blocks[0].places;
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
    const f = this.#fixed;
    const starts = blockStarts(grid.cellCount, this.#blocks.length);
    let left = this.#blocks.map((_, b) => b);
    while (left.length > 0) {
      const places = this.share(
        left.map((number): BlockToBuild => {
          const block = this.#blocks[number];
          const { segmentStarts, segments, neighbours, ranges, capacity } = block;
          const list: BuildArguments = [
            dimension,
            count,
            sorted,
            order,
            f.cells,
            this.#cellStarts,
            images,
            this.#shifts,
            types,
            f.pairs,
            f.reach2,
            ranges,
            segmentStarts,
            segments,
            segmentsOf(capacity),
            neighbours,
            capacity,
            starts[number],
            starts[number + 1],
          ];
          return { number, block, list };
        }),
      );
      places.forEach((found, k) => {
        const block = this.#blocks[left[k]];
        if (found >= 0) block.places = found;
        else this.#grow(block, block.capacity * 1.5);
      });
      left = left.filter((_, k) => places[k] < 0);
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
      for (const block of this.#blocks) block.ranges = this.#arena.allocI32(ranges * 4);
    }
    const expected = expectedPlaces(this.#plan, grid) / this.#blocks.length;
    for (const block of this.#blocks) if (block.capacity === 0) this.#grow(block, expected);
  }

  #grow(block: GrowingBlock, capacity: number): void {
    block.capacity = Math.ceil(capacity / 4) * 4;
    block.neighbours = this.#arena.allocI32(block.capacity);
    block.segments = this.#arena.allocI32(segmentsOf(block.capacity) * 4);
  }
}

const segmentsOf = (capacity: number) => Math.ceil(capacity / 2);

/** First cell of each block, and the number of cells. */
function blockStarts(cells: number, blocks: number): number[] {
  return Array.from({ length: blocks + 1 }, (_, b) => Math.floor((b * cells) / blocks));
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
