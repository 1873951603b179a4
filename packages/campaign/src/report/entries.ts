import type { StyleName } from "@softfield/figures";
import type { EnsembleData } from "./collect.ts";
import type { CanonicalTable } from "./inset.ts";
import type { PictureNeeds, SamplePicture } from "./sample.ts";
import type { ReportTable } from "./tables.ts";

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
  readonly caption: string;
}

export interface TableFigureEntry extends NamedFigure {
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
  /** For the inset of Fig. 2. */
  readonly canonical?: CanonicalTable;
}
