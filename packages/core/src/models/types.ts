import type { z } from "zod";
import type { BondOrderTerm } from "./bondorder.ts";
import type { header, PerPair, smoothing } from "./forms/fields.ts";
import type { Strength } from "./mixing.ts";
import type { Series } from "./series.ts";
import type { ThreeBodyTerm } from "./threebody.ts";

/** A model as a user writes it, defaults filled in: what every form has, beside the fields of its own. */
export interface ModelDefinition extends z.output<z.ZodObject<typeof header>> {
  readonly form: string;
  readonly epsilon?: PerPair | undefined;
  readonly lambda?: PerPair | undefined;
  readonly cutoff?: PerPair | undefined;
  readonly smoothing?: z.output<typeof smoothing> | undefined;
  /** Of a term of a sum: the pairs of species that it acts on; all by default. */
  readonly pairs?: readonly string[] | undefined;
}

/** Functional forms of φ(x)/ε before smoothing, x = r/λ_ij. */
export const Form = {
  /** a·x⁻ⁿ + b·x⁻ᵐ : inverse power law (b = 0) and Lennard-Jones; parameters [a, n, b, m] */
  PowerLaw: 0,
  /** (1−x)^α/α for x < 1 : harmonic α = 2, Hertzian α = 5/2; parameters [α] */
  Contact: 1,
  /** exp(−κ(x−1))/x ; parameters [κ] */
  Yukawa: 2,
  /** exp(−2a(x−x₀)) − 2exp(−a(x−x₀)) ; parameters [a, x₀] */
  Morse: 3,
  /** C³-or-better spline; parameters [index of the table] */
  Table: 4,
  /** A (B x⁻ᵖ − x^{−q}) exp(1/(x − x_c)) : the pairs of Stillinger–Weber; parameters [A, B, p, q] */
  StillingerWeber: 5,
  /**
   * A sum, or a form or truncation that no row of coefficients holds: `termsOf` has its terms; ε, λ and x_c of the table
   * are right (1, 1 and the largest cutoff for sums). The dynamics is given `kernelTable`.
   */
  Terms: 6,
} as const;
export type Form = (typeof Form)[keyof typeof Form];

/** Columns of one row of `PairModel.coefficients` (one row a species pair, row s·S + t, symmetric). */
export const Coefficient = {
  Epsilon: 0,
  /** λ_ij; ignored where diameters and a mixing rule set it particle by particle */
  Lambda: 1,
  /** x_c = r_c/λ_ij */
  Cutoff: 2,
  /** c₀, c₂, … c₁₂ of the smoothing polynomial Σ c_{2ℓ} x^{2ℓ} */
  Smoothing: 3,
  /** up to 5 parameters of the form */
  Parameters: 10,
} as const;
/** f64 a row. */
export const COEFFICIENT_STRIDE = 16;

/** A spline of φ/ε over x = r/λ_ij (over r itself where λ_ij = 1): piecewise polynomials on a uniform grid. */
export interface PotentialTable {
  readonly rMin: number;
  readonly spacing: number;
  /** intervals × (degree+1), local power basis in t = (r − r_k)/spacing, lowest power first */
  readonly polynomials: Float64Array;
  readonly degree: number;
  /** The next table of the list goes on below rMin. */
  readonly continued?: boolean;
}

/** A discontinuity of a term: the derivative of φ of this order jumps at x. */
export interface Jump {
  readonly x: number;
  readonly order: number;
}

/** A term of the potential of a pair of species, ε f(r/λ) for r ≤ x_c λ. */
export interface PairTerm {
  readonly epsilon: number;
  /** Ignored where the model mixes diameters. */
  readonly lambda: number;
  /** x_c */
  readonly cutoff: number;
  /** The first row of a table, 0 for other forms. */
  readonly least: number;
  /** Taylor series of f, truncation included, from one of x, 0 < x ≤ x_c. */
  series(x: Series): Series;
  readonly jumps: readonly Jump[];
  /** ε is to be multiplied by the charges of both particles. */
  readonly charged?: boolean;
}

/**
 * The term of embedded atoms beside that of pairs: Σ_i F_i(ρ_i), ρ_i = Σ_j f_ij(r) (Daw & Baskes, Phys. Rev. B 29,
 * 6443, 1984; Finnis & Sinclair, Phil. Mag. A 50, 45, 1984).
 */
export interface EmbeddingTerm {
  /** S */
  readonly speciesCount: number;
  /** Densities end here, unit λ. */
  readonly cutoff: number;
  /** S², row host·S + source: f of what a source adds at a host, over r. */
  readonly densities: readonly PotentialTable[];
  /** S, F over ρ. */
  readonly functions: readonly PotentialTable[];
  /** Order, 0 … 3, of the lowest derivative of φ or f that jumps at the cutoff; absent where none does. */
  readonly jump?: number;
}

/**
 * A pair potential compiled to a table of coefficients: no callback per pair.
 * φ(r) = ε_ij [ form(x) + Σ_ℓ c_{2ℓ} x^{2ℓ} ] for x = r/λ_ij ≤ x_c, else 0.
 */
export interface PairModel {
  readonly name: string;
  /** 2 or 3 where the model fixes it. */
  readonly dimension?: 2 | 3;
  /** S names, in the order of species indices. */
  readonly species: readonly string[];
  readonly form: Form;
  /** S·S rows of COEFFICIENT_STRIDE f64. */
  readonly coefficients: Float64Array;
  readonly tables: readonly PotentialTable[];
  /** Per-particle diameters: λ_ij = ½(σ_i+σ_j)(1 − η|σ_i − σ_j|). Absent: λ_ij by species. ε_ij times `mixStrength`. */
  readonly mixing?: { readonly nonAdditivity: number; readonly strength?: Strength | undefined };
  /** A term of triples beside that of the pairs. */
  readonly threeBody?: ThreeBodyTerm;
  /** A term of bond orders beside that of the pairs. */
  readonly bondOrder?: BondOrderTerm | undefined;
  /** A term of embedded atoms beside that of the pairs. */
  readonly embedding?: EmbeddingTerm;
  /** Largest q such that φ and its first q derivatives vanish at the cutoff; −1 where φ itself jumps. */
  readonly smoothness: number;
  /** What the potential lacks for local thermal energies, in sentences for the user; empty where nothing. */
  readonly warnings: readonly string[];
  /** What was made of a user's tables, in sentences; absent where they are taken as they are. */
  readonly notes?: readonly string[];
  /** "Å, eV, u", where the model names its units. */
  readonly units?: string;
  /** S, where the model says its masses. */
  readonly masses?: readonly number[];
  /** S, of a model with charges by species; "file": terms of it are multiplied by the charges of the particles. */
  readonly charges?: readonly number[] | "file";
  /** What the model was compiled from; `parseModel(definition)` gives the same model. */
  readonly definition: ModelDefinition;
  /** Number density N/V, species fractions, T_g … where the model is a preset glass former. */
  readonly glass?: GlassFormer;
}

/** What SI A of Zylberg 2017 fixes for a model glass. Reduced units. */
export interface GlassFormer {
  readonly density: number;
  /** Fraction of each species, summing to 1. */
  readonly fractions: readonly number[];
  readonly liquidTemperature: number;
  /** just below T_g */
  readonly annealTemperature: number;
  readonly glassTransition: number;
  /** in τ₀ */
  readonly annealTime: number;
  /** Of the particles' own diameters, P(σ) ∼ σ^exponent from min to max; unit λ. */
  readonly diameters?: { readonly min: number; readonly max: number; readonly exponent: number } | undefined;
}
