import type { StyleName } from "@softfield/figures";
import type { EnsembleData } from "./collect.ts";
import type { CanonicalTable } from "./inset.ts";
import type { PictureNeeds, SamplePicture } from "./sample.ts";
import type { ReportTable } from "./tables.ts";
import type { UnitNamer } from "./units.ts";

/** A table of the report, and what has to be there for a row of it. */
export interface TableEntry<Data = object> {
  readonly table: (ensembles: readonly (EnsembleData & Data)[]) => ReportTable;
  /** Sections of "compute" that it is made from. */
  readonly of: readonly string[];
  /** How much of them there must be at least, in words. */
  readonly least: string;
}

/** A figure of the report, from its tables or from one sample. */
export type FigureEntry = TableFigureEntry | SampleFigureEntry;

interface NamedFigure {
  /** As `softfield figures --fig` takes it. */
  readonly name: string;
  /** A few words, then sentences on what is plotted and what bars and bands are; in the mark-up of figures' labels. */
  readonly caption: string;
}

export interface TableFigureEntry extends NamedFigure {
  /** Samples that it is made of, as the table of ensembles counts them: the caption tells how many. */
  readonly of?: "glasses" | "responses" | "sheared";
  /** SVG text. @throws SoftfieldError "usage" where the tables have nothing to draw */
  readonly draw: (tables: readonly ReportTable[], options: TableFigureOptions) => string;
}

export interface SampleFigureEntry extends NamedFigure {
  readonly needs: PictureNeeds;
  /** SVG text. @throws SoftfieldError "usage" where the sample has not what is drawn */
  readonly drawSample: (sample: SamplePicture, style: StyleName) => string;
}

export interface TableFigureOptions {
  readonly style: StyleName;
  /** A unit of λ, ε and τ₀, "1/τ₀", by the names of the campaign's models, for the labels of axes. */
  readonly unit: UnitNamer;
  /** For the inset of Fig. 2. */
  readonly canonical?: CanonicalTable;
}
