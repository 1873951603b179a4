import type { Jump, PairModel } from "../models/index.ts";
import type { CrystalName } from "../space/index.ts";
import type { PairArrays } from "./pairarrays.ts";

/**
 * A family of terms ε_α(y): the terms of one kind that U is a sum of, as a struct of arrays with a few bulk
 * operations. A term is a function of its legs, y = (x_end − x_root, …): a pair has one, a triple two.
 *
 * Who sums over terms loops over the families of an `Interactions`, in their order; loops over terms are inside.
 * A family may bring unknowns of its own to M, `unknowns` a particle, where it is cheaper to factorise with them
 * (an embedding energy F(ρ) couples second neighbours in M, but only neighbours in M with one unknown an atom).
 */
export interface TermFamily {
  readonly kind: FamilyKind;
  readonly dimension: 2 | 3;
  /** t, how many terms. */
  readonly count: number;
  /** Which particles' blocks of M the terms add to; symmetric, each unordered pair of a term once. O(t). */
  readonly couplings: Couplings;
  /** Unknowns of its own that it adds to the block of each particle. */
  readonly unknowns: 0 | 1;
  /**
   * How far a particle's terms look, in cutoffs of the model: 2 where a term is a function of all that is around its
   * centre, and so of the neighbours of a particle's neighbours; without some of them it is another term. 0 where terms
   * stand or fall as wholes and no other answers, as pairs and triples do.
   */
  readonly surroundings: number;
  /** Who takes part in each term and where it stands. O(t). */
  sites(): Sites;
  /** The legs of all terms, term by term. O(t). */
  legs(): Legs;
  /** What `kind.measures` names, of each term: t each. O(t). */
  measures(): Readonly<Record<string, Float64Array>>;

  /** t, ε_α, unit ε. */
  energies(): Float64Array;
  /** Adds ∂U/∂x to `gradient` (N×d, ε/λ). O(t). */
  addGradient(gradient: Float64Array): void;
  /** Adds the virial V·σ, Σ g uᵀ over the legs with g = ∂ε/∂y, to `sigma` (d×d, ε). O(t). */
  addVirial(sigma: Float64Array): void;
  /**
   * The answer to an affine deformation in which legs change by u′ = D·u: adds H·y′ (on particles) to `force` (N×d)
   * and gives Σ g·y′ and Σ y′·H·y′ + g·C·y. O(t).
   */
  addAffine(motion: AffineMotion, force: Float64Array): { first: number; second: number };
  /** Adds ∂²U/∂x∂x to the blocks of M. O(t). */
  addHessian(blocks: Blocks): void;
  /** Adds to blocks of M what ∂²U/∂x∂x changes by while the legs change by `rates` (L×d, read). O(t). */
  addHessianRate(rates: Float64Array, blocks: Blocks): void;
  /** ∂ε/∂y of all legs, L×d, ε/λ. */
  legGradients(): Float64Array;
  /** ∂²ε/∂y∂y · v: what these change by while the legs change by `v` (L×d, read), L×d. O(t). */
  legRates(v: Float64Array): Float64Array;

  /** C_α = ⟨y yᵀ⟩/k_BT of every term from the blocks of G = M⁻¹. Independent of the pinned particle. O(t). */
  spread(inverse: Blocks): Spread;
  /** C_α = 0, to be added to. */
  still(): Spread;
  /** f_α · X of every term for a field X (N×d, read): the anharmonic part of Eq. 3, Zylberg 2017. O(t). */
  project(field: Float64Array): Float64Array;

  /** Legs of one term: the particle at the root and those at the ends. */
  members(term: number): { readonly root: number; readonly ends: Int32Array };
  /** ε_α as a function of the legs of one term. */
  energyOf(term: number): LegFunction;
  /** w_ab = Σ g_a u_b over the legs of one term, its part of the virial V·σ_ab. */
  virialOf(term: number, axes: readonly [number, number]): LegFunction;

  /**
   * The same terms with their particles renamed, N names (read); those with a particle named −1 are left out.
   * `particleCount`: of the new names. O(t).
   */
  renamed(names: Int32Array, particleCount: number): TermFamily;
  /** Some terms (ascending, read), all of whose particles have names, renamed. O(those). */
  some(terms: Int32Array, names: Int32Array, particleCount: number): TermFamily;
}

/** What a kind of terms is called, and how its terms are told apart in tables. */
export interface FamilyKind {
  /** Of tables and files: "bonds", "triples". */
  readonly name: string;
  /** One of them. */
  readonly noun: string;
  /** The particles that share the energy of a term, in the order of `Sites.members`. */
  readonly roles: readonly Column[];
  /** Numbers that tell terms of the same particles (images) apart, and more. */
  readonly measures: readonly Column[];
  /** What E_α, H_α and A_α of its terms are, for whoever reads a table. */
  readonly energies: { readonly lte: string; readonly harmonic: string; readonly anharmonic: string };
}

