import { SoftfieldError } from "../errors.ts";

import { type Interactions, ofPairsAlone } from "../interactions/index.ts";
import { type Address, Arena, type DynamicsKernels, dynamicsKernels } from "../kernels/index.ts";
import { type PairModel, particleMasses } from "../models/index.ts";
import {
  type Box,
  createBox,
  inverseVectors,
  lengthUnit,
  type System,
  validateSystem,
  volume,
} from "../space/index.ts";
import { BLOCKS, BlockForces, LARGE, sharesForces } from "./blocks.ts";
import { CellOrder } from "./cellorder.ts";
import { checkFit, type FieldState, type ForceFieldOptions, groupBySpecies } from "./fieldsetup.ts";
import { interactionsOf } from "./interactions.ts";
import { NeighborListStore } from "./neighborlist.ts";
import { pairTypes } from "./pairtypes.ts";
import { type FieldParts, type KernelTerm, termsOf } from "./terms/index.ts";
import { lowerProduct, spectralBound } from "./triangular.ts";

const DEFAULT_SKIN = 0.35;

/**
 * A configuration and the forces in it: the engine under molecular dynamics, minimisers and quasistatic shear.
 *
 * Energy, gradient and stress of a pair model at given positions and box, over a neighbour list with a skin
 * that is rebuilt when particles have moved too far (never between two evaluations that would not need it).
 * Particles live in the arena in cell order; everything public is in the caller's order. All arithmetic is plain
 * f64 in WebAssembly: the same bits on every engine.
 *
 * Exact in tilted boxes and in boxes shorter than two cutoffs; a box shorter than the cutoff is refused
 * ("geometry"). Cost: O(N) an evaluation, about 0.35 ms at N = 10,000 in 2D.
 */
export class ForceField {
  readonly model: PairModel;
  readonly count: number;
  readonly dimension: 2 | 3;
  /** f64 a particle in the arena: 2 in 2D, 4 in 3D (the last 0). */
  readonly stride: 2 | 4;
  readonly arena: Arena;
  readonly kernels: DynamicsKernels;
  /** In the arena, (N+1)·stride f64, cell order: positions, ∂U/∂x, positions when the list was built. */
  readonly x: Address;
  readonly g: Address;
  readonly reference: Address;
  /** How often the list has been built. */
  rebuilds = 0;
  /** How often forces have been computed. */
  evaluations = 0;

  readonly #parts: FieldParts;
  readonly #terms: readonly KernelTerm[];
  readonly #list: NeighborListStore;
  readonly #skin: number;
  readonly #cells: CellOrder;
  readonly #identity: Address;
  readonly #diameters: Address;
  readonly #sums: Address;
  readonly #matrix: Address;
  readonly #species: Int32Array;
  readonly #externalDiameters: Float64Array | undefined;
  readonly #ownMasses: Float64Array | undefined;
  readonly #charges: Float64Array | undefined;
  #box: Box;
  /** Box when the list was built. */
  #listBox: Box;
  #current: "stale" | "gradient" | "all" = "stale";
  #energy = 0;

  /** Throws "input" or "model" where system and model don't fit, "geometry" where the box is too small. */
  static create(system: System, model: PairModel, options: ForceFieldOptions = {}): ForceField {
    validateSystem(system);
    checkFit(system, model);
    // a unit of many bonds would put all the glass into every list
    const bond = Math.min(1, lengthUnit(system.box, system.species.length));
    const skin = options.skin ?? DEFAULT_SKIN * bond;
    if (!(skin > 0 && skin < Infinity)) {
      throw new SoftfieldError("usage", `skin must be positive, got ${skin}`, { field: "skin" });
    }
    return new ForceField(system, model, skin);
  }

