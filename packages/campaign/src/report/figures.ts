import type { StyleName } from "@softfield/figures";
import { couplingFigure, softestFigure } from "./figures/couplings.ts";
import { energyFigure, forceFigure } from "./figures/energies.ts";
import { modesFigure } from "./figures/modes.ts";
import { areaFigure, distanceFigure, predictionFigure } from "./figures/prediction.ts";
import { rowsOf, someOf, someRowsOf } from "./figures/rows.ts";
import { maximaFigure, tailFigure } from "./figures/tail.ts";
import type { CanonicalTable } from "./inset.ts";
import type { ReportTable } from "./tables.ts";

/** Figures of the paper that a campaign's results can draw. */
export const FIGURES = [
  "1",
  "2",
  "3",
  "4",
  "area",
  "eq4",
  "eq5",
  "modes",
  "tail",
  "maxima",
  "si2",
  "si3",
] as const;
export type FigureName = (typeof FIGURES)[number];

/** Those that show one sample; the others show tables of all. */
const OF_SAMPLE = ["1", "3"] as const;
export type SampleFigureName = (typeof OF_SAMPLE)[number];
export type TableFigureName = Exclude<FigureName, SampleFigureName>;

export function isOfSample(name: FigureName): name is SampleFigureName {
  return (OF_SAMPLE as readonly FigureName[]).includes(name);
}

export const CAPTIONS: Readonly<Record<FigureName, string>> = {
  "1": "Fig. 1: thermal displacement X (left) and local thermal energies of the bonds (right) of one sample",
  "2": "Fig. 2: distribution of local thermal energies, curves shifted by decades, with the power law −9/4",
  "3": "Fig. 3: local thermal energies (left) and softness field with soft spots and the first plastic events (right)",
  "4": "Fig. 4: F_n of local thermal energies and of normal modes (left), and their ratio (right)",
  area:
    "What F_n is worth beside the area of the spots: fraction of the n-th events in the softest part of the glass (left), " +
    "and F_n over the fraction of all particles whose nearest spot has at most that Δε (right)",
  eq4:
    "Eq. 4: c_iii (filled, bands) and c_ijj (open, dashed), left, and f·Ψ, right, against ω: root mean squares of plane " +
    "waves, medians with quartiles of the lowest modes (of f·Ψ their largest on any bond)",
  eq5: "Eq. 5: largest |E| of each sample against the frequency of its softest mode, and on the way to plastic events",
  modes:
    "Density of vibrations D(ω) (left), and its exponent against the frequency up to which it is fitted (right)",
  tail: "Tail exponent of p(E) against the energy from which it is fitted: maximum likelihood and Hill's estimate",
  maxima: "Fraction of samples whose largest |E| is at least x",
  si2: "SI Fig. 2: distribution of pair-force magnitudes",
  si3: "SI Fig. 3: distance of plastic events to the nearest soft spot",
};

export interface TableFigureOptions {
  readonly style?: StyleName;
  /** For the inset of Fig. 2. */
  readonly canonical?: CanonicalTable;
}

/** A figure from the report's tables. SVG text. @throws SoftfieldError "usage" where they are empty */
export function tableFigure(
  name: TableFigureName,
  tables: readonly ReportTable[],
  { style = "paper", canonical }: TableFigureOptions = {},
): string {
  const rows = (table: string) => someRowsOf(tables, table);
  switch (name) {
    case "2":
      return energyFigure(rows("lte_density"), { style, ...(canonical ? { canonical } : {}) });
    case "4":
      return predictionFigure(rows("prediction"), rows("prediction_ratio"), style);
    case "area":
      return areaFigure(
        rows("prediction_area"),
        { prediction: rows("prediction"), chance: rows("prediction_chance") },
        style,
      );
    case "eq4":
      return couplingFigure(someOf(tables, "waves", "mode_couplings"), style);
    case "eq5":
      return softestFigure(someOf(tables, "softest", "approach"), style);
    case "modes":
      return modesFigure([rows("mode_density"), rows("mode_exponents"), rowsOf(tables, "waves")], style);
    case "tail":
      return tailFigure(rows("tail_stability"), style);
    case "maxima":
      return maximaFigure(rows("maxima"), rowsOf(tables, "maxima_tail"), style);
    case "si2":
      return forceFigure(rows("force_density"), style);
    case "si3":
      return distanceFigure(rows("distances"), style);
  }
}