/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly description: string;
  readonly unit?: string;
}

/** Particles that share each term, and where it stands; plain data. */
export interface Sites {
  /** One array a role of the kind, t each: every particle has an equal share in the energy of the term. */
  readonly members: readonly Int32Array[];
  /** t×d, from the first member to the place of the term, unit λ. */
  readonly offsets: Float64Array;
}

/** The legs of all terms of a family, one term after the other; leg l is x_to − x_from. */
export interface Legs {
  /** L */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** L×d, unit λ */
  readonly vectors: Float64Array;
  /** t+1, where the legs of each term begin; absent: all terms have as many. */
  readonly starts?: Int32Array;
}

/** Pairs of particles, in any order. */
export interface Couplings {
  readonly p: Int32Array;
  readonly q: Int32Array;
}

/** u′ = D·u and the curvature C = D′ + D² of a deformation, d×d each, read. */
export interface AffineMotion {
  readonly rate: Float64Array;
  readonly curvature: Float64Array;
}

/** Blocks of M, or of its inverse, as one family sees them. */
export interface Blocks {
  /** Rows of a block: d, and the unknowns of the families. */
  readonly width: number;
  /** Where among them the unknowns of this family begin. */
  readonly own: number;
  /** blocks × width², see `BlockSymmetric`. */
  readonly lower: Float64Array;
  /** N×width² */
  readonly diagonal: Float64Array;
  /** Entry in `lower` of each of the family's couplings, −1 where both are images of one particle: on the diagonal. */
  readonly places: Int32Array;
}

/** How the legs of a family's terms spread: C_α of each, in a form of the family's own. */
export interface Spread {
  /** C_α += x yᵀ/s for legs that change by x and y (L×d, read; parallel). O(t). */
  add(x: Float64Array, y: Float64Array, s: number): void;
  /** A copy that changes on its own. */
  copy(): Spread;
  /** t, K_α : C_α: the harmonic part of Eq. 3, Zylberg 2017. O(t). */
  harmonic(): Float64Array;
  /**
   * L, uᵀC u of every leg u: the variance of its length, over k_BT, times its length squared. Of families whose energies
   * may have derivatives that jump. O(L).
   */
  stretches?(): Float64Array;
  /**
   * ∂²w_ab : C + ∂w_ab · y of all terms (w_ab: see `TermFamily.virialOf`), t; y: what their legs change by, L×d, read.
   * Of families whose terms have so many legs that nobody should form their Hessians one by one. O(L).
   */
  virials?(axes: readonly [number, number], moves: Float64Array): Float64Array;
  /** Adds U‴ : C to `force` (N×d). O(t). */
  addThird(force: Float64Array): void;
  /** t, what K_α : C_α changes by at fixed C_α while the legs change by `rates` (L×d, read). O(t). */
  harmonicRate(rates: Float64Array): Float64Array;
  /** Adds to `force` (N×d) what U‴ : C changes by at fixed C. Throws "usage" without fourth derivatives. O(t). */
  addThirdRate(rates: Float64Array, force: Float64Array): void;
  /** How it moves while G moves by `change` and the legs change by `rates` (L×d, read). O(t). */
  moved(change: Blocks, rates: Float64Array): Spread;
  /** Σ_α (T_α : C_α)·y: how the third derivatives answer to a dilation. O(t). */
  dilation(): number;
}

/** A function of the legs y (z of them) of one term with its first two derivatives. */
export interface LegFunction {
  readonly value: number;
  /** z·d, ∂/∂y */
  readonly gradient: Float64Array;
  /** (z·d)², ∂²/∂y∂y, symmetric */
  readonly hessian: Float64Array;
}

/** Where a family comes from: its part of a model. */
export interface FamilySource {
  readonly kind: FamilyKind;
  /** Of the terms: see `TermFamily`. */
  readonly unknowns: 0 | 1;
  /** The crystal that such terms favour. */
  readonly lattice?: CrystalName;
  /** Whether the model has such terms. */
  madeBy(model: PairModel): boolean;
  /** The terms of a model among these pairs; undefined where it has none. `species`: N, read. */
  find(pairs: PairArrays, model: PairModel, species: Int32Array): TermFamily | undefined;
  /** ε_α of terms of this kind as a function of their legs (L×d, read). `species`: N, read. */
  energies(family: TermFamily, model: PairModel, species: Int32Array): (legs: Float64Array) => Float64Array;
  /**
   * Where derivatives of ε_α by the length of a leg jump, leg by leg; absent, or empty, where they do not. `species`: N,
   * read.
   */
  jumps?(family: TermFamily, model: PairModel, species: Int32Array): (leg: number) => readonly Jump[];
  /** What the terms would couple, beside these pairs, if all of the pairs were legs. */
  reach(pairs: Pick<PairArrays, "particleCount" | "i" | "j">): Couplings;
}
