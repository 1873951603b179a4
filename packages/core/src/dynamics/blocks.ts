import { type Address, Arena, type DynamicsKernels, dynamicsKernels } from "../kernels/index.ts";
import { currentTeam, type Hand, inTeam, type Team } from "../sparse/index.ts";
import { PAGE } from "./cellorder.ts";
import type { BlockToBuild, BuildArguments, ListBlock, NeighborListStore } from "./neighborlist.ts";

/** Particles from which on the forces of pairs are summed in blocks, whatever the threads: their last bits are others. */
export const LARGE = 50_000;
/** Blocks that a large list is cut into, and threads that can share its work. */
export const BLOCKS = 8;
/** The work of these files in a team. */
const TRADE = "forces";

/** Whether the thread's team can share the work of large samples. */
export function sharesForces(): boolean {
  return currentTeam() !== undefined;
}

/** What blocks do, as numbers: goes between threads. */
interface BlockWork {
  /** Of which sample. */
  readonly sample: number;
  /** Its memory, told now and then: a thread keeps it, and hands that know it not are not missed. */
  readonly memory: WebAssembly.Memory | undefined;
  /** Blocks of the list that are built: arguments of `buildList`, where its result goes, arguments of `markPages`. */
  readonly build?: readonly BlockBuild[];
  readonly sum?: SumWork;
}

type MarkArguments = Parameters<DynamicsKernels["markPages"]>;
/** Arguments of the kernel of pairs. */
export type ForceArguments = Parameters<DynamicsKernels["pairForces"]>;

interface BlockBuild {
  readonly list: BuildArguments;
  readonly result: Address;
  readonly mark: MarkArguments;
}

/** Forces of all blocks: each into a vector of its own, then summed page by page. */
interface SumWork {
  /** Of each block: arguments of `pairForces`. */
  readonly forces: readonly ForceArguments[];
  readonly flags: Address;
  readonly vectors: Address;
  readonly pages: number;
  readonly pageBytes: number;
  readonly vectorBytes: number;
  readonly to: Address;
}

let samples = 0;
/** What this thread knows of samples, the last few. */
const known = new Map<number, { readonly arena: Arena; readonly kernels: DynamicsKernels }>();
const KEPT = 4;
/** Calls after which a team is told the memory again. */
const REMINDED = 200;

/** Does a team member's part of the work on blocks; `serveTeam` takes it as the trade "forces". */
function serveForces(told: unknown, hand: Hand): void {
  const work = told as BlockWork;
  const { sample, memory } = work;
  if (memory && !known.has(sample)) {
    const arena = new Arena(memory);
    known.set(sample, { arena, kernels: dynamicsKernels(arena) });
    if (known.size > KEPT) known.delete([...known.keys()][0]);
  }
  const found = known.get(sample);
  if (found) perform(work, found.kernels, found.arena, hand);
}

/** What trades the members of a team know beside linear algebra. */
export const trades = { [TRADE]: serveForces };

function perform({ build, sum }: BlockWork, kernels: DynamicsKernels, arena: Arena, hand: Hand): void {
  if (build)
    hand.share(build.length, (k) => {
      const { list, result, mark } = build[k];
      const places = kernels.buildList(...list);
      if (places >= 0) kernels.markPages(...mark);
      arena.i32(result, 1)[0] = places;
    });
  if (!sum) return;
  const { forces, flags, vectors, pages, pageBytes, vectorBytes, to } = sum;
  const blocks = forces.length;
  hand.share(blocks, (b) => {
    kernels.clearPages(pages, flags + b * pages, pageBytes, vectors + b * vectorBytes);
    kernels.pairForces(...forces[b]);
  });
  hand.share(blocks, (k) => {
    const [from, end] = [k, k + 1].map((part) => Math.floor((part * pages) / blocks));
    kernels.sumPages(from, end, blocks, flags, pages, pageBytes, vectors, vectorBytes, to);
  });
}

/**
 * The forces of a large sample in blocks of its neighbour list, on the threads of the team. The order of sums is that of
 * the blocks, so that the bits do not depend on the threads.
 */
export class BlockForces {
  readonly #sample = ++samples;
  /** Of each team, how often it was asked. */
  readonly #calls = new WeakMap<Team, number>();
  readonly #arena: Arena;
  readonly #kernels: DynamicsKernels;
  readonly #list: NeighborListStore;
  readonly #pages: number;
  readonly #pageBytes: number;
  readonly #vectorBytes: number;
  readonly #flags: Address;
  readonly #results: Address;
  readonly #vectors: Address;
  readonly #sums: Address;

  constructor(
    arena: Arena,
    kernels: DynamicsKernels,
    { list, count, stride, types }: { list: NeighborListStore; count: number; stride: number; types: number },
  ) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#list = list;
    const blocks = list.blocks.length;
    // with the dummy behind the last particle
    this.#pages = Math.ceil((count + 1) / PAGE);
    this.#pageBytes = PAGE * stride * 8;
    this.#vectorBytes = this.#pages * this.#pageBytes;
    this.#flags = arena.alloc(blocks * this.#pages);
    this.#results = arena.allocI32(blocks);
    this.#vectors = arena.alloc(blocks * this.#vectorBytes);
    this.#sums = arena.allocF64(7 * blocks);
    list.share = (build) => this.#build(build, types);
  }

  /** Adds forces to `to` and energy and virial to `sums` (7 f64): `forces` gives the arguments of `pairForces` for a block. */
  add(
    forces: (block: ListBlock, gradient: Address, sums: Address) => ForceArguments,
    to: Address,
    sums: Address,
  ): void {
    const { blocks } = this.#list;
    const own = this.#arena.f64(this.#sums, 7 * blocks.length).fill(0);
    this.#share({
      sum: {
        forces: blocks.map((block, b) =>
          forces(block, this.#vectors + b * this.#vectorBytes, this.#sums + 56 * b),
        ),
        flags: this.#flags,
        vectors: this.#vectors,
        pages: this.#pages,
        pageBytes: this.#pageBytes,
        vectorBytes: this.#vectorBytes,
        to,
      },
    });
    const all = this.#arena.f64(sums, 7);
    for (let b = 0; b < blocks.length; b++) for (let k = 0; k < 7; k++) all[k] += own[7 * b + k];
  }

  #build(build: readonly BlockToBuild[], types: number): readonly number[] {
    const pages = this.#pages;
    this.#share({
      build: build.map(({ number, block, list }, k) => ({
        list,
        result: this.#results + 4 * k,
        mark: [
          types,
          block.segmentStarts,
          block.segments,
          block.neighbours,
          pages,
          this.#flags + number * pages,
        ],
      })),
    });
    return Array.from(this.#arena.i32(this.#results, build.length));
  }

  #share(work: Pick<BlockWork, "build" | "sum">): void {
    const { shared } = this.#arena;
    const team = currentTeam();
    const calls = (team && this.#calls.get(team)) ?? 0;
    if (team) this.#calls.set(team, calls + 1);
    const memory = calls % REMINDED === 0 ? this.#arena.memory : undefined;
    const told: BlockWork = { sample: this.#sample, memory, ...work };
    const threads = shared ? BLOCKS : 1;
    inTeam(
      { trade: TRADE, threads },
      () => told,
      (hand) => perform(told, this.#kernels, this.#arena, hand),
    );
  }
}
