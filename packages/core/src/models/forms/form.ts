import type { z } from "zod";
import type { BondOrderTerm } from "../bondorder.ts";
import type { TableColumns } from "../columns.ts";
import type { PotentialFile } from "../potentialfile.ts";
import type { Series } from "../series.ts";
import type { SmoothTable } from "../smooth/table.ts";
import type { ThreeBodyTerm } from "../threebody.ts";
import type { EmbeddingTerm, Form, Jump, ModelDefinition, PotentialTable } from "../types.ts";

/** A definition and where it was read; errors name the file. */
export interface DefinitionSource<D extends ModelDefinition = ModelDefinition> {
  readonly definition: D;
  readonly file: string | undefined;
}

/** A value of every pair of species, s ≤ t. */
export type PairNumbers<T = number> = (s: number, t: number) => T;

/** A spline, the field that holds it, and the column that it was made from where that is to be tested for coarseness. */
export interface CompiledTable extends SmoothTable {
  readonly phi?: ArrayLike<number>;
  readonly field: string;
}

/** What a form is asked once its coefficients are known. */
export interface Compiled<D extends ModelDefinition = ModelDefinition> {
  readonly definition: D;
  readonly coefficients: Float64Array;
  readonly tables: readonly PotentialTable[];
}

/** What else a series may need to know. */
export interface SeriesPlace {
  /** x_c */
  readonly cutoff: number;
  readonly tables: readonly PotentialTable[];
}

/**
 * One form of φ(x)/ε, x = r/λ_ij: everything that is known of it stands in its file of this folder, and a form is in
 * use once `registerForm` has been given it. What is optional has the meaning that most forms share.
 */
export interface PotentialForm<D extends ModelDefinition = ModelDefinition> {
  /** The value of "form". */
  readonly name: string;
  /** The number of its mathematics where a row of coefficients holds it; forms of one kind share it. */
  readonly code?: Form;
  /** Checks a definition; its description is the formula. */
  readonly schema: z.ZodObject & z.ZodType<D>;

  /** Words after the formula, ", n = 10". */
  note?(definition: D): string;
  /** λ_ij where a definition has neither "lambda" nor "diameters", or why there must be one. */
  readonly missingLambda?: number | string;
  /** Fills in what may be left out, and the contents of column files. */
  complete?(
    definition: D,
    columns: Readonly<Record<string, TableColumns>>,
    potentials: Readonly<Record<string, PotentialFile>>,
  ): D;
  /** The splines of all pairs s ≤ t, upper triangle row by row. */
  tables?(source: DefinitionSource<D>): CompiledTable[];
  /** x_c; "cutoff" of the definition where the form does not say. */
  cutoff?(source: DefinitionSource<D>, tables: readonly PotentialTable[]): PairNumbers;
  /** Up to 5 parameters of a pair, as `jet` reads them. */
  parameters(source: DefinitionSource<D>): PairNumbers<readonly number[]>;

  /** ε_ij where it is not the field of that name; may be negative. */
  epsilon?(source: DefinitionSource<D>): PairNumbers;
  /** Charges of the species, or "file": ε_ij is then to be multiplied by those of the particles; undefined for none. */
  charges?(source: DefinitionSource<D>): readonly number[] | "file" | undefined;
  /** The terms of a sum, each a definition of its own. */
  terms?(source: DefinitionSource<D>): DefinitionSource[];

  /** Taylor series of φ/ε, before smoothing, from one of x; parameters as above. */
  series(parameters: readonly number[], x: Series, at: SeriesPlace): Series;
  /** Value and first four derivatives by x into `jet` of jet.ts, parameters at c[p]: `series`, faster. */
  jet?(c: Float64Array, p: number, x: number, tables: readonly PotentialTable[]): void;
  /**
   * Largest q such that φ and its first q derivatives vanish where a form ends that ends by itself. Such forms have
   * neither "smoothing" nor its warnings.
   */
  readonly smoothness?: number;
  /** Whether φ‴ goes to infinity there. */
  readonly diverges?: boolean;
  /** Where derivatives of φ jump of such a form, if not at the cutoff alone. */
  breaks?(source: DefinitionSource<D>): PairNumbers<readonly Jump[]>;
  /** Order, 0 … 4, of the lowest derivative that jumps at the cutoff of any pair; measured there by default. */
  jump?(compiled: Compiled<D>): number;
  /** What a form that ends by itself lacks for local thermal energies. */
  readonly warnings?: readonly string[];
  /** What was made of a definition's rows, in sentences. */
  notes?(source: DefinitionSource<D>): string[];
  /** A term of triples beside that of the pairs. */
  threeBody?(source: DefinitionSource<D>, coefficients: Float64Array): ThreeBodyTerm;
  /** A term of bond orders beside that of the pairs. */
  bondOrder?(source: DefinitionSource<D>): BondOrderTerm;
  /** A term of embedded atoms beside that of the pairs. */
  embedding?(source: DefinitionSource<D>): EmbeddingTerm;
}
