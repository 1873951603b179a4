import type { Address, Arena, DynamicsKernels } from "../../kernels/index.ts";
import type { PairModel } from "../../models/index.ts";
import type { BlockForces } from "../blocks.ts";
import type { NeighborListStore } from "../neighborlist.ts";
import type { PairType } from "../pairtypes.ts";

/** What of a force field its terms work on. Addresses are of its arena, in the order of its particles there. */
export interface FieldParts {
  readonly arena: Arena;
  readonly kernels: DynamicsKernels;
  readonly model: PairModel;
  readonly dimension: 2 | 3;
  readonly count: number;
  /** N, in the caller's order */
  readonly species: Int32Array;
  /** N, in the caller's order, where the model takes the charges of the configuration */
  readonly ownCharges: Float64Array | undefined;
  readonly types: readonly PairType[];
  readonly list: NeighborListStore;
  readonly x: Address;
  readonly g: Address;
  /** i32 a particle: the caller's number of each */
  readonly ids: Address;
  /** f64 a particle where the model mixes diameters, else 0 */
  readonly diameters: Address;
  /** Of large samples of pairs alone, whose list is cut into blocks. */
  readonly blocks: BlockForces | undefined;
  /** 7 f64: U and the virial sums Σ g u, xx, yy[, zz], xy[, xz, yz] */
  readonly sums: Address;
}

/** A term of the potential energy as the kernels compute it from the neighbour list. */
export interface KernelTerm {
  /** Adds its ∂U/∂x to `g` and, where `full`, its energy and virial to `sums`. */
  add(full: boolean): void;
  /** To be called when the list has been built anew. */
  listed?(): void;
}

/** Makes a term of its own part of the model; undefined where the model has none. */
export type TermSource = (parts: FieldParts) => KernelTerm | undefined;