  private constructor(system: System, model: PairModel, skin: number) {
    const n = system.species.length;
    this.model = model;
    this.count = n;
    this.dimension = system.box.dimension;
    this.#box = this.#listBox = system.box;
    this.#skin = skin;
    this.#species = system.species.slice();
    this.#externalDiameters = model.mixing === undefined ? undefined : system.diameters?.slice();
    this.#ownMasses = system.masses?.slice();
    this.#charges = model.charges === "file" ? system.charges?.slice() : undefined;
    const blocks = n >= LARGE && ofPairsAlone(model) ? BLOCKS : 1;
    this.arena = blocks > 1 && sharesForces() ? new Arena(undefined, true) : new Arena();
    this.kernels = dynamicsKernels(this.arena);
    const types = pairTypes(model, this.#externalDiameters);
    const { ids, starts } = groupBySpecies(system.species, model.species.length);
    this.#cells = new CellOrder(this.arena, this.kernels, ids, this.dimension);
    this.stride = this.#cells.stride;
    this.#identity = this.arena.putI32(Int32Array.from(ids.keys()));
    this.x = this.#cells.newPositions();
    this.g = this.newVector();
    this.reference = this.#cells.newPositions();
    this.follow(this.x);
    this.#diameters = this.#externalDiameters ? this.arena.putF64(new Float64Array(n + 1).fill(1)) : 0;
    this.#sums = this.arena.allocF64(7);
    this.#matrix = this.arena.allocF64(9);
    this.#list = new NeighborListStore(this.arena, this.kernels, {
      count: n,
      dimension: this.dimension,
      speciesStarts: starts,
      types,
      skin,
      blocks,
    });
    const shape = { list: this.#list, count: n, stride: this.stride, types: types.length };
    this.#parts = {
      arena: this.arena,
      kernels: this.kernels,
      model,
      dimension: this.dimension,
      count: n,
      species: this.#species,
      ownCharges: this.#charges,
      types,
      list: this.#list,
      x: this.x,
      g: this.g,
      ids: this.#cells.ids,
      diameters: this.#diameters,
      sums: this.#sums,
      blocks: blocks > 1 ? new BlockForces(this.arena, this.kernels, shape) : undefined,
    };
    this.#terms = termsOf(this.#parts);
    this.#cells.wrap(system.positions, this.x, this.#box);
    this.rebuild({ reorder: true });
  }

  /** N, see `particleMasses`; undefined where all are 1. */
  get masses(): Float64Array | undefined {
    const species = this.#species;
    return particleMasses({ species, masses: this.#ownMasses }, this.model);
  }

  get box(): Box {
    return this.#box;
  }

  /** d, the corner of the box whose images hold `wrappedPositions`: the box lies around 0, unit λ. */
  get origin(): Float64Array {
    const origin = new Float64Array(this.dimension);
    this.#box.vectors.forEach((entry, k) => {
      origin[k % this.dimension] -= 0.5 * entry;
    });
    return origin;
  }

  /** The configuration as a plain record, positions wrapped into the box; copies. */
  system(): System {
    const species = this.#species.slice();
    const base = { box: this.#box, positions: this.wrappedPositions(), species };
    const diameters = this.#externalDiameters?.slice();
    const masses = this.#ownMasses?.slice();
    const charges = this.#charges?.slice();
    return {
      ...base,
      diameters,
      masses,
      charges,
    };
  }

  /** Positions along continuous paths, N×d, unit λ (not wrapped: differences in time are displacements). */
  positions(): Float64Array {
    return this.#cells.unwrapped(this.x, this.#box);
  }

  /** The very coordinates that forces are computed from, N×d; wrapped when the list was last built. */
  wrappedPositions(): Float64Array {
    return this.fromVector(this.x);
  }

  /** Moves all particles; N×d, unit λ, read. Continuous with `positions()`. O(N), plus a rebuild where it is needed. */
  setPositions(positions: Float64Array): void {
    this.#cells.wrap(positions, this.x, this.#box);
    this.moved();
  }

  /**
   * Changes the shape of the box and carries all particles along, x ← x·h⁻¹·h′ (a simple shear, a compression).
   * The pairs of the list stay as long as the skin covers the deformation.
   */
  setBox(box: Box): void {
    if (box.dimension !== this.dimension) {
      throw new SoftfieldError("geometry", `a box in ${box.dimension}D for particles in ${this.dimension}D`);
    }
    const map = lowerProduct(inverseVectors(this.#box), box.vectors, this.dimension);
    this.arena.f64(this.#matrix, map.length).set(map);
    this.kernels.deform(this.count, this.dimension, this.#matrix, this.x);
    this.kernels.deform(this.count, this.dimension, this.#matrix, this.reference);
    this.#box = box;
    this.#list.setBox(box);
    this.moved();
  }

  /** Another set of edge vectors of the same lattice: nothing moves. `positions()` count anew from where they are wrapped. */
  setLattice(box: Box): void {
    const positions = this.wrappedPositions();
    this.#box = box;
    this.#list.setBox(box);
    this.setPositions(positions);
    this.rebuild({ reorder: true });
  }

  /** Potential energy U, unit ε. Self-images never interact (see class). */
  get energy(): number {
    this.evaluate();
    return this.#energy;
  }

  /** ∂U/∂x, N×d, ε/λ; a copy. */
  gradient(): Float64Array {
    this.evaluateGradient();
    return this.fromVector(this.g);
  }

  /** max |∂U/∂x| over all components, ε/λ. */
  maxGradient(): number {
    this.evaluateGradient();
    return this.kernels.maxAbs(this.length, this.g);
  }

  /**
   * σ_ab = (1/V) Σ φ′/r u_a u_b = (1/V) ∂U/∂ε_ab, d×d row-major, ε/λ^d; no kinetic part.
   * Under x += γ·y, dU/dγ = V·σ_xy; the pressure is −tr σ/d.
   */
  stress(): Float64Array {
    this.evaluate();
    const s = this.arena.f64(this.#sums, 7).map((sum) => sum / volume(this.#box));
    return this.dimension === 2
      ? Float64Array.of(s[1], s[3], s[3], s[2])
      : Float64Array.of(s[1], s[4], s[5], s[4], s[2], s[6], s[5], s[6], s[3]);
  }

  /** All interactions with their first three derivatives: the spine. O(N). */
  interactions(): Interactions {
    return interactionsOf(this.#parts, this.#externalDiameters);
  }

  // For integrators, minimisers and shear, from here on.

  /** Length of a vector in f64. */
  get length(): number {
    return this.count * this.stride;
  }

  /** A zeroed vector of (N+1)·stride f64 in the arena, in cell order; follows the order where `follow` is called. */
  newVector(): Address {
    return this.#cells.newVector();
  }

  /** The first `count` vectors of a pool that minimisers share: contents are unspecified, nothing else may hold on to them. */
  workVectors(count: number): Address[] {
    return this.#cells.workVectors(count);
  }

  /** Makes a vector of `newVector` follow when particles are put in another order. */
  follow(vector: Address): void {
    this.#cells.follow(vector);
  }

  /** Copies a vector out, N×d, in the caller's order. */
  fromVector(vector: Address): Float64Array {
    return this.#cells.fromVector(vector);
  }

  /** Copies N×d values in the caller's order (read) into a vector. */
  toVector(values: Float64Array, vector: Address): void {
    this.#cells.toVector(values, vector);
  }

  /**
   * To be called when `x` has been changed in the arena: marks results as stale and rebuilds the list where the
   * skin no longer covers the motion. `distance2` = max |x − reference|² where it is known already.
   */
  moved(distance2?: number, reorder = false): void {
    this.#current = "stale";
    const d2 = distance2 ?? this.kernels.maxDistance2(this.count, this.stride, this.x, this.reference);
    if (!Number.isFinite(d2)) {
      throw new SoftfieldError("numerics", "a particle has left for infinity: take smaller steps");
    }
    const allowed = this.#allowedDistance();
    if (!(allowed > 0 && d2 <= allowed * allowed)) this.rebuild({ reorder });
  }

  /** Builds the neighbour list anew; `reorder` also puts particles (and all that follow them) in cell order. */
  rebuild({ reorder }: { readonly reorder: boolean }): void {
    const { count, stride } = this;
    const { order } = this.#list;
    const grid = this.#list.sort(this.#box, this.x, this.#cells.images);
    if (reorder) {
      this.#cells.reorder(order);
      this.#list.build(this.#box, grid, this.x, this.#identity);
    } else {
      this.#list.build(this.#box, grid, this.#cells.gathered(order, this.x), order);
    }
    if (this.#diameters !== 0) {
      const ids = this.arena.i32(this.#cells.ids, count);
      const sorted = this.arena.f64(this.#diameters, count);
      for (let p = 0; p < count; p++) sorted[p] = this.#externalDiameters![ids[p]];
    }
    this.arena.f64(this.reference, count * stride).set(this.arena.f64(this.x, count * stride));
    for (const term of this.#terms) term.listed?.();
    this.#listBox = this.#box;
    this.#current = "stale";
    this.rebuilds++;
  }

  /** Brings ∂U/∂x up to date (in `g`). */
  evaluateGradient(): void {
    if (this.#current === "stale") this.#forces(false);
  }

  /** Brings ∂U/∂x, energy and stress up to date. */
  evaluate(): void {
    if (this.#current !== "all") this.#forces(true);
  }

  /** The complete state, for a checkpoint; copies. A list of a box since deformed is built anew first. */
  state(): FieldState {
    if (this.#box !== this.#listBox) this.rebuild({ reorder: true });
    return {
      vectors: this.#box.vectors.slice(),
      x: this.arena.f64(this.x, this.length).slice(),
      reference: this.arena.f64(this.reference, this.length).slice(),
      images: this.arena.i32(this.#cells.images, this.count * this.dimension).slice(),
      ids: this.arena.i32(this.#cells.ids, this.count).slice(),
    };
  }

  /** Goes back to a state of the same system and model, list included: the same bits follow. */
  restore(state: FieldState): void {
    this.#box = createBox(this.dimension, state.vectors);
    this.arena.i32(this.#cells.ids, this.count).set(state.ids);
    this.arena.i32(this.#cells.images, this.count * this.dimension).set(state.images);
    this.arena.f64(this.x, this.length).set(state.reference);
    this.rebuild({ reorder: false });
    this.arena.f64(this.x, this.length).set(state.x);
  }

  #forces(full: boolean): void {
    const { arena, count, stride } = this;
    arena.f64(this.g, (count + 1) * stride).fill(0);
    arena.f64(this.#sums, 7).fill(0);
    for (const term of this.#terms) term.add(full);
    this.#current = full ? "all" : "gradient";
    // a term may have grown the arena, which takes every earlier view with it
    if (full) this.#energy = arena.f64(this.#sums, 7)[0];
    this.evaluations++;
  }

  /**
   * How far a particle may be from where it was (carried along with the box) when the list was built. A pair now
   * at r was at ≤ ‖A⁻¹‖(r + 2·distance) then, A the deformation since; that must stay within cutoff + skin.
   */
  #allowedDistance(): number {
    const cutoff = this.#list.cutoff;
    if (this.#box === this.#listBox) return this.#skin / 2;
    const back = lowerProduct(inverseVectors(this.#box), this.#listBox.vectors, this.dimension);
    return 0.5 * ((cutoff + this.#skin) / spectralBound(back, this.dimension) - cutoff);
  }
}
